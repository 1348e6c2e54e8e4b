/* The picture of the view `similarity`: heatmap, names, tree, cut. */

import { scaleLinear } from 'd3-scale';
import { axisBelow } from '../chart/axes.js';
import { cutTree, dendrogram } from '../chart/dendrogram.js';
import { cells, cursor, positions, squares } from '../chart/heatmap.js';
import { fitted } from '../chart/labels.js';
import { shortName } from '../chart/points.js';
import { svg } from '../dom.js';
import { picture } from '../figure.js';
import { decimal } from '../format.js';
import { address } from '../router.js';

/* Groups in the order of the tree: [{ topics, join }]. */
export function groupsOf({ pairs, meta }, tree, cut) {
  const found = cutTree(meta.k, pairs.merges, tree.joins, cut);
  const groups = new Map();
  for (const topic of pairs.order) {
    const { group, joint } = found[topic - 1];
    if (!groups.has(group)) groups.set(group, { topics: [], join: joint === undefined ? undefined : tree.joins[joint] });
    groups.get(group).topics.push(topic);
  }
  return [...groups.values()];
}

/* How wide its parts are. */
function layout(k, width) {
  const wide = width > 640;
  const names = wide ? 150 : 26;
  const tree = wide ? Math.min(220, width * 0.2) : Math.min(90, width * 0.2);
  const size = Math.max(Math.min(width - names - tree - 12, wide ? 720 : 600, 64 * k), k * 2.4);
  return { names, tree, size, width: names + size + tree + 12, top: 20, wide };
}

function rowNames(context, order, places, { names, wide }) {
  if (places.cell < 8) return null;
  const size = Math.min(12, places.cell);
  return order.map((topic, i) => svg('text', { x: -6, y: places.at[i] + places.cell / 2, dy: '.34em', 'text-anchor': 'end', 'font-size': size },
    wide ? fitted(`${topic} ${shortName(context, topic)}`, (names - 8) * (12 / size)) : topic));
}

function columnNames(order, places) {
  if (places.cell < 13) return null;
  return order.map((topic, i) => svg('text', { x: places.at[i] + places.cell / 2, y: -6, 'text-anchor': 'middle', 'font-size': Math.min(12, places.cell * 0.65) }, topic));
}

/* Lines between the groups, through the tree. */
function hairlines(groups, places, right) {
  let row = 0;
  return svg('g', { class: 'hairlines' }, groups.slice(0, -1).map(({ topics }) => {
    row += topics.length;
    const y = (places.at[row - 1] + places.cell + places.at[row]) / 2;
    return svg('path', { d: `M${places.at.at(-1) + places.cell} ${y}H${right}` });
  }));
}

/* The cells, made anew only when they are others: with small cells another cut leaves them as they are. */
function cellsOnce(memory, key, make) {
  if (memory.key !== key) Object.assign(memory, { key, node: svg('g', { class: 'cells' }, make()) });
  return memory.node;
}

/* state: { measure, cut, cell, memory } */
export function draw(context, width, { measure, tree, state, tell }) {
  const { cut } = state;
  const { pairs, meta } = context.data;
  const { k } = meta;
  const { order } = pairs;
  const shape = layout(k, width);
  const groups = groupsOf(context.data, tree, cut);
  const starts = new Array(k).fill(false);
  let row = 0;
  for (const { topics } of groups) {
    starts[row] = true;
    row += topics.length;
  }
  const places = positions(k, starts, shape.size);
  const rowOf = new Map(order.map((topic, i) => [topic, i]));
  const x = scaleLinear([tree.high, tree.low], [shape.size + 8, shape.size + 8 + shape.tree - 12]).nice(4);
  const value = (i, j) => measure.value(order[i], order[j]);
  const [treeLeft, treeRight] = x.range();
  const ticks = shape.wide ? x.ticks(3) : x.domain();
  const sheet = cursor({ n: k, places, cell: state.cell, href: (i, j) => address('compare', order[i], order[j]),
    name: (i, j) => `${order[i]} ${shortName(context, order[i])} and ${order[j]} ${shortName(context, order[j])}: ${decimal(value(i, j))}`,
    enter: (i, j) => { state.cell = { i, j }; tell(order[i], order[j]); } });
  return picture({ width: shape.width, height: shape.top + shape.size + 44, title: 'Similarity of topics', description: `A heatmap of ${k} topics in the order of the tree beside it, in ${groups.length} groups. Arrow keys go from cell to cell.`, className: 'similarity', interactive: true, natural: true },
    svg('g', { transform: `translate(${shape.names} ${shape.top})` },
      svg('g', { 'aria-hidden': 'true' }, rowNames(context, order, places, shape), columnNames(order, places)),
      cellsOnce(state.memory, `${state.measure} ${places.at}`, () => cells(k, places, (i, j) => measure.shade(value(i, j)), measure.paint)),
      squares(groups, places), hairlines(groups, places, treeRight),
      dendrogram(k, pairs.merges, tree.joins, { x, cut, centre: (item) => places.at[rowOf.get(item + 1)] + places.cell / 2 }),
      svg('path', { class: 'cut', d: `M${Math.min(treeRight, Math.max(treeLeft - 4, x(cut)))} -4V${shape.size + 4}` }),
      axisBelow(x, { y: shape.size + 8, label: shape.wide ? 'mean similarity at a joint' : 'joint', ticks, format: x.tickFormat(4), left: treeLeft, right: treeRight }),
      sheet));
}
