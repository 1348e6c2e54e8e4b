#include "nmf/anchor.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/company.h"
#include "nmf/kl.h"
#include "nmf/simplex.h"

#include <math.h>
#include <stdlib.h>

/* An anchor is in at least this part of the documents of a topic of average size, n/k, as long as
 * there are enough such words: the row of a rare word is what chance has put beside it, and such
 * rows are far from all others. */
static const double topic_part = 0.3;
enum { CANDIDATES_FOR_EACH = 10 };

/* A squared distance below this part of the row's square: the row depends on the anchors. */
static const double independent_least = 1e-10;

/* ---- finding the anchors ---- */

typedef struct Anchors {
    const Company *q;
    int k;
    int found;
    int64_t *words;   /* k, borrowed */
    double *rows;     /* k × m: their rows of Q̄ */
    double *basis;    /* k × m: orthonormal vectors with the same span */
    double *norms;    /* m: squared length of each candidate's row; −1: no candidate */
    double *distance; /* m: squared, of each candidate's row from the span */
    double *moved;    /* m */
    double *between;  /* n */
} Anchors;

static Status anchors_new(Anchors *anchors, const Company *q, int k, int64_t *words, Error *error)
{
    const size_t m = (size_t)q->x->rows, n = (size_t)q->x->columns;
    *anchors = (Anchors){.q = q, .k = k, .words = words};
    anchors->rows = memory_new(m, (size_t)k * sizeof(double), error);
    anchors->basis = memory_new(m, (size_t)k * sizeof(double), error);
    anchors->norms = memory_new(m, sizeof(double), error);
    anchors->distance = memory_new(m, sizeof(double), error);
    anchors->moved = memory_new(m, sizeof(double), error);
    anchors->between = memory_new(n, sizeof(double), error);
    return anchors->rows && anchors->basis && anchors->norms && anchors->distance &&
                   anchors->moved && anchors->between
               ? STATUS_OK
               : error_status(error);
}

static void anchors_free(Anchors *anchors)
{
    free(anchors->rows);
    free(anchors->basis);
    free(anchors->norms);
    free(anchors->distance);
    free(anchors->moved);
    free(anchors->between);
}

/* In how many documents a word must be. */
static int64_t documents_least(const Company *q, int k)
{
    int64_t least = (int64_t)(topic_part * (double)q->x->columns / k);
    for (; least > 1; least /= 2) {
        int64_t candidates = 0;
        for (int64_t i = 0; i < q->xt->columns; i++) {
            candidates += q->xt->starts[i + 1] - q->xt->starts[i] >= least;
        }
        if (candidates >= CANDIDATES_FOR_EACH * (int64_t)k) {
            break;
        }
    }
    return least;
}

static double square(const double *row, int64_t count)
{
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++) {
        sum += row[i] * row[i];
    }
    return sum;
}

/* The squared lengths of the candidates' rows, a row at a time in each thread. */
static Status measure_rows(Anchors *anchors, Error *error)
{
    const Company *q = anchors->q;
    const int64_t m = q->x->rows, least = documents_least(q, anchors->k);
    const double length = (double)sparse_entries(q->x) / (double)(q->x->columns + 1);
    const int threads = threads_worth(q->threads, (double)sparse_entries(q->x) * length);
    double *rows = memory_new((size_t)threads, (size_t)m * sizeof *rows, error);
    if (!rows) {
        return error_status(error);
    }
#pragma omp parallel num_threads(threads)
    {
        double *row = rows + (int64_t)threads_current() * m;
#pragma omp for schedule(dynamic, 16)
        for (int64_t i = 0; i < m; i++) {
            const bool candidate =
                q->sums[i] > 0.0 && q->xt->starts[i + 1] - q->xt->starts[i] >= least;
            if (candidate) {
                company_row(q, i, row);
            }
            anchors->norms[i] = candidate ? square(row, m) : -1.0;
            anchors->distance[i] = anchors->norms[i];
        }
    }
    free(rows);
    return STATUS_OK;
}

/* The candidate farthest from the span, −1 if all are in it. */
static int64_t find_farthest(const Anchors *anchors)
{
    int64_t best = -1;
    double most = 0.0;
    for (int64_t i = 0; i < anchors->q->x->rows; i++) {
        const double distance = anchors->distance[i];
        if (distance > most && distance > independent_least * anchors->norms[i]) {
            most = distance;
            best = i;
        }
    }
    return best;
}

