/* Tables that can be sorted and turned page by page.
 *
 * A column: { id, label, value(row) for sorting and files, show(row) for people (a node or text;
 * the value if it is left out), numeric, sortable (true), falling (what a first click does; numbers
 * do), title (what it means), csv: false (not in files) }.
 *
 * Rows may be indices of something large, an array of any kind: then a column may have places() in
 * place of value, the order of all of them as order.js has it. */

import { el, replace } from './dom.js';
import { count } from './format.js';
import { collator, sortByPlace } from './order.js';
import { S } from './strings.js';

function compare(a, b) {
  const emptyA = a === null || a === undefined || a === '';
  const emptyB = b === null || b === undefined || b === '';
  if (emptyA || emptyB) return emptyA && emptyB ? 0 : undefined; /* what is missing comes last, either way */
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}

/* Rows in the order of a column; equal ones stay as they were. */
export function sorted(rows, column, falling) {
  if (column.places) return sortByPlace(rows, column.places(), falling);
  const values = Array.from(rows, (row) => column.value(row));
  const empty = (value) => value === null || value === undefined || value === '';
  return values
    .map((_, i) => i)
    .sort((a, b) => {
      const order = compare(values[a], values[b]);
      if (order === undefined) return empty(values[a]) ? 1 : -1;
      return (falling ? -order : order) || a - b;
    })
    .map((i) => rows[i]);
}

/* { columns, rows, caption (text, or a node with its text as label), sort: { id, falling }, pageSize (0: all), page, onChange({ id, falling, page }), rowClass(row), className } */
export function dataTable(options) {
  const { columns, caption, rowClass } = options;
  const state = { ...options.sort, page: options.page ?? 0 };
  const pageSize = options.pageSize ?? 0;
  let rows = options.rows;

  const body = el('tbody');
  const head = el('tr');
  const pager = el('nav', { class: 'pager', 'aria-label': S.pages });
  const table = el('table', { class: `data ${options.className ?? ''}` },
    caption && el('caption', null, caption), el('thead', null, head), body);
  const node = el('div', { class: 'table-frame' }, el('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': options.label ?? caption ?? S.table }, table), pager);

  function drawHead() {
    replace(head, columns.map((column) => {
      const direction = state.id === column.id ? (state.falling ? 'descending' : 'ascending') : undefined;
      const cls = [column.numeric && 'numeric', column.className].filter(Boolean).join(' ');
      if (column.sortable === false) return el('th', { scope: 'col', class: cls || undefined, title: column.title }, el('span', { class: 'head' }, column.label));
      return el('th', { scope: 'col', class: cls || undefined, 'aria-sort': direction, title: column.title },
        el('button', { type: 'button', class: 'sort', 'data-column': column.id, on: { click: () => sortBy(column) } },
          column.label, el('span', { class: 'arrow', 'aria-hidden': 'true' }, direction ? (state.falling ? '↓' : '↑') : '')));
    }));
  }

  function sortBy(column) {
    const falling = column.falling ?? Boolean(column.numeric);
    state.falling = state.id === column.id ? !state.falling : falling;
    state.id = column.id;
    state.page = 0;
    draw();
    head.querySelector(`[data-column="${CSS.escape(column.id)}"]`)?.focus();
    options.onChange?.({ ...state });
  }

  function turn(page) {
    state.page = page;
    draw();
    options.onChange?.({ ...state });
  }

  function drawPager(pages) {
    if (pages <= 1) return replace(pager);
    const button = (label, page, disabled) =>
      el('button', { type: 'button', disabled, on: { click: () => turn(page) } }, label);
    return replace(pager, button(S.previous, state.page - 1, state.page === 0),
      el('span', null, S.pageOf(count(state.page + 1), count(pages))),
      button(S.next, state.page + 1, state.page >= pages - 1));
  }

  function draw() {
    drawHead();
    const column = columns.find(({ id }) => id === state.id);
    const ordered = column ? sorted(rows, column, state.falling) : rows;
    const pages = pageSize ? Math.max(1, Math.ceil(ordered.length / pageSize)) : 1;
    state.page = Math.min(state.page, pages - 1);
    const shown = pageSize ? ordered.slice(state.page * pageSize, (state.page + 1) * pageSize) : ordered;
    replace(body, Array.from(shown, (row) => el('tr', { class: rowClass?.(row) }, columns.map((column, i) => {
      const content = column.show ? column.show(row) : column.value(row);
      const attributes = { class: [column.numeric && 'numeric', column.className].filter(Boolean).join(' ') || undefined };
      return i === 0 && column.heading ? el('th', { scope: 'row', ...attributes }, content) : el('td', attributes, content);
    }))));
    drawPager(pages);
    node.ordered = ordered;
  }

  node.setRows = (next) => {
    rows = next;
    state.page = 0;
    draw();
  };
  draw();
  return node;
}

/* A plain table for what a chart shows. */
export function plainTable({ caption, head, rows }) {
  return el('table', { class: 'data' }, el('caption', null, caption),
    el('thead', null, el('tr', null, head.map((label, i) => el('th', { scope: 'col', class: i > 0 && 'numeric' }, label)))),
    el('tbody', null, rows.map((row) => el('tr', null, row.map((value, i) => (i === 0 ? el('th', { scope: 'row' }, value) : el('td', { class: 'numeric' }, value)))))));
}
