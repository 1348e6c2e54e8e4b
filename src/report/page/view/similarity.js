/* Every two topics beside each other: how alike their words are, or how often documents have both. */

import { max } from 'd3-array';
import { cutTree } from '../chart/dendrogram.js';
import { legend } from '../chart/legend.js';
import { responsive } from '../chart/responsive.js';
import { cividis } from '../colour.js';
import { choice } from '../controls.js';
import { csvText, download } from '../csv.js';
import { el, newId, replace } from '../dom.js';
import { decimal, plural } from '../format.js';
import { topicLink } from '../parts.js';
import { address, amend } from '../router.js';
import { S } from '../strings.js';
import { dataTable } from '../table.js';
import { draw, groupsOf } from './similarity_picture.js';

const UNLIKE = Math.sqrt(Math.LN2); /* the distance of topics without a word in common */
const PMI_MOST = 3; /* more is shown as this */
const similarityOf = (distance) => Math.max(0, 1 - distance / UNLIKE); /* rounding can make it less */

/* What a cell can show: { value(a, b), shade(value), paint(shade), text, legend }. */
function measures({ pairs, meta }) {
  const nearest = [...pairs.js_distance].sort((a, b) => a - b);
  const rank = Math.floor(meta.k / 4); /* so many pairs may be brighter than the brightest colour: one pair does not darken all */
  const top = Math.max(0.001, similarityOf(nearest[Math.min(rank, nearest.length - 1)]));
  const least = Math.min(similarityOf(nearest.at(-1)), top - 0.001);
  const most = Math.min(PMI_MOST, Math.max(0.1, max(pairs.pmi, (value) => Math.abs(value ?? 0))));
  const pmi = (a, b) => pairs.pmi[pairs.place(a, b)];
  const diverging = (shade) => ({ class: shade < 0.5 ? 'below' : 'above', 'fill-opacity': Math.min(1, Math.abs(2 * shade - 1)).toFixed(3) });
  return {
    js: {
      value: (a, b) => similarityOf(pairs.js_distance[pairs.place(a, b)]),
      shade: (value) => (value - least) / (top - least),
      paint: (shade) => ({ fill: cividis(shade) }),
      note: 'A cell is 1 − d/√ln 2; d is the root of the Jensen–Shannon divergence between the words of two topics (js_distance in the tables): 1 for the same words, 0 for none in common.',
      legend: { title: 'Similarity of words', from: least, to: top, ticks: [least, (least + top) / 2, top], format: (value) => `${rank > 0 && value === top ? '≥ ' : ''}${decimal(value, top < 0.1 ? 3 : 2)}` },
    },
    pmi: {
      value: pmi,
      shade: (value) => (value === null ? null : 0.5 + value / (2 * most)),
      paint: diverging,
      note: 'A cell is the PMI of two topics in documents: above 0, documents have both more often than their shares make likely; below 0, more rarely; empty, no document has both. Shares sum to 1 in each document, so most pairs are below 0: compare pairs, not signs. The order is that of words.',
      legend: { title: 'PMI of sharing documents', from: -most, to: most, ticks: [-most, 0, most], format: (value) => `${most === PMI_MOST && value !== 0 ? (value < 0 ? '≤ ' : '≥ ') : ''}${decimal(value, 1)}` },
    },
  };
}

/* The tree in the words of the view: joins[i] is the mean similarity at which two groups were joined.
 * The cut begins where most groups of several topics are (of equal ones, the larger groups). */
function treeOf({ pairs, meta }) {
  const joins = pairs.merges.map(([, , height]) => similarityOf(height));
  const low = Math.min(0, ...joins);
  const high = Math.max(0.01, ...joins);
  const unit = high < 0.1 ? 1e-4 : 1e-3;
  let begin = low;
  let most = 0;
  for (const join of [...joins].sort((a, b) => a - b)) {
    const cut = Math.floor(join / unit) * unit;
    const joints = new Set(cutTree(meta.k, pairs.merges, joins, cut).map(({ joint }) => joint));
    joints.delete(undefined);
    if (joints.size > most) [begin, most] = [cut, joints.size];
  }
  return { joins, low, high, begin, digits: high < 0.1 ? 4 : 3 };
}

/* Says which pair is pointed at, with all that is measured of it. */
function tellerOf({ data, names }) {
  const line = el('p', { class: 'told', role: 'status' }, el('span', { class: 'note' }, 'Point at a cell, or go to the heatmap by the Tab key and on by the arrow keys. A cell leads to the comparison of its two topics.'));
  const { pairs } = data;
  const tell = (a, b) => {
    const at = pairs.place(a, b);
    replace(line, topicLink({ data, names }, a), ' and ', topicLink({ data, names }, b), ': similarity ', decimal(similarityOf(pairs.js_distance[at])), ', distance ', decimal(pairs.js_distance[at]),
      ', cosine ', decimal(pairs.cosine[at]), ', ', pairs.pmi[at] === null ? 'never in one document' : `PMI ${decimal(pairs.pmi[at])}`, '. ', el('a', { href: address('compare', a, b) }, 'Compare'));
  };
  return { line, tell };
}

