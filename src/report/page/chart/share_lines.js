/* Shares over time, one line or two, with axes. */

import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { svg } from '../dom.js';
import { percent, shortPercent } from '../format.js';
import { picture } from '../figure.js';
import { responsive } from './responsive.js';

const HEIGHT = 180;
const LEFT = 44;
const TOP = 8;
const BOTTOM = 24;
const CHARACTER = 7; /* about as wide as one of a label */
const MARKED_MOST = 60; /* with more bins, points would run together */

/* Every how manyeth bin has its label. */
function labelStep(bins, width) {
  const longest = Math.max(...bins.map(({ length }) => length));
  return Math.max(1, Math.ceil((bins.length * (longest + 2) * CHARACTER) / width));
}

function axes(x, y, bins, width) {
  const step = labelStep(bins, width - LEFT);
  return [
    y.ticks(4).map((tick) => svg('g', { class: 'tick' },
      svg('line', { class: tick === 0 ? 'base' : 'grid', x1: LEFT, x2: width, y1: y(tick), y2: y(tick) }),
      svg('text', { x: LEFT - 8, y: y(tick), dy: '.32em', 'text-anchor': 'end' }, shortPercent(tick)))),
    bins.map((bin, i) => i % step === 0 && svg('text', { class: 'soft', x: x(i), y: HEIGHT - 6, 'text-anchor': 'middle' }, bin)),
  ];
}

function oneLine(values, x, y, bins, { className, name }) {
  const path = line().defined((value) => value !== null).x((_, i) => x(i)).y((value) => y(value))(values);
  /* a bin between two without documents has no line: its point shows it */
  const marked = values.map((value, i) => value !== null && (values.length <= MARKED_MOST || (values[i - 1] ?? null) === null) && [value, i]).filter(Boolean);
  return svg('g', { class: `line ${className}` }, svg('path', { d: path }), marked.map(([value, i]) =>
    svg('circle', { cx: x(i), cy: y(value), r: 2.5 }, svg('title', null, `${name ? `${name}, ` : ''}${bins[i]}: ${percent(value)}`))));
}

/* { bins: [label], series: [{ values: [share or null], className, name }], title, description } */
export function shareLines({ bins, series, title, description }) {
  const most = Math.max(1e-6, ...series.flatMap(({ values }) => values.filter((value) => value !== null)));
  return responsive((width) => {
    const x = scalePoint().domain(bins.map((_, i) => i)).range([LEFT + 4, width - 4 - (bins[bins.length - 1].length * CHARACTER) / 2]);
    const y = scaleLinear().domain([0, most]).nice(4).range([HEIGHT - BOTTOM, TOP]);
    return picture({ width, height: HEIGHT, title, description }, axes(x, y, bins, width), series.map((one) => oneLine(one.values, x, y, bins, one)));
  });
}
