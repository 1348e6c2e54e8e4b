/* Truncated singular value decomposition as a method of its own, to compare topics with: X ≈
 * U·diag(s)·Vᵀ is nearer to X than any other product of this rank (Eckart and Young 1936), and its
 * dimensions have entries of both signs, so they are no distributions.
 *
 * Latent semantic analysis (Deerwester et al. 1990) decomposes E, X with columns of Euclidean
 * length 1, so that every document counts alike; documents are compared by the cosines of their
 * coordinates. */
#ifndef THEMATA_NMF_LATENT_H
#define THEMATA_NMF_LATENT_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "matrix/svd.h"

#include <stdbool.h>
#include <stdint.h>

/* Start all-zero. */
typedef struct Latent {
    int64_t rows;    /* m */
    int64_t columns; /* n */
    Svd svd;         /* of X or E; of each dimension the largest entry of u is positive */
    double squares;  /* Σ x² of what was decomposed */
    double *lengths; /* n: of X's columns, by which E's were divided; NULL: X itself was
                        decomposed */
} Latent;

/* Decomposes X, or E if `even`. The singular values have about ten digits. */
Status latent_find(const SparseMatrix *x, int rank, bool even, uint64_t seed, int threads,
                   Latent *latent, Error *error);
void latent_free(Latent *latent);

/* The coordinate of a document along a dimension: s_t·v_jt, which is u_t·(the document's column).
 */
static inline double latent_coordinate(const Latent *latent, int64_t document, int dimension)
{
    return latent->svd.s[dimension] * latent->svd.v[document * latent->svd.rank + dimension];
}

/* The part of the sum of squares that a dimension has, s²/Σx². X is not centred, so this is not a
 * variance. */
static inline double latent_part(const Latent *latent, int dimension)
{
    const double s = latent->svd.s[dimension];
    return latent->squares > 0.0 ? s * s / latent->squares : 0.0;
}

/* What each document is nearest to: of a decomposition of X the dimension with its largest
 * coordinate, whatever its sign; of E its group by the cosines of all its coordinates (kmeans_group
 * with KMEANS_RESTARTS). From 0; −1 of a document without entries. */
Status latent_groups(const Latent *latent, uint64_t seed, int threads, int *groups, Error *error);

#endif
