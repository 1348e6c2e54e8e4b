/* Symbols: X m × n, W m × k, H k × n as in nmf/nmf.h; V is X or its transpose, A the factor whose
 * rows belong to V's rows, B the one whose rows belong to V's columns: updating H is the half-step
 * with V = X, A = W, B = H, and updating W the same one with V = Xᵀ, A = H, B = W. */
#include "nmf/mu.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/kl.h"
#include "nmf/squares.h"
#include "nmf/trace.h"

#include <stdlib.h>
#include <string.h>

/* Entries decay geometrically towards 0 and would end as subnormal numbers, which are slow. */
static const double flush_below = 1e-250;

typedef struct Work {
    const SparseMatrix *x;
    SparseMatrix *xt;
    int k;
    int threads;
    double *w;         /* m × k */
    double *h;         /* n × k */
    double *sums;      /* k: column sums of W or row sums of H */
    double *mass;      /* n: column sums of X */
    double *word_mass; /* m: row sums of X */
    double *residual;  /* max(m, n): of each word or document */
    double *scratch;   /* threads × k */
    double total;      /* sum of X */
    KlRoom room;
} Work;

static Status work_begin(Work *work, const SparseMatrix *x, const Factors *start, int threads,
                         Error *error)
{
    const size_t m = (size_t)x->rows, n = (size_t)x->columns, k = (size_t)start->rank;
    *work = (Work){.x = x, .k = start->rank, .threads = threads};
    work->xt = sparse_transpose(x, error);
    work->w = memory_new(m, k * sizeof(double), error);
    work->h = memory_new(n, k * sizeof(double), error);
    work->sums = memory_new(k, sizeof(double), error);
    work->mass = memory_new(n, sizeof(double), error);
    work->word_mass = memory_new(m, sizeof(double), error);
    work->residual = memory_new(m > n ? m : n, sizeof(double), error);
    work->scratch = memory_new((size_t)threads, k * sizeof(double), error);
    if (!work->xt || !work->w || !work->h || !work->sums || !work->mass || !work->word_mass ||
        !work->residual || !work->scratch) {
        return error_status(error);
    }
    Status status = kl_room_new(&work->room, x->rows, x->columns, start->rank, error);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < m * k; i++) {
        work->w[i] = (double)start->w[i];
    }
    for (size_t i = 0; i < n * k; i++) {
        work->h[i] = (double)start->h[i];
    }
    sparse_column_sums(x, work->mass);
    sparse_column_sums(work->xt, work->word_mass);
    for (size_t j = 0; j < n; j++) {
        work->total += work->mass[j];
    }
    return STATUS_OK;
}

static void work_end(Work *work)
{
    sparse_free(work->xt);
    free(work->w);
    free(work->h);
    free(work->sums);
    free(work->mass);
    free(work->word_mass);
    free(work->residual);
    free(work->scratch);
    kl_room_free(&work->room);
}

/* One row of B: b ← b ∘ (Σ_i v_i/(a_i·b)·a_i) / sums. Returns its KKT residual before the update,
 * as mass. Where a_i·b = 0 the entry cannot be described at all and is passed over. */
static double update_row(const SparseMatrix *v, int64_t j, const double *a, double *b, int k,
                         const double *sums, double mass, double *gathered)
{
    memset(gathered, 0, (size_t)k * sizeof *gathered);
    for (int64_t p = v->starts[j]; p < v->starts[j + 1]; p++) {
        const double *row = a + (int64_t)v->row_indices[p] * k;
        const double product = kl_dot(row, b, k);
        if (product > 0.0) {
            const double ratio = v->values[p] / product;
            for (int t = 0; t < k; t++) {
                gathered[t] += ratio * row[t];
            }
        }
    }
    double residual = 0.0;
    for (int t = 0; t < k; t++) {
        const double mean = sums[t] > 0.0 ? gathered[t] / sums[t] : 0.0;
        residual += kl_kkt_step(b[t] * sums[t], mass / k, 1.0 - mean);
        b[t] *= mean;
        b[t] = b[t] < flush_below ? 0.0 : b[t];
    }
    return residual;
}

