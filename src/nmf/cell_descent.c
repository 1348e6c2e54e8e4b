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
    CellVisits *visits; /* NULL: coordinate descent */
    void *context;
    double *scratch; /* of the larger factor × k, for `visits` */
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

/* One factor's rows, at `b`, moved for the other. */
static HalfPass descend(Work *work, const Charged *factor, const Charged *other, double *b)
{
    const bool all = !work->options->observed_only;
    if (all) {
        sum_columns(other, work->both.k, work->sums);
    }
    const CellStep step = {
        .objective = work->options->objective,
        .v = factor == &work->both.w ? work->transposed : work->x,
        .a = other->ahead,
        .b = b,
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

static HalfPass improve(void *context, Charged *factor, const Charged *other)
{
    return descend(context, factor, other, factor->ahead);
}

/* Half a pass each: the visits, measured where they begin; and what they have left. */
static HalfPass improve_by_visits(void *context, Charged *factor, const Charged *other)
{
    Work *work = context;
    const size_t size = (size_t)work->both.k * sizeof *work->scratch;
    memcpy(work->scratch, factor->ahead, (size_t)factor->rows * size);
    HalfPass facts = descend(work, factor, other, work->scratch);
    facts.after = facts.before;
    if (factor == &work->both.h) {
        work->visits(work->context, work->x, &work->both.w, &work->both.h, work->both.k);
    }
    return facts;
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
    const size_t most = (size_t)(x->rows > x->columns ? x->rows : x->columns);
    work->scratch =
        memory_new(work->visits ? most : 0, (size_t)start->rank * sizeof(double), error);
    if (!work->sums || !work->room || !work->scratch) {
        return error_status(error);
    }
    alternation_charge(&work->both, options, x, work->transposed);
    work->both.mass = squares ? frobenius_square(x) : sum;
    work->both.ahead_least = squares ? 0.0 : 0.1;
    work->both.plain = work->visits != NULL;
    work->both.improve = work->visits ? improve_by_visits : improve;
    work->both.context = work;
    return STATUS_OK;
}

static void work_end(Work *work)
{
    alternation_free(&work->both);
    sparse_free(work->transposed);
    free(work->sums);
    cell_room_free(work->room);
    free(work->scratch);
}

Status cell_visits_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                         CellVisits *visits, void *context, NmfResult *result, Error *error)
{
    Work work = {.options = options, .visits = visits, .context = context};
    Status status = work_begin(&work, x, start, error);
    if (!status) {
        status = alternation_run(&work.both, options, result, error);
    }
    work_end(&work);
    return status;
}

Status cell_descent_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                          NmfResult *result, Error *error)
{
    return cell_visits_solve(x, start, options, NULL, NULL, result, error);
}
