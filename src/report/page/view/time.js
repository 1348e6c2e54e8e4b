/* Topics over time: up to eight in one chart, and every one in a small chart of its own. */

import { max } from 'd3-array';
import { timeLines } from '../chart/lines.js';
import { responsive } from '../chart/responsive.js';
import { CHOSEN_MOST, DASHES, OKABE_ITO } from '../colour.js';
import { choice } from '../controls.js';
import { el, replace, svg } from '../dom.js';
import { figure } from '../figure.js';
import { count, percent } from '../format.js';
import { topicLink } from '../parts.js';
import { amend } from '../router.js';
import { capital } from '../strings.js';
import { behind, FEW_DOCUMENTS, measureOf, MEASURES, movingAverage } from '../series.js';

const FIRST = 5; /* topics that are chosen at first */
const WINDOWS = [1, 3, 5, 7, 11];
const UNITS = { day: 'days', week: 'weeks', month: 'months', quarter: 'quarters', year: 'years', decade: 'decades' };

function stateOf({ data, names }, { query }) {
  const asked = (query.get('topics') ?? '').split(',').map(Number).filter((topic) => Number.isInteger(topic) && topic >= 1 && topic <= data.meta.k);
  const visibleOnes = data.topics.map(({ topic }) => topic).filter((topic) => !names.isHidden(topic));
  const topics = query.has('topics') ? [...new Set(asked)] : visibleOnes.slice(0, FIRST);
  const smooth = Number(query.get('smooth'));
  return { slots: Array.from({ length: CHOSEN_MOST }, (_, i) => topics[i] ?? 0), measure: measureOf(query.get('measure')).id, smooth: WINDOWS.includes(smooth) ? smooth : 1 };
}

const chosenOf = ({ slots }) => slots.filter((topic) => topic > 0);

function remember(state) {
  amend('time', { topics: chosenOf(state).join(',') || '0', measure: state.measure === 'mean' ? '' : state.measure, smooth: state.smooth > 1 ? state.smooth : '' });
}

/* Values as shown, and what the chart says they are. */
function shownOf({ time }, state) {
  const weights = state.measure === 'mass' ? time.tokens : time.n_docs;
  return { values: (topic) => movingAverage(time[state.measure][topic - 1], weights, state.smooth), few: behind(time.n_docs, state.smooth).map((n) => n > 0 && n < FEW_DOCUMENTS) };
}

function titleOf({ time }, state) {
  const { title } = measureOf(state.measure);
  return state.smooth > 1 ? `${title}, moving average of ${state.smooth} ${UNITS[time.unit]}` : `${title} by ${time.unit}`;
}

function noteOf({ time, meta }, state) {
  const few = shownOf({ time }, state).few.some(Boolean);
  return [`Shown is ${measureOf(state.measure).how(meta.nouns.document)}. `,
    state.smooth > 1 && `Each value is that of ${state.smooth} ${UNITS[time.unit]} together, around its place. `,
    `Beneath: ${meta.nouns.document[1]} by ${time.unit}. `, few && `Hollow points stand on fewer than ${FEW_DOCUMENTS}.`];
}

function sample(slot) {
  return svg('svg', { class: 'sample', viewBox: '0 0 28 12', width: 28, height: 12, 'aria-hidden': 'true', style: { color: OKABE_ITO[slot] } },
    svg('path', { d: 'M0 6H28', 'stroke-dasharray': DASHES[slot] || undefined }));
}

function mainFigure(context, state) {
  const { data, names } = context;
  const { time, meta } = data;
  const { values, few } = shownOf(data, state);
  const chosen = chosenOf(state);
  const series = state.slots.map((topic, slot) => topic > 0 && { topic, name: names.name(topic), values: values(topic), colour: OKABE_ITO[slot], dash: DASHES[slot] }).filter(Boolean);
  const title = titleOf(data, state);
  const description = `Lines over ${count(time.bins.length)} ${UNITS[time.unit]} from ${time.bins[0]} to ${time.bins.at(-1)} for the topics ${series.map(({ topic, name }) => `${topic} ${name}`).join(', ')}.`;
  const rows = (show) => time.bins.map((bin, i) => [bin, show === percent ? count(time.n_docs[i]) : time.n_docs[i], ...series.map((one) => show(one.values[i]))]);
  return figure({
    title, heading: 'h2', note: noteOf(data, state), file: 'topics_over_time.csv',
    chart: chosen.length === 0 ? el('p', { class: 'note' }, 'Choose a topic.') : responsive((width) => timeLines({ bins: time.bins, starts: time.starts, counts: time.n_docs, few, series, width, title, description })),
    table: () => ({ caption: title, head: [capital(time.unit), capital(meta.nouns.document[1]), ...series.map(({ topic, name }) => `${topic} ${name}`)], rows: rows(percent), exact: rows((value) => value ?? '') }),
  });
}

