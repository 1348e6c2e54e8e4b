#include "nmf/descent.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/lanes.h"

#include <stdlib.h>
#include <string.h>

enum { PLAIN_PASSES = 2 };

/* ---- beginning ---- */

static Status moving_new(MovingFactor *factor, int64_t rows, int64_t stride, Error *error)
{
    const size_t count = (size_t)rows, size = (size_t)stride * sizeof(float);
    factor->rows = rows;
    factor->now = memory_new_aligned(count, size, error);
    factor->ahead = memory_new_aligned(count, size, error);
    factor->sums = memory_new((size_t)stride, sizeof(double), error);
    return factor->now && factor->ahead && factor->sums ? STATUS_OK : error_status(error);
}

static void moving_free(MovingFactor *factor)
{
    free(factor->now);
    free(factor->ahead);
    free(factor->sums);
}

/* Takes a start's rows times `scale`; row i comes from row at[i]. */
static void moving_fill(MovingFactor *factor, const float *rows, const uint32_t *at, double scale,
                        int k, int64_t stride)
{
    for (int64_t i = 0; i < factor->rows; i++) {
        const float *from = rows + (int64_t)at[i] * k;
        float *to = factor->now + i * stride;
        for (int t = 0; t < k; t++) {
            to[t] = (float)((double)from[t] * scale);
            factor->sums[t] += (double)to[t];
        }
    }
    memcpy(factor->ahead, factor->now, (size_t)(factor->rows * stride) * sizeof(float));
}

static void sum_columns(const Compact *compact, double *sums)
{
    for (int64_t j = 0; j < compact->columns; j++) {
        for (int64_t p = compact->starts[j]; p < compact->starts[j + 1]; p++) {
            sums[j] += (double)compact->values[p];
        }
    }
}

/* Σ v·ln v − v. Where v is 0 the logarithm is a number, and has no part in it. */
KERNEL static double sum_entropy(const Compact *compact)
{
    const int64_t count = compact->starts[compact->columns];
    WideLanes sum = {0};
    for (int64_t begin = 0; begin < count; begin += LANES) {
        Lanes v = {0};
        for (int l = 0; l < LANES && begin + l < count; l++) {
            v[l] = compact->values[begin + l];
        }
        sum += lanes_times_logarithm(v, v) - __builtin_convertvector(v, WideLanes);
    }
    double all = 0.0;
    for (int l = 0; l < LANES; l++) {
        all += sum[l];
    }
    return all;
}

static void measure_constants(Descent *descent)
{
    const Compact *documents = &descent->pair.documents;
    sum_columns(documents, descent->document_mass);
    sum_columns(&descent->pair.words, descent->word_mass);
    for (int64_t j = 0; j < documents->columns; j++) {
        descent->mass += descent->document_mass[j];
    }
    descent->constant = sum_entropy(documents);
}

static Status begin(Descent *descent, const SparseMatrix *x, const Factors *start, Error *error)
{
    Status status = compact_new(x, &descent->pair, error);
    if (!status) {
        status = moving_new(&descent->w, x->rows, descent->stride, error);
    }
    if (!status) {
        status = moving_new(&descent->h, x->columns, descent->stride, error);
    }
    if (status) {
        return status;
    }
    descent->room = half_step_room_new(&descent->pair, descent->stride, descent->threads, error);
    descent->document_mass = memory_new((size_t)x->columns, sizeof(double), error);
    descent->word_mass = memory_new((size_t)x->rows, sizeof(double), error);
    if (!descent->room || !descent->document_mass || !descent->word_mass) {
        return error_status(error);
    }
    moving_fill(&descent->w, start->w, descent->pair.word_at, 1.0, descent->k, descent->stride);
    moving_fill(&descent->h, start->h, descent->pair.document_at, descent->pair.scale, descent->k,
                descent->stride);
    measure_constants(descent);
    return STATUS_OK;
}

double descent_bytes(int64_t rows, int64_t columns, int64_t entries, int rank, int threads)
{
    const double both = (double)rows + (double)columns, stride = (double)half_step_stride(rank);
    const double longest = (double)(rows > columns ? rows : columns);
    const double copies = 16.0 * (double)entries;
    const double factors =
        both * (2.0 * 4.0 * stride + 4.0 * rank); /* two of each, and the result */
    const double rows_and_columns = both * 36.0 + longest * (16.0 + stride);
    const double benches = threads * 4.0 * stride * (longest < 1e5 ? longest : 1e5);
    return copies + factors + rows_and_columns + benches;
}

