#include "nmf/kmeans.h"

#include "base/random.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { M = 40, N = 60, K = 4 };

/* Documents of K subjects, each with its own ten words and some noise; document 9 is empty. Lengths
 * differ widely. */
static SparseMatrix *make_planted(double noise)
{
    const RandomStream stream = {.seed = 21, .stream = 4};
    static double values[M * N];
    for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
            const double drawn = random_uniform(stream, (uint64_t)(i * N + j));
            const bool own = i / 10 == j % K;
            const double size = 1.0 + j * j;
            values[i * N + j] = j == 9 ? 0.0 : own ? size * drawn : drawn < noise ? size * 0.3 : 0;
        }
    }
    return support_sparse(M, N, values);
}

static NmfResult solve(const SparseMatrix *x, int k, int number, int threads)
{
    const NmfOptions options = {.passes_max = 100, .threads = threads, .kkt_tolerance = 1e-9};
    Error error;
    Factors start = {0};
    NmfResult result = {0};
    cr_assert(kmeans_start(x, k, 1, number, threads, &start, &error) == STATUS_OK);
    cr_assert(kmeans_solve(x, &start, &options, &result, &error) == STATUS_OK, "%s", error.message);
    factors_free(&start);
    return result;
}

static int topic_of(const NmfResult *result, int64_t j)
{
    const int k = result->factors.rank;
    int topic = -1;
    for (int t = 0; t < k; t++) {
        if (result->factors.h[j * k + t] != 0.0F) {
            cr_assert(topic < 0, "document %ld has two topics", (long)j);
            topic = t;
        }
    }
    return topic;
}

/* A single start may put two seeds into one group, and end there. */
Test(kmeans, finds_planted_groups_whatever_the_lengths)
{
    SparseMatrix *x = make_planted(0.05);
    double mass[N];
    sparse_column_sums(x, mass);
    NmfResult best = solve(x, K, 0, 1);
    for (int number = 1; number < 5; number++) {
        NmfResult result = solve(x, K, number, 1), worse = result;
        cr_assert(result.stop == NMF_CONVERGED);
        if (result.objective < best.objective) {
            worse = best;
            best = result;
        }
        nmf_result_free(&worse);
    }
    for (int j = 0; j < N; j++) {
        const int topic = topic_of(&best, j);
        cr_assert(j == 9 ? topic == -1 : topic == topic_of(&best, j % K), "document %d", j);
        cr_assert(j == 9 || fabs((double)best.factors.h[j * K + topic] - mass[j]) < 1e-6 * mass[j]);
    }
    cr_assert(topic_of(&best, 0) != topic_of(&best, 1));
    nmf_result_free(&best);
    sparse_free(x);
}

/* Σ 1 − cos, of the factors, in plain loops. */
static double measure(const SparseMatrix *x, const NmfResult *result)
{
    const int k = result->factors.rank;
    double sum = 0.0;
    for (int64_t j = 0; j < x->columns; j++) {
        const int t = topic_of(result, j);
        if (t < 0) {
            continue;
        }
        double product = 0.0, own = 0.0, other = 0.0;
        for (int64_t i = 0; i < x->rows; i++) {
            other += pow((double)result->factors.w[i * k + t], 2);
        }
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            product += x->values[p] * (double)result->factors.w[x->row_indices[p] * k + t];
            own += x->values[p] * x->values[p];
        }
        sum += 1.0 - product / sqrt(own * other);
    }
    return sum;
}

Test(kmeans, objective_is_what_it_says_and_never_rises)
{
    SparseMatrix *x = make_planted(0.6);
    NmfResult result = solve(x, 6, 0, 1);
    cr_assert(result.pass_count > 2);
    for (int p = 1; p < result.pass_count; p++) {
        cr_assert(result.passes[p].objective <= result.passes[p - 1].objective + 1e-12);
    }
    cr_assert(result.stop == NMF_CONVERGED &&
              result.passes[result.pass_count - 1].kkt_residual == 0);
    cr_assert(fabs(result.objective - measure(x, &result)) < 1e-5, "%.9g", result.objective);
    nmf_result_free(&result);
    sparse_free(x);
}

Test(kmeans, topics_are_distributions_and_mixtures_the_nearest_of_them)
{
    SparseMatrix *x = make_planted(0.3);
    NmfResult result = solve(x, K, 0, 1);
    Error error;
    float mixtures[N * K];
    double sums[K] = {0};
    cr_assert(kmeans_mixtures(x, result.factors.w, K, 1, mixtures, &error) == STATUS_OK);
    for (int i = 0; i < M * K; i++) {
        sums[i % K] += (double)result.factors.w[i];
    }
    for (int t = 0; t < K; t++) {
        cr_assert(fabs(sums[t] - 1.0) < 1e-6);
    }
    for (int j = 0; j < N; j++) {
        const int topic = topic_of(&result, j);
        for (int t = 0; t < K; t++) {
            cr_assert(mixtures[j * K + t] == (t == topic ? 1.0F : 0.0F));
        }
    }
    nmf_result_free(&result);
    sparse_free(x);
}

Test(kmeans, starts_differ_and_are_documents)
{
    SparseMatrix *x = make_planted(0.6);
    Error error;
    Factors a = {0}, b = {0};
    cr_assert(kmeans_start(x, K, 1, 0, 1, &a, &error) == STATUS_OK);
    cr_assert(kmeans_start(x, K, 1, 1, 1, &b, &error) == STATUS_OK);
    cr_assert(memcmp(a.w, b.w, sizeof(float) * M * K) != 0);
    for (int t = 0; t < K; t++) {
        bool found = false;
        for (int64_t j = 0; j < N && !found; j++) {
            double sum = 0.0, difference = 0.0;
            for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
                sum += x->values[p];
            }
            for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
                difference += fabs(x->values[p] / sum - (double)a.w[x->row_indices[p] * K + t]);
            }
            found = sum > 0.0 && difference < 1e-5;
        }
        cr_assert(found, "seed %d is no document", t);
    }
    factors_free(&a);
    factors_free(&b);
    sparse_free(x);
}

