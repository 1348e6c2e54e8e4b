/* One document: what is known of it, its mixture, its text with the words of its topics, and the
 * documents most like it. */

import { CHOSEN_MOST } from '../colour.js';
import { el, foreign, svg } from '../dom.js';
import { picture } from '../figure.js';
import { count, decimal, percent, plural } from '../format.js';
import { languageOf } from '../language.js';
import { linkOf } from '../links.js';
import { documentLink, shareBar, topicLink } from '../parts.js';
import { address, amend } from '../router.js';
import { commonTopics, mostSimilar } from '../similar.js';
import { capital, S } from '../strings.js';
import { tintClass, tintColours, tintedText, wordsByTopic } from '../tint.js';
import { FEW_VALUES } from './documents_form.js';

const SIMILAR = 10;
const IN_COMMON = 3;

const indexOf = ({ documents }, number) => documents.number.indexOf(Number(number));

/* Through the list of documents that was looked at last, if this one is in it. */
function trailNav(context, i) {
  const { trail } = context;
  const at = trail ? trail.rows.indexOf(i) : -1;
  if (at < 0) return null;
  const step = (to, label, rel) => (to < 0 || to >= trail.rows.length ? el('span', { class: 'note' }, label)
    : el('a', { href: address('document', context.data.documents.number[trail.rows[to]]), rel }, label));
  return el('nav', { class: 'trail', 'aria-label': 'List of documents' }, step(at - 1, `← ${S.previous}`, 'prev'),
    el('span', null, `${count(at + 1)} of ${count(trail.rows.length)} in `, el('a', { href: trail.href }, foreign(trail.what))), step(at + 1, `${S.next} →`, 'next'));
}

function valueNode({ name, values }, value) {
  const link = linkOf(name, value);
  if (link) return el('a', { href: link, rel: 'noreferrer noopener' }, foreign(value));
  if (values.length > FEW_VALUES) return foreign(value);
  return el('a', { href: address('documents', { by: name, value }) }, foreign(value));
}

function facts({ data }, i) {
  const { documents, meta } = data;
  const rows = [];
  const add = (label, ...value) => rows.push(el('div', null, el('dt', null, label), el('dd', null, value)));
  if (documents.title[i]) add('Id', foreign(documents.id[i]));
  if (documents.date?.[i]) add('Date', documents.date[i]);
  documents.columns.forEach((column, at) => {
    const value = documents.value(i, at);
    if (value) add(foreign(column.name), valueNode(column, value));
  });
  if (meta.nouns.word[0] === 'word') add('Words', `${count(documents.tokens[i])} that are in the model`);
  else add('Sum of values', count(documents.tokens[i]));
  return el('dl', { class: 'facts' }, rows);
}

/* The mixture as one bar, in the colours of the text. */
function mixturePicture({ names }, mixture) {
  const WIDTH = 1000;
  let x = 0;
  const rest = 1 - mixture.reduce((sum, { share }) => sum + share, 0);
  const parts = mixture.map(({ topic, share }, place) => {
    const start = x;
    x += share * WIDTH;
    return [svg('rect', { x: start, y: 0, width: Math.max(share * WIDTH - 2, 1), height: 22, class: `part ${tintClass(place)}` }, svg('title', null, `${topic} ${names.name(topic)} ${percent(share)}`))];
  });
  const text = mixture.slice(0, 5).map(({ topic, share }) => `${topic} ${names.name(topic)} ${percent(share)}`).join(', ');
  const node = picture({ width: WIDTH, height: 22, title: 'Mixture of topics', description: `${text}${rest > 0.01 ? `; ${percent(rest)} in smaller ones` : ''}`, className: 'mixture-picture' }, parts);
  node.setAttribute('preserveAspectRatio', 'none');
  return node;
}

/* The table of the mixture; with a text, every topic has a button that tints its words. */
function mixtureTable(context, mixture, words, shown, toggle) {
  const rows = mixture.map(({ topic, share }, place) => {
    const n = words?.get(topic) ?? 0;
    const sample = el('span', { class: `${tintClass(place)} strength-3 sample` });
    const button = words && el('button', { type: 'button', class: 'tint-toggle', 'aria-pressed': String(shown.has(topic)), disabled: n === 0, title: S.tintWords, 'aria-label': `${S.tintWords}: ${topic} ${context.names.name(topic)}`,
      on: { click: () => { toggle(topic); button.setAttribute('aria-pressed', String(shown.has(topic))); } } }, sample);
    return el('tr', null, el('td', { class: 'key-cell' }, button ?? el('span', { class: `key-box ${tintClass(place)}` })), el('th', { scope: 'row' }, topicLink(context, topic)),
      words && el('td', { class: 'numeric' }, count(n)), el('td', { class: 'numeric' }, shareBar(share)));
  });
  const more = rows.length > CHOSEN_MOST + 1 && el('button', { type: 'button', on: { click: () => {
    rows.forEach((row) => { row.hidden = false; });
    more.remove();
  } } }, `${rows.length - CHOSEN_MOST} more`);
  if (more) rows.slice(CHOSEN_MOST).forEach((row) => { row.hidden = true; });
  return [el('table', { class: 'data mixture-table' }, el('caption', { class: 'unseen' }, 'Mixture of topics'),
    el('thead', null, el('tr', null, el('th', { scope: 'col' }, el('span', { class: 'unseen' }, words ? 'Tint' : 'Colour')), el('th', { scope: 'col' }, 'Topic'),
      words && el('th', { scope: 'col', class: 'numeric', title: S.wordsHere }, capital(context.data.meta.nouns.word[1])), el('th', { scope: 'col', class: 'numeric' }, 'Share'))), el('tbody', null, rows)), more];
}

