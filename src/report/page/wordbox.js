/* A box in which a word of the page is chosen. */

import { el, newId, replace, visible } from './dom.js';
import { fold } from './fold.js';

const OFFERED = 12;

/* { label, word (its place, or undefined), choose(place or undefined) } */
export function wordBox({ data }, { label, word, choose }) {
  const { words } = data;
  const known = new Map();
  words.term.forEach((term, i) => {
    for (const key of [fold(words.name(i)), term]) if (!known.has(key)) known.set(key, i);
  });
  const id = newId('words');
  const list = el('datalist', { id });
  const input = el('input', { type: 'search', list: id, autocomplete: 'off', spellcheck: 'false', id: `${id}-box`, value: word === undefined ? '' : visible(words.name(word)) });
  const answer = el('span', { class: 'note', role: 'status' });
  const offer = () => {
    const text = fold(input.value.trim());
    const fitting = [];
    for (let i = 0; i < words.shown && fitting.length < OFFERED; i++) {
      if (fold(words.name(i)).startsWith(text)) fitting.push(i);
    }
    replace(list, fitting.map((i) => el('option', { value: visible(words.name(i)) })));
  };
  const decide = () => {
    const text = input.value.trim();
    const found = known.get(text) ?? known.get(fold(text));
    replace(answer, text !== '' && found === undefined && 'This word is among the first of no topic.');
    if (text === '' || found !== undefined) choose(found);
  };
  input.addEventListener('focus', offer, { once: true });
  input.addEventListener('input', () => { offer(); if (known.has(fold(input.value.trim())) || input.value === '') decide(); });
  input.addEventListener('change', decide);
  return el('div', { class: 'word-box' }, el('label', { for: `${id}-box` }, label), input, list, answer);
}
