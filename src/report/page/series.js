/* Shares over time as the time view shows them. */

export const FEW_DOCUMENTS = 20; /* shares of fewer are shown as uncertain */

/* What is measured: a member of data.time and data.groups, and of the topics for the collection. */
export const MEASURES = [
  { id: 'mean', label: 'Mean share', title: 'Mean share', of: ({ share }) => share, how: ([, documents]) => `the mean of the topic’s share in the ${documents}, each of which counts alike` },
  { id: 'mass', label: 'Share of words', title: 'Share of the words', of: ({ mass_share: share }) => share, how: ([, documents]) => `the topic’s share of all words: long ${documents} count for more` },
  { id: 'main', label: 'As main topic', title: 'Share of documents with it as main topic', of: ({ n_docs: n }, { modelled }) => n / modelled, how: ([, documents]) => `how many of the ${documents} have the topic as their main one` },
];

export const measureOf = (id) => MEASURES.find((measure) => measure.id === id) ?? MEASURES[0];

/* Documents that stand behind the value of a bin. */
export function behind(counts, width) {
  const half = (width - 1) / 2;
  return counts.map((_, i) => counts.slice(Math.max(0, i - half), i + half + 1).reduce((sum, n) => sum + n, 0));
}

/* The moving average over `width` bins, each with its weight: the share of these bins together. A
 * bin without documents has no value, and adds nothing to those beside it. At the ends there are
 * fewer bins. */
export function movingAverage(values, weights, width) {
  if (width <= 1) return values;
  const half = (width - 1) / 2;
  return values.map((own, i) => {
    if (own === null) return null;
    let sum = 0;
    let weight = 0;
    for (let j = Math.max(0, i - half); j <= Math.min(values.length - 1, i + half); j++) {
      if (values[j] === null) continue;
      sum += weights[j] * values[j];
      weight += weights[j];
    }
    return weight > 0 ? sum / weight : null;
  });
}
