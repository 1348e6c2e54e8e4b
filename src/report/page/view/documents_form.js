/* The search and the filters of the documents. */

import { el, newId, replace } from '../dom.js';
import { collator } from '../order.js';
import { S } from '../strings.js';

export const FEW_VALUES = 200; /* columns with more are not chosen from */
const PAUSE = 50; /* milliseconds without typing before a search begins */
const DATE = /^-?\d{4}(-\d\d(-\d\d)?)?$/;

/* What the finder is asked for. A date that is not one yet asks for nothing. */
export function wantedOf({ documents }, state) {
  const bound = (text) => (DATE.test(text) ? text : '');
  return {
    q: state.q, topic: state.topic, least: state.least, from: bound(state.from), to: bound(state.to),
    values: state.filters.map(({ field, value }) => ({ column: documents.columns.findIndex(({ name }) => name === field), value })),
  };
}

function labelled(label, control, className) {
  control.id = newId('field');
  return el('div', { class: className }, el('label', { for: control.id }, label), control);
}

function option(value, text, chosen) {
  return el('option', { value, selected: value === chosen }, text);
}

function queryField({ data }, state, changed) {
  const { documents, meta } = data;
  let timer;
  const input = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', value: state.q, placeholder: S.searchHow,
    on: { input: () => {
      clearTimeout(timer);
      timer = setTimeout(() => { state.q = input.value.trim(); changed(); }, PAUSE);
    } } });
  return labelled(`Search in title, id${documents.snippet ? ' and beginning' : ''} of all ${meta.nouns.document[1]}`, input, 'wide');
}

/* A topic and the least share of it. */
function topicFields({ data, names }, state, changed) {
  const range = el('input', { type: 'range', min: 0, max: 100, step: 1, value: state.least });
  const output = el('output', { for: range.id });
  const say = () => {
    range.disabled = state.topic === 0;
    const text = state.least > 0 ? `at least ${state.least} %` : 'any share';
    range.setAttribute('aria-valuetext', text);
    replace(output, state.topic ? text : '');
  };
  range.addEventListener('input', () => { state.least = Number(range.value); say(); changed(); });
  const select = el('select', { on: { change: () => {
    state.topic = Number(select.value);
    if (state.topic && !state.sort) Object.assign(state, { sort: 'share', falling: true });
    say();
    changed();
  } } }, option('0', 'any', String(state.topic)),
  data.topics.filter(({ topic }) => topic === state.topic || !names.isHidden(topic)).map(({ topic }) => option(String(topic), `${topic} ${names.name(topic)}`, String(state.topic))));
  say();
  const share = labelled('Share of it', range, 'share-field');
  share.append(output);
  return [labelled('Topic', select), share];
}

function dateFields({ data }, state, changed) {
  if (!data.documents.date) return [];
  return [['from', 'From', data.meta.first_date], ['to', 'To', data.meta.last_date]].map(([name, label, example]) => {
    const input = el('input', { type: 'text', value: state[name], placeholder: (example ?? '').slice(0, 10), inputmode: 'numeric', autocomplete: 'off', title: S.dateHow,
      on: { input: () => {
        state[name] = input.value.trim();
        input.setAttribute('aria-invalid', String(state[name] !== '' && !DATE.test(state[name])));
        changed();
      } } });
    return labelled(label, input, 'short');
  });
}

/* One select for each column that has few values, and for those that the address names. */
function columnFields({ data }, state, changed) {
  return data.documents.columns.map(({ name, values }) => {
    const chosen = state.filters.find(({ field }) => field === name)?.value;
    const few = values.length >= 2 && values.length <= FEW_VALUES;
    if (!few && chosen === undefined) return null;
    const choices = few ? [...values].sort(collator.compare) : [];
    if (chosen !== undefined && !choices.includes(chosen)) choices.push(chosen);
    const select = el('select', { on: { change: () => {
      state.filters = state.filters.filter(({ field }) => field !== name);
      if (select.selectedIndex > 0) state.filters.push({ field: name, value: choices[select.selectedIndex - 1] });
      changed();
    } } }, option('', 'any'), choices.map((value) => option(value, value, chosen)));
    return labelled(name, select);
  });
}

/* `find` is called when `state` has changed. */
export function documentsForm(context, state, find) {
  const form = el('form', { class: 'filters', role: 'search', 'aria-label': context.data.meta.nouns.document[1], on: { submit: (event) => event.preventDefault() } });
  const changed = () => {
    state.page = 0;
    clear.hidden = !(state.q || state.topic || state.from || state.to || state.filters.length > 0);
    find();
  };
  const clear = el('button', { type: 'button', on: { click: () => {
    Object.assign(state, { q: '', topic: 0, least: 5, from: '', to: '', filters: [], sort: '', falling: false });
    draw();
    changed();
    form.querySelector('input')?.focus();
  } } }, S.clearFilters);
  const draw = () => replace(form, queryField(context, state, changed), topicFields(context, state, changed), dateFields(context, state, changed), columnFields(context, state, changed), clear);
  draw();
  clear.hidden = !(state.q || state.topic || state.from || state.to || state.filters.length > 0);
  return form;
}
