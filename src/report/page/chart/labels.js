/* Where the names of points go: beside their points, over no other name and, if it can be, over no
 * point. The same points get the same places; a name without room is left out. */

const HEIGHT = 14;
const FURTHER = [3, 14, 28]; /* how far from the point's edge it is tried */
const AROUND = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.7, -0.7], [0.7, 0.7], [-0.7, -0.7], [-0.7, 0.7]];

let context;

/* The width of a text of 12 pixels, as the browser sets it. */
function textWidth(text) {
  context ??= document.createElement('canvas').getContext('2d');
  context.font = '12px system-ui, sans-serif';
  return context.measureText(text).width;
}

/* The text, or as much of it as fits with an ellipsis. */
export function fitted(text, most) {
  if (textWidth(text) <= most) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && textWidth(`${letters.join('')}…`) > most) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

const overlap = (a, b) => Math.max(0, Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0)) * Math.max(0, Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0));

/* The box of a text of this width at one of the places around a point. */
function boxAt(point, [dx, dy], gap, width) {
  const reach = point.r + gap;
  const x0 = point.x + dx * reach - (dx > 0 ? 0 : dx < 0 ? width : width / 2);
  const y0 = point.y + dy * reach - (dy > 0 ? 0 : dy < 0 ? HEIGHT : HEIGHT / 2);
  return { x0, y0, x1: x0 + width, y1: y0 + HEIGHT, far: gap };
}

/* A name of its own point's circle, inside it. */
function boxWithin(point, width) {
  return { x0: point.x - width / 2, y0: point.y - HEIGHT / 2, x1: point.x + width / 2, y1: point.y + HEIGHT / 2, far: 0 };
}

/* How bad a box is: Infinity, if it is out of the frame or over another name. */
function cost(box, taken, discs, frame) {
  if (box.x0 < frame.x0 || box.x1 > frame.x1 || box.y0 < frame.y0 || box.y1 > frame.y1) return Infinity;
  if (taken.some((other) => overlap(box, other) > 0)) return Infinity;
  return discs.reduce((sum, disc) => sum + overlap(box, disc), 0) + 8 * box.far;
}

/* points: [{ x, y, r, names: [long, shorter …] }], the foremost first; frame: { x0, y0, x1, y1 }.
 * Returns for each { text, box } or null. */
export function placeLabels(points, frame) {
  const discs = points.map(({ x, y, r }) => ({ x0: x - r, y0: y - r, x1: x + r, y1: y + r }));
  const taken = [];
  return points.map((point) => {
    for (const text of point.names) {
      const width = textWidth(text) + 2;
      const boxes = FURTHER.flatMap((gap) => AROUND.map((direction) => boxAt(point, direction, gap, width)));
      if (width < 1.7 * point.r) boxes.unshift(boxWithin(point, width));
      const others = discs.filter((_, i) => points[i] !== point);
      let best = null;
      let least = Infinity;
      for (const box of boxes) {
        const found = cost(box, taken, others, frame);
        if (found < least) [best, least] = [box, found];
        if (least === 0) break;
      }
      /* a long name over other points gives way to a shorter one beside them */
      if (best && (least < HEIGHT * 24 || text === point.names.at(-1))) {
        taken.push(best);
        return { text, box: best };
      }
    }
    return null;
  });
}
