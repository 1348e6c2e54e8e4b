/* Axes: hairlines, few ticks, and what they measure. */

import { svg } from '../dom.js';

const TICK = 70; /* pixels for each */

function formatOf(scale, count) {
  const format = scale.tickFormat?.(count) ?? String;
  return (value) => format(value).replace('-', '−');
}

/* Along the bottom, at y. label stands at its right end, under the ticks. */
export function axisBelow(scale, { y, label, ticks, format, left, right }) {
  const [from, to] = [left ?? scale.range()[0], right ?? scale.range()[1]];
  const count = Math.max(2, Math.floor((to - from) / TICK));
  const values = ticks ?? scale.ticks(count);
  const text = format ?? formatOf(scale, count);
  return svg('g', { class: 'axis' }, svg('path', { d: `M${from} ${y}H${to}` }),
    values.map((value) => [svg('path', { d: `M${scale(value)} ${y}v4` }), svg('text', { x: scale(value), y: y + 16, 'text-anchor': 'middle' }, text(value))]),
    label && svg('text', { x: to, y: y + 32, 'text-anchor': 'end', class: 'axis-label' }, label));
}

/* Along the left, at x. label stands on top of it. */
export function axisLeft(scale, { x, label, ticks, format }) {
  const [from, to] = scale.range();
  const count = Math.max(2, Math.floor(Math.abs(from - to) / TICK));
  const values = ticks ?? scale.ticks(count);
  const text = format ?? formatOf(scale, count);
  return svg('g', { class: 'axis' }, svg('path', { d: `M${x} ${from}V${to}` }),
    values.map((value) => [svg('path', { d: `M${x} ${scale(value)}h-4` }), svg('text', { x: x - 7, y: scale(value), dy: '.32em', 'text-anchor': 'end' }, text(value))]),
    label && svg('text', { x: 0, y: to - 12, class: 'axis-label' }, label));
}
