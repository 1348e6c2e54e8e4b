/* Lines over time with names at their ends, and how many documents there are in each bin beneath. */

import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { svg, visible } from '../dom.js';
import { count } from '../format.js';
import { picture } from '../figure.js';
import { fitted } from './labels.js';
import { binAxis, shareGrid, timeLine } from './time_parts.js';

const TOP = 12;
const PLOT = 280; /* pixels high */
const BARS = 44;
const BETWEEN = 16;
const AXIS = 24;
const LEFT = 48;
const LINE_OF_TEXT = 16;
const TITLES_MOST = 3000;

const HEIGHT = TOP + PLOT + BETWEEN + BARS + AXIS;
const shortPercent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 2 });

/* Heights moved apart to `gap`, as near as can be to where they were, within top and bottom. */
export function apart(heights, gap, top, bottom) {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b] || a - b);
  const placed = [...heights];
  order.forEach((i, at) => { placed[i] = Math.max(placed[i], at > 0 ? placed[order[at - 1]] + gap : top); });
  for (let at = order.length - 1; at >= 0; at--) {
    const limit = at === order.length - 1 ? bottom : placed[order[at + 1]] - gap;
    placed[order[at]] = Math.min(placed[order[at]], limit);
  }
  return placed;
}

/* The names at the right end, moved apart, with a leader from where each line ends. */
function names(series, { x, y, right, width }) {
  const last = series.map(({ values }) => values.findLastIndex((value) => value !== null));
  const shown = series.map((one, i) => ({ ...one, last: last[i] })).filter((one) => one.last >= 0);
  const heights = shown.map((one) => y(one.values[one.last]));
  return apart(heights, LINE_OF_TEXT, TOP + 4, TOP + PLOT).map((at, i) => {
    const { colour, dash, topic, name, last: bin } = shown[i];
    const room = width - right - 20 - 26;
    return svg('g', null, svg('path', { class: 'leader', d: `M${x(bin)} ${heights[i]}H${right}L${right + 14} ${at}`, 'stroke-dasharray': dash || undefined, style: { color: colour } }),
      svg('text', { x: right + 18, y: at, dy: '.32em' }, svg('tspan', { class: 'soft' }, topic),
        room > 40 && svg('tspan', { dx: 5, style: { 'unicode-bidi': 'isolate' } }, fitted(visible(name), room))));
  });
}

function documentBars(counts, few, { x, each, right }) {
  const base = TOP + PLOT + BETWEEN + BARS;
  const height = scaleLinear().domain([0, max(counts) || 1]).range([0, BARS - 4]);
  const wide = Math.max(0.5, Math.min(each - 1, each * 0.8, 24));
  return svg('g', { class: 'document-bars' },
    svg('line', { class: 'base', x1: LEFT, x2: right, y1: base, y2: base }),
    svg('text', { x: LEFT - 8, y: base - BARS + 4, dy: '.32em', 'text-anchor': 'end', class: 'soft' }, count(max(counts))),
    counts.map((n, i) => n > 0 && svg('rect', { x: x(i) - wide / 2, width: wide, y: base - height(n), height: height(n), class: few[i] ? 'few' : undefined }, counts.length < TITLES_MOST && svg('title', null, count(n)))));
}

/* { bins, starts, counts: documents, few: [whether a bin's value stands on few],
 * series: [{ topic, name, values, colour, dash }], width, title, description } */
export function timeLines({ bins, starts, counts, few, series, width, title, description }) {
  const right = width - (width >= 800 ? 220 : width >= 640 ? 180 : 44);
  const each = (right - LEFT) / bins.length;
  const x = (i) => LEFT + (i + 0.5) * each;
  const y = scaleLinear().domain([0, Math.max(1e-6, ...series.map(({ values }) => max(values) ?? 0))]).nice(5).range([TOP + PLOT, TOP]);
  const frame = { x, y, bins, few, each, right, width, titles: bins.length * series.length <= TITLES_MOST };
  return picture({ width, height: HEIGHT, title, description, className: 'time-lines' }, shareGrid(y, { left: LEFT, right, count: 5, format: shortPercent.format }),
    binAxis({ bins, starts }, { x, room: right - LEFT, top: TOP + PLOT, base: HEIGHT - 6 }),
    documentBars(counts, few, frame), names(series, frame), series.map((one) => timeLine(one, { ...frame, few: (i) => few[i] })));
}
