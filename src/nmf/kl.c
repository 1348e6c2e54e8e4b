#include "nmf/kl.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 }; /* rows or documents to a block: part of the result's definition */

static const double product_least = 1e-300;

static int64_t blocks_of(int64_t count)
{
    return (count + BLOCK - 1) / BLOCK;
}

Status kl_room_new(KlRoom *room, int64_t rows, int64_t columns, int k, Error *error)
{
    const size_t blocks = (size_t)blocks_of(rows > columns ? rows : columns);
    room->partial = memory_new(blocks, (size_t)k * sizeof(double), error);
    room->w_sums = memory_new((size_t)k, sizeof(double), error);
    room->h_sums = memory_new((size_t)k, sizeof(double), error);
    return room->partial && room->w_sums && room->h_sums ? STATUS_OK : error_status(error);
}

void kl_room_free(KlRoom *room)
{
    free(room->partial);
    free(room->w_sums);
    free(room->h_sums);
    *room = (KlRoom){0};
}

void kl_sum_rows(const double *rows, int64_t count, int k, int threads, KlRoom *room, double *sums)
{
    (void)threads;
    const int64_t blocks = blocks_of(count);
    double *partial = room->partial;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t end = (b + 1) * BLOCK < count ? (b + 1) * BLOCK : count;
        memset(partial + b * k, 0, (size_t)k * sizeof *partial);
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
}

/* Σ x·ln(x/(WH)) − x over the stored entries of one column. */
static double column_divergence(const SparseMatrix *x, int64_t j, const double *w, const double *h,
                                int k)
{
    double sum = 0.0;
    for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
        const double value = x->values[p];
        if (value > 0.0) {
            double product = kl_dot(w + (int64_t)x->row_indices[p] * k, h + j * k, k);
            product = product > product_least ? product : product_least;
            sum += value * (logarithm(value) - logarithm(product)) - value;
        }
    }
    return sum;
}

double kl_divergence(const SparseMatrix *x, const double *w, const double *h, int k, int threads,
                     KlRoom *room)
{
    const int64_t blocks = blocks_of(x->columns);
    double *partial = room->partial;
    kl_sum_rows(w, x->rows, k, threads, room, room->w_sums);
    kl_sum_rows(h, x->columns, k, threads, room, room->h_sums);
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t end = (b + 1) * BLOCK < x->columns ? (b + 1) * BLOCK : x->columns;
        partial[b] = 0.0;
        for (int64_t j = b * BLOCK; j < end; j++) {
            partial[b] += column_divergence(x, j, w, h, k);
        }
    }
    double sum = kl_dot(room->w_sums, room->h_sums, k);
    for (int64_t b = 0; b < blocks; b++) {
        sum += partial[b];
    }
    return sum < 0.0 ? 0.0 : sum; /* at an exact fit rounding can leave −1e-17 */
}

Status kl_divergence_of_floats(const SparseMatrix *x, const float *w, const float *h,
                               const double *document_scale, int k, int threads, double *divergence,
                               Error *error)
{
    KlRoom room = {0};
    Status status = kl_room_new(&room, x->rows, x->columns, k, error);
    double *wide_w = memory_new((size_t)x->rows, (size_t)k * sizeof *wide_w, error);
    double *wide_h = memory_new((size_t)x->columns, (size_t)k * sizeof *wide_h, error);
    if (!wide_w || !wide_h) {
        status = error_status(error);
    }
    if (!status) {
        for (int64_t i = 0; i < x->rows * k; i++) {
            wide_w[i] = (double)w[i];
        }
        for (int64_t i = 0; i < x->columns * k; i++) {
            wide_h[i] = (double)h[i] * (document_scale ? document_scale[i / k] : 1.0);
        }
        *divergence = kl_divergence(x, wide_w, wide_h, k, threads, &room);
    }
    kl_room_free(&room);
    free(wide_w);
    free(wide_h);
    return status;
}