static Status set_no_room(double bytes, Error *error)
{
    error_set(error, STATUS_FAILED,
              "out of memory: the factorisation needs about %.3g GB (this machine has %.3g GB)",
              bytes / 1e9, memory_physical() / 1e9);
    return error_hint(error, "fewer topics (-k) or fewer words (--min-df) need less");
}

Status descent_begin(Descent *descent, const SparseMatrix *x, const Factors *start, int threads,
                     Error *error)
{
    const int64_t entries = sparse_entries(x);
    descent->k = start->rank;
    descent->stride = half_step_stride(start->rank);
    descent->threads = threads_worth(threads, (double)entries * start->rank);
    const double bytes = descent_bytes(x->rows, x->columns, entries, start->rank, descent->threads);
    if (bytes > memory_physical()) {
        return set_no_room(bytes, error);
    }
    Status status = begin(descent, x, start, error);
    return status == STATUS_FAILED ? set_no_room(bytes, error) : status;
}

void descent_end(Descent *descent)
{
    compact_free(&descent->pair);
    moving_free(&descent->w);
    moving_free(&descent->h);
    half_step_room_free(descent->room);
    free(descent->document_mass);
    free(descent->word_mass);
}

/* ---- half-steps ---- */

HalfStepFacts descent_improve_h(Descent *descent, float beta)
{
    const HalfStep step = {
        .v = &descent->pair.documents,
        .a = &descent->w,
        .b = &descent->h,
        .mass = descent->document_mass,
        .k = descent->k,
        .stride = descent->stride,
        .beta = beta,
        .measured = true,
        .threads = descent->threads,
    };
    return half_step_take(&step, descent->room);
}

HalfStepFacts descent_improve_w(Descent *descent, float beta)
{
    const HalfStep step = {
        .v = &descent->pair.words,
        .a = &descent->h,
        .b = &descent->w,
        .mass = descent->word_mass,
        .k = descent->k,
        .stride = descent->stride,
        .beta = beta,
        .threads = descent->threads,
    };
    return half_step_take(&step, descent->room);
}

double descent_divergence(const Descent *descent, const HalfStepFacts *facts, double product)
{
    const double d = descent->constant - facts->log_sum + product;
    return (d < 0.0 ? 0.0 : d) / descent->pair.scale;
}

double descent_product(const Descent *descent)
{
    double sum = 0.0;
    for (int t = 0; t < descent->k; t++) {
        sum += descent->w.sums[t] * descent->h.sums[t];
    }
    return sum;
}

/* ---- the end ---- */

void descent_settle(Descent *descent)
{
    const size_t w_bytes = (size_t)(descent->w.rows * descent->stride) * sizeof(float);
    const size_t h_bytes = (size_t)(descent->h.rows * descent->stride) * sizeof(float);
    memcpy(descent->w.ahead, descent->w.now, w_bytes);
    memcpy(descent->h.ahead, descent->h.now, h_bytes);
    memset(descent->w.sums, 0, (size_t)descent->stride * sizeof(double));
    for (int64_t i = 0; i < descent->w.rows; i++) {
        for (int t = 0; t < descent->k; t++) {
            descent->w.sums[t] += (double)descent->w.ahead[i * descent->stride + t];
        }
    }
    for (int pass = 0; pass < PLAIN_PASSES; pass++) {
        descent_improve_h(descent, 0.0F);
        descent_improve_w(descent, 0.0F);
    }
}

Status descent_keep(const Descent *descent, Factors *factors, Error *error)
{
    const int k = descent->k;
    Status status = factors_new(factors, descent->w.rows, descent->h.rows, k, error);
    for (int64_t i = 0; i < descent->w.rows && !status; i++) {
        for (int t = 0; t < k; t++) {
            const double sum = descent->w.sums[t];
            factors->w[descent->pair.word_at[i] * (int64_t)k + t] =
                sum > 0.0 ? (float)((double)descent->w.now[i * descent->stride + t] / sum) : 0.0F;
        }
    }
    for (int64_t j = 0; j < descent->h.rows && !status; j++) {
        const float *h = descent->h.now + j * descent->stride;
        float *to = factors->h + descent->pair.document_at[j] * (int64_t)k;
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += (double)h[t] * descent->w.sums[t];
        }
        const double scale =
            sum > 0.0 ? descent->document_mass[j] / sum / descent->pair.scale : 0.0;
        for (int t = 0; t < k; t++) {
            to[t] = (float)((double)h[t] * descent->w.sums[t] * scale);
        }
    }
    return status;
}
