/* The index of words. */

import { el, replace } from '../dom.js';
import { count, decimal, percent, plural } from '../format.js';
import { topicLink, wordLink } from '../parts.js';
import { adjust } from '../router.js';
import { dataTable } from '../table.js';
import { fold } from '../fold.js';
import { capital } from '../strings.js';

const PAGE = 50;
const DIGITS = 6; /* of small numbers */

function columnsOf(context) {
  const { words, meta } = context.data;
  const main = (i) => words.topicsOf(i)[0];
  return [
    { id: 'word', label: capital(meta.nouns.word[0]), heading: true, value: (i) => words.name(i), show: (i) => wordLink(context, i) },
    { id: 'documents', label: `In ${meta.nouns.document[1]}`, numeric: true, title: 'How many have it', value: (i) => words.doc_freq[i], show: (i) => count(words.doc_freq[i]) },
    { id: 'idf', label: 'idf', numeric: true, title: 'By how much its rarity multiplies its weight', value: (i) => words.idf[i], show: (i) => decimal(words.idf[i]) },
    { id: 'mass', label: 'Probability', numeric: true, title: 'Its probability in the collection as the topics have it: the mean over topics, by share', value: (i) => words.mass[i], show: (i) => decimal(words.mass[i], DIGITS) },
    { id: 'saliency', label: 'Saliency', numeric: true, title: 'How much it tells of the topic: its probability times how far its topics are from the usual ones', value: (i) => words.saliency[i], show: (i) => decimal(words.saliency[i], DIGITS) },
    { id: 'topic', label: `Main ${meta.nouns.topic[0]}`, value: (i) => main(i)?.topic, show: (i) => main(i) && topicLink(context, main(i).topic) },
    { id: 'p', label: 'Part in it', numeric: true, title: 'Of all its occurrences, the part in its main topic', value: (i) => main(i)?.p, show: (i) => percent(main(i)?.p) },
  ];
}

export const words = {
  id: 'words',
  title: ({ meta }) => capital(meta.nouns.word[1]),
  available: ({ words: { term } }) => term.length > 0,
  render(context, route) {
    const { data } = context;
    const { nouns } = data.meta;
    const keys = data.words.term.map((term, i) => fold(`${term} ${data.words.name(i)}`));
    const state = { q: route.query.get('q') ?? '', sort: route.query.get('sort') ?? 'saliency', falling: route.query.get('falling') !== '0', page: Number(route.query.get('page') ?? 1) - 1 || 0 };
    const matching = () => keys.map((_, i) => i).filter((i) => keys[i].includes(fold(state.q.trim())));
    const told = el('p', { class: 'note', role: 'status' });
    const tell = (rows) => replace(told, `${plural(rows.length, nouns.word)} of ${count(data.meta.words)}: those that are among the first of a ${nouns.topic[0]}.`);
    const keep = () => adjust({ q: state.q, sort: state.sort === 'saliency' ? '' : state.sort, falling: state.falling ? '' : '0', page: state.page > 0 ? state.page + 1 : '' });
    const first = matching();
    const table = dataTable({ columns: columnsOf(context), rows: first, caption: undefined, sort: { id: state.sort, falling: state.falling }, pageSize: PAGE, page: Math.max(0, state.page),
      onChange: ({ id, falling, page }) => { Object.assign(state, { sort: id, falling, page }); keep(); } });
    const input = el('input', { type: 'search', 'aria-label': `Filter ${nouns.word[1]}`, placeholder: `Filter ${nouns.word[1]}`, autocomplete: 'off' });
    input.value = state.q;
    input.addEventListener('input', () => {
      state.q = input.value;
      state.page = 0;
      const rows = matching();
      table.setRows(rows);
      tell(rows);
      keep();
    });
    tell(first);
    return el('section', { class: 'words' }, el('h1', { tabindex: -1 }, words.title(data)), el('div', { class: 'controls' }, input), told, table);
  },
};