function legend() {
  const sample = (strength, text) => el('span', null, el('span', { class: `tint tint-0 strength-${strength}` }, 'word'), ` ${text}`);
  return el('p', { class: 'note' }, S.tintHow, ' ', sample(3, 'at least 80 % likely'), ', ', sample(2, 'at least 50 %'), ', ', sample(1, 'less'), '.');
}

/* Text and mixture side by side. */
function body(context, i, route) {
  const { data } = context;
  const mixture = data.documents.mixture(i);
  const item = data.documents.texts.get(i);
  const snippet = data.documents.snippet?.[i];
  const order = mixture.map(({ topic }) => topic);
  const asked = route.query.get('topics');
  const shown = new Set(asked === null ? order : asked.split(',').map(Number));
  const text = item ? tintedText(item, order, { lang: languageOf(data, i), dir: 'auto' })
    : snippet ? el('div', { class: 'document-text', lang: languageOf(data, i), dir: 'auto' }, foreign(snippet)) : null;
  const apply = () => {
    for (const word of text?.querySelectorAll('[data-topic]') ?? []) word.classList.toggle('off', !shown.has(Number(word.dataset.topic)));
  };
  const toggle = (topic) => {
    if (!shown.delete(topic)) shown.add(topic);
    apply();
    amend('document', route.parts[0], { topics: shown.size === order.length ? '' : [...shown].join(',') || '0' });
  };
  apply();
  const cut = item ? item.cut && S.textCut : snippet?.endsWith('…') && S.snippetOnly;
  return el('div', { class: 'document-body' },
    mixture.length > 0 && el('div', { class: 'mixture-place' }, mixtureTable(context, mixture, item && wordsByTopic(item), shown, toggle)),
    el('div', null, text, text && cut && el('p', { class: 'note' }, cut), item && item.marks.length > 0 && legend()));
}

/* So much of a text as names a document that has no title. */
const firstWords = (text) => (text.length > 90 ? `${text.slice(0, 90).replace(/\s+\S*$/, '')} …` : text);

function similarTable(context, i) {
  const { data } = context;
  const { documents, meta } = data;
  const { items, alike } = mostSimilar(documents, i, meta.k, SIMILAR);
  if (items.length === 0) return null;
  const common = (document) => commonTopics(documents, i, document, IN_COMMON).map(({ topic, shares }) =>
    el('div', { class: 'in-common' }, topicLink(context, topic), ' ', el('span', { class: 'figure' }, `${percent(shares[0])} · ${percent(shares[1])}`)));
  return [el('h2', null, `Most similar ${meta.nouns.document[1]}`), el('p', { class: 'note' }, S.affinity, alike > items.length && ` ${plural(alike, meta.nouns.document)} are at least as similar as the last one here.`),
    el('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': 'Similar' }, el('table', { class: 'data similar' }, el('caption', { class: 'unseen' }, `Most similar ${meta.nouns.document[1]}`),
      el('thead', null, el('tr', null, ['Affinity', capital(meta.nouns.document[0]), documents.date && 'Date', 'Topics in common: share here · share there'].filter(Boolean).map((label, at) => el('th', { scope: 'col', class: at === 0 && 'numeric' }, label)))),
      el('tbody', null, items.map(({ document, affinity }) => el('tr', null, el('td', { class: 'numeric' }, decimal(affinity, 3)),
        el('th', { scope: 'row', class: 'doc-cell' }, documentLink(context, document), !documents.title[document] && documents.snippet?.[document] && el('div', { class: 'doc-snippet' }, foreign(firstWords(documents.snippet[document])))), documents.date && el('td', { class: 'date' }, documents.date[document].slice(0, 10)), el('td', null, common(document)))))))];
}

export const documentView = {
  id: 'document',
  available: (data, route) => route === undefined || indexOf(data, route.parts[0]) >= 0,
  render(context, route) {
    const { data } = context;
    const { documents, meta } = data;
    const i = indexOf(data, route.parts[0]);
    const mixture = documents.mixture(i);
    return el('section', { style: tintColours() }, trailNav(context, i), el('h1', { tabindex: -1, lang: languageOf(data, i) }, foreign(documents.name(i))), facts(context, i),
      mixture.length > 0 ? mixturePicture(context, mixture) : el('p', { class: 'note' }, S.notModelled), body(context, i, route), mixture.length > 0 && similarTable(context, i));
  },
};
