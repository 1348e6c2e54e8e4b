/* Centroids are m × k, the k values of a word side by side, as W; E is X with columns of length 1.
 */
#include "nmf/kmeans.h"

#include "base/memory.h"
#include "base/random.h"
#include "base/threads.h"
#include "nmf/staged.h"
#include "nmf/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The random numbers of restart r, far from those of the other starts. */
static const uint64_t stream_seeds = UINT64_C(1) << 33;

typedef struct Grouping {
    SparseMatrix *even; /* E */
    int k;
    int threads;
    double *centroids; /* m × k; columns of length 1, or 0 */
    double *lengths;   /* k: of the centroids before they were scaled */
    double *scratch;   /* threads × k */
    int *topics;       /* n: −1 of a column without entries */
    double *cosines;   /* n: with the topic's centroid */
    int64_t *sizes;    /* k: documents */
    int64_t count;     /* documents that have entries */
    int64_t moved;     /* documents that changed topics in the last pass */
    double objective;  /* Q */
} Grouping;

static void grouping_end(Grouping *grouping)
{
    sparse_free(grouping->even);
    free(grouping->centroids);
    free(grouping->lengths);
    free(grouping->scratch);
    free(grouping->topics);
    free(grouping->cosines);
    free(grouping->sizes);
    *grouping = (Grouping){0};
}

static bool is_empty(const SparseMatrix *matrix, int64_t j)
{
    return matrix->starts[j + 1] == matrix->starts[j];
}

static Status grouping_begin(Grouping *grouping, const SparseMatrix *x, int k, int threads,
                             Error *error)
{
    const size_t m = (size_t)x->rows, n = (size_t)x->columns, topics = (size_t)k;
    threads = threads_worth(threads, (double)sparse_entries(x) * k);
    *grouping = (Grouping){.k = k, .threads = threads};
    grouping->even = staged_even(x, error);
    grouping->centroids = memory_new(m, topics * sizeof(double), error);
    grouping->lengths = memory_new(topics, sizeof(double), error);
    grouping->scratch = memory_new((size_t)threads, topics * sizeof(double), error);
    grouping->topics = memory_new(n, sizeof(int), error);
    grouping->cosines = memory_new(n, sizeof(double), error);
    grouping->sizes = memory_new(topics, sizeof(int64_t), error);
    if (!grouping->even || !grouping->centroids || !grouping->lengths || !grouping->scratch ||
        !grouping->topics || !grouping->cosines || !grouping->sizes) {
        return error_status(error);
    }
    for (int64_t j = 0; j < x->columns; j++) {
        grouping->count += !is_empty(x, j);
        grouping->topics[j] = -1;
    }
    return STATUS_OK;
}

/* ---- seeds ---- */

/* Σ_i E(i, j)·direction[i]. */
static double dot_column(const SparseMatrix *even, int64_t j, const double *direction)
{
    double sum = 0.0;
    for (int64_t p = even->starts[j]; p < even->starts[j + 1]; p++) {
        sum += even->values[p] * direction[even->row_indices[p]];
    }
    return sum;
}

/* Lowers far[j] to 1 − cos(j, seed) where that is less; `direction` (m) is zero before and after.
 */
static void approach(const Grouping *grouping, int64_t seed, double *direction, double *far)
{
    const SparseMatrix *even = grouping->even;
    for (int64_t p = even->starts[seed]; p < even->starts[seed + 1]; p++) {
        direction[even->row_indices[p]] = even->values[p];
    }
#pragma omp parallel for schedule(static) num_threads(grouping->threads)
    for (int64_t j = 0; j < even->columns; j++) {
        const double distance = 1.0 - dot_column(even, j, direction);
        const double least = distance > 0.0 ? distance : 0.0;
        far[j] = least < far[j] ? least : far[j];
    }
    far[seed] = 0.0;
    for (int64_t p = even->starts[seed]; p < even->starts[seed + 1]; p++) {
        direction[even->row_indices[p]] = 0.0;
    }
}

/* The first column at which the running sum of far exceeds `part` of the whole; if all is 0, the
 * first that has entries and is no seed yet, or any if there is none. */
