/* How well the factors of a model give back X: in all, of each item (document) and of each entry
 * (word), under both objectives. Formulas: docs/method.md, "Any table". */
#ifndef THEMATA_MODEL_RECONSTRUCTION_H
#define THEMATA_MODEL_RECONSTRUCTION_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "model/model.h"

/* Sums over some cells: x is the table's value, y that of the factors. */
typedef struct Misfit {
    double mass;       /* Σ x */
    double fitted;     /* Σ y */
    double squares;    /* Σ x² */
    double error;      /* Σ (x − y)², the squared Frobenius error; ≥ 0 */
    double divergence; /* Σ x·ln(x/y) − x + y; ≥ 0; where y = 0 < x it counts as 1e-300 */
} Misfit;

/* Start all-zero. Sums are over all cells; over the ones that are known if
 * model->observed_only. */
typedef struct Reconstruction {
    Misfit all;
    double one;   /* the divergence of the best single factor, which is that of the table's
                     margins; of a model with observed_only 0 */
    double cells; /* how many there are, and how many of them are stored and not 0 */
    double non_zeros;
    Misfit *items;   /* owned, n */
    Misfit *entries; /* owned, m */
} Reconstruction;

/* `x` is the matrix that was factored, over the pattern of the model's counts. A model whose
 * `masses` are NULL has those of X. O(entries·k + (m + n)·k²), in float64, in a fixed order. */
Status reconstruction_measure(const Model *model, const SparseMatrix *x,
                              Reconstruction *reconstruction, Error *error);

/* The part of Misfit that the model minimised: error or divergence. */
double reconstruction_objective(const Model *model, const Misfit *misfit);

/* The part of the whole that these cells have; 0 if the whole is no more than rounding leaves. */
double reconstruction_part(const Model *model, const Reconstruction *reconstruction,
                           const Misfit *misfit);

/* 1 − error/squares: how much of the squares the factors explain; 0 if there are none. */
double reconstruction_explained(const Misfit *misfit);

void reconstruction_free(Reconstruction *reconstruction);

#endif
