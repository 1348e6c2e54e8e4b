/* P(w|z) is kept as W, m × k, and n(d)·P(z|d) as H, n × k; V is X or its transpose, A the factor
 * whose rows belong to V's rows, B the one whose rows belong to V's columns, as in nmf/mu.c. */
#include "nmf/plsa.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/kl.h"
#include "nmf/trace.h"

#include <stdlib.h>
#include <string.h>

/* Probabilities decay geometrically towards 0 and would end as subnormal numbers, which are slow.
 */
static const double flush_below = 1e-250;

typedef struct Em {
    const SparseMatrix *x;
    SparseMatrix *xt;
    int k;
    int threads;
    double *w;         /* m × k */
    double *h;         /* n × k */
    double *w_next;    /* m × k: what the tokens of each word are expected to be */
    double *h_next;    /* n × k: … of each document */
    double *sums;      /* k: of W's columns, 1 or 0; of H's rows */
    double *mass;      /* n: n(d) */
    double *word_mass; /* m */
    double *residual;  /* max(m, n) */
    double total;      /* sum of X */
    KlRoom room;
} Em;

static Status em_begin(Em *em, const SparseMatrix *x, const Factors *start, int threads,
                       Error *error)
{
    const size_t m = (size_t)x->rows, n = (size_t)x->columns, k = (size_t)start->rank;
    *em = (Em){.x = x, .k = start->rank, .threads = threads};
    em->xt = sparse_transpose(x, error);
    em->w = memory_new(m, k * sizeof(double), error);
    em->h = memory_new(n, k * sizeof(double), error);
    em->w_next = memory_new(m, k * sizeof(double), error);
    em->h_next = memory_new(n, k * sizeof(double), error);
    em->sums = memory_new(k, sizeof(double), error);
    em->mass = memory_new(n, sizeof(double), error);
    em->word_mass = memory_new(m, sizeof(double), error);
    em->residual = memory_new(m > n ? m : n, sizeof(double), error);
    if (!em->xt || !em->w || !em->h || !em->w_next || !em->h_next || !em->sums || !em->mass ||
        !em->word_mass || !em->residual) {
        return error_status(error);
    }
    for (size_t i = 0; i < m * k; i++) {
        em->w[i] = (double)start->w[i];
    }
    for (size_t i = 0; i < n * k; i++) {
        em->h[i] = (double)start->h[i];
    }
    sparse_column_sums(x, em->mass);
    sparse_column_sums(em->xt, em->word_mass);
    for (size_t j = 0; j < n; j++) {
        em->total += em->mass[j];
    }
    return kl_room_new(&em->room, x->rows, x->columns, start->rank, error);
}

static void em_end(Em *em)
{
    sparse_free(em->xt);
    free(em->w);
    free(em->h);
    free(em->w_next);
    free(em->h_next);
    free(em->sums);
    free(em->mass);
    free(em->word_mass);
    free(em->residual);
    kl_room_free(&em->room);
}

/* Of one document (or word): expected[t] = Σ_i v_i·P(t|i), the tokens that are topic t's. Returns
 * its KKT residual, as mass. An entry that no topic can describe belongs to none. */
static double expect(const SparseMatrix *v, int64_t j, const double *a, const double *b, int k,
                     const double *sums, double mass, double *expected)
{
    memset(expected, 0, (size_t)k * sizeof *expected);
    for (int64_t p = v->starts[j]; p < v->starts[j + 1]; p++) {
        const double *row = a + (int64_t)v->row_indices[p] * k;
        const double product = kl_dot(row, b, k);
        if (product > 0.0) {
            const double ratio = v->values[p] / product;
            for (int t = 0; t < k; t++) {
                expected[t] += ratio * row[t];
            }
        }
    }
    double residual = 0.0;
    for (int t = 0; t < k; t++) {
        const double mean = sums[t] > 0.0 ? expected[t] / sums[t] : 0.0;
        residual += kl_kkt_step(b[t] * sums[t], mass / k, 1.0 - mean);
        expected[t] *= b[t];
        expected[t] = expected[t] < flush_below ? 0.0 : expected[t];
    }
    return residual;
}

