/* What is measured of a topic, each number among those of the other topics, and what it means. */

import { el } from '../dom.js';
import { count, decimal, percent, shortPercent } from '../format.js';
import { strip } from '../chart/strip.js';
import { topicLink } from '../parts.js';

const MEASURES = [
  { id: 'npmi', name: 'Coherence', show: decimal,
    says: () => 'Whether its ten most probable words stand together in documents (NPMI): 1 always, 0 as often as by chance, −1 never. High is good; below 0 the words hardly belong together.' },
  { id: 'exclusivity', name: 'Exclusivity', show: decimal,
    says: () => 'How far these ten words are its own, 0 to 1. High: other topics do without them; low: it shares them.' },
  { id: 'stability', name: 'Stability', show: decimal,
    says: () => 'How well its words are found again in samples of the documents, 0 to 1. High is good; below 0.6 nothing should be built on it.' },
  { id: 'corpus_distance', name: 'Distance from the collection', show: decimal,
    says: () => 'How far its words are from those of the whole collection (Kullback–Leibler). Near 0 it says nothing that the collection does not; high is a subject of its own.' },
  { id: 'eff_words', name: 'Effective words', show: count,
    says: ({ meta }) => `Over how many of ${count(meta.words)} words it is spread, as if evenly. Few: a narrow subject; many more than other topics: often no subject at all.` },
  { id: 'eff_docs', name: 'Effective documents', show: count,
    says: () => 'Over how many documents it is spread, as if evenly. Below 5 it is the matter of a few documents.' },
  { id: 'doc_entropy', name: 'Entropy over documents', show: decimal,
    says: ({ meta }) => `The same on a logarithmic scale: 0 if all of it is in one document, ${decimal(Math.log(Math.max(1, meta.modelled)))} if it is everywhere alike. Neither end is good.` },
  { id: 'rank1', name: 'Main topic where it occurs', show: percent,
    says: () => `Of the documents with at least ${shortPercent(0.05)} of it, those whose main topic it is. High: what documents are about; low: what is said along with something else.` },
];

/* Largest first, as one counts places. */
const place = (values, value) => 1 + values.filter((other) => other > value).length;

function measureRow({ data }, topic, { id, name, show, says }) {
  const values = data.topics.map((one) => one[id]);
  const value = values[topic - 1];
  if (value === undefined || value === null) return null;
  return el('tr', null, el('th', { scope: 'row' }, name, el('p', { class: 'note' }, says(data))), el('td', { class: 'numeric' }, show(value)),
    data.meta.k > 1 && [el('td', null, strip(values, value)), el('td', { class: 'numeric soft' }, count(place(values, value)))]);
}

function similarRow(context, topic) {
  const { similar, similarity } = context.data.topics[topic - 1];
  if (!similar) return null;
  return el('tr', null, el('th', { scope: 'row' }, 'Similarity to ', topicLink(context, similar), el('p', { class: 'note' }, 'Cosine of the words of the two, 0 to 1; no topic is more similar. From 0.9 on one repeats the other.')),
    el('td', { class: 'numeric' }, decimal(similarity)), el('td'), el('td'));
}

/* What other starts of the same fit say of it. */
function uniqueness({ uniqueness: told }) {
  if (!told) return null;
  return el('p', null, `Solutions that other starts found and that fit as well: its share is between ${percent(told.share_min)} and ${percent(told.share_max)}, `
    + `${count(told.words_kept)} of its ${count(told.words)} first words and ${count(told.documents_kept)} of the ${count(told.documents)} documents with it as their main topic are the same in all. Read nothing into what is not.`);
}

export function topicQuality(context, topic) {
  const { data } = context;
  const rows = MEASURES.map((measure) => measureRow(context, topic, measure));
  if (rows.every((row) => row === null)) return null;
  const head = ['Measure', 'Value', ...(data.meta.k > 1 ? ['Among all topics', 'Place'] : [])];
  return el('section', null, el('h2', null, 'Quality'), uniqueness(data.topics[topic - 1]),
    el('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': 'Quality' }, el('table', { class: 'data quality' },
      el('thead', null, el('tr', null, head.map((label) => el('th', { scope: 'col', class: label === 'Value' || label === 'Place' ? 'numeric' : undefined }, label)))),
      el('tbody', null, rows, similarRow(context, topic)))));
}
