/* Hierarchical alternating least squares with extrapolation: the solver for the Frobenius error
 * over all cells, in float64. H and W are improved in turn by coordinate descent
 * (nmf/least_squares.h), and each new iterate is pushed on along the way it came (Ang and Gillis
 * 2019). Derivation: docs/method.md, "HALS". */
#ifndef THEMATA_NMF_HALS_H
#define THEMATA_NMF_HALS_H

#include "nmf/nmf.h"

/* An NmfSolver's solve. O(entries · k + (m + n) · k²) a pass. Holds two copies of X at the most and
 * 24 bytes for each entry of a factor. */
Status hals_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                  NmfResult *result, Error *error);

#endif
