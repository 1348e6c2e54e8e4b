/* Whether to believe it: how the solver ended, what is measured of each topic, and of other numbers of topics. */

import { curve } from '../chart/curve.js';
import { responsive } from '../chart/responsive.js';
import { scatter } from '../chart/scatter.js';
import { el, foreign, replace } from '../dom.js';
import { figure } from '../figure.js';
import { count, decimal, number, percent, plural } from '../format.js';
import { measuresOf, modelMeasures, sweepMeasures } from '../measures.js';
import { flagColumns, shareBar, topicLink } from '../parts.js';
import { address } from '../router.js';
import { dataTable } from '../table.js';

const STOPS = {
  converged: 'It stopped because a pass changed the objective by less than the tolerance.',
  'pass limit': 'It stopped at the largest number of passes: more would still change something.',
  interrupted: 'It was interrupted: more passes would still change something.',
};
const SOLVERS = { cd: 'coordinate descent', hals: 'hierarchical alternating least squares', gradient: 'projected gradient', mu: 'multiplicative updates', anchor: 'anchor words' };
const STABLE = [0.6, 0.8];

/* As many charts beside each other as there is room for. */
const grid = (...charts) => el('div', { class: 'charts' }, charts);

const section = (title, ...content) => el('section', null, el('h2', null, title), content);

/* The same as a table: four digits to look at, all of them in the file. */
const tableOf = (caption, head, rows) => ({ caption, head, exact: rows, rows: rows.map(([first, ...values]) => [first, ...values.map(number)]) });

/* ---- convergence ---- */

function convergence({ quality }) {
  const { solver, stop, passes, objective, seed, convergence: steps } = quality;
  const text = el('p', null, `${SOLVERS[solver] ?? solver}, ${plural(passes, ['pass', 'passes'])}, objective ${number(objective)}, seed ${seed}. `.replace(/^./, (first) => first.toUpperCase()), STOPS[stop] ?? `It stopped: ${stop}.`);
  if (!steps || steps.objective.length < 2) return section('Convergence', text);
  const passNumbers = steps.objective.map((_, i) => i + 1);
  const last = steps.objective.at(-1);
  const above = steps.objective.map((value) => (value > last ? value - last : null));
  const charts = [
    ['Objective above its last value', above, 'How far the objective was above where it ended, after each pass, on a logarithmic scale.'],
    ['Relative change', steps.relative_change, 'By how much each pass changed the objective, as a part of it, on a logarithmic scale.'],
    ['KKT residual', steps.kkt_residual, 'How far each pass was from a stationary point, on a logarithmic scale.'],
  ].filter(([, values]) => values?.some((value) => value > 0));
  return section('Convergence', text, figure({ note: 'After each pass, on logarithmic scales; a value of 0 has no place on them.', file: 'convergence.csv',
    chart: grid(charts.map(([title, y, description]) => responsive((width) => curve({ x: passNumbers, y, log: true, title, description, label: 'pass', width })))),
    table: () => tableOf('Passes', ['Pass', 'Objective', 'Relative change', 'KKT residual'], passNumbers.map((pass, i) => [pass, steps.objective[i], steps.relative_change?.[i], steps.kkt_residual?.[i]])) }));
}

function restarts({ quality }) {
  if (!quality.restarts) return null;
  const least = Math.min(...quality.restarts);
  const rows = quality.restarts.map((objective, i) => ({ start: i + 1, objective, above: objective / least - 1 }));
  const most = Math.max(...rows.map(({ above }) => above));
  return section('Starts', el('p', null, `${plural(rows.length, ['start', 'starts'])}; the model is that of the lowest objective, start ${quality.restart_kept}.`, quality.near !== undefined && ` ${count(quality.near)} ended within 0.1 % of it.`, ' A lower objective is a closer fit, not a better sorting.'),
    dataTable({ caption: 'Starts', rows, sort: { id: 'above', falling: false }, pageSize: 20, columns: [
      { id: 'start', label: 'Start', heading: true, value: ({ start }) => start, show: ({ start }) => (start === quality.restart_kept ? el('strong', null, `${start} (the model)`) : start) },
      { id: 'objective', label: 'Objective', numeric: true, falling: false, value: ({ objective }) => objective, show: ({ objective }) => decimal(objective, 2) },
      { id: 'above', label: 'Above the lowest', numeric: true, falling: false, value: ({ above }) => above, show: ({ above }) => el('span', { class: 'share-bar' }, el('span', { class: 'track', 'aria-hidden': 'true' }, el('span', { class: 'bar', style: { width: `${most > 0 ? (100 * above) / most : 0}%` } })), el('span', { class: 'figure' }, `${decimal(100 * above, 3)} %`)) },
    ] }));
}

