/* What charts over time are made of: a grid of shares, the names of bins, a line with its points. */

import { line } from 'd3-shape';
import { svg } from '../dom.js';
import { percent } from '../format.js';
import { binTicks } from './bin_ticks.js';

const POINTS_FROM = 9; /* pixels for a bin, so that every one has a point */

/* Hairlines at `count` shares or so, with the share in front. */
export function shareGrid(y, { left, right, count, format }) {
  return y.ticks(count).map((tick) => svg('g', { class: 'tick' }, svg('line', { class: tick === 0 ? 'base' : 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }),
    svg('text', { x: left - 8, y: y(tick), dy: '.32em', 'text-anchor': 'end' }, format(tick))));
}

/* The names of bins, as many as there is room for: strokes at `top`, texts at `base`. time: { bins, starts } */
export function binAxis(time, { x, room, top, base }) {
  return binTicks(time, room).map(({ bin, label }) => [
    svg('line', { class: 'grid', x1: x(bin), x2: x(bin), y1: top, y2: top + 4 }),
    svg('text', { class: 'soft', x: x(bin), y: base, 'text-anchor': 'middle' }, label)]);
}

/* The line of one topic, with points where there is room for all, where a value stands on few documents
 * (hollow), and where it stands alone between two bins without any. each: pixels of a bin; few(i);
 * titles: whether a point says what it is. */
export function timeLine({ values, name, className, colour, dash }, { x, y, bins, few, each, titles = true }) {
  const path = line().defined((value) => value !== null).x((_, i) => x(i)).y((value) => y(value))(values);
  const alone = (i) => (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
  const points = values.map((value, i) => value !== null && (each >= POINTS_FROM || few(i) || alone(i)) &&
    svg('circle', { cx: x(i), cy: y(value), r: each >= POINTS_FROM ? 3 : 2, class: few(i) ? 'hollow' : 'full' }, titles && svg('title', null, `${name}, ${bins[i]}: ${percent(value)}`)));
  return svg('g', { class: `line ${className ?? ''}`, style: colour && { color: colour } }, svg('path', { d: path, 'stroke-dasharray': dash || undefined }), points);
}
