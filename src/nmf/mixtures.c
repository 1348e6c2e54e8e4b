/* The mixture of each document for fixed topics.
 *
 * Minimising D over the column h of one document, with the columns of W summing to 1, is: minimise
 * Σ_t h_t − Σ_i x_i·ln s_i with s = W·h, over h ≥ 0. Stationary where for every topic
 * G_t = Σ_i x_i·W_it/s_i is 1 (h_t > 0) or at most 1 (h_t = 0). A few EM steps (h_t ← h_t·G_t)
 * bring h near; coordinate steps then converge fast and reach exact zeros. The coordinate step is
 * Newton's on 1/G = 1 instead of G = 1: with Q_t = Σ_i x_i·W_it²/s_i² = −∂G_t/∂h_t it is h_t +
 * (G/Q)(G − 1), exact for one word, and never too long upwards, as 1/G is concave in h_t. */
#include "nmf/nmf.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/kl.h"

#include <stdlib.h>
#include <string.h>

enum { EM_STEPS = 5, SWEEPS_MAX = 10000 };

static const double residual_least = 1e-8; /* KKT residual, of the mass: converged */
static const double share_least = 1e-9;    /* a share below this on its way down is 0 */
static const double share_shown = 1e-7;    /* in the end, shares below this become 0 */
static const double shrink_most = 0.3;     /* of an EM step downwards: keeps s away from 0 */

/* The words of one document that some topic has, gathered. */
typedef struct Column {
    int k;
    int64_t count;
    double mass; /* Σ values */
    double *a;   /* k × count: topic t's weights of these words side by side */
    double *values;
    double *s; /* count: W·h */
    double *h; /* k */
} Column;

static Status column_new(Column *column, int64_t longest, int k, Error *error)
{
    *column = (Column){.k = k};
    column->a = memory_new((size_t)longest, (size_t)k * sizeof(double), error);
    column->values = memory_new((size_t)longest, sizeof(double), error);
    column->s = memory_new((size_t)longest, sizeof(double), error);
    column->h = memory_new((size_t)k, sizeof(double), error);
    return column->a && column->values && column->s && column->h ? STATUS_OK : error_status(error);
}

static void column_free(Column *column)
{
    free(column->a);
    free(column->values);
    free(column->s);
    free(column->h);
}

static void gather(Column *column, const SparseMatrix *x, int64_t j, const float *w)
{
    const int k = column->k;
    int64_t count = 0;
    column->mass = 0.0;
    const int64_t length = x->starts[j + 1] - x->starts[j];
    for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
        const float *row = w + x->row_indices[p] * k;
        float any = 0.0F;
        for (int t = 0; t < k; t++) {
            any = row[t] > any ? row[t] : any;
            column->a[t * length + count] = (double)row[t];
        }
        if (any > 0.0F && x->values[p] > 0.0) {
            column->mass += x->values[p];
            column->values[count++] = x->values[p];
        }
    }
    if (count < length) { /* close the gaps that words without a topic left */
        for (int t = 1; t < k; t++) {
            memmove(column->a + t * count, column->a + t * length,
                    (size_t)count * sizeof *column->a);
        }
    }
    column->count = count;
}

/* s = W·h from scratch, which also takes away what rounding left in it. */
static void update_products(Column *column)
{
    memset(column->s, 0, (size_t)column->count * sizeof *column->s);
    for (int t = 0; t < column->k; t++) {
        const double share = column->h[t];
        const double *a = column->a + t * column->count;
        for (int64_t i = 0; i < column->count && share > 0.0; i++) {
            column->s[i] += share * a[i];
        }
    }
}

/* G_t and Q_t. A word whose s is 0 for now pulls with all its might at any topic that has it. */
static void gradient(const Column *column, int t, double *g, double *q)
{
    const double *a = column->a + t * column->count;
    double first = 0.0, second = 0.0;
    for (int64_t i = 0; i < column->count; i++) {
        const double s = column->s[i] > 1e-150 ? column->s[i] : 1e-150;
        const double ratio = a[i] / s;
        first += column->values[i] * ratio;
        second += column->values[i] * ratio * ratio;
    }
    *g = first;
    *q = second;
}

static void em_step(Column *column)
{
    for (int t = 0; t < column->k; t++) {
        double g, q;
        gradient(column, t, &g, &q);
        column->h[t] *= g; /* s stays: all topics step together */
    }
    update_products(column);
}

/* Moves h_t to its own minimum, nearly; returns its KKT residual before, as mass. */
static double coordinate_step(Column *column, int t)
{
    const double old = column->h[t];
    double g, q;
    gradient(column, t, &g, &q);
    const double residual = kl_kkt_step(old, column->mass / column->k, 1.0 - g);
    if (q <= 0.0 || (old == 0.0 && g <= 1.0)) {
        return residual;
    }
    double next = old + g / q * (g - 1.0);
    if (g < 1.0) {
        const double bound = shrink_most * old * g;
        next = next > bound ? next : bound;
        next = next < share_least * column->mass ? 0.0 : next;
    }
    next = next < column->mass ? next : column->mass;
    const double step = next - old;
    const double *a = column->a + t * column->count;
    for (int64_t i = 0; i < column->count; i++) {
        const double s = column->s[i] + step * a[i];
        column->s[i] = s > next * a[i] ? s : next * a[i]; /* no less than this topic's own part */
    }
    column->h[t] = next;
    return residual;
}

static void solve(Column *column)
{
    for (int t = 0; t < column->k; t++) {
        column->h[t] = column->mass / column->k;
    }
    update_products(column);
    for (int step = 0; step < EM_STEPS; step++) {
        em_step(column);
    }
    for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
        double residual = 0.0;
        for (int t = 0; t < column->k; t++) {
            residual += coordinate_step(column, t);
        }
        update_products(column);
        if (residual <= residual_least * column->mass) {
            break;
        }
    }
}

/* The mixture: h scaled to sum 1, without what is too small to mean anything. */
static void store(const Column *column, float *mixture)
{
    const double least = share_shown * column->mass;
    double sum = 0.0;
    for (int t = 0; t < column->k; t++) {
        sum += column->count && column->h[t] >= least ? column->h[t] : 0.0;
    }
    for (int t = 0; t < column->k; t++) {
        mixture[t] = sum > 0.0 && column->h[t] >= least ? (float)(column->h[t] / sum) : 0.0F;
    }
}

Status nmf_mixtures(const SparseMatrix *x, const float *w, int rank, int threads, float *mixtures,
                    Error *error)
{
    int64_t longest = 0;
    for (int64_t j = 0; j < x->columns; j++) {
        const int64_t length = x->starts[j + 1] - x->starts[j];
        longest = length > longest ? length : longest;
    }
    Status status = STATUS_OK;
    threads = threads_worth(threads, (double)sparse_entries(x) * rank);
    Column *columns = memory_new((size_t)threads, sizeof *columns, error);
    if (!columns) {
        return error_status(error);
    }
    for (int i = 0; i < threads && !status; i++) {
        status = column_new(&columns[i], longest, rank, error);
    }
    if (!status) {
#pragma omp parallel num_threads(threads)
        {
            const int thread = threads_current();
            Column *column = &columns[thread];
#pragma omp for schedule(dynamic, 16)
            for (int64_t j = 0; j < x->columns; j++) {
                gather(column, x, j, w);
                if (column->count) {
                    solve(column);
                }
                store(column, mixtures + j * rank);
            }
        }
    }
    for (int i = 0; i < threads; i++) {
        column_free(&columns[i]);
    }
    free(columns);
    return status;
}