function drawGroups(context, node, groups) {
  const single = groups.filter(({ topics }) => topics.length === 1);
  const several = groups.filter(({ topics }) => topics.length > 1);
  const links = (topics) => topics.map((topic, i) => [i > 0 && ' · ', topicLink(context, topic)]);
  replace(node, el('ol', { class: 'tree-groups' }, several.map(({ topics, join }) => el('li', null, links(topics), el('span', { class: 'note' }, ` joined at ${decimal(join, 3)}`)))),
    single.length > 0 && el('div', null, el('span', { class: 'note' }, 'By themselves: '), links(single.flatMap(({ topics }) => topics))));
}

function everyPair({ data }) {
  const { pairs, meta } = data;
  const rows = [];
  for (let a = 1; a <= meta.k; a++) {
    for (let b = a + 1; b <= meta.k; b++) {
      const at = pairs.place(a, b);
      rows.push({ a, b, similarity: similarityOf(pairs.js_distance[at]), distance: pairs.js_distance[at], cosine: pairs.cosine[at], pmi: pairs.pmi[at] });
    }
  }
  return rows;
}

/* All pairs, made when they are asked for. */
function pairsTable(context) {
  const details = el('details', { class: 'as-table' }, el('summary', null, S.asTable));
  details.addEventListener('toggle', () => {
    if (!details.open || details.children.length > 1) return;
    const rows = everyPair(context);
    const figures = ['similarity', 'distance', 'cosine', 'pmi'];
    details.append(dataTable({ rows, caption: 'Pairs of topics', pageSize: 25, sort: { id: 'similarity', falling: true }, columns: [
      { id: 'a', label: 'Topic', heading: true, falling: false, value: ({ a }) => a, show: ({ a }) => topicLink(context, a) },
      { id: 'b', label: 'and', value: ({ b }) => b, falling: false, show: ({ b }) => topicLink(context, b) },
      ...figures.map((id) => ({ id, label: id === 'pmi' ? 'PMI' : id[0].toUpperCase() + id.slice(1), numeric: true, value: (row) => row[id], show: (row) => decimal(row[id], 3) })),
      { id: 'go', label: 'Beside each other', sortable: false, value: () => '', show: ({ a, b }) => el('a', { href: address('compare', a, b), 'aria-label': `Compare ${a} and ${b}` }, 'compare') },
    ] }), el('button', { type: 'button', on: { click: () => download('similarity.csv', csvText(['topic_a', 'topic_b', ...figures], rows.map((row) => [row.a, row.b, ...figures.map((id) => row[id])]))) } }, S.downloadCsv));
  });
  return details;
}

const SHOWN = [{ value: 'js', label: 'Alike in words' }, { value: 'pmi', label: 'Together in documents' }];

function cutSlider(tree, state, say, moved) {
  const id = newId('cut');
  const span = tree.high - tree.low || 0.01;
  const input = el('input', { type: 'range', id, min: tree.low.toFixed(tree.digits), max: (tree.high + span / 100).toFixed(tree.digits), step: 10 ** -tree.digits, value: state.cut, 'aria-valuetext': say() });
  const output = el('output', { for: id }, say());
  input.addEventListener('input', () => {
    state.cut = Number(input.value);
    moved();
    input.setAttribute('aria-valuetext', say());
    replace(output, say());
  });
  return el('div', { class: 'slider' }, el('label', { for: id }, 'Groups whose similarity is at least'), input, output);
}

export const similarity = {
  id: 'similarity',
  title: 'Similarity',
  available: (data) => data.pairs !== undefined,
  render(context, route) {
    const all = measures(context.data);
    const tree = treeOf(context.data);
    const asked = Number.parseFloat(route.query.get('cut'));
    const state = { measure: route.query.get('measure') === 'pmi' ? 'pmi' : 'js', cut: Number.isFinite(asked) ? asked : Number(tree.begin.toFixed(tree.digits)), cell: { i: 0, j: 1 }, memory: {} };
    const { line, tell } = tellerOf(context);
    const note = el('p', { class: 'note' });
    const key = el('div', { class: 'legend-place' });
    const list = el('div');
    const chart = responsive((width) => draw(context, width, { measure: all[state.measure], tree, state, tell }));
    const groups = () => groupsOf(context.data, tree, state.cut);
    const say = () => `${decimal(state.cut, tree.digits)}: ${plural(groups().length, ['group', 'groups'])}`;
    const save = () => amend('similarity', { measure: state.measure === 'js' ? '' : state.measure, cut: state.cut.toFixed(tree.digits) });
    const explain = () => {
      replace(note, all[state.measure].note);
      replace(key, legend({ ...all[state.measure].legend, paint: all[state.measure].paint }));
    };
    const slider = cutSlider(tree, state, say, () => { chart.redraw(); drawGroups(context, list, groups()); save(); });
    explain();
    drawGroups(context, list, groups());
    return el('section', null, el('h1', { tabindex: -1 }, 'Similarity'),
      el('p', { class: 'lead' }, 'Every two topics: how alike their words are, and how often documents have both.'),
      el('p', { class: 'controls' }, choice({ label: 'What a cell shows', options: SHOWN, value: state.measure, onChange: (id) => { state.measure = id; explain(); chart.redraw(); save(); } })), note,
      el('figure', null, el('div', { class: 'heat-head' }, slider, key), el('div', { class: 'table-scroll' }, chart), line, pairsTable(context)),
      el('h2', null, 'Groups'), el('p', { class: 'note' }, 'Topics joined one by one by the mean distance between groups (average linkage), and cut where the line stands in the tree. It begins where there are most groups of several topics; no number of groups is the right one.'), list);
  },
};
