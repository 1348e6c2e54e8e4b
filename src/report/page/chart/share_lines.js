/* Shares of one topic or two over time, small; chart/lines.js has many with their names. */

import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { svg } from '../dom.js';
import { percent, shortPercent } from '../format.js';
import { picture } from '../figure.js';
import { FEW_DOCUMENTS } from '../series.js';
import { S } from '../strings.js';
import { binTicks } from './bin_ticks.js';
import { responsive } from './responsive.js';

const HEIGHT = 180;
const LEFT = 44;
const TOP = 8;
const BOTTOM = 24;
const POINTS_FROM = 9; /* pixels for a bin, so that every one has a point */

function axes(x, y, time, width) {
  return [
    y.ticks(4).map((tick) => svg('g', { class: 'tick' },
      svg('line', { class: tick === 0 ? 'base' : 'grid', x1: LEFT, x2: width, y1: y(tick), y2: y(tick) }),
      svg('text', { x: LEFT - 8, y: y(tick), dy: '.32em', 'text-anchor': 'end' }, shortPercent(tick)))),
    binTicks(time, width - LEFT).map(({ bin, label }) => [
      svg('line', { class: 'grid', x1: x(bin), x2: x(bin), y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 4 }),
      svg('text', { class: 'soft', x: x(bin), y: HEIGHT - 6, 'text-anchor': 'middle' }, label)]),
  ];
}

/* Hollow points stand on few documents; a bin between two without any has its point in any case. */
function oneLine({ values, className, name }, { x, y, time, each }) {
  const path = line().defined((value) => value !== null).x((_, i) => x(i)).y((value) => y(value))(values);
  const few = (i) => time.n_docs[i] < FEW_DOCUMENTS;
  const alone = (i) => (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
  return svg('g', { class: `line ${className}` }, svg('path', { d: path }), values.map((value, i) => value !== null && (each >= POINTS_FROM || alone(i)) &&
    svg('circle', { cx: x(i), cy: y(value), r: 2.5, class: few(i) ? 'hollow' : 'full' }, svg('title', null, `${name}, ${time.bins[i]}: ${percent(value)}`))));
}

/* What is drawn, in words. */
export const shareNote = ({ unit, n_docs: n }) => S.meanShare(unit) + (n.some((documents) => documents > 0 && documents < FEW_DOCUMENTS) ? S.hollow(FEW_DOCUMENTS) : '');

/* { time: the block of data, series: [{ values: [share or null], className, name }], title, description } */
export function shareLines({ time, series, title, description }) {
  const most = Math.max(1e-6, ...series.map(({ values }) => max(values) ?? 0));
  return responsive((width) => {
    const each = (width - LEFT) / time.bins.length;
    const x = (i) => LEFT + (i + 0.5) * each;
    const y = scaleLinear().domain([0, most]).nice(4).range([HEIGHT - BOTTOM, TOP]);
    return picture({ width, height: HEIGHT, title, description, className: 'share-lines' }, axes(x, y, time, width), series.map((one) => oneLine(one, { x, y, time, each })));
  });
}
