/* Topics by two of their measures. */

import { scaleLinear } from 'd3-scale';
import { picture } from '../figure.js';
import { svg } from '../dom.js';
import { decimal } from '../format.js';
import { axisBelow, axisLeft } from './axes.js';
import { topicPoints } from './points.js';

const MARGIN = { left: 44, right: 16, top: 28, bottom: 40 };

/* A domain that holds the values, and a little more. */
function domainOf(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 0.2) * 0.08;
  return [low - room, high + room];
}

/* { rows: [{ topic, x, y }], labels: [x, y], show: y for people, title, width, tell, guides: [x] } */
export function scatter(context, { rows, labels, show, title, width, tell, guides = [] }) {
  const height = Math.round(Math.min(480, Math.max(280, width * 0.45)));
  const bottom = height - MARGIN.bottom;
  const x = scaleLinear(domainOf([...rows.map((row) => row.x), ...guides]), [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear(domainOf(rows.map((row) => row.y)), [bottom, MARGIN.top]);
  const r = rows.length > 60 ? 4 : 6;
  const points = rows.map((row) => ({ topic: row.topic, x: x(row.x), y: y(row.y), r, told: `${row.topic} ${context.names.name(row.topic)}: ${labels[0]} ${decimal(row.x)}, ${labels[1]} ${show(row.y)}` }));
  return picture({ width, height, title, description: `${labels[0]} across, ${labels[1]} upwards; a point for each topic.`, className: 'scatter', interactive: true, natural: true },
    guides.map((guide) => svg('path', { class: 'guide', d: `M${x(guide)} ${MARGIN.top}V${bottom}` })),
    axisBelow(x, { y: bottom, label: labels[0] }), axisLeft(y, { x: MARGIN.left, label: labels[1], format: show === decimal ? undefined : show }),
    topicPoints(context, points, { x0: MARGIN.left + 2, x1: width - 2, y0: MARGIN.top - 8, y1: bottom - 2 }, tell));
}
