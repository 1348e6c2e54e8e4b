/* The start in two stages: from documents weighed by how much is in them to documents that count
 * the same. */
#ifndef THEMATA_NMF_STAGED_H
#define THEMATA_NMF_STAGED_H

#include "nmf/nmf.h"

/* Fills *factors, which have X's sizes, for NMF_INIT_STAGED: X's columns are brought to Euclidean
 * length 1, so that a column with many entries has a larger sum and says more in D; NNDSVDa of
 * these, then passes of coordinate descent on them until three in a row lower D by less than 1e-4
 * of it, 50 at most; then H is solved anew for X (nmf_mixtures). Needs, until it returns, a
 * copy of X and what nmf_bytes tells. */
Status start_staged(const SparseMatrix *x, uint64_t seed, int threads, Factors *factors,
                    Error *error);

/* The two stages apart, for a first start of the caller's choice. X with its non-empty columns
 * brought to Euclidean length 1; borrows the pattern of X; NULL without memory. */
SparseMatrix *staged_even(const SparseMatrix *x, Error *error);

/* Improves *factors on `even` = staged_even(x), as above but by coarser steps (a relative change of
 * `tolerance`), and scales H to X. That is the best H of X for the same W if it is that of `even`,
 * since D(c·x, W·c·h) = c·D(x, Wh). */
Status staged_improve(const SparseMatrix *x, const SparseMatrix *even, double tolerance,
                      int threads, Factors *factors, Error *error);

#endif