/* The expectations of all rows of B, by up to all threads; returns their KKT residual. */
static double expect_all(Em *em, const SparseMatrix *v, const double *a, const double *b,
                         const double *mass, double *expected)
{
    const int k = em->k;
#pragma omp parallel for schedule(dynamic, 64) num_threads(em->threads)
    for (int64_t j = 0; j < v->columns; j++) {
        em->residual[j] = expect(v, j, a, b + j * k, k, em->sums, mass[j], expected + j * k);
    }
    double residual = 0.0;
    for (int64_t j = 0; j < v->columns; j++) {
        residual += em->residual[j];
    }
    return em->total > 0.0 ? residual / em->total : 0.0;
}

/* P(w|z): each topic's expected tokens scaled to sum 1. A topic without any stays without. */
static void maximise_words(Em *em)
{
    const int k = em->k;
    kl_sum_rows(em->w_next, em->x->rows, k, em->threads, &em->room, em->sums);
    for (int64_t i = 0; i < em->x->rows; i++) {
        for (int t = 0; t < k; t++) {
            const double sum = em->sums[t];
            em->w[i * k + t] = sum > 0.0 ? em->w_next[i * k + t] / sum : 0.0;
        }
    }
}

/* n(d)·P(z|d): a document's expected tokens, which sum to n(d) but for those that no topic
 * describes. If it is none of them, all topics get the same. */
static void maximise_documents(Em *em)
{
    const int k = em->k;
    for (int64_t j = 0; j < em->x->columns; j++) {
        const double *expected = em->h_next + j * k;
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += expected[t];
        }
        for (int t = 0; t < k; t++) {
            em->h[j * k + t] = sum > 0.0 ? expected[t] * (em->mass[j] / sum) : em->mass[j] / k;
        }
    }
}

/* The start's W may have any scale: it is brought to columns of sum 1, and H against it. */
static void normalise_start(Em *em)
{
    const int k = em->k;
    kl_sum_rows(em->w, em->x->rows, k, em->threads, &em->room, em->sums);
    for (int64_t i = 0; i < em->x->rows * k; i++) {
        em->w[i] /= em->sums[i % k] > 0.0 ? em->sums[i % k] : 1.0;
    }
    for (int64_t j = 0; j < em->x->columns * k; j++) {
        em->h[j] *= em->sums[j % k];
    }
}

/* One pass. Returns the larger of the KKT residuals of W and H before it. */
static double run_pass(Em *em)
{
    const int k = em->k;
    kl_sum_rows(em->h, em->x->columns, k, em->threads, &em->room, em->sums);
    const double of_words = expect_all(em, em->xt, em->h, em->w, em->word_mass, em->w_next);
    for (int t = 0; t < k; t++) {
        em->sums[t] = 1.0; /* of W's columns */
    }
    const double of_documents = expect_all(em, em->x, em->w, em->h, em->mass, em->h_next);
    maximise_words(em);
    maximise_documents(em);
    return of_words > of_documents ? of_words : of_documents;
}

static double measure(Em *em)
{
    return kl_divergence(em->x, em->w, em->h, em->k, em->threads, &em->room);
}

static Status keep_factors(const Em *em, Factors *factors, Error *error)
{
    Status status = factors_new(factors, em->x->rows, em->x->columns, em->k, error);
    for (int64_t i = 0; i < em->x->rows * em->k && !status; i++) {
        factors->w[i] = (float)em->w[i];
    }
    for (int64_t i = 0; i < em->x->columns * em->k && !status; i++) {
        factors->h[i] = (float)em->h[i];
    }
    return status;
}

Status plsa_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                  NmfResult *result, Error *error)
{
    Em em = {0};
    Trace trace = trace_begin(options, result);
    const double operations = (double)sparse_entries(x) * start->rank;
    Status status = em_begin(&em, x, start, threads_worth(options->threads, operations), error);
    if (!status) {
        normalise_start(&em);
        trace.mass = em.total;
        trace.objective = measure(&em);
    }
    for (bool stop = false; !status && !stop;) {
        const double residual = run_pass(&em);
        status = trace_pass(&trace, measure(&em), residual, &stop, error);
    }
    if (!status) {
        status = keep_factors(&em, &result->factors, error);
    }
    em_end(&em);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
