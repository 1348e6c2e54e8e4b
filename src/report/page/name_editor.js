/* Renaming, noting and hiding a topic, in place. What is typed counts at once (names.js). */

import { el, replace } from './dom.js';
import { field } from './controls.js';
import { S } from './strings.js';

export function labelField({ data, names }, topic) {
  const input = el('input', { type: 'text', placeholder: data.topics[topic - 1].auto_label, autocomplete: 'off', spellcheck: 'false', maxlength: 200 });
  input.value = names.label(topic);
  input.addEventListener('change', () => names.set(topic, 'label', input.value.trim()));
  return input;
}

function noteField({ names }, topic) {
  const area = el('textarea', { rows: 2, maxlength: 2000 });
  area.value = names.note(topic);
  area.addEventListener('change', () => names.set(topic, 'note', area.value.trim()));
  return area;
}

function hiddenField({ names }, topic) {
  const box = el('input', { type: 'checkbox' });
  box.checked = names.isHidden(topic);
  box.addEventListener('change', () => names.set(topic, 'hidden', box.checked));
  return el('label', { class: 'check' }, box, 'Hide this topic in lists and charts');
}

/* A button that opens the fields in its place, and closes them again. */
export function nameEditor(context, topic) {
  const node = el('div', { class: 'name-editor' });
  const button = el('button', { type: 'button', class: 'quiet edit', on: { click: () => open() } }, S.edit);
  const close = () => {
    document.activeElement?.blur(); /* so that the field says it has changed */
    replace(node, button);
    button.focus();
  };
  const open = () => {
    const label = labelField(context, topic);
    const form = el('form', null, field('Name', label), field('Note', noteField(context, topic)), hiddenField(context, topic),
      el('button', { type: 'submit' }, S.done));
    form.addEventListener('submit', (event) => { event.preventDefault(); close(); });
    form.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
    replace(node, form);
    label.focus();
  };
  replace(node, button);
  return node;
}
