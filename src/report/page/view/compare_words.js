/* The words of two topics as a mirror: those that are much more probable in the one on top, those of
 * the other below, what both share between them. One scale for both sides. */

import { el } from '../dom.js';
import { csvText, download } from '../csv.js';
import { topicLink, wordLink } from '../parts.js';
import { S } from '../strings.js';

const EACH = 10;
const digits = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });

/* The 100 most probable words of either, with their probability in both. */
function wordsOf({ words, topics }, a, b) {
  const first = (topic) => words.lists[topic - 1].word.slice(0, 100);
  return [...new Set([...first(a), ...first(b)])].map((word) => ({ word, a: words.probability(word, topics[a - 1]), b: words.probability(word, topics[b - 1]) }));
}

/* In the middle those with the largest probability in both, which is the smaller of the two; of the
 * rest those with the largest difference. */
function parted(all) {
  const smaller = ({ a, b }) => Math.min(a, b);
  const shared = all.filter((one) => smaller(one) > 0).sort((one, other) => smaller(other) - smaller(one)).slice(0, EACH);
  const rest = all.filter((one) => !shared.includes(one));
  const more = (difference) => rest.filter((one) => difference(one) > 0).sort((one, other) => difference(other) - difference(one)).slice(0, EACH);
  return { ofA: more(({ a, b }) => a - b), shared: shared.sort((one, other) => (other.a - other.b) - (one.a - one.b)), ofB: more(({ a, b }) => b - a).reverse() };
}

function row(context, { word, a, b }, most) {
  const bar = (className, value) => el('td', { class: `side ${className}` }, el('span', { class: 'bar', 'aria-hidden': 'true', style: { width: `${(100 * value) / most}%` } }));
  const share = (value) => el('td', { class: 'numeric soft' }, value > 0 ? digits.format(value) : '–');
  return el('tr', null, share(a), bar('left', a), el('th', { scope: 'row' }, wordLink(context, word)), bar('right', b), share(b));
}

function part(context, title, rows, most) {
  return rows.length > 0 && el('tbody', null, el('tr', null, el('th', { scope: 'rowgroup', colspan: 5, class: 'part-title' }, title)), rows.map((one) => row(context, one, most)));
}

export function mirroredWords(context, a, b) {
  const { data } = context;
  const all = wordsOf(data, a, b);
  const { ofA, shared, ofB } = parted(all);
  const most = Math.max(1e-9, ...[...ofA, ...shared, ...ofB].map((one) => Math.max(one.a, one.b)));
  const save = () => download(`topics-${a}-${b}-words.csv`, csvText(['term', `topic_${a}`, `topic_${b}`], all.map((one) => [data.words.term[one.word], one.a, one.b])));
  return el('section', null, el('h2', null, 'Words'), el('p', { class: 'note' }, 'Probability in either topic, one scale for both.'),
    el('table', { class: 'data mirror' }, el('caption', { class: 'unseen' }, `Words of topics ${a} and ${b}`),
      el('thead', null, el('tr', null, el('th', { scope: 'col', colspan: 2, class: 'numeric' }, topicLink(context, a)), el('td'), el('th', { scope: 'col', colspan: 2 }, topicLink(context, b)))),
      part(context, `More in ${a}`, ofA, most), part(context, 'Shared', shared, most), part(context, `More in ${b}`, ofB, most)),
    el('button', { type: 'button', on: { click: save } }, S.downloadCsv));
}
