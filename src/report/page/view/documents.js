/* Documents: those that a search and the filters leave, sorted, fifty at a time. */

import { csvText, download } from '../csv.js';
import { SHARE_UNIT } from '../data.js';
import { el, foreign, replace } from '../dom.js';
import { finderOf } from '../find.js';
import { matches, wordsOfQuery } from '../fold.js';
import { count, percent, plural } from '../format.js';
import { documentLink, marked, mixtureBar, topicLink } from '../parts.js';
import { address, amend } from '../router.js';
import { dataTable } from '../table.js';
import { capital, S } from '../strings.js';
import { documentsForm, FEW_VALUES, wantedOf } from './documents_form.js';

const PAGE = 50;
const COLUMNS_SHOWN = 3;
const BEFORE = 24; /* characters of a snippet before the word that was searched, */
const SNIPPET = 160; /* and of the whole */

/* The state in an address and back: topics by number, shares in hundredths, filters by name. */
function stateOf({ data }, { query }) {
  const topic = Number(query.get('topic'));
  const known = Number.isInteger(topic) && topic >= 1 && topic <= data.meta.k;
  const least = Math.round(100 * Number(query.get('least') ?? 0.05));
  const fields = query.getAll('by');
  const filters = query.getAll('value').slice(0, fields.length).map((value, i) => ({ field: fields[i], value }));
  const sort = query.get('sort') ?? '';
  return {
    q: query.get('q') ?? '', topic: known ? topic : 0, least: least >= 0 && least <= 100 ? least : 5,
    from: query.get('from') ?? '', to: query.get('to') ?? '',
    filters: filters.filter(({ field }) => data.documents.columns.some(({ name }) => name === field)),
    sort: sort.replace(/^-/, '') || (known ? 'share' : ''), falling: sort ? sort.startsWith('-') : known,
    page: Math.max(0, (Number(query.get('page')) || 1) - 1),
  };
}

function addressOf(state) {
  return ['documents', {
    q: state.q, topic: state.topic || '', least: state.topic ? (state.least / 100).toFixed(2).replace(/0$/, '') : '', from: state.from, to: state.to,
    by: state.filters.map(({ field }) => field), value: state.filters.map(({ value }) => value),
    sort: state.sort && `${state.falling ? '-' : ''}${state.sort}`, page: state.page > 0 ? state.page + 1 : '',
  }];
}

/* Where the words of a query stand in a text. */
const wordsIn = (text, words) => (words.length > 0 ? matches(text, words) : []);

/* The text that a document begins with behind its title, from where the first word of the query stands in it. */
function snippetOf({ data }, i, words) {
  const { documents } = data;
  let text = documents.snippet?.[i] ?? '';
  const first = wordsIn(text, words)[0]?.[0] ?? 0;
  if (first > BEFORE) text = `…${text.slice(text.indexOf(' ', first - BEFORE) + 1 || first)}`;
  return text.slice(0, SNIPPET);
}

/* What a row says of the document itself. */
function documentCell(context, i, words) {
  const { documents } = context.data;
  const link = documentLink(context, i);
  replace(link, marked(documents.name(i), wordsIn(documents.name(i), words)));
  const text = snippetOf(context, i, words);
  return [link, el('div', { class: 'doc-line' }, documents.title[i] && [marked(documents.id[i], wordsIn(documents.id[i], words), { class: 'doc-id' }), ' '], text && marked(text, wordsIn(text, words), { class: 'doc-snippet' }))];
}

const isFew = ({ values }) => values.length <= FEW_VALUES;

function columnsOf(context, state) {
  const { data, names } = context;
  const { documents, meta } = data;
  const finder = finderOf(context);
  const words = wordsOfQuery(state.q);
  const shareOf = (i) => documents.parts(i, state.topic || documents.main[i]) / SHARE_UNIT;
  const places = (name) => () => finder.places(name);
  const columns = [{ id: 'title', label: capital(meta.nouns.document[0]), heading: true, className: 'doc-cell', places: places('title'), show: (i) => documentCell(context, i, words) }];
  if (documents.date) columns.push({ id: 'date', label: 'Date', className: 'date', places: places('date'), show: (i) => documents.date[i].slice(0, 10) });
  documents.columns.map((column, at) => ({ column, at })).filter(({ column }) => isFew(column)).slice(0, COLUMNS_SHOWN).forEach(({ column, at }) => {
    columns.push({ id: `by ${column.name}`, label: foreign(column.name), className: 'meta-cell', places: places(`column ${at}`), show: (i) => foreign(documents.value(i, at)) });
  });
  columns.push(
    { id: 'length', label: capital(meta.nouns.word[1]), numeric: true, title: 'Its words that are among the model’s', places: places('tokens'), show: (i) => count(documents.tokens[i]) },
    { id: 'mixture', label: 'Mixture', sortable: false, show: (i) => mixtureBar({ names }, documents.mixture(i), state.topic) },
    { id: 'main', label: `Main ${meta.nouns.topic[0]}`, className: 'main-topic', falling: false, places: places('main'), show: (i) => (documents.main[i] ? topicLink(context, documents.main[i]) : el('span', { class: 'note' }, 'not modelled')) },
    { id: 'share', label: state.topic ? `Share of ${state.topic}` : 'Its share', numeric: true, title: state.topic ? `Share of topic ${state.topic} in the document` : 'Share of the main topic in the document',
      places: places(state.topic ? `share ${state.topic}` : 'share'), show: (i) => (documents.main[i] ? percent(shareOf(i)) : '') });
  return columns;
}

