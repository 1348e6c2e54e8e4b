/* Topics by the groups of a column of metadata. */

import { heatTable } from '../chart/heat_table.js';
import { cividis, isLight } from '../colour.js';
import { choice } from '../controls.js';
import { csvText, download } from '../csv.js';
import { el, foreign, replace, svg } from '../dom.js';
import { picture } from '../figure.js';
import { count, decimal, percent, plural } from '../format.js';
import { collator } from '../order.js';
import { topicLink } from '../parts.js';
import { address, amend } from '../router.js';
import { FEW_DOCUMENTS, measureOf, MEASURES } from '../series.js';
import { capital, S } from '../strings.js';

const FIRST = 40; /* groups that are shown at first */

function stateOf({ data }, { query }) {
  const field = data.groups.findIndex(({ field: name }) => name === query.get('by'));
  return { field: Math.max(0, field), measure: measureOf(query.get('measure')).id, difference: query.get('difference') === '1', sort: query.get('sort') === 'name' ? 'name' : 'n', all: query.get('all') === '1' };
}

function remember({ data }, state) {
  amend('groups', { by: data.groups[state.field].field, measure: state.measure === 'mean' ? '' : state.measure, difference: state.difference ? 1 : '', sort: state.sort === 'n' ? '' : 'name', all: state.all ? 1 : '' });
}

/* Places of the groups that are shown, in their order. */
function shownGroups({ values, n_docs: n }, state) {
  const order = values.map((_, g) => g).sort((a, b) => (state.sort === 'n' ? n[b] - n[a] : 0) || collator.compare(values[a], values[b]));
  return state.all ? order : order.slice(0, FIRST);
}

/* Blue for more than in the collection, orange for less; the same distance is as strong. */
function differenceColour(value, most) {
  const strength = Math.round(100 * Math.min(1, Math.abs(value) / most));
  return { background: `color-mix(in srgb, var(${value > 0 ? '--accent-fill' : '--highlight-fill'}) calc(var(--strongest) * ${strength}), transparent)`, text: 'var(--ink)' };
}

function shareColour(value, most) {
  const at = Math.min(1, value / most);
  return { background: cividis(at), text: isLight(at) ? '#000' : '#fff' };
}

/* A share in percent; a difference with its sign. */
function inPercent(value, signed) {
  const rounded = Math.round(1000 * value) / 10;
  return `${signed && rounded > 0 ? '+' : ''}${decimal(rounded === 0 ? 0 : rounded, 1)}`;
}

/* What the colours mean, from the least to the most. */
function scaleLegend(state, most) {
  const [width, steps] = [240, 24];
  const at = (i) => (state.difference ? (2 * (i + 0.5)) / steps - 1 : (i + 0.5) / steps) * most;
  const colour = state.difference ? differenceColour : shareColour;
  const [low, high] = state.difference ? [inPercent(-most, true), `${inPercent(most, true)} percentage points`] : ['0%', percent(most)];
  return el('div', { class: 'heat-legend' }, low, picture({ width, height: 12, title: 'Colours', description: `From ${low} to ${high}`, className: 'scale' },
    Array.from({ length: steps }, (_, i) => svg('rect', { x: (i * width) / steps, y: 0, width: width / steps, height: 12, style: { fill: colour(at(i), most).background } }))), high);
}

/* The numbers of the picture: shares of topics in groups, and in the collection. */
function numbersOf({ data, names }, state) {
  const group = data.groups[state.field];
  const measure = measureOf(state.measure);
  const topics = data.topics.filter(({ topic }) => !names.isHidden(topic));
  const collection = (topic) => measure.of(topic, data.meta);
  const share = (topic, g) => group[state.measure][topic.topic - 1][g];
  const shown = (topic, g) => {
    const value = share(topic, g);
    return value === null || !state.difference ? value : value - collection(topic);
  };
  return { group, measure, topics, collection, share, shown, groups: shownGroups(group, state) };
}

/* The end of the scale: the most of a group with enough documents, so that a few do not fade the rest. */
function mostOf({ group, groups, topics, shown }) {
  const enough = groups.filter((g) => group.n_docs[g] >= FEW_DOCUMENTS);
  const values = topics.flatMap((topic) => (enough.length > 0 ? enough : groups).map((g) => Math.abs(shown(topic, g) ?? 0)));
  return values.reduce((most, value) => Math.max(most, value), 1e-6);
}

