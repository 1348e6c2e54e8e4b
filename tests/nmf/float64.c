/* Whether float32 costs anything that a user sees:
 *
 *     float64 MATRIX TOPICS…
 *
 * MATRIX is X as `themata fit --export-matrix` writes it. For each number of topics and two starts
 * the solver `cd` runs with its default options; then the same algorithm runs in float64, plain
 * loops on the same start for as many passes, and X in float64 too. Start, rule and passes are the
 * same, so what differs is the precision alone. D must agree within 1e-5, and each topic have the
 * same twenty words at its top in the same order, but for words whose probabilities are within 1e-3
 * of each other. */
#include "matrix/market.h"
#include "nmf/cd.h"
#include "nmf/naive.h"

#include <stdio.h>

enum { TOP = 20 };

static const double bound = 1e-5; /* of D, relative */
static const double tie = 1e-3;   /* of a probability, relative */

static void fail(const char *what)
{
    fprintf(stderr, "float64: %s\n", what);
    exit(2);
}

/* ---- X ---- */

static SparseMatrix *read_matrix(const char *path)
{
    Error error;
    Market *market = NULL;
    MarketSize size;
    CountMatrix counts = {0};
    if (market_open(path, &market, &size, &error) || market_read(market, &counts, &error)) {
        fail(error.message);
    }
    market_close(market);
    SparseMatrix *x = sparse_new(counts.columns, counts.rows, size.entries, &error);
    if (!x) {
        fail(error.message);
    }
    memcpy(x->own_starts, counts.starts, (size_t)(counts.rows + 1) * sizeof *x->starts);
    for (int64_t p = 0; p < counts.starts[counts.rows]; p++) {
        x->own_rows[p] = counts.indices[p];
        x->values[p] = counts.amounts ? counts.amounts[p] : counts.values[p];
    }
    count_matrix_free(&counts);
    return x;
}

/* The solver's X, its structure from nmf/compact.h and its values in float64. */
typedef struct Exact {
    CompactPair pair;
    double *by_document;
    double *by_word;
    double *document_mass;
    double *word_mass;
} Exact;

static void exact_begin(Exact *exact, const SparseMatrix *x)
{
    Error error;
    if (compact_new(x, &exact->pair, &error)) {
        fail(error.message);
    }
    const Compact *documents = &exact->pair.documents, *words = &exact->pair.words;
    const size_t entries = (size_t)sparse_entries(x);
    exact->by_document = calloc(entries, sizeof(double));
    exact->by_word = calloc(entries, sizeof(double));
    exact->document_mass = calloc((size_t)x->columns, sizeof(double));
    exact->word_mass = calloc((size_t)x->rows, sizeof(double));
    int64_t *next = calloc((size_t)x->rows, sizeof *next), at = 0;
    memcpy(next, words->starts, (size_t)x->rows * sizeof *next);
    for (int64_t j = 0; j < x->columns; j++) {
        const int64_t old = exact->pair.document_at[j];
        for (int64_t p = x->starts[old]; p < x->starts[old + 1]; p++, at++) {
            const double value = x->values[p] * exact->pair.scale;
            const uint32_t word = documents->rows_of[at];
            exact->by_document[at] = value;
            exact->by_word[next[word]++] = value;
            exact->document_mass[j] += value;
            exact->word_mass[word] += value;
        }
    }
    free(next);
}

static void exact_end(Exact *exact)
{
    compact_free(&exact->pair);
    free(exact->by_document);
    free(exact->by_word);
    free(exact->document_mass);
    free(exact->word_mass);
}

/* ---- the run in float64, as nmf/cd.c has it ---- */

static NaiveFactor take_start(const float *rows, const uint32_t *at, int64_t count, double scale,
                              int k)
{
    NaiveFactor factor = naive_factor_new(count, k);
    for (int64_t i = 0; i < count; i++) {
        for (int t = 0; t < k; t++) {
            factor.ahead[i * k + t] = (double)rows[(int64_t)at[i] * k + t] * scale;
        }
    }
    naive_factor_begin(&factor, k);
    return factor;
}

/* Both factors and what their half-steps need. */
typedef struct ExactRun {
    const Exact *exact;
    NaiveFactor w;
    NaiveFactor h;
    int k;
} ExactRun;

/* Returns D at where it began, but for a constant. */
static double improve_h(ExactRun *run, double beta)
{
    double product = 0.0;
    for (int t = 0; t < run->k; t++) {
        product += run->w.sums[t] * run->h.sums[t];
    }
    const NaiveStep step = {.v = &run->exact->pair.documents,
                            .values = run->exact->by_document,
                            .a = &run->w,
                            .b = &run->h,
                            .mass = run->exact->document_mass,
                            .k = run->k,
                            .beta = beta};
    return product - naive_half_step(&step).log_sum;
}

static void improve_w(ExactRun *run, double beta)
{
    const NaiveStep step = {.v = &run->exact->pair.words,
                            .values = run->exact->by_word,
                            .a = &run->h,
                            .b = &run->w,
                            .mass = run->exact->word_mass,
                            .k = run->k,
                            .beta = beta};
    naive_half_step(&step);
}

