/* How many documents have how large a share: a bar with its number for each twentieth. */

import { scaleLinear } from 'd3-scale';
import { svg } from '../dom.js';
import { count, shortPercent } from '../format.js';
import { picture } from '../figure.js';
import { responsive } from './responsive.js';

const HEIGHT = 150;
const TOP = 18;
const BOTTOM = 22;
const LABELLED = 28; /* the least width of a bar that has its number above it */

/* counts[i] is of shares from (first + i)·size to (first + i + 1)·size. */
export function histogram({ counts, first, size, title, description }) {
  const most = Math.max(1, ...counts);
  return responsive((width) => {
    const x = scaleLinear().domain([first * size, 1]).range([1, width - 1]);
    const y = scaleLinear().domain([0, most]).range([HEIGHT - BOTTOM, TOP]);
    const edge = (i) => (first + i) * size;
    const wide = x(size) - x(0);
    return picture({ width, height: HEIGHT, title, description },
      svg('line', { class: 'base', x1: 0, x2: width, y1: y(0), y2: y(0) }),
      counts.map((n, i) => n > 0 && svg('g', null,
        svg('rect', { class: 'count-bar', x: x(edge(i)) + 0.5, y: Math.min(y(n), y(0) - 1), width: Math.max(1, wide - 1), height: Math.max(1, y(0) - y(n)) },
          svg('title', null, `${shortPercent(edge(i))} to ${shortPercent(edge(i + 1))}: ${count(n)}`)),
        (wide >= LABELLED || n === most) && svg('text', { x: x(edge(i)) + wide / 2, y: y(n) - 5, 'text-anchor': 'middle' }, count(n)))),
      [first * size, 0.25, 0.5, 0.75, 1].map((tick) => svg('text', { class: 'soft', x: x(tick), y: HEIGHT - 6, 'text-anchor': tick === 1 ? 'end' : tick === first * size ? 'start' : 'middle' }, shortPercent(tick))));
  });
}