/* The chosen topics, each with its line and a button to take it out, and one to add others. */
function chosenList(context, state, toggle) {
  const { data, names } = context;
  const chosen = chosenOf(state);
  const others = data.topics.map(({ topic }) => topic).filter((topic) => !chosen.includes(topic) && !names.isHidden(topic));
  const add = el('select', { 'aria-label': 'Add a topic', disabled: chosen.length >= CHOSEN_MOST, on: { change: () => toggle(Number(add.value)) } },
    el('option', { value: 0 }, chosen.length >= CHOSEN_MOST ? `${CHOSEN_MOST} at most` : 'Add a topic …'), others.map((topic) => el('option', { value: topic }, `${topic} ${names.name(topic)}`)));
  return el('ul', { class: 'chosen' }, state.slots.map((topic, slot) => topic > 0 && el('li', null, sample(slot), ' ', topicLink(context, topic),
    el('button', { type: 'button', class: 'quiet', 'aria-label': `Remove ${topic} ${names.name(topic)}`, on: { click: () => toggle(topic) } }, '×'))), others.length > 0 && el('li', null, add));
}

function smallChart(values) {
  const [width, height] = [160, 44];
  const most = max(values) || 1e-9;
  const x = (i) => ((i + 0.5) * width) / values.length;
  const y = (value) => height - 1 - ((height - 3) * value) / most;
  let path = '';
  values.forEach((value, i) => {
    if (value === null) return;
    const alone = (values[i - 1] ?? null) === null;
    path += alone ? `M${(x(i) - 0.5).toFixed(1)} ${y(value).toFixed(1)}L${(x(i) + 0.5).toFixed(1)} ${y(value).toFixed(1)}` : `L${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  return svg('svg', { class: 'small-chart', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, svg('path', { class: 'base', d: `M0 ${height - 0.5}H${width}` }), svg('path', { class: 'values', d: path }));
}

/* A small chart for each topic; it is a button that puts the topic into the large one. */
function multiples(context, state, toggle) {
  const { data, names } = context;
  const { values } = shownOf(data, state);
  const topics = data.topics.map(({ topic }) => topic).filter((topic) => !names.isHidden(topic));
  const buttons = topics.map((topic) => {
    const shown = values(topic);
    return el('button', { type: 'button', class: 'multiple', 'data-topic': topic, title: names.name(topic), on: { click: () => toggle(topic) } },
      el('span', { class: 'multiple-name' }, el('span', { class: 'topic-number' }, topic), ' ', el('bdi', { dir: 'auto' }, names.name(topic))), smallChart(shown), el('span', { class: 'note' }, `0 to ${percent(max(shown) ?? 0)}`));
  });
  const press = () => buttons.forEach((button) => {
    const slot = state.slots.indexOf(Number(button.dataset.topic));
    button.setAttribute('aria-pressed', String(slot >= 0));
    button.style.setProperty('--of', slot >= 0 ? OKABE_ITO[slot] : 'var(--soft)');
  });
  press();
  return { node: el('div', { class: 'multiples' }, buttons), press };
}

function controls(state, { time }, changed) {
  const smooth = el('select', { 'aria-label': 'Moving average', on: { change: () => { state.smooth = Number(smooth.value); changed(); } } },
    WINDOWS.filter((window) => window === 1 || window < time.bins.length).map((window) => el('option', { value: window, selected: window === state.smooth }, window === 1 ? 'No average' : `Average of ${window} ${UNITS[time.unit]}`)));
  return el('div', { class: 'controls' }, choice({ label: 'Measure', options: MEASURES.map(({ id, label, title }) => ({ value: id, label, title })), value: state.measure, onChange: (measure) => { state.measure = measure; changed(); } }), smooth);
}

export const timeView = {
  id: 'time',
  title: 'Over time',
  available: ({ time }) => Boolean(time) && time.bins.length > 0,
  render(context, route) {
    const { data, names } = context;
    const { time, meta } = data;
    const state = stateOf(context, route);
    const [chosen, large, small] = [el('div', { class: 'controls' }), el('div'), el('div')];
    let panels;
    const toggle = (topic) => {
      const slot = state.slots.indexOf(topic);
      const free = state.slots.indexOf(0);
      if (slot >= 0) state.slots[slot] = 0;
      else if (free >= 0) state.slots[free] = topic;
      else context.announce(`${CHOSEN_MOST} topics at most`);
      const within = chosen.contains(document.activeElement);
      draw();
      panels.press();
      if (within) chosen.querySelector('select')?.focus();
    };
    const draw = () => {
      remember(state);
      replace(chosen, chosenList(context, state, toggle));
      replace(large, mainFigure(context, state));
    };
    const drawAll = () => {
      draw();
      panels = multiples(context, state, toggle);
      replace(small, panels.node);
    };
    drawAll();
    context.release = names.onChange(drawAll);
    const left = [time.undated > 0 && `${count(time.undated)} without a date`, time.inexact > 0 && `${count(time.inexact)} with one that does not say the ${time.unit}`].filter(Boolean).join(', ');
    return el('section', null, el('h1', { tabindex: -1 }, this.title), left && el('p', { class: 'note' }, `Not shown: ${left}.`), controls(state, data, drawAll), el('h2', { class: 'unseen' }, 'Chosen topics'), chosen, large,
      meta.k > 1 && [el('h2', null, 'Every topic'), el('p', { class: 'note' }, 'The same measure, each with a scale of its own, which is written beneath. Press one to see it above.'), small]);
  },
};
