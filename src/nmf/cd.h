/* Coordinate descent with extrapolation: the fast solver for the Kullback-Leibler divergence, in
 * float32. H and W are improved in turn by coordinate descent on the entries that are or want to be
 * positive, and each new iterate is pushed on along the way it came (Ang and Gillis 2019).
 * Derivation: docs/method.md, "Coordinate descent". */
#ifndef THEMATA_NMF_CD_H
#define THEMATA_NMF_CD_H

#include "nmf/nmf.h"

/* An NmfSolver's solve. O(entries · k) a pass; memory as descent_bytes (nmf/descent.h) tells. */
Status cd_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                NmfResult *result, Error *error);

#endif
