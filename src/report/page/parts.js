/* Small things that many views show: links to topics, words and documents, bars, mixtures. All take
 * the context of the page, { data, names }. */

import { el, foreign, svg } from './dom.js';
import { address } from './router.js';
import { percent } from './format.js';

/* The number stands by itself, for it never changes; the name can. */
export function topicLink({ names }, topic, { words } = {}) {
  return el('a', { href: address('topic', topic), class: names.isHidden(topic) ? 'topic hidden-topic' : 'topic' },
    el('span', { class: 'topic-number' }, topic), ' ', foreign(names.name(topic), { class: 'topic-name' }), words && el('span', { class: 'words' }, words));
}

export function wordLink({ data }, word, attributes) {
  return el('a', { href: address('word', data.words.term[word]), class: 'word', ...attributes }, foreign(data.words.name(word)));
}

/* Addresses count documents as documents.csv does, from 1. */
export function documentLink({ data }, document) {
  return el('a', { href: address('document', data.documents.number[document]), class: 'document' }, foreign(data.documents.name(document)));
}

/* A text of the collection with some places, [[start, end]…], marked. */
export function marked(text, places, attributes) {
  let last = 0;
  const pieces = places.map(([start, end]) => {
    const piece = [text.slice(last, start), el('mark', null, text.slice(start, end))];
    last = end;
    return piece;
  });
  return el('bdi', { dir: 'auto', ...attributes }, pieces, text.slice(last));
}

/* Warnings of a topic, each by itself. */
export const flagList = (flags) => flags.map((flag) => el('span', { class: 'flag' }, flag));

/* The column of a table of topics that has them: none if there are no warnings. */
export const flagColumns = (topics) => (topics.some(({ flags }) => flags.length > 0)
  ? [{ id: 'flags', label: 'Warnings', value: ({ flags }) => flags.join('; '), show: ({ flags }) => flagList(flags) }] : []);

/* A share as a bar with its number; `most` is the longest bar's. */
export function shareBar(share, most = 1) {
  return el('span', { class: 'share-bar' },
    el('span', { class: 'track', 'aria-hidden': 'true' }, el('span', { class: 'bar', style: { width: `${most > 0 ? Math.max(0, Math.min(100, (100 * share) / most)) : 0}%` } })),
    el('span', { class: 'figure' }, percent(share)));
}

/* A line without axes; gaps where there is nothing. */
export function sparkline(values, { width = 120, height = 24 } = {}) {
  const most = Math.max(...values.filter((value) => value !== null), 1e-9);
  const x = (i) => 1 + (values.length > 1 ? (i * (width - 2)) / (values.length - 1) : (width - 2) / 2);
  const y = (value) => height - 2 - ((height - 4) * value) / most;
  let path = '';
  let open = false;
  values.forEach((value, i) => {
    if (value === null) { open = false; return; }
    path += `${open ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    open = true;
  });
  return svg('svg', { class: 'sparkline', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' }, svg('path', { d: path }));
}

/* A document's mixture as one bar; the parts differ in shade, the main one, or the chosen topic, is
 * the accent. */
export function mixtureBar({ names }, mixture, chosen) {
  const shade = (topic, i) => (chosen ? (topic === chosen ? 0 : 1 + Math.min(i, 3)) : Math.min(i, 4));
  return el('span', { class: 'mixture', 'aria-hidden': 'true' }, mixture.map(({ topic, share }, i) =>
    el('span', { class: `part part-${shade(topic, i)}`, title: `${topic} ${names.name(topic)} ${percent(share)}`, style: { width: `${100 * share}%` } })));
}
