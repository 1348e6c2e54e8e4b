/* Coordinate descent with extrapolation: the fast solver for the Kullback-Leibler divergence, in
 * float32. A few EM passes bring any start near; then H and W are improved in turn by coordinate
 * descent on the entries that are or want to be positive, and each new iterate is pushed on along
 * the way it came (Ang and Gillis 2019). Derivation: docs/method.md, "Coordinate descent". */
#ifndef THEMATA_NMF_CD_H
#define THEMATA_NMF_CD_H

#include "nmf/nmf.h"

/* An NmfSolver's solve. O(entries · k) a pass; holds 16 bytes for each entry of X and 16 for each
 * (padded) entry of a factor. */
Status cd_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                NmfResult *result, Error *error);

#endif
