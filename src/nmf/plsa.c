/* P(w|z) is kept as W, m × k, and n(d)·P(z|d) as H, n × k; V is X or its transpose, A the factor
 * whose rows belong to V's rows, B the one whose rows belong to V's columns, as in nmf/mu.c. */
#include "nmf/plsa.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/kl_state.h"
#include "nmf/trace.h"

#include <stdlib.h>

/* Probabilities decay geometrically towards 0 and would end as subnormal numbers, which are slow.
 */
static const double flush_below = 1e-250;

typedef struct Em {
    KlState kl;
    double *w_next; /* m × k: what the tokens of each word are expected to be */
    double *h_next; /* n × k: … of each document */
} Em;

static Status em_begin(Em *em, const SparseMatrix *x, const Factors *start, int threads,
                       Error *error)
{
    const size_t size = (size_t)start->rank * sizeof(double);
    Status status = kl_state_begin(&em->kl, x, start, threads, error);
    if (!status) {
        em->w_next = memory_new((size_t)x->rows, size, error);
        em->h_next = memory_new((size_t)x->columns, size, error);
        status = em->w_next && em->h_next ? STATUS_OK : error_status(error);
    }
    return status;
}

static void em_end(Em *em)
{
    kl_state_end(&em->kl);
    free(em->w_next);
    free(em->h_next);
}

/* Of one document (or word): expected[t] = Σ_i v_i·P(t|i), the tokens that are topic t's. Returns
 * its KKT residual, as mass. An entry that no topic can describe belongs to none. */
static double expect(const SparseMatrix *v, int64_t j, const double *a, const double *b, int k,
                     const double *sums, double mass, double *expected)
{
    kl_gather(v, j, a, b, k, expected);
    const double residual = kl_row_residual(b, expected, sums, mass, k);
    for (int t = 0; t < k; t++) {
        expected[t] *= b[t];
        expected[t] = expected[t] < flush_below ? 0.0 : expected[t];
    }
    return residual;
}

/* The expectations of all rows of B, by up to all threads; returns their KKT residual. */
static double expect_all(Em *em, const SparseMatrix *v, const double *a, const double *b,
                         const double *mass, double *expected)
{
    const int k = em->kl.k;
#pragma omp parallel for schedule(dynamic, 64) num_threads(em->kl.threads)
    for (int64_t j = 0; j < v->columns; j++) {
        em->kl.residual[j] = expect(v, j, a, b + j * k, k, em->kl.sums, mass[j], expected + j * k);
    }
    return kl_state_residual(&em->kl, v->columns);
}

/* P(w|z): each topic's expected tokens scaled to sum 1. A topic without any stays without. */
static void maximise_words(Em *em)
{
    const int k = em->kl.k;
    kl_sum_rows(em->w_next, em->kl.x->rows, k, em->kl.threads, &em->kl.room, em->kl.sums);
    for (int64_t i = 0; i < em->kl.x->rows; i++) {
        for (int t = 0; t < k; t++) {
            const double sum = em->kl.sums[t];
            em->kl.w[i * k + t] = sum > 0.0 ? em->w_next[i * k + t] / sum : 0.0;
        }
    }
}

/* n(d)·P(z|d): a document's expected tokens, which sum to n(d) but for those that no topic
 * describes. If it is none of them, all topics get the same. */
static void maximise_documents(Em *em)
{
    const int k = em->kl.k;
    for (int64_t j = 0; j < em->kl.x->columns; j++) {
        const double *expected = em->h_next + j * k;
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += expected[t];
        }
        for (int t = 0; t < k; t++) {
            em->kl.h[j * k + t] =
                sum > 0.0 ? expected[t] * (em->kl.mass[j] / sum) : em->kl.mass[j] / k;
        }
    }
}

/* One pass. Returns the larger of the KKT residuals of W and H before it. */
static double run_pass(Em *em)
{
    const int k = em->kl.k;
    kl_sum_rows(em->kl.h, em->kl.x->columns, k, em->kl.threads, &em->kl.room, em->kl.sums);
    const double of_words =
        expect_all(em, em->kl.xt, em->kl.h, em->kl.w, em->kl.word_mass, em->w_next);
    for (int t = 0; t < k; t++) {
        em->kl.sums[t] = 1.0; /* of W's columns */
    }
    const double of_documents =
        expect_all(em, em->kl.x, em->kl.w, em->kl.h, em->kl.mass, em->h_next);
    maximise_words(em);
    maximise_documents(em);
    return of_words > of_documents ? of_words : of_documents;
}

Status plsa_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                  NmfResult *result, Error *error)
{
    Em em = {0};
    Trace trace = trace_begin(options, result);
    const double operations = (double)sparse_entries(x) * start->rank;
    Status status = em_begin(&em, x, start, threads_worth(options->threads, operations), error);
    if (!status) {
        kl_state_normalise(&em.kl); /* the start's W may have any scale */
        trace.mass = em.kl.total;
        trace.objective = kl_state_measure(&em.kl);
    }
    for (bool stop = false; !status && !stop;) {
        const double residual = run_pass(&em);
        status = trace_pass(&trace, kl_state_measure(&em.kl), residual, &stop, error);
    }
    if (!status) {
        status = kl_state_keep(&em.kl, &result->factors, error);
    }
    em_end(&em);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
