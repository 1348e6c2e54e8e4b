#include "nmf/squares.h"

#include "base/memory.h"
#include "base/threads.h"
#include "matrix/two_way.h"
#include "nmf/alternate.h"
#include "nmf/frobenius.h"

#include <math.h>
#include <stdlib.h>

typedef struct Work {
    Alternation both;
    TwoWay x;
    SquaresRule *rule;
    double *targets; /* of the larger factor × k */
    double *gram;    /* k × k */
    double *left;    /* threads × k */
    double *right;   /* threads × k */
    HalfPass *facts; /* of each row */
    double square;   /* ‖X‖² */
    double rate;
    int threads;
} Work;

void squares_multiply(const SquaresStep *step, double *b)
{
    for (int t = 0; t < step->k; t++) {
        const double up = step->right[t] > 0.0 ? step->right[t] : 0.0;
        b[t] = step->left[t] > 0.0 ? b[t] * up / step->left[t] : b[t];
    }
}

void squares_descend(const SquaresStep *step, double *b)
{
    double largest = 0.0;
    for (int t = 0; t < step->k; t++) {
        double sum = 0.0;
        for (int s = 0; s < step->k; s++) {
            sum += step->gram[t * step->k + s];
        }
        largest = sum > largest ? sum : largest;
    }
    for (int t = 0; t < step->k && largest > 0.0; t++) {
        const double next = b[t] - step->rate / largest * (step->left[t] - step->right[t]);
        b[t] = next > 0.0 ? next : 0.0;
    }
}

static void multiply(const double *gram, const double *b, int k, double *product)
{
    for (int t = 0; t < k; t++) {
        product[t] = 0.0;
        for (int s = 0; s < k; s++) {
            product[t] += gram[t * k + s] * b[s];
        }
    }
}

/* b·G·b − 2·p·b without penalties, which are in the `left` and `right` of the step. */
static double measure(const SquaresStep *step, const double *b, double l1, double l2)
{
    double sum = 0.0;
    for (int t = 0; t < step->k; t++) {
        sum += b[t] * (step->left[t] - l2 * b[t] - 2.0 * (step->right[t] + l1));
    }
    return sum;
}

static double measure_residual(const SquaresStep *step, const double *b)
{
    double sum = 0.0;
    for (int t = 0; t < step->k; t++) {
        const double curvature = step->gram[t * step->k + t];
        const double gradient = step->left[t] - step->right[t];
        if (curvature > 0.0) {
            const double next = b[t] - gradient / curvature;
            const double move = b[t] - (next > 0.0 ? next : 0.0);
            sum += move * move * curvature;
        }
    }
    return sum;
}

/* One row; `targets` is its row of P. */
static HalfPass move_row(const Work *work, const double *targets, double *b, double l1, double l2,
                         int thread)
{
    const int k = work->both.k;
    double *left = work->left + (int64_t)thread * k, *right = work->right + (int64_t)thread * k;
    const SquaresStep step = {work->gram, right, left, k, work->rate};
    for (int t = 0; t < k; t++) {
        right[t] = targets[t] - l1;
    }
    multiply(work->gram, b, k, left);
    HalfPass facts = {
        .before = measure(&step, b, l1, l2),
        .residual = measure_residual(&step, b),
    };
    work->rule(&step, b);
    multiply(work->gram, b, k, left);
    facts.after = measure(&step, b, l1, l2);
    return facts;
}

static HalfPass improve(void *context, Charged *factor, const Charged *other)
{
    Work *work = context;
    const int k = work->both.k;
    const double cells = (double)other->rows;
    const double l1 = cells * factor->rates.l1, l2 = cells * factor->rates.l2;
    gram_of(other->ahead, other->rows, k, work->threads, work->gram);
    for (int t = 0; t < k; t++) {
        work->gram[t * k + t] += l2;
    }
    if (factor == &work->both.w) {
        two_way_times(&work->x, other->ahead, k, work->threads, work->targets);
    } else {
        two_way_transposed_times(&work->x, other->ahead, k, work->threads, work->targets);
    }
#pragma omp parallel for schedule(static) num_threads(work->threads)
    for (int64_t i = 0; i < factor->rows; i++) {
        work->facts[i] =
            move_row(work, work->targets + i * k, factor->ahead + i * k, l1, l2, threads_current());
    }
    HalfPass facts = {.before = work->square, .after = work->square};
    for (int64_t i = 0; i < factor->rows; i++) {
        facts.before += work->facts[i].before;
        facts.after += work->facts[i].after;
        facts.residual += work->facts[i].residual;
    }
    facts.before = facts.before < 0.0 ? 0.0 : facts.before;
    facts.after = facts.after < 0.0 ? 0.0 : facts.after;
    facts.residual = work->square > 0.0 ? sqrt(facts.residual / work->square) : 0.0;
    return facts;
}

static Status work_begin(Work *work, const SparseMatrix *x, const Factors *start,
                         const NmfOptions *options, Error *error)
{
    const size_t most = (size_t)(x->rows > x->columns ? x->rows : x->columns);
    const size_t size = (size_t)start->rank * sizeof(double);
    work->threads = threads_worth(options->threads, (double)sparse_entries(x) * start->rank);
    work->square = frobenius_square(x);
    work->rate = options->learning_rate > 0.0 ? options->learning_rate : 1.0;
    Status status = x->rows <= INT32_MAX && x->columns <= INT32_MAX
                        ? two_way_new(&work->x, x, error)
                        : error_set(error, STATUS_INPUT, "more than %d rows or columns", INT32_MAX);
    if (!status) {
        status = alternation_new(&work->both, start, error);
    }
    if (status) {
        return status;
    }
    work->targets = memory_new(most, size, error);
    work->gram = memory_new((size_t)start->rank, size, error);
    work->left = memory_new((size_t)work->threads, size, error);
    work->right = memory_new((size_t)work->threads, size, error);
    work->facts = memory_new(most, sizeof *work->facts, error);
    if (!work->targets || !work->gram || !work->left || !work->right || !work->facts) {
        return error_status(error);
    }
    alternation_charge(&work->both, options, x, NULL);
    work->both.plain = true;
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
    free(work->left);
    free(work->right);
    free(work->facts);
}

Status squares_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                     SquaresRule *rule, NmfResult *result, Error *error)
{
    Work work = {.rule = rule};
    Status status = work_begin(&work, x, start, options, error);
    if (!status) {
        status = alternation_run(&work.both, options, result, error);
    }
    work_end(&work);
    return status;
}
