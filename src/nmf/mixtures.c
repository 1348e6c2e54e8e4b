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
#include "nmf/lanes.h"

#include <stdlib.h>
#include <string.h>

enum { EM_STEPS = 5, SWEEPS_MAX = 10000 };

static const double residual_least = 1e-8;  /* KKT residual, of the mass: converged */
static const double share_least = 1e-9;     /* a share below this on its way down is 0 */
static const double share_shown = 1e-7;     /* in the end, shares below this become 0 */
static const double shrink_most = 0.3;      /* of an EM step downwards: keeps s away from 0 */
static const double product_least = 1e-150; /* s counts as at least this: its word then pulls with
                                               all its might at any topic that has it */

/* Four float64 numbers side by side, a register of AVX2. */
enum { DOUBLES = 4 };
typedef double Doubles __attribute__((vector_size(DOUBLES * sizeof(double)), aligned(32)));

/* The words of one document that some topic has, gathered in pairs of vectors; behind the last word
 * a and values are 0. */
typedef struct Column {
    int k;
    int64_t vectors;
    double mass; /* Σ values */
    Doubles *a;  /* k × vectors: topic t's weights of these words side by side */
    Doubles *values;
    Doubles *s;       /* vectors: W·h */
    Doubles *inverse; /* vectors: 1/s */
    double *h;        /* k */
    int64_t *kept;    /* the entries of X that are these words */
} Column;

static Status column_new(Column *column, int64_t longest, int k, Error *error)
{
    const size_t vectors = (size_t)(lanes_padded(longest) / DOUBLES);
    *column = (Column){.k = k};
    column->a = memory_new_aligned(vectors, (size_t)k * sizeof(Doubles), error);
    column->values = memory_new_aligned(vectors, sizeof(Doubles), error);
    column->s = memory_new_aligned(vectors, sizeof(Doubles), error);
    column->inverse = memory_new_aligned(vectors, sizeof(Doubles), error);
    column->h = memory_new((size_t)k, sizeof(double), error);
    column->kept = memory_new((size_t)longest, sizeof(int64_t), error);
    return column->a && column->values && column->s && column->inverse && column->h && column->kept
               ? STATUS_OK
               : error_status(error);
}

static void column_free(Column *column)
{
    free(column->a);
    free(column->values);
    free(column->s);
    free(column->inverse);
    free(column->h);
    free(column->kept);
}

static bool is_in_a_topic(const float *row, int k)
{
    for (int t = 0; t < k; t++) {
        if (row[t] > 0.0F) {
            return true;
        }
    }
    return false;
}

static void gather(Column *column, const SparseMatrix *x, int64_t j, const float *w)
{
    const int k = column->k;
    int64_t count = 0;
    for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
        if (x->values[p] > 0.0 && is_in_a_topic(w + (int64_t)x->row_indices[p] * k, k)) {
            column->kept[count++] = p;
        }
    }
    const int64_t places = lanes_padded(count);
    double *a = (double *)column->a, *values = (double *)column->values;
    column->vectors = places / DOUBLES;
    column->mass = 0.0;
    for (int64_t i = 0; i < places; i++) {
        const bool there = i < count;
        const float *row = w + (there ? (int64_t)x->row_indices[column->kept[i]] * k : 0);
        for (int t = 0; t < k; t++) {
            a[t * places + i] = there ? (double)row[t] : 0.0;
        }
        values[i] = there ? x->values[column->kept[i]] : 0.0;
        column->mass += values[i];
    }
}

KERNEL_PART double doubles_sum(Doubles v)
{
    return (v[0] + v[2]) + (v[1] + v[3]);
}

KERNEL_PART Doubles doubles_max(Doubles a, Doubles b)
{
    typedef int64_t Mask __attribute__((vector_size(sizeof(Doubles))));
    const Mask larger = a > b;
    return (Doubles)((larger & (Mask)a) | (~larger & (Mask)b));
}

/* s = W·h from scratch, which also takes away what rounding left in it. */
KERNEL_PART void update_products(Column *column)
{
    const Doubles least = product_least + (Doubles){0};
    for (int64_t i = 0; i < column->vectors; i++) {
        column->s[i] = (Doubles){0};
    }
    for (int t = 0; t < column->k; t++) {
        const double share = column->h[t];
        const Doubles *a = column->a + t * column->vectors;
        for (int64_t i = 0; i < column->vectors && share > 0.0; i++) {
            column->s[i] += share * a[i];
        }
    }
    for (int64_t i = 0; i < column->vectors; i++) {
        column->s[i] = doubles_max(column->s[i], least);
        column->inverse[i] = 1.0 / column->s[i];
    }
}

/* G_t and Q_t. */
KERNEL_PART void gradient(const Column *column, int t, double *g, double *q)
{
    const Doubles *a = column->a + t * column->vectors;
    Doubles first[2] = {{0}}, second[2] = {{0}};
    for (int64_t i = 0; i < column->vectors; i += 2) {
        for (int half = 0; half < 2; half++) {
            const Doubles ratio = a[i + half] * column->inverse[i + half];
            const Doubles part = column->values[i + half] * ratio;
            first[half] += part;
            second[half] += part * ratio;
        }
    }
    *g = doubles_sum(first[0] + first[1]);
    *q = doubles_sum(second[0] + second[1]);
}

KERNEL_PART void em_step(Column *column)
{
    for (int t = 0; t < column->k; t++) {
        double g, q;
        gradient(column, t, &g, &q);
        column->h[t] *= g; /* s stays: all topics step together */
    }
    update_products(column);
}

/* Moves h_t to its own minimum, nearly; returns its KKT residual before, as mass. */
KERNEL_PART double coordinate_step(Column *column, int t)
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
    const Doubles *a = column->a + t * column->vectors;
    const Doubles least = product_least + (Doubles){0};
    for (int64_t i = 0; i < column->vectors; i++) {
        const Doubles own = next * a[i] + least; /* s is no less than this topic's own part */
        column->s[i] = doubles_max(column->s[i] + step * a[i], own);
        column->inverse[i] = 1.0 / column->s[i];
    }
    column->h[t] = next;
    return residual;
}

KERNEL static void solve(Column *column)
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
        sum += column->vectors && column->h[t] >= least ? column->h[t] : 0.0;
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
                if (column->vectors) {
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
