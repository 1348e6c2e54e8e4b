/* One box that finds topics, words and documents by their names. */

import { el, foreign, newId, replace } from './dom.js';
import { fold } from './fold.js';
import { address } from './router.js';
import { S } from './strings.js';

const EACH = 6;

/* Places of the names, folded, that begin with the text, then of those that hold it. */
function best(names, text) {
  const starts = [];
  const within = [];
  for (let i = 0; i < names.length && starts.length < EACH; i++) {
    const at = names[i].indexOf(text);
    if (at === 0) starts.push(i);
    else if (at > 0 && within.length < EACH) within.push(i);
  }
  return [...starts, ...within].slice(0, EACH);
}

export function searchBox({ data, names }) {
  let words;
  let documents;
  const id = newId('found');
  const list = el('ul', { class: 'found', id, role: 'listbox', 'aria-label': S.search(data.meta.nouns), hidden: true });
  const input = el('input', { type: 'search', placeholder: S.search(data.meta.nouns), 'aria-label': S.search(data.meta.nouns), role: 'combobox', 'aria-expanded': 'false', 'aria-controls': id, 'aria-autocomplete': 'list', autocomplete: 'off' });
  let active = -1;

  const find = (text) => {
    words ??= data.words.term.map((_, i) => fold(data.words.name(i)));
    documents ??= data.documents.id.map((_, i) => fold(data.documents.name(i)));
    const topics = data.topics.map(({ topic }) => `${topic} ${names.name(topic)}`);
    const found = [
      ...best(topics.map(fold), text).map((i) => ({ label: topics[i], href: address('topic', i + 1) })),
      ...best(words, text).map((i) => ({ label: data.words.name(i), href: address('word', data.words.term[i]) })),
      ...best(documents, text).map((i) => ({ label: data.documents.name(i), href: address('document', data.documents.number[i]) })),
    ];
    found.push({ label: `“${input.value.trim()}” in all ${data.meta.nouns.document[1]} …`, href: address('documents', { q: input.value.trim() }) });
    return found;
  };

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = (next) => {
    const options = [...list.children];
    if (options.length === 0) return;
    active = (next + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === active)));
    input.setAttribute('aria-activedescendant', options[active].id);
    options[active].scrollIntoView({ block: 'nearest' });
  };
  const draw = () => {
    const text = fold(input.value.trim());
    if (text === '') { close(); return; }
    replace(list, find(text).map(({ label, href }) => el('li', { id: newId('option'), role: 'option', 'aria-selected': 'false', 'data-href': href,
      on: { mousedown: (event) => { event.preventDefault(); follow(href); } } }, foreign(label))));
    list.hidden = false;
    active = -1;
    input.setAttribute('aria-expanded', 'true');
  };
  const follow = (href) => {
    close();
    input.value = '';
    location.hash = href;
  };
  input.addEventListener('input', draw);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden) draw();
      mark(active + (event.key === 'ArrowDown' ? 1 : -1));
      event.preventDefault();
    } else if (event.key === 'Enter' && !list.hidden) {
      const option = list.children[active >= 0 ? active : 0];
      if (option) follow(option.dataset.href);
    } else if (event.key === 'Escape') {
      close();
    }
  });
  return el('div', { class: 'search', role: 'search' }, input, list);
}
