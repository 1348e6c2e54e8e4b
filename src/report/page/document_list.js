/* Documents with their beginning, to read in. */

import { el, foreign } from './dom.js';
import { count } from './format.js';
import { documentLink, marked } from './parts.js';

/* Where a pattern (global) stands in a text, as `matches` of fold.js says of words. */
const found = (text, pattern) => Array.from(text.matchAll(pattern), ({ 0: match, index }) => [index, index + match.length]);

/* items: [{ document, facts: [text] }]; pattern: what to mark in the texts, if anything. */
export function documentList(context, items, { pattern } = {}) {
  const { documents, meta } = context.data;
  return el('ol', { class: 'documents' }, items.map(({ document, facts = [] }) => {
    const text = documents.snippet?.[document];
    const said = [...facts, documents.date?.[document], meta.nouns.word[0] === 'word' ? `${count(documents.tokens[document])} words` : `sum ${count(documents.tokens[document])}`].filter(Boolean);
    return el('li', null, documentLink(context, document), el('p', { class: 'note' }, said.join(' · ')),
      text && el('p', { class: 'snippet' }, pattern ? marked(text, found(text, pattern)) : foreign(text)));
  }));
}

/* The first few of a longer list, and a button for the rest. */
export function firstOf(most, items, draw, more) {
  if (items.length === 0) return null;
  const node = el('div', null, draw(items.slice(0, most)));
  if (items.length > most) {
    node.append(el('button', { type: 'button', on: { click: () => node.replaceChildren(draw(items)) } }, more(items.length)));
  }
  return node;
}
