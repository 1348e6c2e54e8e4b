/* One topic. */

import { el, foreign, replace } from '../dom.js';
import { count, percent, plural, shortPercent } from '../format.js';
import { nameEditor } from '../name_editor.js';
import { flagList, topicLink } from '../parts.js';
import { topicDocuments } from './topic_documents.js';
import { topicNeighbours } from './topic_neighbours.js';
import { topicQuality } from './topic_quality.js';
import { topicGroups, topicHistogram, topicTime } from './topic_slices.js';
import { topicWords } from './topic_words.js';

function facts({ meta }, { share, mass_share: mass, n_docs: main, n_docs_5pct: with5 }) {
  return `${percent(share)} of the average ${meta.nouns.document[0]}, ${percent(mass)} of ${meta.nouns.word[0] === 'word' ? 'all words' : 'the sum of all values'}; `
    + `main ${meta.nouns.topic[0]} of ${plural(main, meta.nouns.document)}, at least ${shortPercent(0.05)} of ${count(with5)}.`;
}

/* The next topic on either side that is not hidden. */
function beside({ data, names }, topic, step) {
  let other = topic + step;
  while (other >= 1 && other <= data.meta.k && names.isHidden(other)) other += step;
  return other >= 1 && other <= data.meta.k ? other : undefined;
}

function turning(context, topic) {
  const [before, after] = [beside(context, topic, -1), beside(context, topic, 1)];
  return el('nav', { class: 'turning', 'aria-label': 'Topics before and after' },
    el('span', null, before && ['← ', topicLink(context, before)]), el('span', null, after && [topicLink(context, after), ' →']));
}

function heading(context, topic) {
  const { data, names } = context;
  const title = el('h1', { tabindex: -1 });
  const note = el('p', { class: 'topic-note' });
  const draw = () => {
    replace(title, el('span', { class: 'topic-number' }, topic), ' ', foreign(names.name(topic)), names.isHidden(topic) && el('span', { class: 'is-hidden' }, ' (hidden)'));
    note.hidden = names.note(topic) === '';
    replace(note, foreign(names.note(topic)));
  };
  draw();
  context.release = names.onChange(draw);
  const { anchor, flags } = data.topics[topic - 1];
  return el('header', null, title, nameEditor(context, topic), el('p', { class: 'lead' }, facts(data, data.topics[topic - 1])), note,
    anchor && el('p', { class: 'note' }, 'Anchor word: ', foreign(anchor), ', which other topics are taken not to have.'),
    flags.length > 0 && el('p', null, flagList(flags)));
}

export const topic = {
  id: 'topic',
  available: ({ meta }, route) => /^[1-9][0-9]*$/.test(route.parts[0]) && Number(route.parts[0]) <= meta.k,
  render(context, route) {
    const { data } = context;
    const number = Number(route.parts[0]);
    return el('article', { class: 'topic-view' }, heading(context, number),
      topicWords(context, route, number),
      topicDocuments(context, route, number),
      data.pairs && topicNeighbours(context, number),
      data.time && topicTime(context, number),
      data.groups && topicGroups(context, number),
      topicHistogram(context, number),
      topicQuality(context, number),
      turning(context, number));
  },
};
