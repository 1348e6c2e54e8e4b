#include "model/best_documents.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { TOPICS = 3, DOCUMENTS = 400 };

typedef struct Case {
    Model model;
    DocumentFacts facts[DOCUMENTS];
    float mixtures[DOCUMENTS * TOPICS];
} Case;

/* Shares of a few values, so that many are equal; of topic 3 only a handful of documents has any.
 */
static void make(Case *made, int64_t documents)
{
    const RandomStream random = {.seed = 5, .stream = 1};
    made->model = (Model){.k = TOPICS, .mixtures = made->mixtures};
    made->model.documents = (DocumentList){.items = made->facts, .count = documents};
    made->model.fit.seed = 1;
    for (int64_t d = 0; d < documents; d++) {
        const float share = (float)(1 + random_bits(random, (uint64_t)d) % 9) / 10.0F;
        const bool has_third = d % 90 == 7;
        made->facts[d].tokens = (double)(random_bits(random, (uint64_t)(d + DOCUMENTS)) % 5);
        made->mixtures[d * TOPICS] = share;
        made->mixtures[d * TOPICS + 1] = has_third ? 0.0F : 1.0F - share;
        made->mixtures[d * TOPICS + 2] = has_third ? 1.0F - share : 0.0F;
    }
}

static double score(const Model *model, BestBy by, int topic, int64_t d)
{
    const double share = (double)model->mixtures[d * TOPICS + topic - 1];
    const double tokens = model->documents.items[d].tokens;
    return by == BEST_BY_MASS ? share * tokens
           : share > 0.0      ? 10.0 * ceil(1000.0 * share) + tokens
                              : 0.0;
}

/* The plain way: the best one that is not taken yet, again and again. */
static int64_t next_best(const Model *model, BestBy by, int topic, const bool *taken)
{
    int64_t best = -1;
    for (int64_t d = 0; d < model->documents.count; d++) {
        const double least = best < 0 ? 0.0 : score(model, by, topic, best);
        if (!taken[d] && score(model, by, topic, d) > least) {
            best = d;
        }
    }
    return best;
}

static void check_list(const Model *model, const BestDocuments *best, BestBy by, int topic)
{
    bool taken[DOCUMENTS] = {false};
    int64_t count;
    const int64_t *list = best_documents_of(best, by, topic, &count);
    for (int64_t i = 0; i < best->depth; i++) {
        const int64_t expected = next_best(model, by, topic, taken);
        if (expected < 0) {
            cr_expect_eq(count, i);
            return;
        }
        cr_assert_lt(i, count);
        cr_expect_eq(list[i], expected, "list %d of topic %d, place %ld: %ld", by, topic, (long)i,
                     (long)list[i]);
        taken[expected] = true;
    }
    cr_expect_eq(count, best->depth);
}

Test(best_documents, are_those_of_a_plain_search)
{
    static Case made;
    make(&made, DOCUMENTS);
    for (int64_t depth = 1; depth <= 64; depth *= 4) {
        BestDocuments best = {0};
        Error error;
        cr_assert_eq(best_documents_find(&made.model, depth, &best, &error), STATUS_OK);
        for (int topic = 1; topic <= TOPICS; topic++) {
            check_list(&made.model, &best, BEST_BY_SHARE, topic);
            check_list(&made.model, &best, BEST_BY_MASS, topic);
        }
        best_documents_free(&best);
    }
}

static int64_t in_selection(const BestDocuments *best, const DocumentSelection *selection)
{
    int64_t missing = 0;
    for (int by = 0; by < BEST_KINDS; by++) {
        for (int topic = 1; topic <= TOPICS; topic++) {
            int64_t count;
            const int64_t *list = best_documents_of(best, (BestBy)by, topic, &count);
            for (int64_t i = 0; i < count; i++) {
                missing += selection_find(selection, list[i]) < 0;
            }
        }
    }
    return missing;
}

