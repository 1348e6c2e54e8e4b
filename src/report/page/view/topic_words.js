/* The words of a topic: how often they occur in it and elsewhere, in the order that the slider asks
 * for, and beside them the topics of the word that is pointed at. */

import { el, foreign, replace } from '../dom.js';
import { count, decimal } from '../format.js';
import { choice, field, select } from '../controls.js';
import { csvText, download } from '../csv.js';
import { shareBar, topicLink, wordLink } from '../parts.js';
import { adjust } from '../router.js';
import { capital, S } from '../strings.js';

const LAMBDA = 0.6; /* what a page opens with, and the middle preset */
const COUNTS = [10, 20, 30]; /* the page has the 30 foremost for every place of the slider */
const TOPICS = 8;
const PRESETS = [
  { value: 1, label: 'Frequent', title: 'The most probable words' },
  { value: LAMBDA, label: 'Balanced', title: 'Probable words that are more so than elsewhere' },
  { value: 0.2, label: 'Distinctive', title: 'Words that hardly occur in other topics' },
];

const valid = (text, least, most, otherwise) => (text !== null && text !== '' && Number(text) >= least && Number(text) <= most ? Number(text) : otherwise);

/* Occurrences in the topic and in all. */
function twoTone(here, all, most) {
  const part = (className, value) => el('span', { class: className, style: { width: `${(100 * value) / most}%` } });
  return el('span', { class: 'two-tone', 'aria-hidden': 'true' }, part('here', here), part('elsewhere', Math.max(0, all - here)));
}

function topicsOfWord(context, word) {
  const topics = context.data.words.topicsOf(word);
  const { topic: [one, many] } = context.data.meta.nouns;
  return [
    el('h3', null, `${capital(many)} of `, foreign(context.data.words.name(word))),
    el('ol', { class: 'bars' }, topics.slice(0, TOPICS).map(({ topic, p }) => el('li', null, topicLink(context, topic), shareBar(p)))),
    topics.length > TOPICS && el('p', { class: 'note' }, `and ${count(topics.length - TOPICS)} more`),
    el('p', { class: 'note' }, `Of all its occurrences, the part that each ${one} has.`),
  ];
}

function row(context, list, at, most, point) {
  const { words } = context.data;
  const word = list.word[at];
  const all = Math.max(words.count[word], list.count[at]); /* equal but for rounding, if the topic has all of them */
  const show = () => point(word);
  return el('tr', { on: { mouseenter: show, focusin: show } },
    el('th', { scope: 'row' }, wordLink(context, word)),
    el('td', { class: 'bar-cell' }, twoTone(list.count[at], all, most)),
    el('td', { class: 'numeric' }, count(list.count[at])),
    el('td', { class: 'numeric soft' }, count(all - list.count[at])),
    list.stability && el('td', { class: 'numeric' }, decimal(list.stability[at])));
}

const legend = () => el('p', { class: 'note swatches' }, el('span', { class: 'swatch here' }), ' estimated occurrences in this topic  ',
  el('span', { class: 'swatch elsewhere' }), ' in all others');

function save(context, topic, positions) {
  const { words } = context.data;
  const list = words.lists[topic - 1];
  const rows = positions.map((at, i) => {
    const word = list.word[at];
    return [i + 1, words.term[word], words.name(word), list.prob[at], list.lift[at], list.frex[at], list.count[at], words.count[word], words.doc_freq[word]];
  });
  download(`topic-${topic}-words.csv`, csvText(['rank', 'term', 'surface', 'prob', 'lift', 'frex', 'count', 'count_all', 'doc_freq'], rows));
}

/* The slider with its presets; onChange(lambda). */
function relevance(lambda, onChange) {
  const output = el('output', { class: 'value' });
  const slider = el('input', { type: 'range', min: 0, max: 1, step: 0.01 });
  const presets = choice({ label: 'Order of words', options: PRESETS, value: lambda, onChange: (value) => { slider.value = value; tell(value); onChange(value); } });
  const tell = (value) => {
    replace(output, `λ = ${decimal(value)}`);
    slider.setAttribute('aria-valuetext', `${decimal(value)}: ${value > 0.8 ? 'frequent words' : value < 0.4 ? 'distinctive words' : 'balanced'}`);
  };
  slider.value = lambda;
  tell(lambda);
  slider.addEventListener('input', () => {
    const value = Number(slider.value);
    presets.set(value);
    tell(value);
    onChange(value);
  });
  return el('span', { class: 'relevance' }, presets, field('Relevance', slider), output);
}

export function topicWords(context, route, topic) {
  const { words, meta: { nouns } } = context.data;
  const [one, many] = nouns.word;
  const list = words.lists[topic - 1];
  const state = { lambda: valid(route.query.get('lambda'), 0, 1, LAMBDA), words: COUNTS.find((n) => String(n) === route.query.get('words')) ?? 30 };
  const body = el('tbody');
  const aside = el('div', { class: 'beside', role: 'group', 'aria-label': `${capital(nouns.topic[1])} of the ${one} at hand` });
  let shown = [];
  let pointed = -1;
  const point = (word) => {
    if (word === pointed) return;
    pointed = word;
    replace(aside, topicsOfWord(context, word));
  };
  const draw = () => {
    shown = words.mostRelevant(topic, state.lambda, state.words);
    const most = Math.max(...shown.map((at) => Math.max(words.count[list.word[at]], list.count[at])), 1e-9);
    replace(body, shown.map((at) => row(context, list, at, most, point)));
    if (shown.length > 0) point(list.word[shown[0]]);
  };
  const change = (part) => {
    Object.assign(state, part);
    draw();
    adjust({ lambda: state.lambda === LAMBDA ? '' : state.lambda, words: state.words === 30 ? '' : state.words });
  };
  draw();
  const head = [capital(one), '', 'Here', 'Elsewhere', list.stability && 'Stability'].filter((label) => label !== undefined);
  return el('section', null, el('h2', null, capital(many)),
    el('div', { class: 'controls' }, relevance(state.lambda, (lambda) => change({ lambda })),
      select({ label: 'Show', options: COUNTS.map((n) => ({ value: n, label: `${n} ${many}` })), value: state.words, onChange: (n) => change({ words: Number(n) }) })),
    legend(),
    el('div', { class: 'with-beside' },
      el('div', null, el('table', { class: 'data word-bars' }, el('caption', { class: 'unseen' }, `${capital(many)} of ${nouns.topic[0]} ${topic}`),
        el('thead', null, el('tr', null, head.map((label, i) => el('th', { scope: 'col', class: i > 1 ? 'numeric' : undefined }, label || el('span', { class: 'unseen' }, 'As bars'))))), body),
      el('button', { type: 'button', on: { click: () => save(context, topic, shown) } }, S.downloadCsv)),
      aside),
    list.word.length === 0 && el('p', null, `This ${nouns.topic[0]} has no ${many}.`));
}
