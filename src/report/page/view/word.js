/* One word: how frequent it is, which topics have it, which documents show it. */

import { el, foreign } from '../dom.js';
import { count, decimal, number, percent, plural } from '../format.js';
import { documentList, firstOf } from '../document_list.js';
import { shareBar, topicLink } from '../parts.js';
import { address } from '../router.js';
import { dataTable } from '../table.js';
import { capital } from '../strings.js';

const FIRST = 10;
const RANKED = 100; /* so many most probable words of a topic are surely in the page */

/* Where the word stands among those of a topic, if it is in the page. */
function placeIn({ words, topics }, word, topic) {
  const list = words.lists[topic - 1];
  const at = list.word.indexOf(word);
  return { topic, rank: at >= 0 && at < RANKED ? at + 1 : null, prob: words.probability(word, topics[topic - 1]), lift: at >= 0 ? list.lift[at] : null, frex: at >= 0 ? list.frex[at] : null };
}

function topicsTable(context, word) {
  const { data } = context;
  const rows = data.words.topicsOf(word).map(({ topic, p }) => ({ ...placeIn(data, word, topic), p }));
  const most = Math.max(...rows.map(({ p }) => p), 1e-9);
  return dataTable({ caption: capital(data.meta.nouns.topic[1]), rows, sort: { id: 'p', falling: true }, className: 'of-word', pageSize: 20, columns: [
    { id: 'topic', label: capital(data.meta.nouns.topic[0]), heading: true, falling: false, value: ({ topic }) => topic, show: ({ topic }) => topicLink(context, topic) },
    { id: 'p', label: 'Part of its occurrences', numeric: true, title: 'p(topic | word): of all its occurrences, the part in the topic', value: ({ p }) => p, show: ({ p }) => shareBar(p, most) },
    { id: 'rank', label: 'Rank', numeric: true, falling: false, title: `Its place among the topic’s words by probability, up to ${RANKED}`, value: ({ rank }) => rank, show: ({ rank }) => (rank === null ? `> ${RANKED}` : count(rank)) },
    { id: 'prob', label: 'Probability', numeric: true, title: 'p(word | topic)', value: ({ prob }) => prob, show: ({ prob }) => number(prob) },
    { id: 'lift', label: 'Lift', numeric: true, title: 'By how much it is more probable in the topic than in the collection', value: ({ lift }) => lift, show: ({ lift }) => decimal(lift) },
    { id: 'frex', label: 'FREX', numeric: true, title: 'Frequent in the topic and rare in others, 0 to 1', value: ({ frex }) => frex, show: ({ frex }) => decimal(frex) },
  ] });
}

/* As a word of its own, but within others where writing has no blanks. */
function patternOf(text) {
  const escaped = text.trim().replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+');
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(text);
  return new RegExp(unspaced ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}

function showing({ documents }, pattern) {
  const found = [];
  for (let i = 0; i < documents.count; i++) {
    if (`${documents.title[i]}\n${documents.snippet?.[i] ?? ''}`.search(pattern) >= 0) found.push({ document: i });
  }
  return found;
}

function documentsOf(context, word) {
  const { data } = context;
  const name = data.words.name(word);
  const pattern = patternOf(name);
  const found = showing(data, pattern);
  const [, many] = data.meta.nouns.document;
  if (found.length === 0) return null;
  const main = ({ document }) => ({ document, facts: data.documents.mixture(document).slice(0, 1).map(({ topic, share }) => `${topic} ${context.names.name(topic)} ${percent(share)}`) });
  return el('section', null, el('h2', null, capital(many)),
    el('p', { class: 'note' }, `${plural(found.length, data.meta.nouns.document)} of this page have it in the title or the first lines.`),
    el('p', null, el('a', { href: address('documents', { q: name }) }, `Search all ${many} for it`)),
    firstOf(FIRST, found.slice(0, 5 * FIRST), (items) => documentList(context, items.map(main), { pattern }), (all) => `Show ${all}`));
}

function facts({ words, meta }, i) {
  const rest = words.term[i] === words.name(i) ? '' : ` In the model it is “${words.term[i]}”.`;
  return `In ${plural(words.doc_freq[i], meta.nouns.document)}, ${percent(words.doc_freq[i] / meta.documents)} of all; ${number(words.term_freq[i])} occurrences. idf ${decimal(words.idf[i])}, saliency ${number(words.saliency[i])}.${rest}`;
}

export const word = {
  id: 'word',
  available: ({ words }, route) => words.byTerm.has(route.parts[0]),
  render(context, route) {
    const { data } = context;
    const i = data.words.byTerm.get(route.parts[0]);
    return el('article', null, el('h1', { tabindex: -1 }, foreign(data.words.name(i))), el('p', { class: 'lead' }, facts(data, i)),
      topicsTable(context, i), documentsOf(context, i),
      el('p', { class: 'note onward' }, el('a', { href: address('words') }, `All ${data.meta.nouns.word[1]}`)));
  },
};