/* The rows as a file: every column of metadata, whether there is room for it on the screen or not. */
function downloadRows({ data, names }, state, rows) {
  const { documents } = data;
  const share = (i, topic) => (documents.parts(i, topic) / SHARE_UNIT).toFixed(5);
  const head = ['doc_id', 'title', 'date', ...documents.columns.map(({ name }) => name), 'n_tokens', 'topic', 'topic_label', 'share'];
  if (state.topic) head.push(`share_of_topic_${state.topic}`);
  download('documents.csv', csvText(head, Array.from(rows, (i) => {
    const main = documents.main[i];
    const row = [documents.id[i], documents.title[i], documents.date?.[i] ?? '', ...documents.columns.map((_, at) => documents.value(i, at)), documents.tokens[i],
      main || '', main ? names.name(main) : '', main ? share(i, main) : ''];
    return state.topic ? [...row, share(i, state.topic)] : row;
  })));
}

/* The choice in words, for the table's caption and for print. */
function choiceInWords({ names }, state) {
  const parts = [];
  if (state.q) parts.push(`“${state.q}”`);
  if (state.topic && state.least) parts.push(`at least ${state.least} % of topic ${state.topic} ${names.name(state.topic)}`);
  if (state.from || state.to) parts.push(`dated ${state.from || '…'} to ${state.to || '…'}`);
  for (const { field, value } of state.filters) parts.push(`${field}: ${value}`);
  return parts.join('; ');
}

function sampleNote({ meta }) {
  if (meta.selection !== 'sample') return null;
  return el('p', { class: 'note' }, `The page holds ${count(meta.shown)} of ${plural(meta.documents, meta.nouns.document)}: the best of each topic, and a sample of the others. All of them are in documents.csv, and in the database that themata export writes.`);
}

export const documentsView = {
  id: 'documents',
  title: ({ meta }) => capital(meta.nouns.document[1]),
  available: ({ documents }) => documents.count > 0,
  render(context, route) {
    const { data } = context;
    const { nouns } = data.meta;
    const state = stateOf(context, route);
    const finder = finderOf(context);
    finder.prepare();
    const result = el('p', { class: 'result' });
    const place = el('div');
    let rows = [];
    let ordered = [];

    const remember = (table) => {
      ordered = table.ordered;
      amend(...addressOf(state));
      context.trail = { rows: ordered, href: address(...addressOf(state)), what: choiceInWords(context, state) || `all ${nouns.document[1]}` };
    };
    const draw = () => {
      const choice = choiceInWords(context, state);
      const table = dataTable({ columns: columnsOf(context, state), rows, className: 'document-table', pageSize: PAGE, page: state.page, sort: { id: state.sort, falling: state.falling },
        label: capital(nouns.document[1]), caption: el('span', { class: choice ? undefined : 'unseen' }, `${capital(nouns.document[1])}${choice ? ': ' : ''}`, choice && foreign(choice)),
        onChange: (changed) => { Object.assign(state, { sort: changed.id ?? '', falling: Boolean(changed.falling), page: changed.page }); remember(table); } });
      replace(place, rows.length > 0 ? table : el('p', { class: 'note' }, S.noMatch));
      remember(table);
    };
    const find = () => {
      rows = finder.find(wantedOf(data, state));
      const text = rows.length === data.documents.count ? plural(rows.length, nouns.document) : `${count(rows.length)} of ${plural(data.documents.count, nouns.document)}`;
      replace(result, text, ' ', rows.length > 0 && el('button', { type: 'button', on: { click: () => downloadRows(context, state, ordered) } }, S.downloadRows));
      draw();
      context.announce(text);
    };
    const form = documentsForm(context, state, find);
    find();
    context.release = context.names.onChange(draw);
    return el('section', null, el('h1', { tabindex: -1 }, this.title(data)), sampleNote(data), form, result, place);
  },
};