/* vector −= its part in the direction of each of the first `count` of the basis. Twice, one after
 * the other (stabilised Gram-Schmidt). */
static void make_orthogonal(const Anchors *anchors, int count, double *vector)
{
    const int64_t m = anchors->q->x->rows;
    for (int pass = 0; pass < 2; pass++) {
        for (int z = 0; z < count; z++) {
            const double *direction = anchors->basis + z * m;
            double part = 0.0;
            for (int64_t i = 0; i < m; i++) {
                part += vector[i] * direction[i];
            }
            for (int64_t i = 0; i < m; i++) {
                vector[i] -= part * direction[i];
            }
        }
    }
}

/* Takes a word as the next anchor. The distances shrink by what its new direction explains. */
static void take_anchor(Anchors *anchors, int64_t word)
{
    const int64_t m = anchors->q->x->rows;
    const int z = anchors->found++;
    double *row = anchors->rows + z * m, *direction = anchors->basis + z * m;
    anchors->words[z] = word;
    company_row(anchors->q, word, row);
    for (int64_t i = 0; i < m; i++) {
        direction[i] = row[i];
    }
    make_orthogonal(anchors, z, direction);
    const double length = sqrt(square(direction, m));
    for (int64_t i = 0; i < m; i++) {
        direction[i] /= length;
    }
    company_times(anchors->q, direction, 1, anchors->between, anchors->moved);
    for (int64_t i = 0; i < m; i++) {
        anchors->distance[i] -= anchors->moved[i] * anchors->moved[i];
    }
    anchors->distance[word] = 0.0;
}

static Status find_anchors(Anchors *anchors, Error *error)
{
    Status status = measure_rows(anchors, error);
    while (!status && anchors->found < anchors->k) {
        const int64_t word = find_farthest(anchors);
        if (word < 0) {
            break;
        }
        take_anchor(anchors, word);
    }
    return status;
}

/* ---- what the other words are mixed of ---- */

/* What the mixtures need: products of the anchors' rows with each other and with all words' rows.
 */
typedef struct Recovery {
    int found;
    double *gram;     /* found × found */
    double *products; /* m × found */
} Recovery;

static Status recovery_new(Recovery *recovery, const Anchors *anchors, Error *error)
{
    const Company *q = anchors->q;
    const int64_t m = q->x->rows;
    const int found = anchors->found;
    *recovery = (Recovery){.found = found};
    const size_t row_size = (size_t)found * sizeof(double);
    double *turned = memory_new((size_t)m, row_size, error);
    double *between = memory_new((size_t)q->x->columns, row_size, error);
    recovery->gram = memory_new((size_t)found, row_size, error);
    recovery->products = memory_new((size_t)m, row_size, error);
    const bool ready = turned && between && recovery->gram && recovery->products;
    for (int64_t i = 0; i < m * found && ready; i++) {
        turned[i] = anchors->rows[i % found * m + i / found];
    }
    for (int a = 0; a < found && ready; a++) {
        for (int b = 0; b < found; b++) {
            double sum = 0.0;
            for (int64_t i = 0; i < m; i++) {
                sum += anchors->rows[a * m + i] * anchors->rows[b * m + i];
            }
            recovery->gram[a * found + b] = sum;
        }
    }
    if (ready) {
        company_times(q, turned, found, between, recovery->products);
    }
    free(turned);
    free(between);
    return ready ? STATUS_OK : error_status(error);
}

static void recovery_free(Recovery *recovery)
{
    free(recovery->gram);
    free(recovery->products);
}

/* RecoverL2: row i of W is p(i) · the mixture of anchors' rows that is nearest to the word's. */
static Status recover_words(const Company *q, const Recovery *recovery, double *w, int k,
                            Error *error)
{
    const int found = recovery->found;
    const int threads = threads_worth(q->threads, (double)q->x->rows * found * found);
    SimplexRoom *rooms = memory_new((size_t)threads, sizeof *rooms, error);
    double *weights = memory_new((size_t)threads, (size_t)found * sizeof *weights, error);
    Status status = rooms && weights ? STATUS_OK : error_status(error);
    for (int i = 0; i < threads && !status; i++) {
        status = simplex_room_new(&rooms[i], found, error);
    }
    if (!status) {
#pragma omp parallel for num_threads(threads) schedule(dynamic, 16)
        for (int64_t i = 0; i < q->x->rows; i++) {
            double *own = weights + (int64_t)threads_current() * found;
            if (q->sums[i] > 0.0) {
                simplex_nearest(recovery->gram, recovery->products + i * found, found,
                                &rooms[threads_current()], own);
            }
            for (int z = 0; z < found; z++) {
                w[i * k + z] = q->sums[i] > 0.0 ? q->sums[i] * own[z] : 0.0;
            }
        }
    }
    for (int i = 0; i < threads && rooms; i++) {
        simplex_room_free(&rooms[i]);
    }
    free(rooms);
    free(weights);
    return status;
}

