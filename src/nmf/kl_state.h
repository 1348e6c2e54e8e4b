/* What solvers hold that go through both factors in float64 under the divergence (nmf/mu.c,
 * nmf/plsa.c): the factors, X both ways round, its sums. */
#ifndef THEMATA_NMF_KL_STATE_H
#define THEMATA_NMF_KL_STATE_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "nmf/kl.h"
#include "nmf/nmf.h"

#include <stdint.h>

/* Start all-zero. */
typedef struct KlState {
    const SparseMatrix *x; /* borrowed */
    SparseMatrix *xt;      /* owned, as the arrays: its transpose */
    int k;
    int threads;
    double *w;         /* m × k */
    double *h;         /* n × k */
    double *sums;      /* k: column sums of W or row sums of H */
    double *mass;      /* n: column sums of X */
    double *word_mass; /* m: row sums of X */
    double *residual;  /* max(m, n): of each word or document */
    double total;      /* sum of X */
    KlRoom room;
} KlState;

/* Takes the start over in float64. */
Status kl_state_begin(KlState *state, const SparseMatrix *x, const Factors *start, int threads,
                      Error *error);
void kl_state_end(KlState *state);

/* W ← W·S⁻¹, H ← S·H, S the column sums of W, which `sums` has afterwards. A topic without any
 * words keeps none. */
void kl_state_normalise(KlState *state);

/* The residuals of `count` rows, added in their order, as a part of the sum of X. */
double kl_state_residual(const KlState *state, int64_t count);

/* D of the factors. */
double kl_state_measure(KlState *state);

/* The factors as float32, into *factors (all-zero before). */
Status kl_state_keep(const KlState *state, Factors *factors, Error *error);

/* Of column j of V and the row b of B that belongs to it: gathered[t] = Σ_i v_i/(a_i·b)·a_it. Where
 * a_i·b = 0 the entry cannot be described at all and is passed over. */
void kl_gather(const SparseMatrix *v, int64_t j, const double *a, const double *b, int k,
               double *gathered);

/* The KKT residual of that row, as mass (nmf/kl.h); `sums` are A's. */
double kl_row_residual(const double *b, const double *gathered, const double *sums, double mass,
                       int k);

#endif
