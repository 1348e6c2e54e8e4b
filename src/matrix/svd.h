/* Truncated singular value decomposition of a sparse matrix by randomised subspace iteration
 * (Halko, Martinsson and Tropp 2011, algorithm 4.4 with a small dense SVD, 5.1). Dense steps by
 * LAPACK on one thread; sparse products threaded. */
#ifndef THEMATA_MATRIX_SVD_H
#define THEMATA_MATRIX_SVD_H

#include "base/error.h"
#include "base/random.h"
#include "matrix/sparse.h"

/* X (m × n) ≈ U · diag(s) · Vᵀ. Start with an all-zero Svd. */
typedef struct Svd {
    int rank;  /* as asked for, but at most min(m, n) */
    double *u; /* m × rank, one row behind the other; orthonormal columns */
    double *v; /* n × rank, likewise */
    double *s; /* rank singular values, descending, ≥ 0 */
} Svd;

/* Computes the leading `rank` singular triplets of `matrix`, whose transpose the caller has at
 * hand. Signs are those LAPACK gives. The result depends on the stream of random numbers, not on
 * the number of threads. O((iterations + 1) · (2 · entries · r + (m + n) · r²)), r = rank + 10. */
Status svd_truncated(const SparseMatrix *matrix, const SparseMatrix *transposed, int rank,
                     RandomStream random, int threads, Svd *svd, Error *error);

/* The same to the end: iterates until the squares of the singular values grow by less than 1e-11 of
 * their sum twice in a row, 300 times at most. For a result of its own, in place of a start. */
Status svd_refined(const SparseMatrix *matrix, const SparseMatrix *transposed, int rank,
                   RandomStream random, int threads, Svd *svd, Error *error);

void svd_free(Svd *svd);

#endif
