/* Topics by anchor words (Arora et al. 2013): for data in which each topic has a word that no other
 * topic has, found without a search that could end in a local minimum.
 *
 * A word whose documents are all on one topic has, in Q̄ (nmf/company.h), the row that this
 * topic has; the row of every other word is a mixture of such rows. So anchors are rows that are
 * far apart, and what a word is mixed of tells the topics that use it. Formulas: docs/method.md,
 * "Anchor words". */
#ifndef THEMATA_NMF_ANCHOR_H
#define THEMATA_NMF_ANCHOR_H

#include "nmf/nmf.h"

/* Fills W of *factors (which has its sizes and is all zero) and `anchors`: topic t has the t-th
 * anchor found, and column t of W sums to 1. Sets *found: where fewer than k words have rows that
 * are independent of each other, the topics from there on stay zero and have anchor −1.
 *
 * The first anchor is the row of Q̄ with the largest norm, each further one the row farthest from
 * the span of those before (of equal ones the first word), among the words in at least 0.3·n/k
 * documents, a good part of those of a topic of average size; if these are fewer than 10·k words,
 * half of that, and so on. A row within 1e-5 of its length of the span counts as dependent. Nothing
 * is random, and the result is the same for any number of threads.
 *
 * O(Σ_d (entries of d)² + entries · k + m · k² ) for the anchors, and O(k²·s) a word for its
 * mixture, s the topics in it. Holds 4·m·k + n·k float64 at the most. */
Status anchor_topics(const SparseMatrix *x, int threads, Factors *factors, int *found,
                     Error *error);

/* Fills H of *factors for its W: for each document the mixture that describes it best
 * (nmf_mixtures), scaled to its column's sum. */
Status anchor_mixtures(const SparseMatrix *x, int threads, Factors *factors, Error *error);

/* An NmfSolver's solve: the two above, in no passes; of *start it uses the sizes alone.
 * STATUS_INPUT when there are fewer than k anchors. */
Status anchor_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                    NmfResult *result, Error *error);

#endif
