#include "matrix/svd.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const RandomStream stream = {.seed = 1, .stream = 77};

static Svd decompose(const SparseMatrix *x, int rank, int threads)
{
    Error error;
    Svd svd = {0};
    SparseMatrix *transposed = sparse_transpose(x, &error);
    cr_assert(transposed != NULL);
    cr_assert(svd_truncated(x, transposed, rank, stream, threads, &svd, &error) == STATUS_OK, "%s",
              error.message);
    sparse_free(transposed);
    return svd;
}

/* A matrix with known singular values: Σ s_t·u_t·v_tᵀ of orthogonal cosines, made sparse by zeros
 * in rows and columns. */
static SparseMatrix *known_matrix(int m, int n, const double *s, int rank)
{
    double *values = calloc((size_t)(m * n), sizeof *values);
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            for (int t = 0; t < rank; t++) {
                const double u = sqrt(2.0 / m) * cos(M_PI * (i + 0.5) * (t + 1) / m);
                const double v = sqrt(2.0 / n) * cos(M_PI * (j + 0.5) * (t + 1) / n);
                values[i * n + j] += s[t] * u * v;
            }
        }
    }
    SparseMatrix *x = support_sparse(m, n, values);
    free(values);
    return x;
}

Test(svd, finds_known_singular_values_and_rebuilds_the_matrix)
{
    static const double s[4] = {9, 4, 2, 0.5};
    SparseMatrix *x = known_matrix(60, 45, s, 4);
    Svd svd = decompose(x, 4, 2);
    for (int t = 0; t < 4; t++) {
        cr_assert(fabs(svd.s[t] - s[t]) < 1e-10, "%.15g", svd.s[t]);
    }
    for (int64_t j = 0; j < 45; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            double sum = 0.0;
            for (int t = 0; t < 4; t++) {
                sum += svd.u[x->row_indices[p] * 4 + t] * svd.s[t] * svd.v[j * 4 + t];
            }
            cr_assert(fabs(sum - x->values[p]) < 1e-10);
        }
    }
    svd_free(&svd);
    sparse_free(x);
}

Test(svd, has_orthonormal_vectors)
{
    static const double s[6] = {5, 4.9, 3, 2.9, 1, 0.1};
    SparseMatrix *x = known_matrix(40, 70, s, 6);
    Svd svd = decompose(x, 5, 1);
    for (int a = 0; a < 5; a++) {
        for (int b = 0; b < 5; b++) {
            double u = 0.0, v = 0.0;
            for (int i = 0; i < 40; i++) {
                u += svd.u[i * 5 + a] * svd.u[i * 5 + b];
            }
            for (int j = 0; j < 70; j++) {
                v += svd.v[j * 5 + a] * svd.v[j * 5 + b];
            }
            cr_assert(fabs(u - (a == b)) < 1e-12 && fabs(v - (a == b)) < 1e-12);
        }
    }
    svd_free(&svd);
    sparse_free(x);
}

Test(svd, gives_no_more_than_the_smaller_side)
{
    static const double values[3 * 2] = {1, 0, 0, 2, 0, 0};
    SparseMatrix *x = support_sparse(3, 2, values);
    Svd svd = decompose(x, 9, 1);
    cr_assert(svd.rank == 2);
    cr_assert(fabs(svd.s[0] - 2.0) < 1e-12 && fabs(svd.s[1] - 1.0) < 1e-12);
    svd_free(&svd);
    sparse_free(x);
}

Test(svd, does_not_depend_on_threads)
{
    static const double s[3] = {3, 2, 1};
    SparseMatrix *x = known_matrix(80, 50, s, 3);
    Svd one = decompose(x, 3, 1), four = decompose(x, 3, 4);
    cr_assert(memcmp(one.u, four.u, sizeof(double) * 80 * 3) == 0);
    cr_assert(memcmp(one.v, four.v, sizeof(double) * 50 * 3) == 0);
    svd_free(&one);
    svd_free(&four);
    sparse_free(x);
}

/* Ten times the singular values of a start are nearly alike; to the end they are told apart. */
Test(svd, refined_has_ten_digits_where_values_are_close)
{
    enum { RANK = 40 };
    double s[RANK];
    for (int t = 0; t < RANK; t++) {
        s[t] = 10.0 - 0.1 * t;
    }
    SparseMatrix *x = known_matrix(90, 70, s, RANK);
    Error error;
    SparseMatrix *transposed = sparse_transpose(x, &error);
    Svd start = decompose(x, 3, 1), refined = {0};
    cr_assert(svd_refined(x, transposed, 3, stream, 2, &refined, &error) == STATUS_OK);
    for (int t = 0; t < 3; t++) {
        cr_assert(fabs(refined.s[t] - s[t]) < 1e-9, "%.15g", refined.s[t]);
        cr_assert(fabs(start.s[t] - s[t]) > 1e-4, "%.15g needs no refinement", start.s[t]);
    }
    svd_free(&start);
    svd_free(&refined);
    sparse_free(transposed);
    sparse_free(x);
}
