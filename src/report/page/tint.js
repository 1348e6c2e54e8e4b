/* Text whose words are tinted by the topic they most likely come from: a colour and a kind of
 * underline for each of up to eight topics, three strengths of the tint. */

import { CHOSEN_MOST, OKABE_ITO } from './colour.js';
import { append, el } from './dom.js';

const MARK = 4; /* numbers of a mark: gap, length, topic, strength */

/* The class of a topic among those of a document, most first. */
export const tintClass = (place) => (place >= 0 && place < CHOSEN_MOST ? `tint tint-${place}` : 'tint tint-other');

/* The colours as properties of what is around text, picture and legend. */
export const tintColours = () => Object.fromEntries(OKABE_ITO.map((colour, i) => [`--tint-of-${i}`, colour]));

/* How many words of the text belong to each topic. */
export function wordsByTopic({ marks }) {
  const counts = new Map();
  for (let at = 0; at < marks.length; at += MARK) counts.set(marks[at + 2], (counts.get(marks[at + 2]) ?? 0) + 1);
  return counts;
}

/* { text, marks } as a node; `topics` in the order of their colours. */
export function tintedText({ text, marks }, topics, attributes) {
  const node = el('div', { ...attributes, class: 'document-text' });
  let at = 0;
  for (let m = 0; m < marks.length; m += MARK) {
    const start = at + marks[m];
    const end = start + marks[m + 1];
    const topic = marks[m + 2];
    append(node, [text.slice(at, start), el('span', { class: `${tintClass(topics.indexOf(topic))} strength-${marks[m + 3]}`, 'data-topic': topic }, text.slice(start, end))]);
    at = end;
  }
  return append(node, [text.slice(at)]);
}
