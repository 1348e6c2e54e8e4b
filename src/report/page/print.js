/* What is printed by the button, and of the overview in any case: a summary of all topics. It is made when
 * printing begins and taken away after. */

import { SHARE_UNIT } from './data.js';
import { el, foreign } from './dom.js';
import { count, decimal, percent, plural } from './format.js';

const WORDS = 20;
const DOCUMENTS = 5;

const wordsOf = ({ data }, topic, most) => data.words.lists[topic - 1].word.slice(0, most).map((word, i) => [i > 0 && ', ', foreign(data.words.name(word))]);
const nameOf = ({ names }, topic) => [el('span', { class: 'topic-number' }, topic), ' ', foreign(names.name(topic))];

function overviewTable(context, topics) {
  const { data } = context;
  const stable = data.topics.some(({ stability }) => stability !== undefined);
  return el('table', { class: 'data' }, el('caption', null, data.meta.nouns.topic[1]),
    el('thead', null, el('tr', null, ['Topic', 'Words', 'Share', 'Coherence', stable && 'Stability'].filter(Boolean).map((label, i) => el('th', { scope: 'col', class: i > 1 && 'numeric' }, label)))),
    el('tbody', null, topics.map(({ topic, share, npmi, stability }) => el('tr', null, el('th', { scope: 'row' }, nameOf(context, topic)), el('td', null, wordsOf(context, topic, 8)),
      el('td', { class: 'numeric' }, percent(share)), el('td', { class: 'numeric' }, decimal(npmi)), stable && el('td', { class: 'numeric' }, decimal(stability))))));
}

function bestDocuments({ data }, topic) {
  const { documents } = data;
  return el('ol', null, topic.top_documents.share.slice(0, DOCUMENTS).map((document) => {
    const share = documents.parts(document, topic.topic) / SHARE_UNIT;
    const facts = [documents.date?.[document], percent(share)].filter(Boolean).join(', ');
    const snippet = documents.snippet?.[document];
    return el('li', null, foreign(documents.name(document)), el('span', { class: 'note' }, ` ${facts}`), snippet && el('p', { class: 'excerpt' }, foreign(snippet)));
  }));
}

function oneTopic(context, topic) {
  const { meta } = context.data;
  const note = context.names.note(topic.topic);
  return el('section', { class: 'printed-topic' }, el('h2', null, nameOf(context, topic.topic)),
    el('p', { class: 'note' }, `${percent(topic.share)} of all; main topic of ${plural(topic.n_docs, meta.nouns.document)}; coherence ${decimal(topic.npmi)}, exclusivity ${decimal(topic.exclusivity)}. `, topic.flags.join('; ')),
    note && el('p', null, foreign(note)), el('p', null, wordsOf(context, topic.topic, WORDS)), bestDocuments(context, topic));
}

function summary(context) {
  const { data, names } = context;
  const topics = data.topics.filter(({ topic }) => !names.isHidden(topic));
  const hidden = data.topics.length - topics.length;
  return el('section', { class: 'printed' }, el('h1', null, foreign(data.meta.title)), el('p', { class: 'lead' }, data.meta.facts),
    hidden > 0 && el('p', { class: 'note' }, `${count(hidden)} hidden ${hidden === 1 ? 'topic is' : 'topics are'} left out.`),
    overviewTable(context, topics), topics.map((topic) => oneTopic(context, topic)),
    el('section', null, el('h2', null, 'How it was made'), data.about && el('pre', { class: 'command' }, data.about.command),
      el('p', { class: 'note' }, `themata ${data.meta.version}, seed ${data.quality?.seed ?? 1}, model ${data.meta.fingerprint}. Share: mean over the modelled ${data.meta.nouns.document[1]}. Coherence: mean NPMI of the pairs of the ten most probable words. The ${data.meta.nouns.document[1]} under a topic are those with its largest shares.`)));
}

/* printing(context, main, isOverview): a summary stands in `main` beside the view while it is printed. Returns
 * what the button does. */
export function printing(context, main, isOverview) {
  let asked = false;
  let node;
  addEventListener('beforeprint', () => {
    if (!asked && !isOverview()) return;
    node = summary(context);
    main.append(node);
    main.classList.add('summary');
  });
  addEventListener('afterprint', () => {
    node?.remove();
    node = undefined;
    asked = false;
    main.classList.remove('summary');
  });
  return () => {
    asked = true;
    print();
  };
}