/* ---- topics ---- */

function measureColumn(context, { id, label, meaning, show }) {
  const column = { id, label, title: meaning, numeric: true, value: (topic) => topic[id], show: (topic) => show(topic[id]) };
  if (id === 'similarity') {
    column.show = (topic) => [show(topic[id]), ' ', topic.similar > 0 && el('a', { href: address('compare', topic.topic, topic.similar), 'aria-label': `Compare ${topic.topic} and ${topic.similar}` }, topic.similar)];
  }
  return column;
}

function topicsTable(context) {
  const { data } = context;
  const measures = measuresOf(data);
  const columns = [{ id: 'topic', label: 'Topic', heading: true, falling: false, value: ({ topic }) => topic, show: ({ topic }) => topicLink(context, topic) },
    ...measures.map((measure) => measureColumn(context, measure)), ...flagColumns(data.topics)];
  return section('Topics', dataTable({ columns, rows: data.topics, caption: 'Measures of each topic; a heading sorts', sort: { id: 'topic', falling: false }, className: 'dense', pageSize: 50 }),
    el('details', null, el('summary', null, 'What the measures mean'), el('dl', { class: 'meanings' }, measures.map(({ label, meaning }) => [el('dt', null, label), el('dd', null, meaning)]))));
}

/* A line under a chart that says which topic is pointed at. */
function pointed(context, tellOf) {
  const line = el('p', { class: 'told' }, el('span', { class: 'note' }, 'Point at a topic, or go to it by the Tab key, to read its words.'));
  const tell = (topic) => replace(line, topicLink(context, topic), ' · ', tellOf(context.data.topics[topic - 1]));
  return { line, tell };
}

function scatterFigure(context, { title, note, x, y, labels, show = decimal, guides, file }) {
  const rows = context.data.topics.filter((topic) => Number.isFinite(topic[x]) && Number.isFinite(topic[y])).map((topic) => ({ topic: topic.topic, x: topic[x], y: topic[y] }));
  if (rows.length < 2) return null;
  const words = ({ topic }) => foreign(context.data.words.lists[topic - 1].word.slice(0, 8).map((word) => context.data.words.name(word)).join(', '));
  const { line, tell } = pointed(context, (topic) => [`${labels[0].toLowerCase()} ${decimal(topic[x])}, ${labels[1].toLowerCase()} ${show(topic[y])} · `, words(topic)]);
  return section(title, figure({ note, file, chart: el('div', null, responsive((width) => scatter(context, { rows, labels, show, title, width, tell, guides })), line),
    table: () => tableOf(title, ['Topic', ...labels], rows.map((row) => [`${row.topic} ${context.names.name(row.topic)}`, row.x, row.y])) }));
}

const coherence = (context) => scatterFigure(context, { title: 'Coherence and exclusivity', x: 'npmi', y: 'exclusivity', labels: ['Coherence', 'Exclusivity'], file: 'coherence-exclusivity.csv',
  note: 'Right: the first words stand in the same documents. Top: no other topic has them. Good topics are both; there is no line between good and bad.' });

const stability = (context) => context.data.quality.stability_samples > 0 && scatterFigure(context, { title: 'Stability', x: 'stability', y: 'share', labels: ['Stability', 'Share'], show: percent, guides: STABLE, file: 'stability.csv',
  note: `Of ${context.data.quality.stability_samples} samples of the documents. Lines at ${decimal(0.6, 1)} and ${decimal(0.8, 1)}: above the second, a topic’s first words may be quoted; below the first, nothing should be built on it. Stable says that something is there, not that it is of interest.` });

