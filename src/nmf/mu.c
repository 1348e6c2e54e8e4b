/* Symbols: X m × n, W m × k, H k × n as in nmf/nmf.h; V is X or its transpose, A the factor whose
 * rows belong to V's rows, B the one whose rows belong to V's columns: updating H is the half-step
 * with V = X, A = W, B = H, and updating W the same one with V = Xᵀ, A = H, B = W. */
#include "nmf/mu.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/kl_state.h"
#include "nmf/squares.h"
#include "nmf/trace.h"

#include <stdlib.h>

/* Entries decay geometrically towards 0 and would end as subnormal numbers, which are slow. */
static const double flush_below = 1e-250;

typedef struct Work {
    KlState kl;
    double *scratch; /* threads × k */
} Work;

/* One row of B: b ← b ∘ (Σ_i v_i/(a_i·b)·a_i) / sums. Returns its KKT residual before the update,
 * as mass. */
static double update_row(const SparseMatrix *v, int64_t j, const double *a, double *b, int k,
                         const double *sums, double mass, double *gathered)
{
    kl_gather(v, j, a, b, k, gathered);
    const double residual = kl_row_residual(b, gathered, sums, mass, k);
    for (int t = 0; t < k; t++) {
        b[t] *= sums[t] > 0.0 ? gathered[t] / sums[t] : 0.0;
        b[t] = b[t] < flush_below ? 0.0 : b[t];
    }
    return residual;
}

/* The half-step for all rows of B; returns the KKT residual before it. `mass` are V's column sums.
 */
static double update_factor(Work *work, const SparseMatrix *v, const double *a, double *b,
                            const double *mass)
{
    const int k = work->kl.k;
#pragma omp parallel num_threads(work->kl.threads)
    {
        const int thread = threads_current();
#pragma omp for schedule(dynamic, 64)
        for (int64_t j = 0; j < v->columns; j++) {
            work->kl.residual[j] = update_row(v, j, a, b + j * k, k, work->kl.sums, mass[j],
                                              work->scratch + (int64_t)thread * k);
        }
    }
    return kl_state_residual(&work->kl, v->columns);
}

/* After the update of H each document's column sums to that of X by itself, but for rounding, and
 * for entries of X that no topic can describe. Here it is made so. A document that no topic
 * describes at all is spread evenly, so that it does not vanish. */
static void restore_mass(Work *work)
{
    const int k = work->kl.k;
    for (int64_t j = 0; j < work->kl.x->columns; j++) {
        double *h = work->kl.h + j * k;
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += h[t];
        }
        for (int t = 0; t < k; t++) {
            h[t] = sum > 0.0 ? h[t] * (work->kl.mass[j] / sum) : work->kl.mass[j] / k;
        }
    }
}

/* One pass. Returns the larger of the KKT residuals that the two half-steps met. */
static double run_pass(Work *work)
{
    kl_sum_rows(work->kl.h, work->kl.x->columns, work->kl.k, work->kl.threads, &work->kl.room,
                work->kl.sums);
    const double residual_w =
        update_factor(work, work->kl.xt, work->kl.h, work->kl.w, work->kl.word_mass);
    kl_state_normalise(&work->kl);
    for (int t = 0; t < work->kl.k; t++) { /* what they are now */
        work->kl.sums[t] = work->kl.sums[t] > 0.0 ? 1.0 : 0.0;
    }
    const double residual_h =
        update_factor(work, work->kl.x, work->kl.w, work->kl.h, work->kl.mass);
    restore_mass(work);
    return residual_w > residual_h ? residual_w : residual_h;
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
    const int threads = threads_worth(options->threads, operations);
    Status status = kl_state_begin(&work.kl, x, start, threads, error);
    if (!status) {
        work.scratch = memory_new((size_t)threads, (size_t)start->rank * sizeof(double), error);
        status = work.scratch ? STATUS_OK : error_status(error);
    }
    if (!status) {
        trace.mass = work.kl.total;
        trace.objective = kl_state_measure(&work.kl);
    }
    for (bool stop = false; !status && !stop;) {
        const double residual = run_pass(&work);
        status = trace_pass(&trace, kl_state_measure(&work.kl), residual, &stop, error);
    }
    if (!status) {
        status = kl_state_keep(&work.kl, &result->factors, error);
    }
    kl_state_end(&work.kl);
    free(work.scratch);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
