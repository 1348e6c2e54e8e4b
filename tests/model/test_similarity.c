#include "model/similarity.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { TOPICS = 3, WORDS = 4, DOCUMENTS = 4 };

/* Topics 1 and 2 have no word in common; 3 shares one with each. */
static float topics[TOPICS * WORDS] = {0.5F, 0.5F, 0, 0, 0, 0, 0.25F, 0.75F, 0, 0.5F, 0.5F, 0};

/* Nobody writes of 1 and 2 together; the last document is not modelled. */
static float mixtures[DOCUMENTS * TOPICS] = {0.5F, 0, 0.5F, 0, 0.75F, 0.25F, 1, 0, 0, 0, 0, 0};

static TopicPair *measure(int k, float *words, float *shares)
{
    Error error;
    DocumentFacts facts[DOCUMENTS] = {0};
    Model model = {.k = k, .topics = words, .mixtures = shares};
    model.vocabulary.count = WORDS;
    model.documents = (DocumentList){.items = facts, .count = DOCUMENTS};
    cr_assert_eq(model_derive(&model, &error), STATUS_OK);
    TopicPair *pairs = similarity_measure(&model, &error);
    cr_assert(pairs);
    free(model.shares);
    free(model.mass_shares);
    free(model.main_documents);
    return pairs;
}

static void expect(double value, double expected)
{
    cr_expect(fabs(value - expected) < 1e-12, "%.15g, not %.15g", value, expected);
}

Test(similarity, pairs_are_in_order)
{
    TopicPair *pairs = measure(TOPICS, topics, mixtures);
    static const int expected[][2] = {{1, 2}, {1, 3}, {2, 3}};
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(pairs[i].a, expected[i][0]);
        cr_expect_eq(pairs[i].b, expected[i][1]);
    }
    free(pairs);
}

Test(similarity, of_words)
{
    TopicPair *pairs = measure(TOPICS, topics, mixtures);
    expect(pairs[0].js_distance, sqrt(log(2)));
    cr_expect_eq(pairs[0].cosine, 0.0);
    expect(pairs[1].js_distance, sqrt(0.5 * log(2))); /* half of each is the same */
    expect(pairs[1].cosine, 0.5);
    const double common = 0.25 * log(2 / 3.0) + 0.5 * log(4 / 3.0);
    expect(pairs[2].js_distance, sqrt(0.5 * (common + (0.75 + 0.5) * log(2))));
    expect(pairs[2].cosine, 0.125 / sqrt(0.625 * 0.5));
    free(pairs);
}

Test(similarity, of_documents)
{
    TopicPair *pairs = measure(TOPICS, topics, mixtures);
    cr_expect(!pairs[0].together);
    cr_expect_eq(pairs[0].pmi, 0.0);
    cr_expect(pairs[1].together && pairs[2].together);
    expect(pairs[1].pmi, log((0.25 / 3) / (0.5 * 0.25)));
    expect(pairs[2].pmi, log((0.1875 / 3) / (0.25 * 0.25)));
    free(pairs);
}

Test(similarity, of_the_same_topic_twice)
{
    float twice[2 * WORDS] = {0.1F, 0.3F, 0.6F, 0, 0.1F, 0.3F, 0.6F, 0};
    float halves[DOCUMENTS * 2] = {0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F};
    TopicPair *pairs = measure(2, twice, halves);
    cr_expect_eq(pairs[0].js_distance, 0.0);
    cr_expect_eq(pairs[0].cosine, 1.0);
    expect(pairs[0].pmi, 0.0);
    free(pairs);
}

Test(similarity, of_one_topic_there_is_none)
{
    float one[WORDS] = {0.25F, 0.25F, 0.25F, 0.25F}, all[DOCUMENTS] = {1, 1, 1, 1};
    free(measure(1, one, all));
}
