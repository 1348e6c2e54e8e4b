/* All topics in one table. */

import { el, foreign } from '../dom.js';
import { decimal, percent } from '../format.js';
import { shareBar, sparkline, topicLink } from '../parts.js';
import { dataTable } from '../table.js';

const WORDS = 8;

const firstWords = (data, topic) => data.words.lists[topic - 1].word.slice(0, WORDS);

function columnsOf({ data, names }) {
  const most = Math.max(...data.topics.map(({ share }) => share));
  const columns = [
    { id: 'topic', label: 'Topic', heading: true, falling: false, value: ({ topic }) => topic, show: ({ topic }) => topicLink({ data, names }, topic) },
    { id: 'words', label: 'Most probable words', className: 'word-list', value: ({ topic }) => firstWords(data, topic).map((w) => data.words.name(w)).join(', '),
      show: ({ topic }) => firstWords(data, topic).map((word, i) => [i > 0 && ', ', foreign(data.words.name(word))]) },
    { id: 'share', label: 'Share', numeric: true, title: 'Mean share of the topic over all documents', value: ({ share }) => share, show: ({ share }) => shareBar(share, most) },
  ];
  if (data.time) {
    columns.push({ id: 'time', label: 'Over time', sortable: false, title: `Mean share by ${data.time.unit}`, value: () => '', show: ({ topic }) => sparkline(data.time.mean[topic - 1]) });
  }
  columns.push({ id: 'npmi', label: 'Coherence', numeric: true, title: 'How often the ten most probable words stand together in documents (NPMI, −1 to 1)', value: ({ npmi }) => npmi, show: ({ npmi }) => decimal(npmi) });
  if (data.topics[0].stability !== undefined) {
    columns.push({ id: 'stability', label: 'Stability', numeric: true, title: 'How well the topic is found again in samples of the documents (0 to 1)', value: ({ stability }) => stability, show: ({ stability }) => decimal(stability) });
  }
  if (data.topics.some(({ flags }) => flags.length > 0)) {
    columns.push({ id: 'flags', label: 'Warnings', value: ({ flags }) => flags.join('; '), show: ({ flags }) => flags.map((flag) => el('span', { class: 'flag' }, flag)) });
  }
  return columns;
}

export const overview = {
  id: 'overview',
  title: 'Overview',
  available: () => true,
  render(context, route) {
    const { data, names } = context;
    const all = route.query.get('hidden') === '1';
    const shown = () => data.topics.filter(({ topic }) => all || !names.isHidden(topic));
    const table = dataTable({ columns: columnsOf(context), rows: shown(), caption: 'Topics', sort: { id: 'topic', falling: false }, className: 'overview',
      rowClass: ({ topic }) => (names.isHidden(topic) ? 'hidden-topic' : undefined) });
    context.release = names.onChange(() => table.setRows(shown()));
    const { meta } = data;
    return el('section', null, el('h1', { tabindex: -1 }, foreign(meta.title)), el('p', { class: 'lead' }, meta.facts),
      meta.dated > 0 && el('p', { class: 'note' }, `From ${meta.first_date} to ${meta.last_date}. `, meta.dated < meta.documents && `${percent(1 - meta.dated / meta.documents)} have no date.`), table);
  },
};
