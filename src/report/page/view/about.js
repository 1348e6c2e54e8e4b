/* What the page is of and how it came about: settings, what was dropped, what the figures mean, how to repeat it. */

import { el, foreign, replace } from '../dom.js';
import { definitions } from '../formulas.js';
import { count, plural } from '../format.js';
import { licenceTexts, modules } from '../licences.js';

const section = (title, ...content) => el('section', null, el('h2', null, title), content);

/* Names and values, two columns of a table. */
const facts = (caption, rows) => el('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': caption }, el('table', { class: 'data values' }, el('caption', null, caption),
  el('tbody', null, rows.map(([name, value, numeric]) => el('tr', null, el('th', { scope: 'row' }, name), el('td', { class: numeric && 'numeric' }, value))))));

/* ---- the command ---- */

/* Where the clipboard is not to be had, the text is marked for the reader to copy. */
async function copy(text, source, answer) {
  try {
    await navigator.clipboard.writeText(text);
    replace(answer, 'Copied.');
  } catch {
    const range = document.createRange();
    range.selectNodeContents(source);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    replace(answer, 'Marked: copy it with Ctrl+C.');
  }
}

function command({ about, meta }) {
  const text = el('code', null, about.command);
  const answer = el('span', { class: 'note', role: 'status' });
  return section('To repeat it', el('p', null, `${meta.nouns.document[0] === 'item' ? 'TABLE is the file of numbers' : 'CORPUS is where the documents are'}, MODEL where the result goes. The same ${meta.nouns.document[1]}, options and seed give the same result, byte by byte, with any number of threads.`),
    el('pre', { class: 'command', tabindex: 0 }, text), el('p', null, el('button', { type: 'button', on: { click: () => copy(about.command, text, answer) } }, 'Copy'), ' ', answer));
}

/* ---- settings and text ---- */

function settings({ about }) {
  return section('Settings', facts('Options that can change the result, as used', about.settings.map(({ name, value }) => [el('code', null, name), foreign(String(value))])));
}

function textRules({ about }) {
  if (!about.text_rules?.length) return null;
  return section('How texts became words', facts('Rules for text', about.text_rules.map(({ name, value }) => [name, foreign(String(value))])));
}

function dropped({ about }) {
  if (!about.dropped?.length) return section('What was left out', el('p', null, 'Nothing.'));
  return section('What was left out', facts('Left out or repaired', about.dropped.map(({ what, count: number }) => [what, count(number), true])));
}

function stopWords({ about }) {
  if (!about.stop_words?.length) return null;
  return section('Stop words', el('p', null, `${plural(about.stop_words.length, ['word', 'words'])} are not counted${about.stop_language ? ` (built-in list: ${about.stop_language})` : ''}.`),
    el('details', null, el('summary', null, 'All stop words'), el('p', { class: 'stop-words' }, about.stop_words.map((word, i) => [i > 0 && ', ', foreign(word)]))));
}

/* ---- meaning ---- */

function meanings(data) {
  return section('What the figures are', el('p', { class: 'note' }, 'ln is the natural logarithm; w and v are words, d documents, s, t, a and b topics, n the number of modelled documents.'),
    el('dl', { class: 'definitions' }, definitions(data).map(({ term, text, formula }) => [el('dt', null, term), el('dd', null, el('p', null, text), el('div', { class: 'formula', tabindex: 0, role: 'group', 'aria-label': `Formula: ${term}` }, formula()))])));
}

/* ---- what it is and is not ---- */

function notDone({ meta }) {
  const texts = { none: 'It holds no texts.', snippets: 'It holds the beginning of each document that it shows.', excerpts: 'It holds the beginning of each document that it shows, and excerpts of the best of each topic.', full: 'It holds the texts of all documents that it shows.' };
  return section('What this page does and does not do', el('ul', { class: 'caveats' },
    el('li', null, 'It sends nothing anywhere and fetches nothing: all it shows is in this one file, and its security policy forbids the rest.'),
    el('li', null, `${texts[meta.text] ?? ''} Who gets the file gets what is in it: titles, identifiers and metadata of documents as well.`),
    el('li', null, `Names, notes and hidden ${meta.nouns.topic[1]} are kept in this browser until you download labels.csv.`),
    meta.selection === 'sample' && el('li', null, `It shows ${count(meta.shown)} of ${count(meta.documents)} documents: the best of each topic and a sample of the others. Figures of topics are of all; the database export has every document.`),
    el('li', null, `A ${meta.nouns.topic[0]} is a pattern of ${meta.nouns.word[1]} that stand together. It has no meaning but the one that you find in its ${meta.nouns.document[1]}: ${meta.nouns.document[0] === 'item' ? 'look at' : 'read'} them before you name it.`)));
}

function citation({ meta, quality }) {
  return section('To cite it', el('p', null, 'Name the program with its version, the command above and the seed, so that others can repeat it:'),
    el('blockquote', null, `themata, version ${meta.version}: ${plural(meta.k, meta.nouns.topic)} by non-negative matrix factorisation (${meta.objective === 'frobenius' ? 'squared distance' : 'Kullback–Leibler divergence'}), seed ${quality?.seed ?? 1}. Model ${meta.fingerprint}.`),
    el('p', { class: 'note' }, 'Lee, D. D., Seung, H. S.: Algorithms for non-negative matrix factorization. NIPS 13 (2001).'));
}

function licences({ about, meta }) {
  return section('Versions and licences', el('p', null, `Made by themata ${meta.version}, MIT licence: © The themata authors.`, about.libraries?.length > 0 && ` The page’s script was put together by ${about.libraries[0]}.`),
    modules.length > 0 && [el('p', null, 'It holds modules of others:'), el('ul', null, modules.map((module) => el('li', null, module))),
      el('details', null, el('summary', null, 'Their licences'), licenceTexts.map((paragraph) => el('p', { class: 'note' }, paragraph)))]);
}

export const about = {
  id: 'about',
  title: 'About',
  available: (data) => data.about !== undefined,
  render({ data }) {
    return el('section', null, el('h1', { tabindex: -1 }, 'About'), el('p', { class: 'lead' }, data.meta.facts),
      notDone(data), command(data), settings(data), dropped(data), textRules(data), stopWords(data), meanings(data), citation(data), licences(data));
  },
};