static int64_t draw(const Grouping *grouping, const double *far, double part, const bool *is_seed)
{
    const SparseMatrix *even = grouping->even;
    double total = 0.0, sum = 0.0;
    for (int64_t j = 0; j < even->columns; j++) {
        total += far[j];
    }
    int64_t last = -1;
    for (int64_t j = 0; j < even->columns && total > 0.0; j++) {
        sum += far[j];
        last = far[j] > 0.0 ? j : last;
        if (sum > part * total && far[j] > 0.0) {
            return j;
        }
    }
    for (int64_t j = 0; j < even->columns && last < 0; j++) {
        last = !is_empty(even, j) && !is_seed[j] ? j : last;
    }
    return last < 0 ? 0 : last;
}

/* k columns by k-means++. */
static Status choose_seeds(const Grouping *grouping, RandomStream random, int64_t *seeds,
                           Error *error)
{
    const SparseMatrix *even = grouping->even;
    double *far = memory_new((size_t)even->columns, sizeof *far, error);
    double *direction = memory_new((size_t)even->rows, sizeof *direction, error);
    bool *is_seed = memory_new((size_t)even->columns, sizeof *is_seed, error);
    Status status = far && direction && is_seed ? STATUS_OK : error_status(error);
    for (int64_t j = 0; j < even->columns && !status; j++) {
        far[j] = is_empty(even, j) ? 0.0 : 2.0; /* more than any; all alike for the first */
    }
    for (int t = 0; t < grouping->k && !status; t++) {
        seeds[t] = draw(grouping, far, random_uniform(random, (uint64_t)t), is_seed);
        is_seed[seeds[t]] = true;
        approach(grouping, seeds[t], direction, far);
    }
    free(far);
    free(direction);
    free(is_seed);
    return status;
}

static RandomStream stream_of(uint64_t seed, int restart)
{
    return (RandomStream){.seed = seed, .stream = stream_seeds + (uint64_t)restart};
}

/* ---- passes ---- */

/* The topic whose centroid is nearest to a column, the first of equal ones; *cosine with it. */
static int find_nearest(const SparseMatrix *even, int64_t j, const double *centroids, int k,
                        double *products, double *cosine)
{
    memset(products, 0, (size_t)k * sizeof *products);
    for (int64_t p = even->starts[j]; p < even->starts[j + 1]; p++) {
        const double value = even->values[p];
        const double *row = centroids + (int64_t)even->row_indices[p] * k;
        for (int t = 0; t < k; t++) {
            products[t] += value * row[t];
        }
    }
    int nearest = 0;
    for (int t = 1; t < k; t++) {
        nearest = products[t] > products[nearest] ? t : nearest;
    }
    *cosine = products[nearest];
    return nearest;
}

static void assign(Grouping *grouping)
{
    const SparseMatrix *even = grouping->even;
    int64_t moved = 0;
#pragma omp parallel num_threads(grouping->threads) reduction(+ : moved)
    {
        double *products = grouping->scratch + (int64_t)threads_current() * grouping->k;
#pragma omp for schedule(dynamic, 64)
        for (int64_t j = 0; j < even->columns; j++) {
            if (!is_empty(even, j)) {
                const int topic = find_nearest(even, j, grouping->centroids, grouping->k, products,
                                               &grouping->cosines[j]);
                moved += topic != grouping->topics[j];
                grouping->topics[j] = topic;
            }
        }
    }
    grouping->moved = moved;
}

/* The document that is farthest from its centroid, of those that are not alone; −1: there is none.
 */
static int64_t find_farthest(const Grouping *grouping)
{
    int64_t farthest = -1;
    for (int64_t j = 0; j < grouping->even->columns; j++) {
        const bool may_go = grouping->topics[j] >= 0 && grouping->sizes[grouping->topics[j]] > 1;
        if (may_go && (farthest < 0 || grouping->cosines[j] < grouping->cosines[farthest])) {
            farthest = j;
        }
    }
    return farthest;
}

