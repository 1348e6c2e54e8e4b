#include "nmf/hals.h"

#include "base/memory.h"
#include "base/threads.h"
#include "matrix/two_way.h"
#include "nmf/frobenius.h"
#include "nmf/least_squares.h"
#include "nmf/stride.h"
#include "nmf/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PATIENCE = 3,     /* a pass may lower F little by chance while extrapolation finds its stride */
    PLAIN_PASSES = 2, /* at the end, so that the iterate itself counts */
};

/* One of the two factors. */
typedef struct Moving {
    int64_t rows;
    double *now;     /* rows × k: the iterate */
    double *ahead;   /* rows × k: the iterate plus its extrapolation; where the next step begins */
    double *targets; /* rows × k: products of X with the other factor */
} Moving;

typedef struct Work {
    TwoWay x;
    Moving w;
    Moving h;
    double *gram; /* k × k: of the other factor */
    LeastSquaresRoom *room;
    double square; /* ‖X‖² */
    int k;
    int threads;
} Work;

static Status moving_new(Moving *factor, const float *start, int64_t rows, int k, Error *error)
{
    const size_t size = (size_t)k * sizeof(double);
    factor->rows = rows;
    factor->now = memory_new((size_t)rows, size, error);
    factor->ahead = memory_new((size_t)rows, size, error);
    factor->targets = memory_new((size_t)rows, size, error);
    if (!factor->now || !factor->ahead || !factor->targets) {
        return error_status(error);
    }
    for (int64_t i = 0; i < rows * k; i++) {
        factor->now[i] = factor->ahead[i] = (double)start[i];
    }
    return STATUS_OK;
}

static void moving_free(Moving *factor)
{
    free(factor->now);
    free(factor->ahead);
    free(factor->targets);
}

static Status check_sizes(const SparseMatrix *x, Error *error)
{
    return x->rows <= INT32_MAX && x->columns <= INT32_MAX
               ? STATUS_OK
               : error_set(error, STATUS_INPUT, "more than %d rows or columns", INT32_MAX);
}

static Status work_begin(Work *work, const SparseMatrix *x, const Factors *start, int threads,
                         Error *error)
{
    const int k = start->rank;
    const double operations = ((double)sparse_entries(x) + (double)(x->rows + x->columns) * k) * k;
    work->k = k;
    work->threads = threads_worth(threads, operations);
    work->square = frobenius_square(x);
    Status status = check_sizes(x, error);
    if (!status) {
        status = two_way_new(&work->x, x, error);
    }
    if (!status) {
        status = moving_new(&work->w, start->w, x->rows, k, error);
    }
    if (!status) {
        status = moving_new(&work->h, start->h, x->columns, k, error);
    }
    if (status) {
        return status;
    }
    const int64_t most = x->rows > x->columns ? x->rows : x->columns;
    work->gram = memory_new((size_t)k, (size_t)k * sizeof(double), error);
    work->room = least_squares_room_new(most, k, work->threads, error);
    return work->gram && work->room ? STATUS_OK : error_status(error);
}

static void work_end(Work *work)
{
    two_way_free(&work->x);
    moving_free(&work->w);
    moving_free(&work->h);
    free(work->gram);
    least_squares_room_free(work->room);
}

/* ---- a pass ---- */

/* As many sweeps as cost half of what they need first: X's products with the other factor, and its
 * gram matrix (Gillis and Glineur 2012). */
static int sweeps_worth(const Work *work, const Moving *factor, const Moving *other)
{
    const double cells = work->x.dense
                             ? (double)factor->rows * (double)other->rows
                             : 4.0 * (double)sparse_entries(work->x.matrix); /* scattered rows */
    const double before = (cells + (double)other->rows * work->k) * work->k;
    const double each = (double)factor->rows * work->k * work->k;
    const double sweeps = 1.0 + 0.5 * before / each;
    return sweeps < 100.0 ? (int)sweeps : 100;
}

/* Moves `ahead` of one factor, from where it stands, for `ahead` of the other. */
static LeastSquaresFacts improve(Work *work, Moving *factor, const Moving *other)
{
    gram_of(other->ahead, other->rows, work->k, work->threads, work->gram);
    if (factor == &work->w) {
        two_way_times(&work->x, other->ahead, work->k, work->threads, factor->targets);
    } else {
        two_way_transposed_times(&work->x, other->ahead, work->k, work->threads, factor->targets);
    }
    const LeastSquares step = {
        .gram = work->gram,
        .targets = factor->targets,
        .b = factor->ahead,
        .count = factor->rows,
        .k = work->k,
        .sweeps_most = sweeps_worth(work, factor, other),
        .threads = work->threads,
    };
    return least_squares_take(&step, work->room);
}

