/* How words occur together: the matrix of Arora et al. (2013), m × m, which is never formed.
 *
 *     Q = Σ_d s_d²·x_d·x_dᵀ − diag(e)
 *
 * over the columns x_d of X. If X holds counts, all whole, n_d of them in column d: s_d² =
 * 1/(n_d·(n_d − 1)) and e = Σ_d s_d²·x_d, so that the expectation of Q is that of the products of
 * the documents' word probabilities; a column with n_d < 2 is left out. Otherwise a column is taken
 * for those probabilities, up to its scale: s_d = 1/Σx_d and e = 0. Q̄ is Q with rows of sum 1. */
#ifndef THEMATA_NMF_COMPANY_H
#define THEMATA_NMF_COMPANY_H

#include "base/error.h"
#include "matrix/sparse.h"

#include <stdint.h>

/* Start all-zero. */
typedef struct Company {
    const SparseMatrix *x;  /* borrowed, as the next */
    const SparseMatrix *xt; /* its transpose */
    int threads;
    double *scales; /* n: s_d², 0 for a column that is left out */
    double *chance; /* m: e */
    double *sums;   /* m: row sums of Q; 0 for a word that is in no column that counts */
} Company;

Status company_new(Company *q, const SparseMatrix *x, const SparseMatrix *xt, int threads,
                   Error *error);
void company_free(Company *q);

/* Row i of Q̄, into m values; zeros if the row's sum is 0. O(m + entries of the documents that hold
 * the word). */
void company_row(const Company *q, int64_t i, double *row);

/* result = Q̄·dense, both m × width, by way of `between`, n × width. O(entries · width). The same
 * bits for any number of threads. */
void company_times(const Company *q, const double *dense, int width, double *between,
                   double *result);

#endif