static void fill_empty_topics(Grouping *grouping)
{
    memset(grouping->sizes, 0, (size_t)grouping->k * sizeof *grouping->sizes);
    for (int64_t j = 0; j < grouping->even->columns; j++) {
        if (grouping->topics[j] >= 0) {
            grouping->sizes[grouping->topics[j]]++;
        }
    }
    for (int t = 0; t < grouping->k; t++) {
        const int64_t farthest = grouping->sizes[t] == 0 ? find_farthest(grouping) : -1;
        if (farthest >= 0) {
            grouping->sizes[grouping->topics[farthest]]--;
            grouping->sizes[t] = 1;
            grouping->topics[farthest] = t;
            grouping->cosines[farthest] = 1.0;
        }
    }
}

/* Brings the centroids to length 1, and keeps what their lengths were. */
static void scale_centroids(Grouping *grouping)
{
    const int k = grouping->k;
    const int64_t m = grouping->even->rows;
    memset(grouping->lengths, 0, (size_t)k * sizeof *grouping->lengths);
    for (int64_t i = 0; i < m * k; i++) {
        grouping->lengths[i % k] += grouping->centroids[i] * grouping->centroids[i];
    }
    for (int t = 0; t < k; t++) {
        grouping->lengths[t] = sqrt(grouping->lengths[t]);
    }
    for (int64_t i = 0; i < m * k; i++) {
        const double length = grouping->lengths[i % k];
        grouping->centroids[i] /= length > 0.0 ? length : 1.0;
    }
}

/* Centroids of the documents as they are grouped; Σ cos of them is Σ of the lengths of the sums. */
static void make_centroids(Grouping *grouping)
{
    const SparseMatrix *even = grouping->even;
    const int k = grouping->k;
    memset(grouping->centroids, 0, (size_t)(even->rows * k) * sizeof *grouping->centroids);
    for (int64_t j = 0; j < even->columns; j++) {
        for (int64_t p = even->starts[j]; p < even->starts[j + 1]; p++) {
            grouping->centroids[(int64_t)even->row_indices[p] * k + grouping->topics[j]] +=
                even->values[p];
        }
    }
    scale_centroids(grouping);
    double objective = (double)grouping->count;
    for (int t = 0; t < k; t++) {
        objective -= grouping->lengths[t];
    }
    grouping->objective = objective > 0.0 ? objective : 0.0;
}

/* From the centroids there are, to where nothing moves. */
static Status run_passes(Grouping *grouping, const NmfOptions *options, NmfResult *result,
                         Error *error)
{
    Trace trace = trace_begin(options, result);
    const double count = (double)grouping->count;
    trace.mass = count;
    trace.objective = count; /* no column is farther than that from anything */
    Status status = STATUS_OK;
    for (bool stop = false; !status && !stop;) {
        assign(grouping);
        fill_empty_topics(grouping);
        make_centroids(grouping);
        const double moved = count > 0.0 ? (double)grouping->moved / count : 0.0;
        status = trace_pass(&trace, grouping->objective, moved, &stop, error);
    }
    return status;
}

/* ---- from X to factors ---- */

Status kmeans_start(const SparseMatrix *x, int rank, uint64_t seed, int restart, int threads,
                    Factors *factors, Error *error)
{
    Grouping grouping = {0};
    int64_t *seeds = memory_new((size_t)rank, sizeof *seeds, error);
    Status status =
        seeds ? grouping_begin(&grouping, x, rank, threads, error) : error_status(error);
    if (!status) {
        status = choose_seeds(&grouping, stream_of(seed, restart), seeds, error);
    }
    if (!status) {
        status = factors_new(factors, x->rows, x->columns, rank, error);
    }
    for (int t = 0; t < rank && !status; t++) {
        double sum = 0.0;
        for (int64_t p = x->starts[seeds[t]]; p < x->starts[seeds[t] + 1]; p++) {
            sum += x->values[p];
        }
        for (int64_t p = x->starts[seeds[t]]; p < x->starts[seeds[t] + 1]; p++) {
            factors->w[(int64_t)x->row_indices[p] * rank + t] = (float)(x->values[p] / sum);
        }
    }
    grouping_end(&grouping);
    free(seeds);
    return status;
}

