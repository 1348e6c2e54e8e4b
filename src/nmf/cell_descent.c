#include "nmf/cell_descent.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/alternate.h"
#include "nmf/cells.h"
#include "nmf/frobenius.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Work {
    Alternation both;
    const SparseMatrix *x;
    SparseMatrix *transposed;
    double *sums; /* k: column sums of the other factor */
    CellRoom *room;
    const NmfOptions *options;
    int threads;
} Work;

static void sum_columns(const Charged *factor, int k, double *sums)
{
    memset(sums, 0, (size_t)k * sizeof *sums);
    for (int64_t i = 0; i < factor->rows; i++) {
        for (int t = 0; t < k; t++) {
            sums[t] += factor->ahead[i * k + t];
        }
    }
}

static HalfPass improve(void *context, Charged *factor, const Charged *other)
{
    Work *work = context;
    const bool all = !work->options->observed_only;
    if (all) {
        sum_columns(other, work->both.k, work->sums);
    }
    const CellStep step = {
        .objective = work->options->objective,
        .v = factor == &work->both.w ? work->transposed : work->x,
        .a = other->ahead,
        .b = factor->ahead,
        .sums = all ? work->sums : NULL,
        .counts = factor->counts,
        .rates = factor->rates,
        .k = work->both.k,
        .threads = work->threads,
    };
    const CellFacts facts = cell_step_take(&step, work->room);
    const double mass = work->both.mass;
    const double part = mass > 0.0 ? facts.residual / mass : 0.0;
    return (HalfPass){
        .before = facts.before < 0.0 ? 0.0 : facts.before,
        .after = facts.after < 0.0 ? 0.0 : facts.after,
        .residual = work->options->objective == NMF_FROBENIUS ? sqrt(part) : part,
    };
}

static Status check_values(const SparseMatrix *x, double *sum, Error *error)
{
    *sum = 0.0;
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        if (!isfinite(x->values[p]) || x->values[p] < 0.0) {
            return error_set(error, STATUS_INPUT, "a value is negative or not finite");
        }
        *sum += x->values[p];
    }
    return STATUS_OK;
}

static Status work_begin(Work *work, const SparseMatrix *x, const Factors *start, Error *error)
{
    const NmfOptions *options = work->options;
    const bool squares = options->objective == NMF_FROBENIUS;
    work->x = x;
    work->threads = threads_worth(options->threads, (double)sparse_entries(x) * start->rank);
    double sum;
    Status status = check_values(x, &sum, error);
    if (!status) {
        status = alternation_new(&work->both, start, error);
    }
    work->transposed = status ? NULL : sparse_transpose(x, error);
    if (!work->transposed) {
        return error_status(error);
    }
    work->sums = memory_new((size_t)start->rank, sizeof *work->sums, error);
    work->room = cell_room_new(x, work->transposed, start->rank, work->threads, error);
    if (!work->sums || !work->room) {
        return error_status(error);
    }
    alternation_charge(&work->both, options, x, work->transposed);
    work->both.mass = squares ? frobenius_square(x) : sum;
    work->both.ahead_least = squares ? 0.0 : 0.1;
    work->both.improve = improve;
    work->both.context = work;
    return STATUS_OK;
}

static void work_end(Work *work)
{
    alternation_free(&work->both);
    sparse_free(work->transposed);
    free(work->sums);
    cell_room_free(work->room);
}

Status cell_descent_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                          NmfResult *result, Error *error)
{
    Work work = {.options = options};
    Status status = work_begin(&work, x, start, error);
    if (!status) {
        status = alternation_run(&work.both, options, result, error);
    }
    work_end(&work);
    return status;
}
