/* Text as a search compares it: without case, accents and typographic variants. */

/* Marks that readers leave out when they type: Latin, Greek and Cyrillic accents, Hebrew and Arabic
 * vowels; soft hyphens. Vowel signs of Indic scripts stay, for they make another word. */
const MARKS = /[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const VARIANTS = /[ßς’‘ʼ]/g;
const PLAIN = { ß: 'ss', ς: 'σ', '’': "'", '‘': "'", ʼ: "'" };
// eslint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;

export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(VARIANTS, (c) => PLAIN[c]);
}

/* What a query asks for: every word, and every phrase in quotation marks, folded. */
export function wordsOfQuery(query) {
  const words = [];
  for (const [, phrase, word] of query.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)/g)) {
    const folded = fold(phrase ?? word).replace(/\s+/g, ' ').trim();
    if (folded !== '') words.push(folded);
  }
  return words;
}

/* Where the words stand in a text: [[start, end]…], rising, apart from each other. */
export function matches(text, words) {
  let folded = '';
  const from = []; /* where each unit of the folded text begins in the text */
  let at = 0;
  for (const c of text) {
    const units = /\s/.test(c) ? ' ' : fold(c);
    for (let i = 0; i < units.length; i++) from.push(at);
    folded += units;
    at += c.length;
  }
  from.push(at);
  const found = [];
  for (const word of words) {
    for (let i = folded.indexOf(word); i >= 0; i = folded.indexOf(word, i + word.length)) {
      found.push([from[i], from[i + word.length]]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.reduce((apart, [start, end]) => {
    const last = apart.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
    return apart;
  }, []);
}