static Status keep_factors(const SparseMatrix *x, Grouping *grouping, Factors *factors,
                           Error *error)
{
    const int k = grouping->k;
    Status status = factors_new(factors, x->rows, x->columns, k, error);
    double *mass = status ? NULL : memory_new((size_t)x->columns, sizeof *mass, error);
    if (!mass) {
        return error_status(error);
    }
    memset(grouping->lengths, 0, (size_t)k * sizeof *grouping->lengths);
    for (int64_t i = 0; i < x->rows * k; i++) {
        grouping->lengths[i % k] += grouping->centroids[i];
    }
    for (int64_t i = 0; i < x->rows * k; i++) {
        const double sum = grouping->lengths[i % k];
        factors->w[i] = sum > 0.0 ? (float)(grouping->centroids[i] / sum) : 0.0F;
    }
    sparse_column_sums(x, mass);
    status = kmeans_mixtures(x, factors->w, k, grouping->threads, factors->h, error);
    for (int64_t i = 0; i < x->columns * k && !status; i++) {
        factors->h[i] *= (float)mass[i / k];
    }
    free(mass);
    return status;
}

Status kmeans_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                    NmfResult *result, Error *error)
{
    Grouping grouping = {0};
    Status status = grouping_begin(&grouping, x, start->rank, options->threads, error);
    if (!status) {
        for (int64_t i = 0; i < x->rows * start->rank; i++) {
            grouping.centroids[i] = (double)start->w[i];
        }
        scale_centroids(&grouping);
        status = run_passes(&grouping, options, result, error);
    }
    if (!status) {
        status = keep_factors(x, &grouping, &result->factors, error);
    }
    grouping_end(&grouping);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}

Status kmeans_mixtures(const SparseMatrix *x, const float *w, int rank, int threads,
                       float *mixtures, Error *error)
{
    Grouping grouping = {0};
    Status status = grouping_begin(&grouping, x, rank, threads, error);
    if (!status) {
        for (int64_t i = 0; i < x->rows * rank; i++) {
            grouping.centroids[i] = (double)w[i];
        }
        scale_centroids(&grouping);
        assign(&grouping);
        memset(mixtures, 0, (size_t)(x->columns * rank) * sizeof *mixtures);
    }
    for (int64_t j = 0; j < x->columns && !status; j++) {
        if (grouping.topics[j] >= 0 && grouping.cosines[j] > 0.0) {
            mixtures[j * rank + grouping.topics[j]] = 1.0F;
        }
    }
    grouping_end(&grouping);
    return status;
}

/* ---- groups alone ---- */

/* One start of kmeans_group: taken over if it ends lower than *best. */
static Status group_once(Grouping *grouping, RandomStream random, double *best, int *groups,
                         Error *error)
{
    const SparseMatrix *even = grouping->even;
    const int k = grouping->k;
    const NmfOptions options = nmf_defaults;
    NmfResult result = {0};
    int64_t *seeds = memory_new((size_t)k, sizeof *seeds, error);
    Status status = seeds ? choose_seeds(grouping, random, seeds, error) : error_status(error);
    if (!status) {
        memset(grouping->centroids, 0, (size_t)(even->rows * k) * sizeof *grouping->centroids);
    }
    for (int t = 0; t < k && !status; t++) {
        for (int64_t p = even->starts[seeds[t]]; p < even->starts[seeds[t] + 1]; p++) {
            grouping->centroids[(int64_t)even->row_indices[p] * k + t] = even->values[p];
        }
    }
    if (!status) {
        status = run_passes(grouping, &options, &result, error);
    }
    if (!status && grouping->objective < *best) {
        *best = grouping->objective;
        memcpy(groups, grouping->topics, (size_t)even->columns * sizeof *groups);
    }
    nmf_result_free(&result);
    free(seeds);
    return status;
}

Status kmeans_group(const SparseMatrix *x, int rank, uint64_t seed, int restarts, int threads,
                    int *groups, Error *error)
{
    Grouping grouping = {0};
    double best = HUGE_VAL;
    Status status = grouping_begin(&grouping, x, rank, threads, error);
    for (int r = 0; r < restarts && !status; r++) {
        status = group_once(&grouping, stream_of(seed, r), &best, groups, error);
    }
    grouping_end(&grouping);
    return status;
}
