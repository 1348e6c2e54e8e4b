#include "nmf/kl.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 }; /* rows or documents to a block: part of the result's definition */

static const double product_least = 1e-300;

Status kl_sum_rows(const double *rows, int64_t count, int k, int threads, double *sums,
                   Error *error)
{
    (void)threads;
    const int64_t blocks = (count + BLOCK - 1) / BLOCK;
    double *partial = memory_new((size_t)blocks, (size_t)k * sizeof *partial, error);
    if (!partial) {
        return error_status(error);
    }
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t end = (b + 1) * BLOCK < count ? (b + 1) * BLOCK : count;
        for (int64_t i = b * BLOCK; i < end; i++) {
            for (int t = 0; t < k; t++) {
                partial[b * k + t] += rows[i * k + t];
            }
        }
    }
    memset(sums, 0, (size_t)k * sizeof *sums);
    for (int64_t b = 0; b < blocks; b++) {
        for (int t = 0; t < k; t++) {
            sums[t] += partial[b * k + t];
        }
    }
    free(partial);
    return STATUS_OK;
}

/* Σ x·ln(x/(WH)) − x over the stored entries of one column. */
static double column_divergence(const SparseMatrix *x, int64_t j, const double *w, const double *h,
                                int k)
{
    double sum = 0.0;
    for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
        const double value = x->values[p];
        if (value > 0.0) {
            double product = kl_dot(w + x->row_indices[p] * k, h + j * k, k);
            product = product > product_least ? product : product_least;
            sum += value * (logarithm(value) - logarithm(product)) - value;
        }
    }
    return sum;
}

Status kl_divergence(const SparseMatrix *x, const double *w, const double *h, int k, int threads,
                     double *divergence, Error *error)
{
    Status status = STATUS_OK;
    const int64_t blocks = (x->columns + BLOCK - 1) / BLOCK;
    double *partial = memory_new((size_t)blocks, sizeof *partial, error);
    double *w_sums = memory_new((size_t)k, sizeof *w_sums, error);
    double *h_sums = memory_new((size_t)k, sizeof *h_sums, error);
    if (!partial || !w_sums || !h_sums) {
        status = error_status(error);
        goto cleanup;
    }
    status = kl_sum_rows(w, x->rows, k, threads, w_sums, error);
    if (!status) {
        status = kl_sum_rows(h, x->columns, k, threads, h_sums, error);
    }
    if (status) {
        goto cleanup;
    }
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t end = (b + 1) * BLOCK < x->columns ? (b + 1) * BLOCK : x->columns;
        for (int64_t j = b * BLOCK; j < end; j++) {
            partial[b] += column_divergence(x, j, w, h, k);
        }
    }
    double sum = kl_dot(w_sums, h_sums, k);
    for (int64_t b = 0; b < blocks; b++) {
        sum += partial[b];
    }
    *divergence = sum < 0.0 ? 0.0 : sum; /* at an exact fit rounding can leave −1e-17 */
cleanup:
    free(partial);
    free(w_sums);
    free(h_sums);
    return status;
}
