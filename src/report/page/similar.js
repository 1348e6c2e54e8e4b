/* Documents whose mixtures are alike: the affinity Σ √(p·q) over the topics, p and q the stored
 * shares of the two documents. It is 1 for the same mixture, 0 if no topic is shared, and
 * √(1 − affinity) is Hellinger's distance. */

import { SHARE_UNIT } from './data.js';

const rootsOf = (documents) => (documents.roots ??= Float64Array.from(documents.share, (share) => Math.sqrt(share / SHARE_UNIT)));

/* The affinity of document `of` with every document. */
function affinities(documents, of, k) {
  const { starts, topic } = documents;
  const roots = rootsOf(documents);
  const own = new Float64Array(k + 1);
  for (let p = starts[of]; p < starts[of + 1]; p++) own[topic[p]] = roots[p];
  const found = new Float64Array(documents.count);
  for (let i = 0; i < found.length; i++) {
    let sum = 0;
    for (let p = starts[i]; p < starts[i + 1]; p++) sum += own[topic[p]] * roots[p];
    found[i] = sum;
  }
  return found;
}

/* The `count` documents most like one: { items: [{ document, affinity }], alike: how many others
 * have at least the affinity of the last }. */
export function mostSimilar(documents, of, k, count) {
  const affinity = affinities(documents, of, k);
  const best = [];
  for (let i = 0; i < affinity.length; i++) {
    if (i === of || affinity[i] === 0 || (best.length === count && affinity[i] <= affinity[best.at(-1)])) continue;
    let at = best.length;
    while (at > 0 && affinity[best[at - 1]] < affinity[i]) at--;
    best.splice(at, 0, i);
    best.length = Math.min(best.length, count);
  }
  const least = best.length > 0 ? affinity[best.at(-1)] : 0;
  let alike = 0;
  for (let i = 0; i < affinity.length; i++) if (i !== of && least > 0 && affinity[i] >= least) alike++;
  return { items: best.map((document) => ({ document, affinity: affinity[document] })), alike };
}

/* The topics that make two documents alike, most first: [{ topic, shares: [of a, of b] }]. */
export function commonTopics(documents, a, b, count) {
  return documents.mixture(a)
    .map(({ topic, share }) => ({ topic, shares: [share, documents.parts(b, topic) / SHARE_UNIT] }))
    .filter(({ shares }) => shares[1] > 0)
    .sort((x, y) => y.shares[0] * y.shares[1] - x.shares[0] * x.shares[1])
    .slice(0, count);
}
