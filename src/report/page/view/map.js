/* The topics in a plane: near each other what is alike, as far as a plane can show it. */

import { scaleLinear } from 'd3-scale';
import { axisBelow, axisLeft } from '../chart/axes.js';
import { topicPoints } from '../chart/points.js';
import { responsive } from '../chart/responsive.js';
import { append, el, foreign, replace, svg } from '../dom.js';
import { figure, picture } from '../figure.js';
import { decimal, percent } from '../format.js';
import { topicLink } from '../parts.js';
import { amend } from '../router.js';
import { wordBox } from '../wordbox.js';

const MARGIN = { left: 44, right: 12, top: 36, bottom: 40 };
const COVERED = 0.09; /* part of the picture that all circles cover */
const LARGEST = 64;
const TALLEST = 640;

/* What the areas say: each topic's share, or its part of a word. */
function areasOf({ data }, word) {
  if (word === undefined) return data.topics.map(({ share }) => share);
  const areas = new Array(data.meta.k).fill(0);
  for (const { topic, p } of data.words.topicsOf(word)) areas[topic - 1] = p;
  return areas;
}

const extent = (values) => [Math.min(...values), Math.max(...values)];

/* One scale for both axes: a pixel is the same distance along either. */
function scalesOf(x, y, width) {
  const inner = width - MARGIN.left - MARGIN.right;
  const [x0, x1] = extent(x);
  const [y0, y1] = extent(y);
  const room = Math.min(LARGEST, inner / 10); /* for circles and names at the edge */
  const pixel = Math.max(x1 - x0, 1e-9) / (inner - 2 * room);
  const wanted = (y1 - y0) / pixel + 2 * room;
  const shrink = Math.max(1, (wanted - 2 * room) / (TALLEST - 2 * room));
  const height = Math.max(140, Math.min(wanted, TALLEST));
  const unit = pixel * shrink;
  const half = [(inner * unit) / 2, (height * unit) / 2];
  const middle = [(x0 + x1) / 2, (y0 + y1) / 2];
  return {
    x: scaleLinear([middle[0] - half[0], middle[0] + half[0]], [MARGIN.left, MARGIN.left + inner]),
    y: scaleLinear([middle[1] - half[1], middle[1] + half[1]], [MARGIN.top + height, MARGIN.top]),
    inner, height,
  };
}

/* A circle of a round area, to read the others by. */
function areaKey(radius, right, y) {
  const share = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001].find((step) => radius(step) <= MARGIN.top / 2) ?? 0.001;
  const text = percent(share);
  return svg('g', { class: 'area-key' }, svg('text', { x: right, y, dy: '.32em', 'text-anchor': 'end' }, text),
    svg('circle', { cx: right - 44 - radius(share), cy: y, r: radius(share) }));
}

function draw(context, width, { topics, areas, tell, summary }) {
  const { map } = context.data;
  const pick = (values) => topics.map((topic) => values[topic - 1]);
  const scales = scalesOf(pick(map.x), pick(map.y), width);
  const most = Math.max(...areas);
  const sum = pick(areas).reduce((a, b) => a + b, 0) || 1;
  const unit = Math.min(Math.sqrt((COVERED * scales.inner * Math.max(scales.height, 300)) / Math.PI / sum), LARGEST / Math.sqrt(most));
  const radius = (share) => unit * Math.sqrt(share);
  const frame = { x0: MARGIN.left + 2, x1: width - 2, y0: MARGIN.top, y1: MARGIN.top + scales.height - 2 };
  const points = topics.map((topic) => ({ topic, x: scales.x(map.x[topic - 1]), y: scales.y(map.y[topic - 1]), r: Math.max(2, radius(areas[topic - 1])), told: `${topic} ${context.names.name(topic)}, ${percent(areas[topic - 1])}: ${wordsOf(context, topic)}` }));
  const marks = topicPoints(context, points, frame, tell);
  const bottom = MARGIN.top + scales.height;
  const flat = context.data.meta.k === 2;
  return picture({ width, height: bottom + MARGIN.bottom, title: 'Map of topics', description: summary, className: 'map', interactive: true },
    axisBelow(scales.x, { y: bottom, label: `Axis 1: ${percent(map.explained[0])} of the variance` }),
    !flat && axisLeft(scales.y, { x: MARGIN.left, label: `Axis 2: ${percent(map.explained[1])} of the variance` }),
    areaKey(radius, width - 2, MARGIN.top / 2), marks);
}