/* Columns of sum 1. */
static Status keep_topics(const double *w, int found, Factors *factors, Error *error)
{
    const int k = factors->rank;
    double *sums = memory_new((size_t)k, sizeof *sums, error);
    if (!sums) {
        return error_status(error);
    }
    for (int64_t i = 0; i < factors->rows * k; i++) {
        sums[i % k] += w[i];
    }
    for (int64_t i = 0; i < factors->rows * k; i++) {
        const bool there = i % k < found && sums[i % k] > 0.0;
        factors->w[i] = there ? (float)(w[i] / sums[i % k]) : 0.0F;
    }
    free(sums);
    return STATUS_OK;
}

/* ---- the whole ---- */

static Status name_anchors(Factors *factors, Error *error)
{
    factors->anchors = memory_new((size_t)factors->rank, sizeof *factors->anchors, error);
    for (int t = 0; t < factors->rank && factors->anchors; t++) {
        factors->anchors[t] = -1;
    }
    return factors->anchors ? STATUS_OK : error_status(error);
}

static Status find_topics(const Company *q, Factors *factors, int *found, Error *error)
{
    const int k = factors->rank;
    Anchors anchors = {0};
    Recovery recovery = {0};
    double *w = NULL;
    Status status = anchors_new(&anchors, q, k, factors->anchors, error);
    if (!status) {
        status = find_anchors(&anchors, error);
        *found = anchors.found;
    }
    if (!status && anchors.found > 0) {
        status = recovery_new(&recovery, &anchors, error);
    }
    anchors_free(&anchors);
    if (!status && *found > 0) {
        w = memory_new((size_t)factors->rows, (size_t)k * sizeof *w, error);
        status = w ? recover_words(q, &recovery, w, k, error) : error_status(error);
    }
    if (!status && *found > 0) {
        status = keep_topics(w, *found, factors, error);
    }
    recovery_free(&recovery);
    free(w);
    return status;
}

Status anchor_topics(const SparseMatrix *x, int threads, Factors *factors, int *found, Error *error)
{
    Company q = {0};
    *found = 0;
    SparseMatrix *xt = sparse_transpose(x, error);
    Status status = xt ? company_new(&q, x, xt, threads, error) : error_status(error);
    if (!status) {
        status = name_anchors(factors, error);
    }
    if (!status) {
        status = find_topics(&q, factors, found, error);
    }
    company_free(&q);
    sparse_free(xt);
    return status;
}

/* A document that no topic describes is spread evenly, so that it does not vanish. */
Status anchor_mixtures(const SparseMatrix *x, int threads, Factors *factors, Error *error)
{
    const int k = factors->rank;
    double *masses = memory_new((size_t)x->columns, sizeof *masses, error);
    Status status =
        masses ? nmf_mixtures(x, factors->w, k, threads, factors->h, error) : error_status(error);
    if (!status) {
        sparse_column_sums(x, masses);
    }
    for (int64_t j = 0; j < x->columns && !status; j++) {
        float *h = factors->h + j * k;
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += (double)h[t];
        }
        for (int t = 0; t < k; t++) {
            h[t] = (float)(masses[j] * (sum > 0.0 ? (double)h[t] : 1.0 / k));
        }
    }
    free(masses);
    return status;
}

Status anchor_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                    NmfResult *result, Error *error)
{
    const int k = start->rank;
    int found = 0;
    Status status = factors_new(&result->factors, x->rows, x->columns, k, error);
    if (!status) {
        status = anchor_topics(x, options->threads, &result->factors, &found, error);
    }
    if (!status && found < k) {
        error_set(error, STATUS_INPUT,
                  "%d topics: there are words of their own, anchors, for %d of them", k, found);
        status = error_hint(error, "ask for fewer with -k, or take another --solver");
    }
    if (!status) {
        status = anchor_mixtures(x, options->threads, &result->factors, error);
    }
    if (!status) {
        status = kl_divergence_of_floats(x, result->factors.w, result->factors.h, NULL, k,
                                         options->threads, &result->objective, error);
    }
    result->stop = NMF_CONVERGED;
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