function uniqueness(context) {
  const { data } = context;
  const rows = data.topics.filter(({ uniqueness: found }) => found);
  if (rows.length === 0) return null;
  const kept = (id, label, value, all) => ({ id, label, numeric: true, value: (topic) => value(topic) / (all(topic) || 1), show: (topic) => `${count(value(topic))} of ${count(all(topic))}` });
  const columns = [
    { id: 'topic', label: 'Topic', heading: true, falling: false, value: ({ topic }) => topic, show: ({ topic }) => topicLink(context, topic) },
    { id: 'share', label: 'Share', numeric: true, value: ({ share }) => share, show: ({ share }) => shareBar(share, data.topics[0].share) },
    { id: 'range', label: 'Share, least to most', numeric: true, value: ({ uniqueness: { share_min: low, share_max: high } }) => high - low, show: ({ uniqueness: { share_min: low, share_max: high } }) => `${percent(low)} to ${percent(high)}` },
    kept('words', 'Words kept', ({ uniqueness: found }) => found.words_kept, ({ uniqueness: found }) => found.words),
    kept('documents', 'Documents kept', ({ uniqueness: found }) => found.documents_kept, ({ uniqueness: found }) => found.documents),
  ];
  return section('What does not depend on the start', el('p', null, 'Other starts ended as low as the model, within 0.1 %. Topics of these solutions were paired with the model’s: how far shares differ, and how many of the ten first words and of the documents with this main topic are the same in all. What starts agree on may still be wrong.'),
    dataTable({ columns, rows, caption: 'Same in all solutions near the lowest', sort: { id: 'topic', falling: false } }));
}

function whole({ quality }) {
  const known = modelMeasures.filter(({ id }) => quality[id] !== undefined && quality[id] !== null);
  return known.length > 0 && section('All topics together', el('table', { class: 'data values' }, el('caption', null, 'Measures of the model'), el('tbody', null, known.map(({ id, label, meaning }) =>
    el('tr', null, el('th', { scope: 'row' }, label), el('td', { class: 'numeric' }, decimal(quality[id], 3)), el('td', { class: 'note' }, meaning))))));
}

/* ---- the sweep ---- */

function sweep({ quality, meta }) {
  if (!quality.sweep) return null;
  const { k, recommended, advice, measures } = quality.sweep;
  const drawn = measures.filter(({ value }) => value.some((number) => number !== null));
  const has = (values) => values?.some((value) => value !== null && value !== undefined);
  const chart = ({ name, value, least, most }) => responsive((width) => curve({ x: k, y: value, least: has(least) ? least : undefined, most: has(most) ? most : undefined, marks: recommended, title: sweepMeasures[name] ?? name, label: `number of ${meta.nouns.topic[1]}`, width,
    description: `${sweepMeasures[name] ?? name} for ${k[0]} to ${k.at(-1)} topics.` }));
  return section('Other numbers of topics', el('p', null, 'There is no single right number of topics: a small one gives large subjects, a large one fine ones, and which is wanted depends on the question. What a sweep shows is which numbers give topics that are found again. '),
    advice && el('p', null, advice), recommended.length > 0 && el('p', { class: 'note' }, `Upright lines: ${recommended.join(', ')}${recommended.length > 1 ? ', the first recommendation first' : ', recommended'}. Bands: the range over the samples.`),
    figure({ chart: grid(drawn.map(chart)), file: 'sweep.csv',
      table: () => tableOf('Sweep', ['k', ...drawn.map(({ name }) => sweepMeasures[name] ?? name)], k.map((topics, i) => [topics, ...drawn.map(({ value }) => value[i])])) }));
}

export const quality = {
  id: 'quality',
  title: 'Quality',
  available: (data) => data.quality !== undefined,
  render(context) {
    const { data } = context;
    return el('section', null, el('h1', { tabindex: -1 }, 'Quality'),
      el('p', { class: 'lead' }, 'Figures to look by, not to decide by: none of them knows what you want to know.'),
      topicsTable(context), coherence(context), stability(context), uniqueness(context), whole(data), sweep(data), convergence(data), restarts(data));
  },
};