/* Takes `ahead` as the iterate and pushes `ahead` on by beta along the way it came. */
static void extrapolate(const Work *work, Moving *factor, double beta)
{
    for (int64_t i = 0; i < factor->rows * work->k; i++) {
        const double next = factor->ahead[i];
        const double far = next + beta * (next - factor->now[i]);
        factor->now[i] = next;
        factor->ahead[i] = far > 0.0 ? far : 0.0;
    }
}

static void drop_extrapolation(const Work *work, Moving *factor)
{
    memcpy(factor->ahead, factor->now, (size_t)(factor->rows * work->k) * sizeof(double));
}

typedef struct PassFacts {
    double before; /* F where the pass began */
    double after;  /* F of W and of H as it is pushed on */
    double residual;
} PassFacts;

static double objective_of(const Work *work, double twice_f)
{
    const double f = work->square + twice_f;
    return f < 0.0 ? 0.0 : f;
}

static PassFacts run_pass(Work *work, double beta)
{
    const LeastSquaresFacts h = improve(work, &work->h, &work->w);
    extrapolate(work, &work->h, beta);
    const LeastSquaresFacts w = improve(work, &work->w, &work->h);
    const double residual = h.residual > w.residual ? h.residual : w.residual;
    return (PassFacts){
        .before = objective_of(work, h.before),
        .after = objective_of(work, w.after),
        .residual = work->square > 0.0 ? sqrt(residual / work->square) : 0.0,
    };
}

/* ---- the end ---- */

/* W ← W·S⁻¹, H ← S·H with S the column sums of W. */
static Status keep_factors(const Work *work, Factors *factors, Error *error)
{
    const int k = work->k;
    Status status = factors_new(factors, work->w.rows, work->h.rows, k, error);
    double *sums = status ? NULL : memory_new((size_t)k, sizeof *sums, error);
    if (!sums) {
        return error_status(error);
    }
    for (int64_t i = 0; i < work->w.rows * k; i++) {
        sums[i % k] += work->w.now[i];
    }
    for (int64_t i = 0; i < work->w.rows * k; i++) {
        factors->w[i] = sums[i % k] > 0.0 ? (float)(work->w.now[i] / sums[i % k]) : 0.0F;
    }
    for (int64_t i = 0; i < work->h.rows * k; i++) {
        factors->h[i] = (float)(work->h.now[i] * sums[i % k]);
    }
    free(sums);
    return STATUS_OK;
}

static double settle(Work *work)
{
    double f = 0.0;
    drop_extrapolation(work, &work->w);
    drop_extrapolation(work, &work->h);
    for (int pass = 0; pass < PLAIN_PASSES; pass++) {
        f = run_pass(work, 0.0).after;
        extrapolate(work, &work->w, 0.0);
    }
    return f;
}

static Status run_passes(Work *work, Trace *trace, Error *error)
{
    Stride stride = stride_first;
    double before = 0.0;
    Status status = STATUS_OK;
    bool stop = false;
    for (int pass = 0; !status && !stop; pass++) {
        const PassFacts facts = run_pass(work, (double)stride.beta);
        if (pass == 0) {
            trace->objective = before = facts.before;
        }
        status = trace_pass(trace, facts.after < trace->objective ? facts.after : trace->objective,
                            facts.residual, &stop, error);
        const bool lowered = facts.after <= before;
        extrapolate(work, &work->w, lowered ? (double)stride.beta : 0.0);
        if (!lowered) {
            drop_extrapolation(work, &work->h);
        }
        stride_adapt(&stride, lowered);
        before = facts.after;
    }
    return status;
}

Status hals_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                  NmfResult *result, Error *error)
{
    Work work = {0};
    Trace trace = trace_begin(options, result);
    trace.patience = PATIENCE;
    Status status = work_begin(&work, x, start, options->threads, error);
    trace.mass = work.square;
    if (!status) {
        status = run_passes(&work, &trace, error);
    }
    if (!status) {
        result->objective = settle(&work);
        status = keep_factors(&work, &result->factors, error);
    }
    work_end(&work);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
