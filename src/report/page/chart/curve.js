/* One curve over whole numbers - passes, numbers of topics - with a band about it where there is one. */

import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { svg } from '../dom.js';
import { picture } from '../figure.js';
import { axisBelow, axisLeft } from './axes.js';

const MARGIN = { left: 52, right: 12, top: 24, bottom: 40 };
const POWERS = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

/* 10⁻³ for .001: the ticks of a logarithmic axis. */
const power = (value) => `10${[...String(Math.round(Math.log10(value)))].map((letter) => POWERS[letter]).join('')}`;

const shown = (value) => value !== null && value !== undefined;

/* Whole powers of ten, few enough to be read. */
function powers([low, high]) {
  const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((to - from + 1) / 5));
  const ticks = [];
  for (let exponent = to; exponent >= from; exponent -= step) ticks.push(10 ** exponent);
  return ticks;
}

function verticalScale(values, log, range) {
  const drawn = values.filter((value) => shown(value) && (!log || value > 0));
  if (drawn.length === 0) return null;
  const [low, high] = extent(drawn);
  if (log) return scaleLog([10 ** Math.floor(Math.log10(low)), 10 ** Math.max(Math.ceil(Math.log10(high)), Math.floor(Math.log10(low)) + 1)], range);
  return scaleLinear(low === high ? [low - 0.5, high + 0.5] : [low, high], range).nice(4);
}

function places(ticks) {
  const whole = ticks.filter(Number.isInteger);
  return whole.length > 0 ? whole : ticks;
}

/* { x: [numbers], y: [values or null], least, most: [values] (the band), marks: [x] (lines upright), log, title, label (of x),
 * description, width, height } */
export function curve({ x, y, least, most, marks = [], log = false, title, label, description, width, height = 180 }) {
  const bottom = height - MARGIN.bottom;
  const vertical = verticalScale([...y, ...(least ?? []), ...(most ?? [])], log, [bottom, MARGIN.top]);
  if (!vertical) return null;
  const across = scaleLinear(x.length > 1 ? [x[0], x.at(-1)] : [x[0] - 1, x[0] + 1], [MARGIN.left, width - MARGIN.right]);
  const drawn = (value) => shown(value) && (!log || value > 0);
  const at = (_, i) => across(x[i]);
  const path = line().defined(drawn).x(at).y((value) => vertical(value))(y);
  const band = least && most && area().defined((_, i) => drawn(least[i]) && drawn(most[i])).x(at).y0((_, i) => vertical(least[i])).y1((_, i) => vertical(most[i]))(y);
  const dots = x.length <= 40 && y.map((value, i) => drawn(value) && svg('circle', { class: marks.includes(x[i]) ? 'marked' : undefined, cx: across(x[i]), cy: vertical(value), r: 2.5 }));
  return picture({ width, height, title, description, className: 'curve', natural: true },
    marks.map((mark) => svg('path', { class: 'guide', d: `M${across(mark)} ${MARGIN.top}V${bottom}` })),
    axisBelow(across, { y: bottom, label, ticks: places(across.ticks(5)), format: String }),
    axisLeft(vertical, { x: MARGIN.left, label: title, ...(log ? { ticks: powers(vertical.domain()), format: power } : {}) }),
    band && svg('path', { class: 'band', d: band }), svg('path', { class: 'line', d: path }), dots);
}
