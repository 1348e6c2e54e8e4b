/* Symbols as in nmf/nmf.h. Words and documents are in the order of nmf/compact.h until the end. */
#include "nmf/cd.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "base/threads.h"
#include "nmf/compact.h"
#include "nmf/half_step.h"
#include "nmf/kl.h"
#include "nmf/lanes.h"
#include "nmf/trace.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 3, PLAIN_PASSES = 2 };

/* Zeros among the values have no part in D, and v·ln of this is as good as none. */
static const double value_least = 1e-60;

/* Extrapolation: how far to go, how fast to dare more and less (Ang and Gillis 2019). */
typedef struct Stride {
    float beta;  /* for this pass */
    float dared; /* for the next */
    float cap;
} Stride;

typedef struct Descent {
    CompactPair pair;
    MovingFactor w;
    MovingFactor h;
    HalfStepRoom *room;
    double *document_mass; /* n */
    double *word_mass;     /* m, in the new order */
    double mass;           /* sum of X */
    double constant;       /* Σ x·ln x − x */
    int k;
    int64_t stride;
    int threads;
} Descent;

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

/* Σ v·ln v − v. */
KERNEL static double sum_entropy(const Compact *compact)
{
    enum { GROUP = 32 }; /* so that the logarithms are taken side by side */
    const int64_t count = compact->starts[compact->columns];
    double sum = 0.0;
    for (int64_t begin = 0; begin < count; begin += GROUP) {
        double terms[GROUP];
        const int64_t here = count - begin < GROUP ? count - begin : GROUP;
        for (int64_t i = 0; i < here; i++) {
            const double v = (double)compact->values[begin + i];
            terms[i] = v * logarithm(v > value_least ? v : value_least) - v;
        }
        for (int64_t i = 0; i < here; i++) {
            sum += terms[i];
        }
    }
    return sum;
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

static Status descent_begin(Descent *descent, const SparseMatrix *x, const Factors *start,
                            int threads, Error *error)
{
    const double operations = (double)sparse_entries(x) * start->rank;
    descent->k = start->rank;
    descent->stride = half_step_stride(start->rank);
    descent->threads = threads_worth(threads, operations);
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

static void descent_end(Descent *descent)
{
    compact_free(&descent->pair);
    moving_free(&descent->w);
    moving_free(&descent->h);
    half_step_room_free(descent->room);
    free(descent->document_mass);
    free(descent->word_mass);
}

/* ---- half-steps ---- */

static HalfStepFacts improve_h(Descent *descent, float beta)
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

static HalfStepFacts improve_w(Descent *descent, float beta)
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

/* D of X where a half-step began; `product` is the sum of WH there. */
static double divergence(const Descent *descent, const HalfStepFacts *facts, double product)
{
    const double d = descent->constant - facts->log_sum + product;
    return (d < 0.0 ? 0.0 : d) / descent->pair.scale;
}

static double product_sum(const Descent *descent)
{
    double sum = 0.0;
    for (int t = 0; t < descent->k; t++) {
        sum += descent->w.sums[t] * descent->h.sums[t];
    }
    return sum;
}

/* Dares more after a pass that lowered D; after one that did not, takes one plain pass. */
static void adapt(Stride *stride, bool lowered)
{
    if (lowered) {
        stride->dared = stride->dared * 1.1F < stride->cap ? stride->dared * 1.1F : stride->cap;
        stride->cap = stride->cap * 1.05F < 0.95F ? stride->cap * 1.05F : 0.95F;
        stride->beta = stride->dared;
    } else {
        stride->cap = stride->dared;
        stride->dared *= 0.6F;
        stride->beta = 0.0F;
    }
}

/* ---- the end ---- */

/* Plain steps, no extrapolation: the iterate itself is what counts. */
static void settle(Descent *descent)
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
        improve_h(descent, 0.0F);
        improve_w(descent, 0.0F);
    }
}

/* W with columns of sum 1 and H scaled against it, in their own order; each document's column of H
 * with the sum of X's, which at a minimum it has by itself. */
static Status keep_factors(const Descent *descent, NmfResult *result, Error *error)
{
    const int k = descent->k;
    Factors *factors = &result->factors;
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

/* ---- the whole ---- */

Status cd_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                NmfResult *result, Error *error)
{
    Descent descent = {0};
    Trace trace = trace_begin(options, result);
    trace.patience = PATIENCE;
    Stride stride = {.beta = 0.0F, .dared = 0.5F, .cap = 0.95F};
    double w_residual = 0.0, before = 0.0;
    Status status = descent_begin(&descent, x, start, options->threads, error);
    trace.mass = status ? 0.0 : descent.mass / descent.pair.scale;
    bool stop = false;
    /* A half-step tells D where it began, so a pass is known when the next one has begun. */
    for (int pass = 0; !status && !stop; pass++) {
        const double product = product_sum(&descent);
        const HalfStepFacts h = improve_h(&descent, stride.beta);
        const double d = divergence(&descent, &h, product);
        if (pass == 0) {
            trace.objective = d;
        } else {
            const double residual = h.residual > w_residual ? h.residual : w_residual;
            status = trace_pass(&trace, d < trace.objective ? d : trace.objective,
                                descent.mass > 0.0 ? residual / descent.mass : 0.0, &stop, error);
            adapt(&stride, d <= before);
        }
        before = d;
        w_residual = improve_w(&descent, stride.beta).residual;
    }
    if (!status) {
        settle(&descent);
        status = keep_factors(&descent, result, error);
    }
    if (!status) {
        status = kl_divergence_of_floats(x, result->factors.w, result->factors.h, NULL, descent.k,
                                         descent.threads, &result->objective, error);
    }
    descent_end(&descent);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