const wordsOf = ({ data }, topic) => data.words.lists[topic - 1].word.slice(0, 8).map((word) => data.words.name(word)).join(', ');

function tellerOf(context, areas) {
  const line = el('p', { class: 'told' }, el('span', { class: 'note' }, 'Point at a circle, or go to it by the Tab key, to read its words.'));
  const tell = (topic) => replace(line, topicLink(context, topic), ` ${percent(areas()[topic - 1])} · `, foreign(wordsOf(context, topic)));
  return { line, tell };
}

/* What the picture shows and what not, in this map's figures. */
function caveats({ data }) {
  const kept = data.map.explained[0] + data.map.explained[1];
  return el('ul', { class: 'caveats' },
    data.meta.k > 2 && el('li', null, `The two axes keep ${percent(kept)} of what the distances say. The rest is not in the picture: topics that lie together here may be far apart. `, el('a', { href: '#/similarity' }, 'Similarity'), ' has every distance.'),
    el('li', null, 'Axes have no meaning of their own; left and right, above and below could be exchanged.'),
    el('li', null, 'A circle’s area is its share and nothing else: it is not how far the topic spreads, and circles that overlap do not share documents.'));
}

export const map = {
  id: 'map',
  title: 'Map',
  available: (data) => data.map !== undefined,
  render(context, route) {
    const { data, names } = context;
    let word = data.words.byTerm.get(route.query.get('word') ?? '');
    let areas = areasOf(context, word);
    const topics = data.topics.map(({ topic }) => topic).filter((topic) => !names.isHidden(topic));
    const { line, tell } = tellerOf(context, () => areas);
    const what = el('p', { class: 'note', role: 'status' });
    const summary = 'Circles for topics. Distances follow the words of topics: PCoA of the root of the Jensen–Shannon divergence.';
    const say = () => replace(what, word === undefined ? 'Area: the topic’s mean share of the documents.' : ['Area: p(topic | ', foreign(data.words.name(word)), '), the topic’s part of this word.']);
    const chart = responsive((width) => draw(context, width, { topics, areas, tell, summary }));
    const choose = (next) => {
      word = next;
      areas = areasOf(context, word);
      amend('map', { word: word === undefined ? '' : data.words.term[word] });
      say();
      chart.redraw();
    };
    say();
    const rows = (share, place) => topics.map((topic) => [`${topic} ${names.name(topic)}`, share(data.topics[topic - 1].share), ...(word === undefined ? [] : [share(areas[topic - 1])]), place(data.map.x[topic - 1]), place(data.map.y[topic - 1])]);
    const same = (value) => value;
    const hidden = data.meta.k - topics.length;
    return el('section', null, el('h1', { tabindex: -1 }, 'Map'),
      el('p', { class: 'lead' }, 'Topics that have words in common lie near each other, as far as a plane can show it.'),
      wordBox(context, { label: 'Areas by a word', word, choose }),
      figure({ chart: append(el('div'), [what, chart, line]), file: 'map.csv',
        table: () => ({ caption: 'Map of topics', head: ['Topic', 'Share', ...(word === undefined ? [] : [`p(topic | ${data.words.name(word)})`]), 'Axis 1', 'Axis 2'], rows: rows(percent, (value) => decimal(value, 3)), exact: rows(same, same) }) }),
      hidden > 0 && el('p', { class: 'note' }, `${hidden} hidden ${hidden === 1 ? 'topic is' : 'topics are'} left out.`),
      el('h2', null, 'What a map does not say'), caveats(context));
  },
};
