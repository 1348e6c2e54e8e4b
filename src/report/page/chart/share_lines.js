/* Shares of one topic or two over time, small; chart/lines.js has many with their names. */

import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { shortPercent } from '../format.js';
import { picture } from '../figure.js';
import { FEW_DOCUMENTS } from '../series.js';
import { S } from '../strings.js';
import { responsive } from './responsive.js';
import { binAxis, shareGrid, timeLine } from './time_parts.js';

const HEIGHT = 180;
const LEFT = 44;
const TOP = 8;
const BOTTOM = 24;

/* What is drawn, in words. */
export const shareNote = ({ unit, n_docs: n }) => S.meanShare(unit) + (n.some((documents) => documents > 0 && documents < FEW_DOCUMENTS) ? S.hollow(FEW_DOCUMENTS) : '');

/* { time: the block of data, series: [{ values: [share or null], className, name }], title, description } */
export function shareLines({ time, series, title, description }) {
  const most = Math.max(1e-6, ...series.map(({ values }) => max(values) ?? 0));
  return responsive((width) => {
    const each = (width - LEFT) / time.bins.length;
    const x = (i) => LEFT + (i + 0.5) * each;
    const y = scaleLinear().domain([0, most]).nice(4).range([HEIGHT - BOTTOM, TOP]);
    const few = (i) => time.n_docs[i] < FEW_DOCUMENTS;
    return picture({ width, height: HEIGHT, title, description, className: 'share-lines' }, shareGrid(y, { left: LEFT, right: width, count: 4, format: shortPercent }),
      binAxis(time, { x, room: width - LEFT, top: HEIGHT - BOTTOM, base: HEIGHT - 6 }), series.map((one) => timeLine(one, { x, y, bins: time.bins, few, each })));
  });
}
