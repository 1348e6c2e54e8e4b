/* The data blocks of the page, as docs/report-data.md describes them, and what is asked of them.
 * Every number was computed by the program that wrote the page. */

const ARRAYS = { u16: Uint16Array, u32: Uint32Array, f32: Float32Array };

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64); /* newer browsers; several times as fast */
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/* Numbers of `width` bytes out of the lowest bytes of all of them, then the next ones. */
function together(parts, width) {
  const count = parts.length / width;
  const bytes = new Uint8Array(parts.length);
  for (let place = 0; place < width; place++) {
    const from = place * count;
    for (let i = 0; i < count; i++) bytes[i * width + place] = parts[from + i];
  }
  return bytes.buffer;
}

/* Packed arrays of numbers become typed arrays, wherever they stand. */
function unpack(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value.length > 0 && typeof value[0] === 'object' ? value.map(unpack) : value;
  }
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] in ARRAYS && typeof value[keys[0]] === 'string') {
    const kind = ARRAYS[keys[0]];
    return new kind(together(bytesOf(value[keys[0]]), kind.BYTES_PER_ELEMENT));
  }
  for (const key of keys) value[key] = unpack(value[key]);
  return value;
}

async function readBlock(name) {
  const element = document.getElementById(`themata-${name}`);
  if (!element) return undefined;
  let text = element.textContent;
  if (element.dataset.encoding === 'deflate') {
    const stream = new Blob([bytesOf(text.trim())]).stream().pipeThrough(new DecompressionStream('deflate'));
    text = await new Response(stream).text();
  }
  element.remove(); /* the text is not needed twice */
  return unpack(JSON.parse(text));
}

const BLOCKS = ['meta', 'topics', 'words', 'documents', 'text', 'time', 'groups', 'pairs', 'map', 'quality', 'about'];

export async function load() {
  const blocks = await Promise.all(BLOCKS.map(readBlock));
  const data = Object.fromEntries(BLOCKS.map((name, i) => [name, blocks[i]]));
  data.documents = new Documents(data.documents, data.text);
  data.words = new Words(data.words);
  if (data.pairs) data.pairs = new Pairs(data.pairs, data.meta.k);
  return data;
}

export const SHARE_UNIT = 60000; /* a share is stored in this many parts, rounded down */

/* The documents of the page; they are counted from 0 here. */
class Documents {
  constructor(block, text) {
    Object.assign(this, block);
    this.count = block.id.length;
    this.texts = new Map((text?.items ?? []).map((item) => [item.document, item]));
    this.columns = block.columns ?? [];
  }

  /* What a person calls it: its title, or its id. */
  name(i) {
    return this.title[i] || this.id[i];
  }

  /* Its shares, falling: [{ topic, share }]; what is missing to 1 is in smaller ones. */
  mixture(i) {
    const shares = [];
    for (let p = this.starts[i]; p < this.starts[i + 1]; p++) {
      shares.push({ topic: this.topic[p], share: this.share[p] / SHARE_UNIT });
    }
    return shares;
  }

  /* The share of one topic, in parts of SHARE_UNIT. */
  parts(i, topic) {
    for (let p = this.starts[i]; p < this.starts[i + 1]; p++) {
      if (this.topic[p] === topic) return this.share[p];
    }
    return 0;
  }

  /* The value of a column of metadata, or ''. */
  value(i, column) {
    const { codes, values } = this.columns[column];
    return codes[i] === 0 ? '' : values[codes[i] - 1];
  }
}

/* The words that are among the first of a topic. */
class Words {
  constructor(block) {
    Object.assign(this, block);
    /* lists are short and mapped to anything: typed arrays only map to numbers */
    this.lists = block.lists.map((list) => Object.fromEntries(Object.entries(list).map(([name, values]) => [name, Array.from(values)])));
    this.byTerm = new Map(block.term.map((term, i) => [term, i]));
  }

  /* As it is mostly written. */
  name(i) {
    return this.surface?.[i] ?? this.term[i];
  }

  /* The topics that a word belongs to: [{ topic, p }], falling. */
  topicsOf(i) {
    const { starts, topic, p } = this.topics_of;
    const found = [];
    for (let at = starts[i]; at < starts[i + 1]; at++) found.push({ topic: topic[at], p: p[at] });
    return found;
  }

  /* The probability of a word in a topic, which need not be one of the topic's list: what p(topic |
   * word) = share · probability / mass says, and 0 below its least. */
  probability(i, { topic, share }) {
    const { word, prob } = this.lists[topic - 1];
    const at = word.indexOf(i);
    if (at >= 0) return prob[at];
    const found = this.topicsOf(i).find((other) => other.topic === topic);
    return found && share > 0 ? (found.p * this.mass[i]) / share : 0;
  }

  /* The `count` first words of a topic by relevance: lambda·ln p + (1 − lambda)·ln lift (Sievert
   * and Shirley 2014). Positions in the topic's list. */
  mostRelevant(topic, lambda, count) {
    const list = this.lists[topic - 1];
    const relevance = list.logprob.map((logprob, i) => lambda * logprob + (1 - lambda) * list.loglift[i]);
    return relevance
      .map((_, i) => i)
      .sort((a, b) => relevance[b] - relevance[a] || a - b)
      .slice(0, count);
  }
}

class Pairs {
  constructor(block, k) {
    Object.assign(this, block);
    this.k = k;
  }

  /* Where two different topics stand in the arrays. */
  place(a, b) {
    const [i, j] = a < b ? [a - 1, b - 1] : [b - 1, a - 1];
    return (i * (2 * this.k - i - 1)) / 2 + (j - i - 1);
  }

  /* Other topics by rising distance: [{ topic, distance }]. */
  neighbours(topic) {
    const others = [];
    for (let t = 1; t <= this.k; t++) {
      if (t !== topic) others.push({ topic: t, distance: this.js_distance[this.place(topic, t)] });
    }
    return others.sort((a, b) => a.distance - b.distance || a.topic - b.topic);
  }
}
