/* The convex combination of given vectors that comes nearest to another one. */
#ifndef THEMATA_NMF_SIMPLEX_H
#define THEMATA_NMF_SIMPLEX_H

#include "base/error.h"

/* What simplex_nearest works in, for k vectors. Start all-zero; a thread needs its own. */
typedef struct SimplexRoom {
    int *active;      /* k: the vectors whose weight may be positive */
    double *factor;   /* k × k: Cholesky factor of their Gram matrix */
    double *solution; /* 3 · k */
} SimplexRoom;

Status simplex_room_new(SimplexRoom *room, int k, Error *error);
void simplex_room_free(SimplexRoom *room);

/* Fills weights[0..k − 1] ≥ 0 of sum 1 so that ‖target − Σ weights[z]·vector z‖² is smallest.
 * `gram` is k × k, the products of the vectors with each other; `products` has those of the
 * vectors with the target.
 *
 * By the active set method (the one of Lawson and Hanson 1974 for non-negative least squares, with
 * the sum fixed): it ends, in at most a few times k steps, where no weight that is 0 could lower
 * the distance, to a KKT residual of 1e-12 of the largest product. Of vectors that depend on each
 * other within rounding only some get weights. O(k · s + s³) a step, s the positive weights. */
void simplex_nearest(const double *gram, const double *products, int k, SimplexRoom *room,
                     double *weights);

#endif
