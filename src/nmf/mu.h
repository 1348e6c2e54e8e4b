/* The multiplicative update of Lee and Seung (2001): for the Kullback-Leibler divergence the
 * reference solver, written for clarity, in float64:
 *
 *     W ← W ∘ ((X / WH)·Hᵀ) / (row sums of H)
 *     S = diag(column sums of W);  W ← W·S⁻¹;  H ← S·H         (WH does not change)
 *     H ← H ∘ (Wᵀ·(X / WH)) / (column sums of W, now 1)
 *
 * D never rises, no entry becomes negative, and after each pass the columns of W sum to 1 and those
 * of H to those of X. An entry that is 0 stays 0. For the squared error it is that of
 * nmf/squares.h.
 */
#ifndef THEMATA_NMF_MU_H
#define THEMATA_NMF_MU_H

#include "nmf/nmf.h"

/* An NmfSolver's solve. O(entries · k) a pass; holds one transposed copy of X and the factors in
 * float64. */
Status mu_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                NmfResult *result, Error *error);

#endif