Test(best_documents, a_small_collection_is_whole)
{
    static Case made;
    make(&made, DOCUMENTS);
    DocumentSelection selection = {0};
    Error error;
    cr_assert_eq(selection_make(&made.model, DOCUMENTS, &selection, &error), STATUS_OK);
    cr_expect(!selection.sampled);
    cr_expect_eq(selection.count, DOCUMENTS);
    for (int64_t d = 0; d < DOCUMENTS; d++) {
        cr_expect_eq(selection_find(&selection, d), d);
    }
    cr_expect_eq(selection_find(&selection, DOCUMENTS), -1);
    selection_free(&selection);
}

Test(best_documents, a_larger_one_has_its_best_and_a_sample)
{
    static Case made;
    make(&made, DOCUMENTS);
    static const int64_t most = 300;
    DocumentSelection selection = {0}, again = {0};
    BestDocuments best = {0};
    Error error;
    cr_assert_eq(selection_make(&made.model, most, &selection, &error), STATUS_OK);
    cr_expect(selection.sampled);
    cr_expect_eq(selection.best_per_topic, 25); /* 300 / 2 / 2 / 3 */
    cr_expect_eq(selection.count, most);
    for (int64_t i = 1; i < selection.count; i++) {
        cr_expect_lt(selection.documents[i - 1], selection.documents[i]);
    }
    cr_assert_eq(best_documents_find(&made.model, selection.best_per_topic, &best, &error),
                 STATUS_OK);
    cr_expect_eq(in_selection(&best, &selection), 0);
    cr_assert_eq(selection_make(&made.model, most, &again, &error), STATUS_OK);
    for (int64_t i = 0; i < most; i++) {
        cr_expect_eq(selection.documents[i], again.documents[i]);
    }
    made.model.fit.seed = 2;
    selection_free(&again);
    cr_assert_eq(selection_make(&made.model, most, &again, &error), STATUS_OK);
    int64_t moved = 0;
    for (int64_t i = 0; i < most; i++) {
        moved += selection.documents[i] != again.documents[i];
    }
    cr_expect_gt(moved, 0, "another seed, another sample");
    cr_expect_eq(in_selection(&best, &again), 0);
    best_documents_free(&best);
    selection_free(&selection);
    selection_free(&again);
}

/* Over many seeds each of the others is in about as often. */
Test(best_documents, the_sample_prefers_nobody)
{
    static Case made;
    static int times[DOCUMENTS];
    enum { SEEDS = 400, MOST = 320 };
    make(&made, DOCUMENTS);
    for (int seed = 0; seed < SEEDS; seed++) {
        DocumentSelection selection = {0};
        Error error;
        made.model.fit.seed = (uint64_t)seed;
        cr_assert_eq(selection_make(&made.model, MOST, &selection, &error), STATUS_OK);
        for (int64_t i = 0; i < selection.count; i++) {
            times[selection.documents[i]]++;
        }
        selection_free(&selection);
    }
    int64_t best = 0, others = 0;
    for (int d = 0; d < DOCUMENTS; d++) {
        best += times[d] == SEEDS;
        others += times[d] < SEEDS ? times[d] : 0;
    }
    const double mean = (double)others / (double)(DOCUMENTS - best);
    const double part = mean / SEEDS, deviation = SEEDS * part * (1.0 - part); /* squared */
    for (int d = 0; d < DOCUMENTS; d++) {
        const double off = times[d] - mean;
        cr_expect(times[d] == SEEDS || off * off < 25.0 * deviation, "document %d: %d, mean %g", d,
                  times[d], mean);
    }
}

Test(best_documents, the_best_are_in_whatever_the_room)
{
    static Case made;
    make(&made, DOCUMENTS);
    DocumentSelection selection = {0};
    BestDocuments best = {0};
    Error error;
    cr_assert_eq(selection_make(&made.model, 1, &selection, &error), STATUS_OK);
    cr_expect_eq(selection.best_per_topic, SELECTION_LEAST);
    cr_assert_eq(best_documents_find(&made.model, SELECTION_LEAST, &best, &error), STATUS_OK);
    cr_expect_eq(in_selection(&best, &selection), 0);
    cr_expect_lt(selection.count, SELECTION_LEAST * BEST_KINDS * TOPICS + 1);
    best_documents_free(&best);
    selection_free(&selection);
}
