/* One value among those of all topics: a stroke for each, that of this topic in the accent. The rank
 * beside it says the same in words, so it is hidden from those who hear the page. */

import { svg } from '../dom.js';

const WIDTH = 96;
const HEIGHT = 16;

export function strip(values, value) {
  const known = values.filter((v) => v !== null && v !== undefined);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const x = (v) => 2 + (most > least ? ((v - least) / (most - least)) * (WIDTH - 4) : (WIDTH - 4) / 2);
  return svg('svg', { class: 'strip', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' },
    svg('line', { class: 'base', x1: 0, x2: WIDTH, y1: HEIGHT / 2, y2: HEIGHT / 2 }),
    known.map((v) => svg('line', { class: 'other', x1: x(v), x2: x(v), y1: 5, y2: HEIGHT - 5 })),
    svg('line', { class: 'this', x1: x(value), x2: x(value), y1: 1, y2: HEIGHT - 1 }));
}
