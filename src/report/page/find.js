/* Finding documents: by words, by the share of a topic, by date and metadata. Made for a hundred
 * thousand documents: what is compared is prepared once, in pieces while the browser is idle. */

import { wordsOfQuery, fold } from './fold.js';
import { byCode, collator, MISSING, placesOfNumbers, placesOfTexts } from './order.js';
import { SHARE_UNIT } from './data.js';

const SLICE = 2000;
const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 20));

class Finder {
  constructor(documents) {
    this.documents = documents;
    this.texts = new Array(documents.count);
    this.ready = 0; /* texts folded so far */
    this.known = new Map(); /* places by column */
  }

  #foldTo(end) {
    const { id, title, snippet } = this.documents;
    for (let i = this.ready; i < end; i++) {
      /* no phrase goes from one to the other */
      const text = fold(`${title[i]}\n${id[i]}\n${snippet?.[i] ?? ''}`);
      this.texts[i] = /[\t\r]|\s\s/.test(text) ? text.replace(/[^\S\n]+/g, ' ') : text;
    }
    this.ready = end;
  }

  /* Begins to fold the texts while nothing else is to be done. */
  prepare() {
    if (this.preparing) return;
    this.preparing = true;
    const work = (deadline) => {
      do this.#foldTo(Math.min(this.documents.count, this.ready + SLICE));
      while (this.ready < this.documents.count && deadline.timeRemaining() > 4);
      if (this.ready < this.documents.count) whenIdle(work);
    };
    whenIdle(work);
  }

  /* { q, topic, least (in hundredths), from, to, values: [{ column, value }] }: the documents that
   * meet all of it, rising. */
  find(wanted) {
    const tests = [...this.#columnTests(wanted), ...this.#dateTests(wanted), ...this.#shareTests(wanted)];
    const words = wordsOfQuery(wanted.q ?? '');
    if (words.length > 0) {
      this.#foldTo(this.documents.count);
      const { texts } = this;
      tests.push((i) => words.every((word) => texts[i].includes(word)));
    }
    const found = new Uint32Array(this.documents.count);
    let count = 0;
    for (let i = 0; i < found.length; i++) {
      if (tests.every((test) => test(i))) found[count++] = i;
    }
    return found.slice(0, count);
  }

  #columnTests({ values = [] }) {
    return values.map(({ column, value }) => {
      const { codes, values: texts } = this.documents.columns[column];
      const code = texts.indexOf(value) + 1;
      return code === 0 ? () => false : (i) => codes[i] === code;
    });
  }

  /* A date that is less exact than the bound (1984, of 1984-05) is compared as far as it goes. */
  #dateTests({ from, to }) {
    const { date } = this.documents;
    if (!date) return [];
    const within = (i, bound, side) => {
      const length = Math.min(bound.length, date[i].length);
      return length > 0 && side * byCode(date[i].slice(0, length), bound.slice(0, length)) >= 0;
    };
    return [from && ((i) => within(i, from, 1)), to && ((i) => within(i, to, -1))].filter(Boolean);
  }

  /* Stored shares are rounded down, and hundredths are whole numbers of their unit: exact. */
  #shareTests({ topic, least }) {
    if (!topic || !least) return [];
    const parts = (least * SHARE_UNIT) / 100;
    return [(i) => this.documents.parts(i, topic) >= parts];
  }

  /* Places of all documents in the order of a column: 'title', 'date', 'tokens', 'main', 'share' of
   * the main topic, 'share 7' of topic 7, 'column 0' of metadata. */
  places(name) {
    if (!this.known.has(name)) this.known.set(name, this.#computePlaces(name));
    return this.known.get(name);
  }

  #computePlaces(name) {
    const { documents } = this;
    const [kind, argument] = name.split(' ');
    if (kind === 'title') return placesOfTexts(documents.id.map((_, i) => documents.name(i)));
    if (kind === 'date') return placesOfTexts(documents.date, byCode);
    if (kind === 'tokens') return placesOfNumbers(documents.tokens);
    if (kind === 'main') return Uint32Array.from(documents.main, (topic) => topic || MISSING);
    if (kind === 'column') {
      const { codes, values } = documents.columns[argument];
      const places = placesOfTexts(values, collator.compare);
      return Uint32Array.from(codes, (code) => (code === 0 ? MISSING : places[code - 1]));
    }
    return Uint32Array.from(documents.main, (main, i) => (main === 0 ? MISSING : documents.parts(i, argument ? Number(argument) : main)));
  }
}

/* One for the page. */
export function finderOf(context) {
  context.finder ??= new Finder(context.data.documents);
  return context.finder;
}
