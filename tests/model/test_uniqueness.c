#include "model/uniqueness.h"

#include "base/random.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { M = 40, N = 30, K = 3 };

/* Three blocks of words, each with documents of its own, and ten words of all. */
static void make_topics(double w[M][K])
{
    for (int i = 0; i < M; i++) {
        for (int t = 0; t < K; t++) {
            const bool own = i < 30 && i / 10 == t;
            w[i][t] = (own ? 20.0 - i % 10 : i < 30 ? 0.0 : 4.0 - 0.1 * i) / 159.5;
        }
    }
}

static SparseMatrix *make_x(void)
{
    static double values[M * N];
    double w[M][K];
    make_topics(w);
    for (int i = 0; i < M; i++) {
        for (int d = 0; d < N; d++) {
            const double part = d == N - 1 ? 0.0 : 0.55 + 0.015 * d; /* the last one is empty */
            values[i * N + d] =
                part * w[i][d % K] + (d < N - 1 ? 1.0 - part : 0.0) * w[i][(d + 1) % K];
        }
    }
    return support_sparse(M, N, values);
}

/* The topics as a solver would return them, topic t at `at[t]`, with D as it is told. */
static NmfResult make_result(const int at[K], double objective)
{
    Error error;
    double w[M][K], sums[K] = {0};
    NmfResult result = {.objective = objective, .pass_count = 1};
    make_topics(w);
    cr_assert(factors_new(&result.factors, M, N, K, &error) == STATUS_OK);
    for (int i = 0; i < M; i++) {
        for (int t = 0; t < K; t++) {
            sums[t] += w[i][t];
        }
    }
    for (int i = 0; i < M; i++) {
        for (int t = 0; t < K; t++) {
            result.factors.w[i * K + at[t]] = (float)(w[i][t] / sums[t]);
        }
    }
    return result;
}

/* Topic `at` loses its first word to the last of its block, whose weight becomes the largest. */
static void swap_words(NmfResult *result, int first, int last, int at)
{
    const float kept = result->factors.w[first * K + at];
    result->factors.w[first * K + at] = 0.0F;
    result->factors.w[last * K + at] += kept;
}

static Model make_model(const SparseMatrix *x, const NmfResult *result, int starts)
{
    Error error;
    Model model = {.k = K};
    for (int i = 0; i < M; i++) {
        char name[16];
        WordId id;
        snprintf(name, sizeof name, "w%02d", i);
        cr_assert(vocabulary_add(&model.vocabulary, name, 3, &id, &error) == STATUS_OK);
    }
    for (int d = 0; d < N; d++) {
        cr_assert(documents_add_id(&model.documents, "d", &error) == STATUS_OK);
    }
    model.fit.restarts = calloc((size_t)starts, sizeof(double));
    model.fit.restart_count = starts;
    cr_assert(model_set_factors(&model, x, &result->factors, 1, &error) == STATUS_OK);
    return model;
}

static void add(SolutionSet *set, const SparseMatrix *x, NmfResult *result, int start)
{
    Error error;
    Solution solution;
    cr_assert(solution_describe("cd", x, result, start, 1, &solution, &error) == STATUS_OK);
    solutions_add(set, &solution);
    cr_assert(solution.words == NULL);
    nmf_result_free(result);
}

/* The model is start 0 of the objectives; makes the others' solutions and measures. */
static Model measure(const SparseMatrix *x, NmfResult *others, int count)
{
    Error error;
    static const int own[K] = {0, 1, 2};
    NmfResult result = make_result(own, 1.0);
    Model model = make_model(x, &result, count + 1);
    SolutionSet set = {0};
    model.fit.restarts[0] = 1.0;
    add(&set, x, &result, 0);
    for (int i = 0; i < count; i++) {
        model.fit.restarts[i + 1] = others[i].objective;
        add(&set, x, &others[i], i + 1);
    }
    cr_assert(uniqueness_measure(&model, &set, 0, 30.0, &error) == STATUS_OK);
    solutions_free(&set);
    return model;
}

