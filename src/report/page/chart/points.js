/* Topics as circles in a plane: each a link, named where there is room, told in a line when it is
 * pointed at or has the keyboard. */

import { svg, visible } from '../dom.js';
import { address } from '../router.js';
import { fitted, placeLabels } from './labels.js';

const LONGEST = 150;

/* What a topic is called where there is little room: the reader's name, or two of its words. */
export function shortName({ names, data }, topic) {
  return visible(names.label(topic) || data.topics[topic - 1].auto_label.split('/').slice(0, 2).join('/'));
}

function leader({ x, y, r }, box) {
  const toX = Math.min(box.x1, Math.max(box.x0, x));
  const toY = Math.min(box.y1, Math.max(box.y0, y));
  const length = Math.hypot(toX - x, toY - y);
  if (length < r + 8) return null;
  return svg('path', { class: 'leader', d: `M${x + ((toX - x) * r) / length} ${y + ((toY - y) * r) / length}L${toX} ${toY}` });
}

/* points: [{ topic, x, y, r, told }]; told is the accessible name. tell(topic) says what is pointed
 * at, and stays: its line has a link, too. */
export function topicPoints(context, points, frame, tell) {
  const ordered = [...points].sort((a, b) => b.r - a.r || a.topic - b.topic); /* the small ones on top */
  const labels = placeLabels(ordered.map((point) => {
    const name = fitted(`${point.topic} ${shortName(context, point.topic)}`, LONGEST);
    return { ...point, names: [name, String(point.topic)] };
  }), frame);
  const on = (topic) => ({ mouseenter: () => tell(topic), focus: () => tell(topic) });
  const marks = ordered.map(({ topic, x, y, r, told }) => svg('a', { href: address('topic', topic), class: 'point', 'aria-label': told, 'data-key': topic, on: on(topic) },
    svg('circle', { class: 'reach', cx: x, cy: y, r: Math.max(r, 12) }), svg('circle', { class: 'disc', cx: x, cy: y, r })));
  const texts = labels.map((label, i) => label && svg('g', { class: 'point-name', 'aria-hidden': 'true' }, leader(ordered[i], label.box),
    svg('text', { x: label.box.x0 + 1, y: label.box.y1 - 3 }, label.text)));
  return svg('g', null, marks, texts);
}
