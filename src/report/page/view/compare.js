/* Two topics beside each other. */

import { el, foreign } from '../dom.js';
import { count, decimal, percent, shortPercent } from '../format.js';
import { SHARE_UNIT } from '../data.js';
import { select } from '../controls.js';
import { documentList, firstOf } from '../document_list.js';
import { figure } from '../figure.js';
import { shareLines, shareNote } from '../chart/share_lines.js';
import { topicLink } from '../parts.js';
import { address, go } from '../router.js';
import { capital, S } from '../strings.js';
import { mirroredWords } from './compare_words.js';

const BOTH_LEAST = 0.05; /* a document has a topic from this share on */
const FIRST = 6;
const MOST = 20;

const isTopic = (text, k) => /^[1-9][0-9]*$/.test(text ?? '') && Number(text) <= k;

/* Which two: those of the address, or the first topic and the one nearest to it. */
function pairOf(data, parts) {
  const a = parts.length > 0 ? Number(parts[0]) : 1;
  return [a, parts.length > 1 ? Number(parts[1]) : data.pairs.neighbours(a)[0].topic];
}

function choosing({ data, names }, a, b) {
  const options = (other) => data.topics.filter(({ topic }) => topic !== other).map(({ topic }) => ({ value: topic, label: `${topic} ${names.name(topic)}` }));
  return el('div', { class: 'controls' },
    select({ label: 'Compare', options: options(b), value: a, onChange: (value) => go('compare', value, b) }),
    select({ label: 'with', options: options(a), value: b, onChange: (value) => go('compare', a, value) }),
    el('button', { type: 'button', on: { click: () => go('compare', b, a) } }, 'Swap'));
}

const factsOf = ({ nouns: { document: [one, many], word: [, words] } }) => [
  ['share', `Share of the average ${one}`, percent],
  ['mass_share', `Share of all ${words}`, percent],
  ['n_docs', `Main topic of ${many}`, count],
  ['n_docs_5pct', `${capital(many)} with at least ${shortPercent(BOTH_LEAST)}`, count],
  ['npmi', 'Coherence (NPMI)', decimal],
  ['exclusivity', 'Exclusivity', decimal],
  ['eff_words', 'Effective words', count],
  ['stability', 'Stability', decimal],
];

function factsTable(context, a, b) {
  const { topics, meta } = context.data;
  return el('table', { class: 'data compared' }, el('thead', null, el('tr', null, el('td'), [a, b].map((topic) => el('th', { scope: 'col', class: 'numeric' }, topicLink(context, topic))))),
    el('tbody', null, factsOf(meta).filter(([id]) => topics[0][id] !== undefined).map(([id, name, show]) =>
      el('tr', null, el('th', { scope: 'row' }, name), [a, b].map((topic) => el('td', { class: 'numeric' }, show(topics[topic - 1][id])))))));
}

/* What is measured of the two together, with what it means. */
function together({ data }, a, b) {
  const at = data.pairs.place(a, b);
  const pmi = data.pairs.pmi[at];
  const items = [
    ['Distance of words', decimal(data.pairs.js_distance[at]), `Root of the Jensen–Shannon divergence: 0 for the same words, ${decimal(Math.sqrt(Math.LN2))} for none in common.`],
    ['Cosine of words', decimal(data.pairs.cosine[at]), '1 for the same words, 0 for none in common; the frequent words decide it.'],
    ['In the same documents', decimal(pmi), pmi === null ? `No ${data.meta.nouns.document[0]} has both.` : 'PMI: above 0 documents have both more often than their shares alone make likely, below 0 less often. Most pairs are below 0: compare pairs.'],
  ];
  return el('dl', { class: 'together' }, items.map(([name, value, says]) => el('div', null, el('dt', null, name), el('dd', null, el('span', { class: 'large' }, value), el('p', { class: 'note' }, says)))));
}

/* The documents that say most of both: by the smaller of the two shares times length, falling. By
 * the share alone, headings of two words would come first. */
function withBoth({ documents }, a, b) {
  const found = [];
  const least = BOTH_LEAST * SHARE_UNIT;
  for (let i = 0; i < documents.count; i++) {
    const [partsA, partsB] = [documents.parts(i, a), documents.parts(i, b)];
    if (partsA >= least && partsB >= least) found.push({ document: i, partsA, partsB });
  }
  const smaller = ({ document, partsA, partsB }) => Math.min(partsA, partsB) * documents.tokens[document];
  return found.sort((one, other) => smaller(other) - smaller(one) || one.document - other.document);
}

function documentsOfBoth(context, a, b) {
  const { data } = context;
  const { meta } = data;
  const found = withBoth(data, a, b);
  const [, many] = meta.nouns.document;
  const item = ({ document, partsA, partsB }) => ({ document, facts: [`${percent(partsA / SHARE_UNIT)} of ${a}`, `${percent(partsB / SHARE_UNIT)} of ${b}`] });
  return el('section', null, el('h2', null, `${found.length === 0 ? 'No' : count(found.length)} ${many} with both`),
    found.length > 0 && el('p', { class: 'note' }, `Those with at least ${shortPercent(BOTH_LEAST)} of each, by the smaller of the two shares times length. `, meta.shown < meta.documents && S.sampled(count(meta.shown), count(meta.documents))),
    firstOf(FIRST, found.slice(0, MOST), (items) => documentList(context, items.map(item)), (all) => `Show ${all}`));
}

function linesOfBoth({ data, names }, a, b) {
  const { time } = data;
  const [meanA, meanB] = [time.mean[a - 1], time.mean[b - 1]];
  const key = (topic, className) => [el('span', { class: `swatch ${className}` }), ' ', topic, ' ', foreign(names.name(topic)), ' '];
  return el('section', null, el('h2', null, S.overTime(time.unit)),
    el('p', { class: 'note swatches' }, key(a, 'first'), key(b, 'second')),
    figure({ note: shareNote(time), file: `topics-${a}-${b}-time.csv`,
      chart: shareLines({ time, title: `Topics ${a} and ${b} over time`, description: `Mean shares by ${time.unit}; the table below has the numbers.`,
        series: [{ values: meanA, className: 'first', name: `${a}` }, { values: meanB, className: 'second', name: `${b}` }] }),
      table: () => ({ caption: `Mean shares of topics ${a} and ${b}`, head: [capital(time.unit), capital(data.meta.nouns.document[1]), `Topic ${a}`, `Topic ${b}`],
        rows: time.bins.map((bin, i) => [bin, count(time.n_docs[i]), percent(meanA[i]), percent(meanB[i])]), exact: time.bins.map((bin, i) => [bin, time.n_docs[i], meanA[i], meanB[i]]) }) }));
}

export const compare = {
  id: 'compare',
  title: 'Compare',
  available: (data, route) => Boolean(data.pairs) && (route?.parts ?? []).slice(0, 2).every((part) => isTopic(part, data.meta.k)) && ((route?.parts.length ?? 0) < 2 || route.parts[0] !== route.parts[1]),
  render(context, route) {
    const [a, b] = pairOf(context.data, route.parts);
    return el('article', null, el('h1', { tabindex: -1 }, `Topics ${a} and ${b}`), choosing(context, a, b),
      el('div', { class: 'side-by-side' }, factsTable(context, a, b), together(context, a, b)),
      mirroredWords(context, a, b),
      context.data.time && linesOfBoth(context, a, b),
      documentsOfBoth(context, a, b),
      el('p', { class: 'note' }, el('a', { href: address('similarity') }, 'All topics beside one another')));
  },
};
