/* A topic over time, in groups, and over documents. */

import { el, foreign } from '../dom.js';
import { count, percent, shortPercent } from '../format.js';
import { figure } from '../figure.js';
import { shareLines, shareNote } from '../chart/share_lines.js';
import { histogram } from '../chart/histogram.js';
import { address } from '../router.js';
import { MEASURES } from '../series.js';
import { dataTable } from '../table.js';
import { capital, S } from '../strings.js';

const GROUPS = 10; /* rows of a page */
const BIN = 0.05; /* of the histogram */

export function topicTime({ data }, topic) {
  const { time } = data;
  const [mean, mass, main] = [time.mean, time.mass, time.main].map((measure) => measure[topic - 1]);
  return el('section', null, el('h2', null, S.overTime(time.unit)),
    figure({ note: shareNote(time), file: `topic-${topic}-time.csv`,
      chart: shareLines({ time, series: [{ values: mean, className: 'first', name: `${topic}` }], title: `Topic ${topic} over time`, description: `Mean share by ${time.unit}, from ${time.bins[0]} to ${time.bins[time.bins.length - 1]}. The table below has the numbers.` }),
      table: () => ({ caption: `Topic ${topic} over time`, head: [capital(time.unit), capital(data.meta.nouns.document[1]), ...MEASURES.map(({ label }) => label)],
        rows: time.bins.map((bin, i) => [bin, count(time.n_docs[i]), percent(mean[i]), percent(mass[i]), percent(main[i])]),
        exact: time.bins.map((bin, i) => [bin, time.n_docs[i], mean[i], mass[i], main[i]]) }) }),
    el('p', null, el('a', { href: address('time', { topics: topic }) }, 'Beside other topics')));
}

/* A share with a stroke where the topic's own share is. */
function againstAll(share, most, reference) {
  const at = (value) => `${Math.min(100, (100 * value) / most)}%`;
  return el('span', { class: 'share-bar' },
    el('span', { class: 'track', 'aria-hidden': 'true' }, el('span', { class: 'bar', style: { width: at(share ?? 0) } }), el('span', { class: 'reference', style: { left: at(reference) } })),
    el('span', { class: 'figure' }, percent(share)));
}

/* A value leads to its documents with the topic, if it is one by which they can be found. */
function topicGroup({ data }, group, topic) {
  const found = data.documents.columns.some(({ name }) => name === group.field);
  const link = (value) => (found ? el('a', { href: address('documents', { topic, by: group.field, value }) }, foreign(value)) : foreign(value));
  const { share } = data.topics[topic - 1];
  const [mean, mass, main] = [group.mean, group.mass, group.main].map((measure) => measure[topic - 1]);
  const most = Math.max(share, ...mean.filter((value) => value !== null));
  return dataTable({ caption: ['By ', foreign(group.field)], label: `By ${group.field}`, className: 'by-group', pageSize: GROUPS, sort: { id: 'mean', falling: true }, rows: group.values.map((_, i) => i), columns: [
    { id: 'value', label: 'Value', heading: true, value: (i) => group.values[i], show: (i) => link(group.values[i]) },
    { id: 'mean', label: MEASURES[0].label, numeric: true, title: 'Mean share of the topic over the documents of the group', value: (i) => mean[i], show: (i) => againstAll(mean[i], most, share) },
    { id: 'mass', label: MEASURES[1].label, numeric: true, title: 'The same, each document counted by its length', value: (i) => mass[i], show: (i) => percent(mass[i]) },
    { id: 'main', label: MEASURES[2].label, numeric: true, title: 'Part of the documents of the group whose main topic it is', value: (i) => main[i], show: (i) => percent(main[i]) },
    { id: 'documents', label: capital(data.meta.nouns.document[1]), numeric: true, value: (i) => group.n_docs[i], show: (i) => count(group.n_docs[i]) },
  ] });
}

export function topicGroups(context, topic) {
  return el('section', null, el('h2', null, 'By group'),
    el('p', { class: 'note' }, `The stroke is at the topic’s mean share of all ${context.data.meta.nouns.document[1]}, ${percent(context.data.topics[topic - 1].share)}.`),
    context.data.groups.map((group) => topicGroup(context, group, topic)));
}

export function topicHistogram({ data }, topic) {
  const { histogram: counts } = data.topics[topic - 1];
  const [, many] = data.meta.nouns.document;
  const rest = counts[0];
  const [from, to] = [(i) => shortPercent(i * BIN), (i) => shortPercent((i + 1) * BIN)];
  return el('section', null, el('h2', null, `Share in ${many}`),
    figure({ note: `How many ${many} have how large a share of it, from ${shortPercent(BIN)} on.${rest > 0 ? ` In ${count(rest)} more it is less, but not nothing.` : ''}`, file: `topic-${topic}-shares.csv`,
      chart: histogram({ counts: counts.slice(1), first: 1, size: BIN, title: `Share of topic ${topic} in ${many}`, description: 'A bar for each twentieth of share; the table below has the numbers.' }),
      table: () => ({ caption: `Share of topic ${topic} in ${many}`, head: ['Share', capital(many)], rows: counts.map((n, i) => [`${i === 0 ? 'over 0%' : from(i)} to ${to(i)}`, count(n)]), exact: counts.map((n, i) => [(i * BIN).toFixed(2), n]) }) }));
}
