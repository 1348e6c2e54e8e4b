/* The topics whose words are most like this one's, and which words they share. */

import { el } from '../dom.js';
import { decimal } from '../format.js';
import { topicLink, wordLink } from '../parts.js';
import { address } from '../router.js';
import { capital } from '../strings.js';

const NEIGHBOURS = 6;
const COMPARED = 30; /* the most probable words of each */
const SHOWN = 6;

const first = (data, topic) => data.words.lists[topic - 1].word.slice(0, COMPARED);

/* Of the first words of two topics: those of both, and of one alone, each as probable as they come. */
function sharedWords(data, a, b) {
  const [wordsA, wordsB] = [first(data, a), first(data, b)];
  return {
    both: wordsA.filter((word) => wordsB.includes(word)),
    onlyA: wordsA.filter((word) => !wordsB.includes(word)),
    onlyB: wordsB.filter((word) => !wordsA.includes(word)),
  };
}

const wordList = (context, words) => (words.length === 0 ? '–' : words.slice(0, SHOWN).map((word, i) => [i > 0 && ', ', wordLink(context, word)]));

export function topicNeighbours(context, topic) {
  const { data, names } = context;
  const neighbours = data.pairs.neighbours(topic).filter((other) => !names.isHidden(other.topic)).slice(0, NEIGHBOURS);
  if (neighbours.length === 0) return null;
  const { topic: [one, many], word: [, words] } = data.meta.nouns;
  const head = [capital(one), 'Distance', 'In both', 'Only here', 'Only there', ''];
  return el('section', null, el('h2', null, `Nearest ${many}`),
    el('p', { class: 'note' }, `Distance: root of the Jensen–Shannon divergence of the ${many}’ ${words}, 0 for the same ${words}, ${decimal(Math.sqrt(Math.LN2))} for none in common. ${capital(words)}: of the ${COMPARED} most probable of each.`),
    el('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': `Nearest ${many}` }, el('table', { class: 'data neighbours' },
      el('thead', null, el('tr', null, head.map((label, i) => el('th', { scope: 'col', class: i === 1 ? 'numeric' : undefined }, label || el('span', { class: 'unseen' }, 'Compare'))))),
      el('tbody', null, neighbours.map((other) => {
        const { both, onlyA, onlyB } = sharedWords(data, topic, other.topic);
        return el('tr', null, el('th', { scope: 'row' }, topicLink(context, other.topic)), el('td', { class: 'numeric' }, decimal(other.distance)),
          [both, onlyA, onlyB].map((words) => el('td', null, wordList(context, words))),
          el('td', { class: 'nowrap' }, el('a', { href: address('compare', topic, other.topic), 'aria-label': `Compare with topic ${other.topic}` }, 'Compare')));
      })))));
}
