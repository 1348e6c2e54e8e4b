/* The Frobenius objective F = Σ (x − (WH))², apart from any rule that lowers it.
 *
 * KKT residual: of one entry b of a factor with gradient g of F/2 and curvature c (both with
 * penalties) the step √c·|b − max(0, b − g/c)|: how far Newton's step along this coordinate would
 * move WH. 0 exactly where g = 0, or b = 0 and g ≥ 0. The residual of a factor is the root of the
 * sum of their squares, divided by ‖X‖. */
#ifndef THEMATA_NMF_FROBENIUS_H
#define THEMATA_NMF_FROBENIUS_H

#include "base/error.h"
#include "matrix/sparse.h"

/* Σ x². */
double frobenius_square(const SparseMatrix *x);

/* *f = F of float32 factors, as Factors has them but of any sign; over the stored cells alone if
 * `observed_only`, otherwise over all, as ‖X‖² − 2·Σ x·(WH) + Σ (WᵀW)∘(HHᵀ), which loses about
 * 1e-16·‖X‖² to rounding. O(entries·k + (m + n)·k²). STATUS_FAILED when out of memory. */
Status frobenius_of_floats(const SparseMatrix *x, const float *w, const float *h, int k,
                           bool observed_only, double *f, Error *error);

#endif