static void take_passes(ExactRun *run, int passes)
{
    double beta = 0.0, dared = 0.5, cap = 0.95, before = 0.0;
    for (int pass = 0; pass <= passes; pass++) { /* one more: a pass is known by the next */
        const double d = improve_h(run, beta);
        if (pass > 0 && d <= before) {
            dared = fmin(dared * 1.1, cap);
            cap = fmin(cap * 1.05, 0.95);
            beta = dared;
        } else if (pass > 0) {
            cap = dared;
            dared *= 0.6;
            beta = 0.0;
        }
        before = d;
        improve_w(run, beta);
    }
    memcpy(run->w.ahead, run->w.now, (size_t)(run->w.rows * run->k) * sizeof(double));
    memcpy(run->h.ahead, run->h.now, (size_t)(run->h.rows * run->k) * sizeof(double));
    naive_factor_begin(&run->w, run->k);
    for (int plain = 0; plain < 2; plain++) {
        improve_h(run, 0.0);
        improve_w(run, 0.0);
    }
}

/* Columns of W to sum 1 and those of H to the documents' sums, words and documents in X's order. */
static void keep_factors(const ExactRun *run, double *w, double *h)
{
    const CompactPair *pair = &run->exact->pair;
    const int k = run->k;
    for (int64_t i = 0; i < run->w.rows * k; i++) {
        w[(int64_t)pair->word_at[i / k] * k + i % k] =
            run->w.sums[i % k] > 0.0 ? run->w.now[i] / run->w.sums[i % k] : 0.0;
    }
    for (int64_t j = 0; j < run->h.rows; j++) {
        const double *now = run->h.now + j * k;
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += now[t] * run->w.sums[t];
        }
        const double scale = sum > 0.0 ? run->exact->document_mass[j] / sum / pair->scale : 0.0;
        for (int t = 0; t < k; t++) {
            h[(int64_t)pair->document_at[j] * k + t] = now[t] * run->w.sums[t] * scale;
        }
    }
}

/* D of the run in float64; fills w. */
static double solve_exactly(const Exact *exact, const SparseMatrix *x, const Factors *start,
                            int passes, double *w)
{
    const int k = start->rank;
    Error error;
    ExactRun run = {.exact = exact, .k = k};
    run.w = take_start(start->w, exact->pair.word_at, x->rows, 1.0, k);
    run.h = take_start(start->h, exact->pair.document_at, x->columns, exact->pair.scale, k);
    take_passes(&run, passes);
    double *h = calloc((size_t)(x->columns * k), sizeof *h);
    keep_factors(&run, w, h);
    KlRoom room = {0};
    if (kl_room_new(&room, x->rows, x->columns, k, &error)) {
        fail(error.message);
    }
    const double divergence = kl_divergence(x, w, h, k, 1, &room);
    kl_room_free(&room);
    free(h);
    naive_factor_free(&run.w);
    naive_factor_free(&run.h);
    return divergence;
}

/* ---- comparison ---- */

/* The words of topic t with the largest weights, largest first. */
static void top_words(const double *w, int64_t words, int k, int t, int64_t top[TOP])
{
    for (int rank = 0; rank < TOP; rank++) {
        top[rank] = -1;
        for (int64_t i = 0; i < words; i++) {
            bool taken = false;
            for (int r = 0; r < rank; r++) {
                taken |= top[r] == i;
            }
            if (!taken && (top[rank] < 0 || w[i * k + t] > w[top[rank] * k + t])) {
                top[rank] = i;
            }
        }
    }
}

/* How many of topic t's top words differ, ties aside. */
static int count_other_words(const double *single, const double *exact, int64_t words, int k, int t)
{
    int64_t a[TOP], b[TOP];
    int others = 0;
    top_words(single, words, k, t, a);
    top_words(exact, words, k, t, b);
    for (int rank = 0; rank < TOP; rank++) {
        const double one = exact[a[rank] * k + t], other = exact[b[rank] * k + t];
        others += a[rank] != b[rank] && fabs(one - other) > tie * other;
    }
    return others;
}

static bool compare(const Exact *exact, const SparseMatrix *x, int k, NmfInit init)
{
    Error error;
    Factors start = {0};
    NmfOptions options = nmf_defaults;
    NmfResult result = {0};
    if (nmf_start(x, k, init, 1, 0, 1, &start, &error) ||
        cd_solve(x, &start, &options, &result, &error)) {
        fail(error.message);
    }
    const int64_t count = x->rows * k;
    double *single = calloc((size_t)count, sizeof *single), *w = calloc((size_t)count, sizeof *w);
    for (int64_t i = 0; i < count; i++) {
        single[i] = (double)result.factors.w[i];
    }
    const double d = solve_exactly(exact, x, &start, result.pass_count, w);
    int others = 0;
    for (int t = 0; t < k; t++) {
        others += count_other_words(single, w, x->rows, k, t);
    }
    printf("k = %d, %s: %d passes, D = %.9g, in float64 %.9g (%.1e), %d top words differ\n", k,
           nmf_init_names[init], result.pass_count, result.objective, d, result.objective / d - 1.0,
           others);
    const bool agree = fabs(result.objective - d) <= bound * d && others == 0;
    nmf_result_free(&result);
    factors_free(&start);
    free(single);
    free(w);
    return agree;
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fail("usage: float64 MATRIX TOPICS…");
    }
    SparseMatrix *x = read_matrix(arguments[1]);
    Exact exact;
    exact_begin(&exact, x);
    bool agree = true;
    for (int i = 2; i < count; i++) {
        agree &= compare(&exact, x, atoi(arguments[i]), NMF_INIT_NNDSVDA);
        agree &= compare(&exact, x, atoi(arguments[i]), NMF_INIT_RANDOM);
    }
    exact_end(&exact);
    sparse_free(x);
    return agree ? 0 : 1;
}
