/* The documents that a topic is best read in: by share, or by share times length. */

import { el, replace } from '../dom.js';
import { count, percent, shortPercent } from '../format.js';
import { SHARE_UNIT } from '../data.js';
import { choice } from '../controls.js';
import { documentList, firstOf } from '../document_list.js';
import { address, adjust } from '../router.js';

const FIRST = 6;
const ORDERS = [
  { value: 'share', label: 'By share', title: 'Documents that are most of all about this topic' },
  { value: 'mass', label: 'By mass', title: 'Documents that say most about it: share times length' },
];

export function topicDocuments(context, route, topic) {
  const { data } = context;
  const { top_documents: top } = data.topics[topic - 1];
  const [, many] = data.meta.nouns.document;
  const body = el('div');
  const draw = (order) => replace(body, firstOf(FIRST, top[order].filter((document) => data.documents.parts(document, topic) > 0), (documents) =>
    documentList(context, documents.map((document) => ({ document, facts: [percent(data.documents.parts(document, topic) / SHARE_UNIT)] }))), (all) => `Show all ${all}`));
  const change = (order) => {
    adjust({ documents: order === 'mass' ? 'mass' : '' });
    draw(order);
  };
  const order = route.query.get('documents') === 'mass' ? 'mass' : 'share';
  draw(order);
  return el('section', null, el('h2', null, `Representative ${many}`),
    el('div', { class: 'controls' }, choice({ label: 'Order', options: ORDERS, value: order, onChange: change }),
      el('a', { href: address('documents', { topic }) }, `All ${many} with this ${data.meta.nouns.topic[0]} (${count(data.topics[topic - 1].n_docs_5pct)} with at least ${shortPercent(0.05)})`)),
    body);
}
