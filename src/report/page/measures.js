/* What is measured of a topic: its name, what it means, and how it is shown. */

import { count, decimal, percent } from './format.js';

/* { id, label, meaning, value(topic), show(number), of: which documents of docs/method.md } */
const topicMeasures = [
  { id: 'share', label: 'Share', meaning: 'Mean share of the topic over the modelled documents.', show: percent },
  { id: 'mass_share', label: 'Share of mass', meaning: 'The same with every document counted by its tokens: long ones count for more.', show: percent },
  { id: 'n_docs', label: 'Main topic of', meaning: 'Documents of which no other topic has a larger share.', show: count },
  { id: 'n_docs_5pct', label: 'Documents', meaning: 'Documents of which the topic is at least 5 %.', show: count },
  { id: 'npmi', label: 'Coherence', meaning: 'Mean NPMI of the pairs of its ten most probable words, over documents: 1 if they always stand together, 0 if by chance, −1 if never.', show: (value) => decimal(value) },
  { id: 'exclusivity', label: 'Exclusivity', meaning: 'Mean over these words of the topic’s probability among that of all topics: 1 if no other topic has them.', show: (value) => decimal(value) },
  { id: 'stability', label: 'Stability', meaning: 'How much of its first 20 words comes back when samples of the documents are fitted (average Jaccard): 1 if all do, in order.', show: (value) => decimal(value) },
  { id: 'eff_words', label: 'Effective words', meaning: '1/Σ p², the number of equally probable words that would be as concentrated.', show: count },
  { id: 'eff_docs', label: 'Effective documents', meaning: 'The same of its shares in documents: on how many it rests.', show: count },
  { id: 'doc_entropy', label: 'Document entropy', meaning: 'How evenly it lies over documents: −Σ q·ln q of its shares.', show: (value) => decimal(value) },
  { id: 'rank1', label: 'Rank 1', meaning: 'Of the documents of which it is at least 5 %, the part whose main topic it is.', show: percent },
  { id: 'corpus_distance', label: 'Distance from corpus', meaning: 'Divergence of its words from those of all documents: 0 for a topic that is the corpus as it is.', show: (value) => decimal(value) },
  { id: 'similarity', label: 'Nearest topic', meaning: 'The largest cosine of its words with another topic’s, and which topic that is.', show: (value) => decimal(value) },
];

/* Those that this model has. */
export const measuresOf = ({ topics }) => topicMeasures.filter(({ id }) => topics.some((topic) => topic[id] !== undefined && topic[id] !== null));

/* Of all topics together: as they are called in the block `quality`. */
export const modelMeasures = [
  { id: 'diversity', label: 'Diversity', meaning: 'different words among the ten most probable of all topics, as a part of all' },
  { id: 'topics_hoyer', label: 'Sparseness of topics', meaning: 'Hoyer’s measure of the topics’ words, mean: 0 for all equal, 1 for a single one' },
  { id: 'topics_zeros', label: 'Zeros in topics', meaning: 'part of the probabilities of words that is 0' },
  { id: 'mixtures_hoyer', label: 'Sparseness of mixtures', meaning: 'Hoyer’s measure of the documents’ shares, mean' },
  { id: 'mixtures_zeros', label: 'Zeros in mixtures', meaning: 'part of the documents’ shares that is 0' },
];

/* Of a number of topics, in a sweep. */
export const sweepMeasures = {
  stability: 'Stability',
  perplexity: 'Perplexity of held-out tokens',
  held_out_divergence: 'Held-out divergence',
  coherence: 'Coherence',
  exclusivity: 'Exclusivity',
  diversity: 'Diversity',
  objective: 'Error (objective)',
  cophenetic: 'Cophenetic correlation',
  dispersion: 'Dispersion of the consensus',
};