/* Topics or groups in the rows, whichever are more; all together first. */
function heat(context, state, numbers) {
  const { group, groups, topics, measure } = numbers;
  const { meta } = context.data;
  const most = mostOf(numbers);
  const href = (topic, g) => address('documents', { topic: topic?.topic, by: group.field, value: group.values[g] });
  const groupItem = (g) => ({ g, few: group.n_docs[g] < FEW_DOCUMENTS, head: [foreign(group.values[g]), ' ', el('span', { class: 'n' }, count(group.n_docs[g]))] });
  const topicItem = (topic) => ({ topic, head: [el('span', { class: 'topic-number' }, topic.topic), ' ', foreign(context.names.name(topic.topic))] });
  const all = { total: true, head: [`All ${meta.nouns.document[1]}`, ' ', el('span', { class: 'n' }, count(meta.modelled))] };
  const groupItems = state.difference ? groups.map(groupItem) : [all, ...groups.map(groupItem)];
  const byGroup = group.values.length > topics.length;
  const rows = byGroup ? groupItems : topics.map((topic) => ({ ...topicItem(topic), head: topicLink(context, topic.topic) }));
  const columns = byGroup ? topics.map(topicItem) : groupItems;
  const pick = (r, c) => ({ topic: rows[r].topic ?? columns[c].topic, g: rows[r].g ?? columns[c].g });
  const colour = state.difference ? differenceColour : shareColour;
  const table = heatTable({
    rows, columns, corner: byGroup ? foreign(group.field) : capital(meta.nouns.topic[0]), caption: `${measure.title} by ${group.field}`,
    value: (r, c) => { const { topic, g } = pick(r, c); return g === undefined ? numbers.collection(topic) : numbers.shown(topic, g); },
    show: (value) => inPercent(value, state.difference),
    colour: (value) => colour(value, most),
    href: (r, c) => { const { topic, g } = pick(r, c); return g === undefined ? undefined : href(topic, g); },
    title: (r, c) => {
      const { topic, g } = pick(r, c);
      const where = g === undefined ? `all ${meta.nouns.document[1]}` : `${group.values[g]}, ${plural(group.n_docs[g], meta.nouns.document)}`;
      return `${topic.topic} ${context.names.name(topic.topic)}; ${where}: ${percent(g === undefined ? numbers.collection(topic) : numbers.share(topic, g))}`;
    },
  });
  return [scaleLegend(state, most), table];
}

function downloadGroups({ data, names }, state, { group, topics, groups, share, collection }) {
  const head = [group.field, 'n_docs', ...topics.map(({ topic }) => `${topic} ${names.name(topic)}`)];
  const rows = groups.map((g) => [group.values[g], group.n_docs[g], ...topics.map((topic) => share(topic, g))]);
  download(`groups_${state.measure}.csv`, csvText(head, [['', data.meta.modelled, ...topics.map(collection)], ...rows]));
}

function controls(context, state, changed) {
  const { groups } = context.data;
  const set = (name, convert = (value) => value) => (value) => { state[name] = convert(value); changed(); };
  const field = el('select', { 'aria-label': 'Groups by', on: { change: () => { state.field = Number(field.value); state.all = false; changed(); } } },
    groups.map(({ field: name, values }, i) => el('option', { value: i, selected: i === state.field }, `${name} (${count(values.length)})`)));
  return el('div', { class: 'controls' }, groups.length > 1 && field,
    choice({ label: 'Measure', options: MEASURES.map(({ id, label, title }) => ({ value: id, label, title })), value: state.measure, onChange: set('measure') }),
    choice({ label: 'Values', options: [{ value: false, label: 'Value' }, { value: true, label: 'Difference', title: 'From the whole collection' }], value: state.difference, onChange: set('difference') }),
    choice({ label: 'Order of the groups', options: [{ value: 'n', label: 'Largest first' }, { value: 'name', label: 'By name' }], value: state.sort, onChange: set('sort') }));
}

function noteOf({ data }, state, { group, measure }) {
  const { nouns } = data.meta;
  return el('p', { class: 'note' }, `In percent: ${measure.how(nouns.document)}. `,
    state.difference && 'Shown is how many percentage points more or less than in the whole collection. ',
    `Behind each group is its number of ${nouns.document[1]}. `,
    group.n_docs.some((n) => n < FEW_DOCUMENTS) && `Values with a mere stripe of colour stand on fewer than ${FEW_DOCUMENTS}. `,
    group.without > 0 && `${plural(group.without, nouns.document)} without a value are in none. `, 'A cell leads to its documents; the head of a column sorts by it.');
}

export const groupsView = {
  id: 'groups',
  title: 'Groups',
  available: ({ groups }) => Boolean(groups) && groups.length > 0,
  render(context, route) {
    const { names } = context;
    const state = stateOf(context, route);
    const place = el('div');
    const draw = () => {
      remember(context, state);
      const numbers = numbersOf(context, state);
      const { group, groups } = numbers;
      const hidden = group.values.length - groups.length;
      replace(place, el('h2', null, numbers.measure.title, ' by ', foreign(group.field), state.difference && ': difference from the collection'), noteOf(context, state, numbers), heat(context, state, numbers),
        el('p', { class: 'controls' }, hidden > 0 && el('button', { type: 'button', on: { click: () => { state.all = true; draw(); } } }, `Show all ${count(group.values.length)} groups`),
          el('button', { type: 'button', on: { click: () => downloadGroups(context, state, numbers) } }, S.downloadCsv)));
    };
    draw();
    context.release = names.onChange(draw);
    return el('section', null, el('h1', { tabindex: -1 }, this.title), controls(context, state, draw), place);
  },
};
