/* The first words of every topic with their probabilities, small, on one scale. */

import { el } from '../dom.js';
import { number } from '../format.js';
import { figure } from '../figure.js';
import { topicLink, wordLink } from '../parts.js';
import { capital } from '../strings.js';

const TOPICS_MOST = 40; /* of more, nothing is seen at one glance */
const WORDS = 10;

function panel(context, topic, most) {
  const { word, prob } = context.data.words.lists[topic - 1];
  return el('section', null, el('h3', null, el('span', null, topicLink(context, topic))),
    el('ol', null, word.slice(0, WORDS).map((one, i) => el('li', null, wordLink(context, one),
      el('span', { class: 'bar', 'aria-hidden': 'true', style: { width: `${(100 * prob[i]) / most}%` } })))));
}

export function topicPanels(context, topics) {
  const { data, names } = context;
  const { topic: [topicNoun, topicsNoun], word: [wordNoun, wordsNoun] } = data.meta.nouns;
  if (data.meta.k > TOPICS_MOST || topics.length === 0) return null;
  const most = Math.max(1e-9, ...topics.map(({ topic }) => data.words.lists[topic - 1].prob[0] ?? 0));
  return el('section', null, el('h2', null, `${capital(wordsNoun)} of each ${topicNoun}`),
    figure({ note: `The ${WORDS} most probable ${wordsNoun}; bars are probabilities, on one scale for all ${topicsNoun}.`, file: 'topic-words.csv',
      chart: el('div', { class: 'panels' }, topics.map(({ topic }) => panel(context, topic, most))),
      table: () => ({ caption: `Most probable ${wordsNoun}`, head: [capital(topicNoun), 'Name', 'Rank', capital(wordNoun), 'Probability'],
        rows: topics.flatMap(({ topic }) => data.words.lists[topic - 1].word.slice(0, WORDS).map((word, i) => [topic, names.name(topic), i + 1, data.words.name(word), number(data.words.lists[topic - 1].prob[i])])) }) }));
}
