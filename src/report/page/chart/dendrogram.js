/* The tree by which topics were joined, lying on its side: leaves at the left, in the rows of a heatmap. */

import { svg } from '../dom.js';

/* Groups of the tree when joints below a similarity are undone: a number for each of k items, and for
 * each group the joint that holds it (undefined: a single one). merges as in docs/report-data.md; joins[i] is
 * the similarity of the i-th. */
export function cutTree(k, merges, joins, cut) {
  const root = new Int32Array(k + merges.length).fill(-1);
  /* from the top: a joint that stays gives its group to what it joins */
  for (let i = merges.length - 1; i >= 0; i--) {
    if (root[k + i] < 0 && joins[i] >= cut) root[k + i] = k + i;
    if (root[k + i] >= 0) for (const part of merges[i].slice(0, 2)) root[part] = root[k + i];
  }
  for (let i = 0; i < k; i++) if (root[i] < 0) root[i] = i;
  return Array.from(root.subarray(0, k), (group) => ({ group, joint: group >= k ? group - k : undefined }));
}

/* centre(item): the middle of an item's row; x: the scale of similarity. */
export function dendrogram(k, merges, joins, { centre, x, cut }) {
  const start = x.range()[0];
  const places = Array.from({ length: k }, (_, i) => ({ x: start, y: centre(i) }));
  return svg('g', { class: 'tree' }, merges.map(([left, right], i) => {
    const [a, b] = [places[left], places[right]];
    const at = x(joins[i]);
    places.push({ x: at, y: (a.y + b.y) / 2 });
    return svg('path', { class: joins[i] >= cut ? 'kept' : undefined, d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}H${at.toFixed(1)}V${b.y.toFixed(1)}H${b.x.toFixed(1)}` });
  }));
}
