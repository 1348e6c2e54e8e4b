/* Small controls that several views have. */

import { el, newId } from './dom.js';

/* One of a few: buttons of which one is pressed. options: [{ value, label, title }]. The node has
 * set(value), which presses another, or none. */
export function choice({ label, options, value, onChange }) {
  const buttons = options.map((option) => el('button', { type: 'button', title: option.title, on: { click: () => { node.set(option.value); onChange(option.value); } } }, option.label));
  const node = el('span', { class: 'one-of', role: 'group', 'aria-label': label }, buttons);
  node.set = (now) => options.forEach((option, i) => buttons[i].setAttribute('aria-pressed', String(option.value === now)));
  node.set(value);
  return node;
}

/* A field with its name in front. */
export function field(label, control) {
  const id = newId('field');
  control.id = id;
  return el('span', { class: 'field' }, el('label', { for: id }, label), control);
}

/* One of many: [{ value, label }]. */
export function select({ label, options, value, onChange }) {
  const control = el('select', { on: { change: () => onChange(control.value) } },
    options.map((option) => el('option', { value: option.value, selected: String(option.value) === String(value) }, option.label)));
  return field(label, control);
}
