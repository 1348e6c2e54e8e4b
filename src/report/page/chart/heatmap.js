/* A square of cells, one for each pair of topics, in an order; gaps between groups. One link lies over
 * one cell: it goes where the pointer is and where the arrow keys lead. */

import { svg } from '../dom.js';

const LEVELS = 48; /* shades: cells of one shade are one path, so that 200 topics are few nodes */

const SMALL = 10; /* between cells under this many pixels gaps would be a pattern of their own */

/* Where each row begins: size pixels for n cells, with a gap where `starts` says that a group begins, unless
 * cells are small. */
export function positions(n, starts, size) {
  const breaks = starts.filter(Boolean).length - 1;
  const gap = breaks > 0 && size / n >= SMALL ? Math.min(3, (0.15 * size) / breaks) : 0;
  const cell = (size - gap * Math.max(0, breaks)) / n;
  const at = [];
  let place = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && starts[i]) place += gap;
    at.push(place);
    place += cell;
  }
  return { at, cell };
}

/* The cells as few paths. shade(i, j): 0 … 1, or null for none; paint(level): the path's attributes. */
export function cells(n, { at, cell }, shade, paint) {
  const paths = Array.from({ length: LEVELS + 1 }, () => []);
  const side = cell + (cell > 16 ? -1 : 0.15); /* hairlines between large cells, no seams between small ones */
  const text = at.map((place) => place.toFixed(2));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = i === j ? null : shade(i, j);
      if (value === null) continue;
      const level = Math.round(Math.min(1, Math.max(0, value)) * LEVELS);
      paths[level].push(`M${text[j]} ${text[i]}h${side.toFixed(2)}v${side.toFixed(2)}H${text[j]}z`);
    }
  }
  return paths.map((path, level) => path.length > 0 && svg('path', { d: path.join(''), ...paint(level / LEVELS) }));
}

/* Squares around groups on the diagonal: [{ topics }] in order. */
export function squares(groups, { at, cell }) {
  let row = 0;
  return svg('g', { class: 'squares' }, groups.map(({ topics }) => {
    const from = at[row];
    row += topics.length;
    const side = at[row - 1] + cell - from;
    return topics.length > 1 && svg('rect', { x: from, y: from, width: side, height: side });
  }));
}

/* The cell at a place of the picture, or null. */
function cellAt(x, y, { at, cell }) {
  const find = (place) => at.findLastIndex((start) => place >= start && place <= start + cell);
  const [i, j] = [find(y), find(x)];
  return i < 0 || j < 0 || i === j ? null : { i, j };
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/* The next cell that way; the diagonal is passed over. */
function step(n, { i, j }, [di, dj]) {
  let next = { i: i + di, j: j + dj };
  if (next.i === next.j) next = { i: next.i + di, j: next.j + dj };
  return next.i < 0 || next.j < 0 || next.i >= n || next.j >= n ? { i, j } : next;
}

function keyTarget(n, cell, event) {
  if (event.key in STEPS) return step(n, cell, STEPS[event.key]);
  if (event.key === 'Home') return { i: cell.i, j: cell.i === 0 ? 1 : 0 };
  if (event.key === 'End') return { i: cell.i, j: cell.i === n - 1 ? n - 2 : n - 1 };
  return null;
}

/* { n, places, cell: where it is first, href(i, j), name(i, j), enter(i, j): it is there now }. Returns the link and the sheet that catches the pointer. */
export function cursor({ n, places, cell, href, name, enter }) {
  const side = places.cell;
  const size = places.at[n - 1] + side;
  const frame = svg('rect', { class: 'cursor', width: side, height: side });
  const link = svg('a', { 'data-key': 'cursor', class: 'cell' }, frame);
  let now = cell;
  const put = (next, told = true) => {
    now = next;
    frame.setAttribute('x', places.at[now.j]);
    frame.setAttribute('y', places.at[now.i]);
    link.setAttribute('href', href(now.i, now.j));
    link.setAttribute('aria-label', name(now.i, now.j));
    if (told) enter(now.i, now.j);
  };
  link.addEventListener('keydown', (event) => {
    const next = keyTarget(n, now, event);
    if (!next) return;
    event.preventDefault();
    put(next);
  });
  link.addEventListener('focus', () => put(now));
  put(now, false);
  const sheet = svg('rect', { width: size, height: size, fill: 'transparent' });
  const layer = svg('g', { class: 'cursor-layer', on: {
    pointermove: (event) => {
      const box = sheet.getBoundingClientRect();
      const found = cellAt(((event.clientX - box.left) * size) / box.width, ((event.clientY - box.top) * size) / box.height, places);
      layer.classList.toggle('within', found !== null);
      if (found && (found.i !== now.i || found.j !== now.j || !layer.told)) put(found);
      layer.told = true;
    },
    pointerleave: () => { layer.classList.remove('within'); layer.told = false; },
  } }, sheet, link);
  return layer;
}
