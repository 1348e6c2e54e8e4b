/* A scale of colours with its numbers. */

import { svg } from '../dom.js';
import { picture } from '../figure.js';

const STEPS = 40;

/* { title, from, to, ticks, format, paint(0 … 1): attributes of a piece } */
export function legend({ title, from, to, ticks, format, paint }) {
  const [width, left, height] = [260, 8, 46];
  const inner = width - 2 * left;
  const x = (value) => left + ((value - from) / (to - from)) * inner;
  return picture({ width, height, title, className: 'colour-legend', natural: true },
    svg('text', { x: left, y: 10 }, title),
    Array.from({ length: STEPS }, (_, i) => svg('rect', { x: left + (i * inner) / STEPS, y: 16, width: inner / STEPS + 0.3, height: 10, ...paint((i + 0.5) / STEPS) })),
    ticks.map((value) => svg('g', { class: 'axis' }, svg('path', { d: `M${x(value)} 26v4` }), svg('text', { x: x(value), y: 42, 'text-anchor': 'middle' }, format(value)))));
}
