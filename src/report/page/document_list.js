/* Documents with their beginning, to read in. */

import { el, foreign, visible } from './dom.js';
import { count } from './format.js';
import { documentLink } from './parts.js';

/* The text with what `pattern` (global) finds marked. */
function marked(text, pattern) {
  const pieces = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(visible(text.slice(last, match.index)), el('mark', null, visible(match[0])));
    last = match.index + match[0].length;
  }
  return el('bdi', { dir: 'auto' }, pieces, visible(text.slice(last)));
}

/* The beginning of a text, without the title if it begins with that. */
function beginning({ snippet, title }, document) {
  const text = snippet?.[document] ?? '';
  return title[document] && text.startsWith(title[document]) ? text.slice(title[document].length).trimStart() : text;
}

/* items: [{ document, facts: [text] }]; pattern: what to mark in the texts, if anything. */
export function documentList(context, items, { pattern } = {}) {
  const { documents, meta } = context.data;
  return el('ol', { class: 'documents' }, items.map(({ document, facts = [] }) => {
    const text = beginning(documents, document);
    const said = [...facts, documents.date?.[document], meta.nouns.word[0] === 'word' ? `${count(documents.tokens[document])} words` : `sum ${count(documents.tokens[document])}`].filter(Boolean);
    return el('li', null, documentLink(context, document), el('p', { class: 'note' }, said.join(' · ')),
      text && el('p', { class: 'snippet' }, pattern ? marked(text, pattern) : foreign(text)));
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
