/* All topics in one table. */

import { el, foreign, replace } from '../dom.js';
import { decimal, percent } from '../format.js';
import { labelField } from '../name_editor.js';
import { flagColumns, shareBar, sparkline, topicLink } from '../parts.js';
import { capital, S } from '../strings.js';
import { dataTable } from '../table.js';
import { topicPanels } from './overview_panels.js';

const WORDS = 8;

const firstWords = (data, topic) => data.words.lists[topic - 1].word.slice(0, WORDS);

/* `state.naming`: names are fields. */
function columnsOf(context, state) {
  const { data } = context;
  const { topic: [one], word: [, words], document: [, documents] } = data.meta.nouns;
  const most = Math.max(...data.topics.map(({ share }) => share));
  const columns = [
    { id: 'topic', label: capital(one), heading: true, falling: false, value: ({ topic }) => topic, className: 'topic-cell', show: ({ topic }) => (state.naming ? namingCell(context, topic) : topicLink(context, topic)) },
    { id: 'words', label: `Most probable ${words}`, className: 'word-list', value: ({ topic }) => firstWords(data, topic).map((w) => data.words.name(w)).join(', '),
      show: ({ topic }) => firstWords(data, topic).map((word, i) => [i > 0 && ', ', foreign(data.words.name(word))]) },
    { id: 'share', label: 'Share', numeric: true, title: `Mean share of the ${one} over all ${documents}`, value: ({ share }) => share, show: ({ share }) => shareBar(share, most) },
  ];
  if (data.time) {
    columns.push({ id: 'time', label: 'Over time', sortable: false, title: `Mean share by ${data.time.unit}`, value: () => '', show: ({ topic }) => sparkline(data.time.mean[topic - 1]) });
  }
  columns.push({ id: 'npmi', label: 'Coherence', numeric: true, title: `How often the ten most probable ${words} stand together in ${documents} (NPMI, −1 to 1)`, value: ({ npmi }) => npmi, show: ({ npmi }) => decimal(npmi) });
  if (data.topics[0].stability !== undefined) {
    columns.push({ id: 'stability', label: 'Stability', numeric: true, title: `How well the ${one} is found again in samples of the ${documents} (0 to 1)`, value: ({ stability }) => stability, show: ({ stability }) => decimal(stability) });
  }
  return [...columns, ...flagColumns(data.topics)];
}

function namingCell(context, topic) {
  const input = labelField(context, topic);
  input.setAttribute('aria-label', `Name of topic ${topic}`);
  return el('span', { class: 'naming' }, el('span', { class: 'topic-number' }, topic), input);
}

/* The button that makes names fields and back again. */
function namingButton(nouns, state, draw) {
  const button = el('button', { type: 'button', 'aria-pressed': 'false' }, S.nameTopics(nouns));
  button.addEventListener('click', () => {
    state.naming = !state.naming;
    button.setAttribute('aria-pressed', String(state.naming));
    replace(button, state.naming ? S.done : S.nameTopics(nouns));
    draw();
  });
  return button;
}

export const overview = {
  id: 'overview',
  title: 'Overview',
  available: () => true,
  render(context, route) {
    const { data, names } = context;
    const all = route.query.get('hidden') === '1';
    const shown = () => data.topics.filter(({ topic }) => all || !names.isHidden(topic));
    const state = { naming: false };
    const table = dataTable({ columns: columnsOf(context, state), rows: shown(), caption: S.topics(data.meta.nouns), sort: { id: 'topic', falling: false }, className: 'overview',
      rowClass: ({ topic }) => (names.isHidden(topic) ? 'hidden-topic' : undefined) });
    const panels = el('div');
    const draw = () => {
      if (!state.naming) table.setRows(shown()); /* fields keep what is typed and the cursor */
      replace(panels, topicPanels(context, shown()));
    };
    draw();
    context.release = names.onChange(draw);
    const { meta } = data;
    return el('section', null, el('h1', { tabindex: -1 }, foreign(meta.title)), el('p', { class: 'lead' }, meta.facts),
      meta.dated > 0 && meta.dated < meta.documents && el('p', { class: 'note' }, `${percent(1 - meta.dated / meta.documents)} of the ${meta.nouns.document[1]} have no date.`),
      table, el('p', null, namingButton(meta.nouns, state, () => table.setRows(shown()))), panels);
  },
};
