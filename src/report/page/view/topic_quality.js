/* What is measured of a topic, each number among those of the other topics, and what it means. */

import { el } from '../dom.js';
import { count, percent } from '../format.js';
import { strip } from '../chart/strip.js';
import { measuresOf } from '../measures.js';
import { topicLink } from '../parts.js';

/* Which way is good, if either is. */
const JUDGED = {
  npmi: 'High is good; below 0 the words hardly belong together.',
  exclusivity: 'High: its words are its own; low: it shares them.',
  stability: 'High is good; below 0.6 nothing should be built on the topic.',
  corpus_distance: 'High: a subject of its own; near 0: nothing in particular.',
  eff_words: 'Few: a narrow subject; many more than other topics have: often no subject at all.',
  eff_docs: 'Below 5 it is the matter of a few documents.',
  doc_entropy: 'Neither end is good in itself.',
  rank1: 'High: what documents are about; low: what is said along with something else.',
  similarity: 'Low is good; from 0.9 on one of the two repeats the other.',
};

/* Largest first, as one counts places. */
const place = (values, value) => 1 + values.filter((other) => other > value).length;

function measureRow(context, topic, { id, label, meaning, show }) {
  const { data } = context;
  const values = data.topics.map((one) => one[id]);
  const value = values[topic - 1];
  const other = id === 'similarity' && data.topics[topic - 1].similar;
  return el('tr', null, el('th', { scope: 'row' }, label, other && [': ', topicLink(context, other)], el('p', { class: 'note' }, `${meaning} ${JUDGED[id]}`)),
    el('td', { class: 'numeric' }, show(value)),
    data.meta.k > 1 && [el('td', null, strip(values, value)), el('td', { class: 'numeric soft' }, count(place(values, value)))]);
}

/* What other starts of the same fit say of it. */
function uniqueness({ uniqueness: told }) {
  if (!told) return null;
  return el('p', null, `Solutions that other starts found and that fit as well: its share is between ${percent(told.share_min)} and ${percent(told.share_max)}, `
    + `${count(told.words_kept)} of its ${count(told.words)} first words and ${count(told.documents_kept)} of the ${count(told.documents)} documents with it as their main topic are the same in all. Read nothing into what is not.`);
}

export function topicQuality(context, topic) {
  const { data } = context;
  const known = (value) => value !== null && value !== undefined;
  const measures = measuresOf(data).filter(({ id }) => JUDGED[id] && known(data.topics[topic - 1][id]) && (id !== 'similarity' || data.topics[topic - 1].similar));
  if (measures.length === 0) return null;
  const head = ['Measure', 'Value', ...(data.meta.k > 1 ? ['Among all topics', 'Place'] : [])];
  return el('section', null, el('h2', null, 'Quality'), uniqueness(data.topics[topic - 1]),
    el('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': 'Quality' }, el('table', { class: 'data quality' },
      el('thead', null, el('tr', null, head.map((label) => el('th', { scope: 'col', class: label === 'Value' || label === 'Place' ? 'numeric' : undefined }, label)))),
      el('tbody', null, measures.map((measure) => measureRow(context, topic, measure))))));
}