/* The half-step for all rows of B; returns the KKT residual before it. `mass` are V's column sums.
 */
static double update_factor(Work *work, const SparseMatrix *v, const double *a, double *b,
                            const double *mass)
{
    const int k = work->k;
#pragma omp parallel num_threads(work->threads)
    {
        const int thread = threads_current();
#pragma omp for schedule(dynamic, 64)
        for (int64_t j = 0; j < v->columns; j++) {
            work->residual[j] = update_row(v, j, a, b + j * k, k, work->sums, mass[j],
                                           work->scratch + (int64_t)thread * k);
        }
    }
    double residual = 0.0;
    for (int64_t j = 0; j < v->columns; j++) {
        residual += work->residual[j];
    }
    return work->total > 0.0 ? residual / work->total : 0.0;
}

/* W ← W·S⁻¹, H ← S·H. A topic without any words keeps none. */
static void normalise_topics(Work *work)
{
    const int k = work->k;
    kl_sum_rows(work->w, work->x->rows, k, work->threads, &work->room, work->sums);
    for (int64_t i = 0; i < work->x->rows; i++) {
        for (int t = 0; t < k; t++) {
            work->w[i * k + t] /= work->sums[t] > 0.0 ? work->sums[t] : 1.0;
        }
    }
    for (int64_t j = 0; j < work->x->columns; j++) {
        for (int t = 0; t < k; t++) {
            work->h[j * k + t] *= work->sums[t];
        }
    }
    for (int t = 0; t < k; t++) {
        work->sums[t] = work->sums[t] > 0.0 ? 1.0 : 0.0;
    }
}

/* After the update of H each document's column sums to that of X by itself, but for rounding, and
 * for entries of X that no topic can describe. Here it is made so. A document that no topic
 * describes at all is spread evenly, so that it does not vanish. */
static void restore_mass(Work *work)
{
    const int k = work->k;
    for (int64_t j = 0; j < work->x->columns; j++) {
        double *h = work->h + j * k;
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += h[t];
        }
        for (int t = 0; t < k; t++) {
            h[t] = sum > 0.0 ? h[t] * (work->mass[j] / sum) : work->mass[j] / k;
        }
    }
}

/* One pass. Returns the larger of the KKT residuals that the two half-steps met. */
static double run_pass(Work *work)
{
    kl_sum_rows(work->h, work->x->columns, work->k, work->threads, &work->room, work->sums);
    const double residual_w = update_factor(work, work->xt, work->h, work->w, work->word_mass);
    normalise_topics(work);
    const double residual_h = update_factor(work, work->x, work->w, work->h, work->mass);
    restore_mass(work);
    return residual_w > residual_h ? residual_w : residual_h;
}

static double measure(Work *work)
{
    return kl_divergence(work->x, work->w, work->h, work->k, work->threads, &work->room);
}

static Status keep_factors(const Work *work, NmfResult *result, Error *error)
{
    Status status = factors_new(&result->factors, work->x->rows, work->x->columns, work->k, error);
    for (int64_t i = 0; i < work->x->rows * work->k && !status; i++) {
        result->factors.w[i] = (float)work->w[i];
    }
    for (int64_t i = 0; i < work->x->columns * work->k && !status; i++) {
        result->factors.h[i] = (float)work->h[i];
    }
    return status;
}

Status mu_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                NmfResult *result, Error *error)
{
    if (options->objective == NMF_FROBENIUS) {
        return squares_solve(x, start, options, squares_multiply, result, error);
    }
    Work work = {0};
    Trace trace = trace_begin(options, result);
    const double operations = (double)sparse_entries(x) * start->rank;
    Status status = work_begin(&work, x, start, threads_worth(options->threads, operations), error);
    if (!status) {
        trace.mass = work.total;
        trace.objective = measure(&work);
    }
    for (bool stop = false; !status && !stop;) {
        const double residual = run_pass(&work);
        status = trace_pass(&trace, measure(&work), residual, &stop, error);
    }
    if (!status) {
        status = keep_factors(&work, result, error);
    }
    work_end(&work);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