Test(uniqueness, the_same_topics_in_another_order_are_the_same)
{
    static const int turned[K] = {2, 0, 1};
    SparseMatrix *x = make_x();
    NmfResult other = make_result(turned, 1.0005);
    Model model = measure(x, &other, 1);
    const Uniqueness *u = &model.uniqueness;
    cr_assert(u->starts == 2 && u->near == 2 && u->compared == 1);
    int64_t documents = 0;
    for (int t = 0; t < K; t++) {
        cr_assert(u->topics[t].words == 10 && u->topics[t].words_kept == 10);
        cr_assert(u->topics[t].documents == model.main_documents[t]);
        cr_assert(u->topics[t].documents_kept == u->topics[t].documents);
        cr_assert(u->topics[t].share_max - u->topics[t].share_min < 1e-6);
        cr_assert(u->topics[t].share_min <= model.shares[t]);
        documents += u->topics[t].documents_kept;
    }
    cr_assert(documents == N - 1, "the empty document is nobody's");
    model_free(&model);
    sparse_free(x);
}

Test(uniqueness, what_differs_is_counted)
{
    static const int turned[K] = {1, 2, 0}, own[K] = {0, 1, 2};
    SparseMatrix *x = make_x();
    NmfResult others[3] = {make_result(turned, 1.0), make_result(own, 1.0009),
                           make_result(own, 1.002)};
    swap_words(&others[0], 0, 39, 1);  /* of the first block */
    swap_words(&others[1], 1, 38, 0);  /* another of the same topic */
    swap_words(&others[2], 10, 37, 1); /* of a solution that is too bad */
    Model model = measure(x, others, 3);
    const Uniqueness *u = &model.uniqueness;
    cr_assert(u->starts == 4 && u->near == 3 && u->compared == 2);
    cr_assert(u->is_near[0] && u->is_near[1] && u->is_near[2] && !u->is_near[3]);
    int changed = 0, untouched = 0;
    for (int t = 0; t < K; t++) {
        const bool first_block = model.topics[t * M] > 0.0F;
        cr_assert(u->topics[t].words_kept == (first_block ? 8 : 10), "topic %d keeps %d", t + 1,
                  u->topics[t].words_kept);
        changed += u->topics[t].share_max - u->topics[t].share_min > 1e-3;
        untouched += u->topics[t].documents_kept == u->topics[t].documents;
        cr_assert(u->topics[t].share_min <= model.shares[t] &&
                  u->topics[t].share_max >= model.shares[t]);
    }
    cr_assert(changed > 0, "a topic without its first word gets other shares");
    cr_assert(untouched < K || changed == K);
    model_free(&model);
    sparse_free(x);
}

Test(uniqueness, a_start_alone_is_compared_with_nothing)
{
    SparseMatrix *x = make_x();
    Model model = measure(x, NULL, 0);
    cr_assert(model.uniqueness.starts == 1 && model.uniqueness.near == 1);
    cr_assert(model.uniqueness.compared == 0);
    model_free(&model);
    sparse_free(x);
}

Test(uniqueness, near_is_within_a_thousandth_or_nothing_beside_the_data)
{
    cr_assert(solution_is_near(100.0999, 100.0, 1.0) && !solution_is_near(100.1001, 100.0, 1.0));
    cr_assert(solution_is_near(3e-9, 1e-12, 30.0) && !solution_is_near(4e-8, 1e-12, 30.0));
}

Test(uniqueness, the_set_does_not_depend_on_the_order)
{
    enum { COUNT = 130 };
    SolutionSet forwards = {0}, scattered = {0};
    for (int i = 0; i < COUNT; i++) {
        const int j = i * 47 % COUNT;
        Solution one = {.start = i, .k = 1, .objective = (double)(i * 31 % 65)};
        Solution two = {.start = j, .k = 1, .objective = (double)(j * 31 % 65)};
        one.shares = calloc(1, sizeof(double));
        two.shares = calloc(1, sizeof(double));
        solutions_add(&forwards, &one);
        solutions_add(&scattered, &two);
    }
    cr_assert(forwards.count == SOLUTIONS_MAX && scattered.count == SOLUTIONS_MAX);
    for (int i = 0; i < SOLUTIONS_MAX; i++) {
        cr_assert(forwards.items[i].start == scattered.items[i].start, "%d", i);
        cr_assert(forwards.items[i].objective == (double)(i / 2), "the lowest, each twice");
    }
    solutions_free(&forwards);
    solutions_free(&scattered);
}
