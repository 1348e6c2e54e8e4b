#include "nmf/staged.h"

#include "base/memory.h"
#include "nmf/cd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* These passes lead to where the solver begins; they need not arrive anywhere. */
static const NmfOptions stage_options = {
    .tolerance = 1e-4,
    .kkt_tolerance = 1e-6,
    .passes_max = 50,
};

SparseMatrix *staged_even(const SparseMatrix *x, Error *error)
{
    SparseMatrix *even = sparse_over(x->rows, x->columns, x->starts, x->row_indices, error);
    for (int64_t j = 0; j < x->columns && even; j++) {
        double squares = 0.0;
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            squares += x->values[p] * x->values[p];
        }
        const double length = sqrt(squares);
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            even->values[p] = x->values[p] / length;
        }
    }
    return even;
}

/* W as it was found, and for it the best H of X itself. */
static Status take_over(const SparseMatrix *x, const Factors *found, int threads, Factors *factors,
                        Error *error)
{
    const int k = factors->rank;
    memcpy(factors->w, found->w, (size_t)(factors->rows * k) * sizeof *factors->w);
    double *mass = memory_new((size_t)x->columns, sizeof *mass, error);
    Status status =
        mass ? nmf_mixtures(x, factors->w, k, threads, factors->h, error) : error_status(error);
    if (!status) {
        sparse_column_sums(x, mass);
        for (int64_t i = 0; i < factors->columns * k; i++) {
            factors->h[i] = (float)((double)factors->h[i] * mass[i / k]);
        }
    }
    free(mass);
    return status;
}

Status start_staged(const SparseMatrix *x, uint64_t seed, int threads, Factors *factors,
                    Error *error)
{
    NmfOptions options = stage_options;
    options.threads = threads;
    Factors first = {0};
    NmfResult result = {0};
    SparseMatrix *even = staged_even(x, error);
    Status status =
        even ? nmf_start(even, factors->rank, NMF_INIT_NNDSVDA, seed, 0, threads, &first, error)
             : error_status(error);
    if (!status) {
        status = cd_solve(even, &first, &options, &result, error);
    }
    if (!status) {
        status = take_over(x, &result.factors, threads, factors, error);
    }
    nmf_result_free(&result);
    factors_free(&first);
    sparse_free(even);
    return status;
}

static void scale_columns(const SparseMatrix *x, const SparseMatrix *even, Factors *factors)
{
    const int k = factors->rank;
    for (int64_t j = 0; j < x->columns; j++) {
        const int64_t p = x->starts[j]; /* any entry tells the length */
        const double length = x->starts[j + 1] > p ? x->values[p] / even->values[p] : 0.0;
        for (int t = 0; t < k; t++) {
            factors->h[j * k + t] = (float)((double)factors->h[j * k + t] * length);
        }
    }
}

Status staged_improve(const SparseMatrix *x, const SparseMatrix *even, double tolerance,
                      int threads, Factors *factors, Error *error)
{
    NmfOptions options = stage_options;
    options.tolerance = tolerance;
    options.threads = threads;
    NmfResult result = {0};
    Status status = cd_solve(even, factors, &options, &result, error);
    if (!status) {
        factors_free(factors);
        *factors = result.factors;
        result.factors = (Factors){0};
        scale_columns(x, even, factors);
    }
    nmf_result_free(&result);
    return status;
}
