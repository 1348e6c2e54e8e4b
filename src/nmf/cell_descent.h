/* Coordinate descent over the stored entries, in float64: for either objective where the stored
 * cells alone are known, and for the divergence with penalties. Plainer than nmf/cd.c, which is for
 * the divergence over all cells without penalties; on the same idea. Derivation: docs/method.md,
 * "Unknown cells" and "Penalties". */
#ifndef THEMATA_NMF_CELL_DESCENT_H
#define THEMATA_NMF_CELL_DESCENT_H

#include "nmf/nmf.h"
#include "nmf/penalty.h"

/* As an NmfSolver's solve; for NMF_FROBENIUS with observed_only only. O(entries · k) a pass. Holds
 * a transposed copy of X, 16 bytes for each entry of a factor and 8·k bytes for each entry of the
 * longest row or column and thread. */
Status cell_descent_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                          NmfResult *result, Error *error);

/* A pass of another kind: moves `ahead` of both factors. */
typedef void CellVisits(void *context, const SparseMatrix *x, Charged *w, Charged *h, int k);

/* The same solver with such passes in place of its own; the objective may rise. */
Status cell_visits_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                         CellVisits *visits, void *context, NmfResult *result, Error *error);

#endif
