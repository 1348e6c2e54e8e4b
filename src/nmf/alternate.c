#include "nmf/alternate.h"

#include "base/memory.h"
#include "nmf/stride.h"
#include "nmf/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
    PATIENCE = 3,     /* a pass may gain little by chance while extrapolation finds its stride */
    PLAIN_PASSES = 2, /* at the end, so that the iterate itself counts */
};

static Status charged_new(Charged *factor, const float *start, int64_t rows, int k, Error *error)
{
    const size_t size = (size_t)k * sizeof(double);
    factor->rows = rows;
    factor->now = memory_new((size_t)rows, size, error);
    factor->ahead = memory_new((size_t)rows, size, error);
    if (!factor->now || !factor->ahead) {
        return error_status(error);
    }
    for (int64_t i = 0; i < rows * k; i++) {
        factor->now[i] = factor->ahead[i] = (double)start[i];
    }
    return STATUS_OK;
}

Status alternation_new(Alternation *work, const Factors *start, Error *error)
{
    work->k = start->rank;
    work->scales = memory_new((size_t)start->rank, 4 * sizeof *work->scales, error);
    work->kept_h = memory_new((size_t)start->columns, (size_t)start->rank * sizeof(double), error);
    Status status = work->scales && work->kept_h ? STATUS_OK : error_status(error);
    if (!status) {
        status = charged_new(&work->w, start->w, start->rows, start->rank, error);
    }
    return status ? status : charged_new(&work->h, start->h, start->columns, start->rank, error);
}

void alternation_charge(Alternation *work, const NmfOptions *options, const SparseMatrix *x,
                        const SparseMatrix *transposed)
{
    const NmfPenalty *penalty = &options->penalty;
    work->penalty_weight = options->objective == NMF_FROBENIUS ? 2.0 : 1.0;
    work->w.rates = rates_of(penalty->alpha_w, penalty->l1_ratio);
    work->h.rates = rates_of(penalty->alpha_h, penalty->l1_ratio);
    work->w.counts = options->observed_only ? (CellCounts){.starts = transposed->starts}
                                            : (CellCounts){.all = x->columns};
    work->h.counts =
        options->observed_only ? (CellCounts){.starts = x->starts} : (CellCounts){.all = x->rows};
}

void alternation_free(Alternation *work)
{
    free(work->w.now);
    free(work->w.ahead);
    free(work->h.now);
    free(work->h.ahead);
    free(work->scales);
    free(work->kept_h);
}

/* ---- a pass ---- */

/* Takes `ahead` as the iterate and pushes `ahead` on by beta along the way it came. */
static void extrapolate(const Alternation *work, Charged *factor, double beta)
{
    for (int64_t i = 0; i < factor->rows * work->k; i++) {
        const double next = factor->ahead[i], least = work->ahead_least * next;
        const double far = next + beta * (next - factor->now[i]);
        factor->now[i] = next;
        factor->ahead[i] = far > least ? far : least;
    }
}

static void drop_extrapolation(const Alternation *work, Charged *factor)
{
    memcpy(factor->ahead, factor->now, (size_t)(factor->rows * work->k) * sizeof(double));
}

static double with_penalties(const Alternation *work, double objective)
{
    const double penalties =
        penalty_of(&work->w, work->w.ahead, work->k) + penalty_of(&work->h, work->h.ahead, work->k);
    return objective + work->penalty_weight * penalties;
}

static bool is_charged(const Charged *factor)
{
    return factor->rates.l1 > 0.0 || factor->rates.l2 > 0.0;
}

/* The objective of a pass is that of the new W and of H as it is pushed on: W's half-pass tells it.
 * W in `now` is as it was. */
static HalfPass run_pass(Alternation *work, double beta)
{
    if (is_charged(&work->w) && is_charged(&work->h)) {
        penalty_balance(&work->w, &work->h, work->k, work->scales);
    }
    memcpy(work->kept_h, work->h.ahead, (size_t)(work->h.rows * work->k) * sizeof(double));
    const double penalties = with_penalties(work, 0.0);
    const HalfPass h = work->improve(work->context, &work->h, &work->w);
    extrapolate(work, &work->h, beta);
    const HalfPass w = work->improve(work->context, &work->w, &work->h);
    return (HalfPass){
        .before = h.before + penalties,
        .after = with_penalties(work, w.after),
        .residual = h.residual > w.residual ? h.residual : w.residual,
    };
}

/* Back to where the pass began, without a way to go on. */
static void take_back(Alternation *work)
{
    const size_t bytes = (size_t)(work->h.rows * work->k) * sizeof(double);
    memcpy(work->h.now, work->kept_h, bytes);
    memcpy(work->h.ahead, work->kept_h, bytes);
    drop_extrapolation(work, &work->w);
}

static Status run_passes(Alternation *work, Trace *trace, Error *error)
{
    Stride stride = stride_first;
    Status status = STATUS_OK;
    bool stop = false;
    for (int pass = 0; !status && !stop; pass++) {
        const double beta = work->plain ? 0.0 : (double)stride.beta;
        const HalfPass facts = run_pass(work, beta);
        if (pass == 0) {
            trace->objective = facts.before;
        }
        const bool lowered = facts.after <= trace->objective;
        const bool taken_back = !lowered && beta > 0.0;
        trace->idle = !lowered && (taken_back || work->plain);
        status = trace_pass(trace, lowered || work->plain ? facts.after : trace->objective,
                            facts.residual, &stop, error);
        if (taken_back) {
            take_back(work);
        } else {
            extrapolate(work, &work->w, beta);
        }
        stride_adapt(&stride, lowered);
    }
    return status;
}

/* ---- the end ---- */

/* A few plain passes; returns the objective behind them. */
static double settle(Alternation *work)
{
    double objective = 0.0;
    drop_extrapolation(work, &work->w);
    drop_extrapolation(work, &work->h);
    for (int pass = 0; pass < PLAIN_PASSES; pass++) {
        objective = run_pass(work, 0.0).after;
        extrapolate(work, &work->w, 0.0);
    }
    return objective;
}

/* W ← W·S⁻¹, H ← S·H with S the column sums of W. */
static Status keep_factors(const Alternation *work, Factors *factors, Error *error)
{
    const int k = work->k;
    double *sums = memory_new((size_t)k, sizeof *sums, error);
    Status status =
        sums ? factors_new(factors, work->w.rows, work->h.rows, k, error) : error_status(error);
    if (status) {
        free(sums);
        return status;
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

Status alternation_run(Alternation *work, const NmfOptions *options, NmfResult *result,
                       Error *error)
{
    Trace trace = trace_begin(options, result);
    trace.patience = PATIENCE;
    trace.mass = work->mass;
    Status status = run_passes(work, &trace, error);
    if (!status) {
        result->objective = settle(work);
        status = keep_factors(work, &result->factors, error);
    }
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
