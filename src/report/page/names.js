/* What topics are called, noted and whether they are hidden: as the model has it, and as the reader
 * has changed it. Changes are kept in the browser, for this model alone, until they are downloaded
 * as labels.csv, which every command reads. */

import { csvText, download } from './csv.js';

export class Names {
  constructor(data) {
    this.topics = data.topics;
    this.key = `themata ${data.meta.fingerprint}`;
    this.listeners = new Set();
    this.changes = this.#restore();
  }

  /* Storage can be forbidden, full, or hold anything. */
  #restore() {
    const changes = {};
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? '{}');
      for (const topic of this.topics) {
        const change = kept[topic.topic];
        if (change === null || typeof change !== 'object') continue;
        changes[topic.topic] = {};
        if (typeof change.label === 'string') changes[topic.topic].label = change.label;
        if (typeof change.note === 'string') changes[topic.topic].note = change.note;
        if (typeof change.hidden === 'boolean') changes[topic.topic].hidden = change.hidden;
      }
    } catch { /* then there are no changes */ }
    return changes;
  }

  get(topic, field) {
    return this.changes[topic]?.[field] ?? this.topics[topic - 1][field];
  }

  label(topic) { return this.get(topic, 'label'); }
  note(topic) { return this.get(topic, 'note'); }
  isHidden(topic) { return this.get(topic, 'hidden'); }

  /* What a topic is called: the reader's label, the model's, or some of its foremost words. */
  name(topic) {
    return this.label(topic) || this.topics[topic - 1].auto_label || `${topic}`;
  }

  get count() { return Object.keys(this.changes).length; }

  set(topic, field, value) {
    const change = { ...this.changes[topic], [field]: value };
    for (const name of Object.keys(change)) {
      if (change[name] === this.topics[topic - 1][name]) delete change[name];
    }
    if (Object.keys(change).length > 0) this.changes[topic] = change;
    else delete this.changes[topic];
    this.#keep();
  }

  reset() {
    this.changes = {};
    this.#keep();
  }

  #keep() {
    try {
      if (this.count > 0) localStorage.setItem(this.key, JSON.stringify(this.changes));
      else localStorage.removeItem(this.key);
      this.kept = true;
    } catch {
      this.kept = false;
    }
    for (const listener of this.listeners) listener();
  }

  /* Returns a function that ends it. */
  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  csv() {
    const rows = this.topics.map(({ topic }) => [topic, this.label(topic), this.note(topic), this.isHidden(topic) ? 1 : 0]);
    return csvText(['topic', 'label', 'note', 'hidden'], rows);
  }

  download() {
    download('labels.csv', this.csv());
  }
}
