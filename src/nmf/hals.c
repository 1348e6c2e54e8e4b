#include "nmf/hals.h"

#include "base/memory.h"
#include "base/threads.h"
#include "matrix/two_way.h"
#include "nmf/alternate.h"
#include "nmf/cell_descent.h"
#include "nmf/frobenius.h"
#include "nmf/least_squares.h"

#include <math.h>
#include <stdlib.h>

typedef struct Work {
    Alternation both;
    TwoWay x;
    double *targets; /* of the larger factor × k: products of X with the other */
    double *gram;    /* k × k: of the other factor */
    LeastSquaresRoom *room;
    double square; /* ‖X‖² */
    int threads;
} Work;

/* A sweep that moves WH by less than a tenth of what the first one did is not worth more. */
static const double sweep_worth = 0.01; /* squared */

/* As many sweeps as cost half of what they need first: X's products with the other factor, and its
 * gram matrix (Gillis and Glineur 2012). */
static int sweeps_worth(const Work *work, int64_t rows, int64_t others)
{
    const double k = (double)work->both.k;
    const double products = work->x.dense
                                ? (double)rows * (double)others
                                : 4.0 * (double)sparse_entries(work->x.matrix); /* scattered rows */
    const double before = (products + (double)others * k) * k;
    const double sweeps = 1.0 + 0.5 * before / ((double)rows * k * k);
    return sweeps < 100.0 ? (int)sweeps : 100;
}

static HalfPass improve(void *context, Charged *factor, const Charged *other)
{
    Work *work = context;
    const int k = work->both.k;
    gram_of(other->ahead, other->rows, k, work->threads, work->gram);
    if (factor == &work->both.w) {
        two_way_times(&work->x, other->ahead, k, work->threads, work->targets);
    } else {
        two_way_transposed_times(&work->x, other->ahead, k, work->threads, work->targets);
    }
    const double cells = (double)other->rows;
    const LeastSquares step = {
        .gram = work->gram,
        .targets = work->targets,
        .b = factor->ahead,
        .count = factor->rows,
        .k = k,
        .l1 = cells * factor->rates.l1,
        .l2 = cells * factor->rates.l2,
        .sweeps_most = sweeps_worth(work, factor->rows, other->rows),
        .sweep_worth = sweep_worth,
        .threads = work->threads,
    };
    const LeastSquaresFacts facts = least_squares_take(&step, work->room);
    const double before = work->square + facts.before, after = work->square + facts.after;
    return (HalfPass){
        .before = before < 0.0 ? 0.0 : before,
        .after = after < 0.0 ? 0.0 : after,
        .residual = work->square > 0.0 ? sqrt(facts.residual / work->square) : 0.0,
    };
}

/* Numbers of rows and columns are BLAS's int. */
static Status check_sizes(const SparseMatrix *x, Error *error)
{
    return x->rows <= INT32_MAX && x->columns <= INT32_MAX
               ? STATUS_OK
               : error_set(error, STATUS_INPUT, "more than %d rows or columns", INT32_MAX);
}

static Status work_begin(Work *work, const SparseMatrix *x, const Factors *start,
                         const NmfOptions *options, Error *error)
{
    const int k = start->rank;
    const double operations = ((double)sparse_entries(x) + (double)(x->rows + x->columns) * k) * k;
    work->threads = threads_worth(options->threads, operations);
    work->square = frobenius_square(x);
    Status status = check_sizes(x, error);
    if (!status) {
        status = two_way_new(&work->x, x, error);
    }
    if (!status) {
        status = alternation_new(&work->both, start, error);
    }
    if (status) {
        return status;
    }
    const int64_t most = x->rows > x->columns ? x->rows : x->columns;
    work->targets = memory_new((size_t)most, (size_t)k * sizeof(double), error);
    work->gram = memory_new((size_t)k, (size_t)k * sizeof(double), error);
    work->room = least_squares_room_new(most, k, work->threads, error);
    if (!work->targets || !work->gram || !work->room) {
        return error_status(error);
    }
    alternation_charge(&work->both, options, x, NULL);
    work->both.mass = work->square;
    work->both.improve = improve;
    work->both.context = work;
    return STATUS_OK;
}

static void work_end(Work *work)
{
    two_way_free(&work->x);
    alternation_free(&work->both);
    free(work->targets);
    free(work->gram);
    least_squares_room_free(work->room);
}

Status hals_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                  NmfResult *result, Error *error)
{
    if (options->observed_only) {
        return cell_descent_solve(x, start, options, result, error);
    }
    Work work = {0};
    Status status = work_begin(&work, x, start, options, error);
    if (!status) {
        status = alternation_run(&work.both, options, result, error);
    }
    work_end(&work);
    return status;
}
