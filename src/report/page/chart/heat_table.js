/* A table whose cells are coloured by their values: a heatmap that can be read, followed and heard.
 *
 * rows, columns: [{ head: node, few (true: its values stand on few documents), total (true: not one
 * of them but all together), name }]; value(row, column): a number or null, by places;
 * show(value), colour(value): { background, text }, href(row, column), title(row, column). */

import { el, replace } from '../dom.js';
import { NOTHING } from '../format.js';

const UPRIGHT_MOST = 8; /* columns whose heads are written along the line */

function cellNode(options, r, c) {
  const { rows, columns } = options;
  const value = options.value(r, c);
  if (value === null) return el('td', { class: 'nothing' }, NOTHING);
  const { background, text } = options.colour(value);
  const few = rows[r].few || columns[c].few;
  const style = few ? { 'border-left-color': background } : { background, color: text };
  const href = options.href(r, c);
  return el('td', { class: few ? 'few' : undefined, style }, el(href ? 'a' : 'span', { class: 'value', href, title: options.title(r, c) }, options.show(value)));
}

/* Places of the rows by falling values of a column; all together stays first, what is missing last. */
function rowOrder({ rows, value }, column) {
  const places = rows.map((_, r) => r);
  if (column < 0) return places;
  const key = (r) => (rows[r].total ? Infinity : value(r, column) ?? -Infinity);
  return places.sort((a, b) => (key(a) === key(b) ? a - b : key(b) - key(a)));
}

/* Pressing the head of a column sorts the rows by it, and again puts them back. */
export function heatTable(options) {
  const { columns, rows, caption, corner } = options;
  const body = el('tbody');
  const upright = columns.length > UPRIGHT_MOST;
  let by = -1;
  const heads = columns.map((column, c) => el('th', { scope: 'col' }, el('button', { type: 'button', class: 'sort', on: { click: () => { by = by === c ? -1 : c; draw(); } } }, el('span', { class: upright ? 'upright' : undefined }, column.head))));
  const draw = () => {
    heads.forEach((head, c) => (c === by ? head.setAttribute('aria-sort', 'descending') : head.removeAttribute('aria-sort')));
    replace(body, rowOrder(options, by).map((r) => el('tr', { class: rows[r].total ? 'total' : undefined }, el('th', { scope: 'row' }, el('div', { class: 'row-head' }, rows[r].head)), columns.map((_, c) => cellNode(options, r, c)))));
  };
  draw();
  return el('div', { class: 'table-scroll heat-scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    el('table', { class: 'heat' }, el('caption', { class: 'unseen' }, caption), el('thead', null, el('tr', null, el('th', { scope: 'col' }, corner), heads)), body));
}