/* Two kinds of documents and three topics: one topic stays with a document that repeats another. */
Test(kmeans, takes_more_topics_than_there_are_directions)
{
    static const double values[2 * 5] = {1, 2, 0, 0, 3, 0, 0, 1, 5, 0};
    SparseMatrix *x = support_sparse(2, 5, values);
    NmfResult result = solve(x, 3, 0, 1);
    cr_assert(result.objective < 1e-12);
    for (int i = 0; i < 2 * 3; i++) {
        cr_assert(isfinite(result.factors.w[i]));
    }
    nmf_result_free(&result);
    sparse_free(x);
}

Test(kmeans, groups_directions_of_any_sign)
{
    static const double values[2 * 6] = {1, 2, -1, -3, 0, 0.9, 1, 2.1, 1, 3, 0, 1};
    SparseMatrix *x = support_sparse(2, 6, values);
    Error error;
    int groups[6];
    cr_assert(kmeans_group(x, 2, 1, 3, 1, groups, &error) == STATUS_OK);
    cr_assert(groups[0] == groups[1] && groups[0] == groups[5] && groups[2] == groups[3]);
    cr_assert(groups[0] != groups[2] && groups[4] == -1);
    sparse_free(x);
}

Test(kmeans, does_not_depend_on_threads)
{
    const RandomStream stream = {.seed = 8, .stream = 1};
    enum { ROWS = 300, COLUMNS = 260, TOPICS = 20 };
    double *values = calloc(ROWS * COLUMNS, sizeof *values);
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        values[i] = floor(4 * random_uniform(stream, (uint64_t)i));
    }
    SparseMatrix *x = support_sparse(ROWS, COLUMNS, values);
    NmfResult one = solve(x, TOPICS, 0, 1), four = solve(x, TOPICS, 0, 4);
    cr_assert(one.pass_count == four.pass_count && one.objective == four.objective);
    cr_assert(memcmp(one.factors.w, four.factors.w, sizeof(float) * ROWS * TOPICS) == 0);
    cr_assert(memcmp(one.factors.h, four.factors.h, sizeof(float) * COLUMNS * TOPICS) == 0);
    nmf_result_free(&one);
    nmf_result_free(&four);
    sparse_free(x);
    free(values);
}

/* ---- beside scikit-learn ---- */

enum { STARTS = 6, OBJECTIVES = 5 * STARTS }; /* how many there are in the file */

static double read_number(FILE *file)
{
    double number;
    cr_assert(fscanf(file, "%lf", &number) == 1, "a number is missing at byte %ld", ftell(file));
    return number;
}

static SparseMatrix *read_matrix(FILE *file)
{
    char name[64];
    cr_assert(fscanf(file, "%63s", name) == 1);
    const int64_t rows = (int64_t)read_number(file), columns = (int64_t)read_number(file);
    double *values = calloc((size_t)(rows * columns), sizeof *values);
    for (int64_t i = 0; i < rows * columns; i++) {
        values[i] = read_number(file);
    }
    SparseMatrix *x = support_sparse(rows, columns, values);
    free(values);
    return x;
}

static Factors read_start(FILE *file, const SparseMatrix *x)
{
    Error error;
    Factors start = {0};
    const int k = (int)read_number(file);
    cr_assert(factors_new(&start, x->rows, x->columns, k, &error) == STATUS_OK);
    for (int64_t i = 0; i < x->rows * k; i++) {
        start.w[i] = (float)read_number(file);
    }
    return start;
}

/* The file's form is told by its maker, tests/reference/make_kmeans.py. */
Test(kmeans, passes_are_those_of_scikit_learn)
{
    FILE *file = fopen(THEMATA_SOURCE_DIR "/tests/reference/kmeans.txt", "r");
    cr_assert(file != NULL);
    SparseMatrix *x = NULL;
    Factors start = {0};
    NmfResult result = {0};
    Error error;
    char word[64];
    int starts = 0, objectives = 0;
    while (fscanf(file, "%63s", word) == 1) {
        if (strcmp(word, "matrix") == 0) {
            sparse_free(x);
            x = read_matrix(file);
        } else if (strcmp(word, "start") == 0) {
            factors_free(&start);
            start = read_start(file, x);
            starts++;
        } else if (strcmp(word, "objective") == 0) {
            const NmfOptions options = {.passes_max = (int)read_number(file), .threads = 1};
            const double expected = read_number(file);
            nmf_result_free(&result);
            cr_assert(kmeans_solve(x, &start, &options, &result, &error) == STATUS_OK);
            cr_assert(fabs(result.objective - expected) < 1e-6,
                      "k = %d, %d passes: %.9g is not %.9g", start.rank, options.passes_max,
                      result.objective, expected);
            objectives++;
        } else {
            for (int64_t j = 0; j < x->columns; j++) {
                const int topic = (int)read_number(file);
                cr_assert(topic_of(&result, j) == topic, "document %ld", (long)j);
            }
        }
    }
    cr_assert(starts == STARTS && objectives == OBJECTIVES);
    nmf_result_free(&result);
    factors_free(&start);
    sparse_free(x);
    fclose(file);
}
