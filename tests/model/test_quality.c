#include "model/quality.h"

#include "base/random.h"
#include "model/model.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A model of these words, topics (k × m) and mixtures (n × k); every document has every word once.
 */
static Model make(const char *const *words, int m, int n, int k, const float *topics,
                  const float *mixtures)
{
    Error error;
    Model model = {.k = k};
    Counts *counts = &model.counts;
    for (int w = 0; w < m; w++) {
        WordId id;
        cr_assert_eq(vocabulary_add(&model.vocabulary, words[w], strlen(words[w]), &id, &error),
                     STATUS_OK);
    }
    cr_assert_eq(counts_reserve(counts, n, (int64_t)n * m, true, &error), STATUS_OK);
    for (int d = 0; d < n; d++) {
        char id[16];
        snprintf(id, sizeof id, "%d", d);
        cr_assert_eq(documents_add_id(&model.documents, id, &error), STATUS_OK);
        for (int w = 0; w < m; w++) {
            counts->words[d * m + w] = (WordId)w;
            counts->values[d * m + w] = 1;
        }
        counts->starts[d + 1] = (d + 1) * m;
    }
    model.document_frequency = calloc((size_t)m, sizeof(int64_t));
    model.term_frequency = calloc((size_t)m, sizeof(double));
    counts_frequencies(counts, (uint32_t)m, model.document_frequency, model.term_frequency);
    model.topics = calloc((size_t)(k * m), sizeof(float));
    model.mixtures = calloc((size_t)(n * k), sizeof(float));
    memcpy(model.topics, topics, (size_t)(k * m) * sizeof(float));
    memcpy(model.mixtures, mixtures, (size_t)(n * k) * sizeof(float));
    model.text.pattern = strdup(TOKENIZER_DEFAULT_PATTERN);
    model.text.graphemes_min = 1;
    model.text.graphemes_max = 64;
    cr_assert_eq(model_derive(&model, &error), STATUS_OK);
    return model;
}

static void measure(Model *model)
{
    Error error;
    cr_assert_eq(quality_measure(model, 2, &error), STATUS_OK, "%s", error.message);
}

static void expect(double value, double expected)
{
    cr_expect(fabs(value - expected) < 1e-7, "%.12g, not %.12g", value, expected);
}

static void expect_flags(const Model *model, int topic, const char *expected)
{
    Error error;
    Buffer flags = {0};
    cr_assert_eq(quality_flags(model, topic, &flags, &error), STATUS_OK);
    cr_expect_str_eq(flags.bytes, expected);
    buffer_free(&flags);
}

static const char *const four_words[] = {"anchor", "bread", "crew", "dough"};

/* Two topics that share a word; of five documents the last is not modelled. */
static const float two_topics[2 * 4] = {0.5F, 0, 0.25F, 0.25F, 0, 0.5F, 0, 0.5F};
static const float five_mixtures[5 * 2] = {1, 0, 0.75F, 0.25F, 0.96875F, 0.03125F, 0, 1, 0, 0};

Test(quality, of_words)
{
    Model model = make(four_words, 4, 5, 2, two_topics, five_mixtures);
    measure(&model);
    const TopicQuality *topics = model.quality.topics;
    expect(topics[0].effective_words, 1.0 / 0.375);
    expect(topics[1].effective_words, 2.0);
    expect(topics[0].exclusivity, (1.0 + 1.0 + 0.25 / 0.75) / 3.0);
    expect(topics[1].exclusivity, (1.0 + 0.5 / 0.75) / 2.0);
    expect(topics[0].corpus_distance, 0.5 * log(0.5 / 0.25)); /* every word is a quarter of all */
    expect(topics[1].corpus_distance, log(2.0));
    expect(topics[0].similarity, 0.125 / sqrt(0.375 * 0.5));
    cr_expect(topics[0].similar == 2 && topics[1].similar == 1);
    cr_expect(topics[0].duplicate_of == 0 && topics[1].duplicate_of == 0);
    expect(model.quality.diversity, 4.0 / 5.0);
    expect(model.quality.topics_zeros, 3.0 / 8.0);
    expect(model.quality.topics_hoyer, (2.0 - 1.0 / sqrt(0.375) + 2.0 - sqrt(2.0)) / 2.0);
    cr_expect_eq(topics[0].npmi, 0.0, "all words are in all documents");
    cr_expect_eq(topics[0].function_words, 0.0);
    model_free(&model);
}

Test(quality, of_documents)
{
    Model model = make(four_words, 4, 5, 2, two_topics, five_mixtures);
    measure(&model);
    const TopicQuality *topics = model.quality.topics;
    const double sum = 2.71875, squares = 1.0 + 0.5625 + 0.96875 * 0.96875;
    expect(topics[0].effective_documents, sum * sum / squares);
    double entropy = 0.0;
    for (int d = 0; d < 3; d++) {
        const double q = (double)five_mixtures[2 * d] / sum;
        entropy -= q * log(q);
    }
    expect(topics[0].document_entropy, entropy);
    cr_expect(topics[0].documents == 3 && topics[1].documents == 2, "3 % is not counted");
    expect(topics[0].rank1, 1.0);
    expect(topics[1].rank1, 0.5);
    expect(model.quality.mixtures_zeros, 2.0 / 8.0);
    const double root = sqrt(2.0);
    expect(model.quality.mixtures_hoyer,
           (2.0 + (root - 1.0 / sqrt(0.625)) / (root - 1.0) +
            (root - 1.0 / sqrt(0.96875 * 0.96875 + 0.03125 * 0.03125)) / (root - 1.0)) /
               4.0);
    model_free(&model);
}

Test(quality, of_one_topic_one_document_and_one_word)
{
    static const float one[1] = {1};
    Model model = make(four_words, 1, 1, 1, one, one);
    measure(&model);
    const TopicQuality *topic = model.quality.topics;
    cr_expect(topic->npmi == 0.0 && topic->umass == 0.0 && topic->uci == 0.0);
    cr_expect(topic->exclusivity == 1.0 && topic->effective_words == 1.0);
    cr_expect(topic->effective_documents == 1.0 && topic->document_entropy == 0.0);
    cr_expect(topic->similar == 0.0 && topic->similarity == 0.0);
    cr_expect(model.quality.diversity == 1.0 && model.quality.topics_hoyer == 0.0 &&
              model.quality.mixtures_hoyer == 0.0);
    model_free(&model);
}

/* A topic without words, and no document that is modelled. */
Test(quality, of_nothing_is_zero)
{
    static const float topics[2 * 4] = {0, 0, 0, 0, 0.25F, 0.25F, 0.25F, 0.25F}, mixtures[3 * 2];
    Model model = make(four_words, 4, 3, 2, topics, mixtures);
    measure(&model);
    static const TopicQuality nothing;
    cr_expect_eq(memcmp(&model.quality.topics[0], &nothing, sizeof nothing), 0);
    expect(model.quality.topics[1].effective_words, 4.0);
    expect(model.quality.topics[1].exclusivity, 1.0);
    expect(model.quality.topics[1].corpus_distance, 0.0);
    cr_expect(model.quality.topics[1].effective_documents == 0.0 &&
              model.quality.mixtures_zeros == 0.0);
    model_free(&model);
}

Test(quality, identical_topics_are_duplicates_of_the_first)
{
    static const float topics[3 * 4] = {0.5F, 0.5F, 0, 0, 0, 0, 0.5F, 0.5F, 0.5F, 0.5F, 0, 0};
    static const float mixtures[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    Model model = make(four_words, 4, 3, 3, topics, mixtures);
    measure(&model);
    const TopicQuality *quality = model.quality.topics;
    cr_expect(quality[0].duplicate_of == 0 && quality[1].duplicate_of == 0 &&
              quality[2].duplicate_of == 1);
    cr_expect(quality[0].similar == 3 && quality[0].similarity == 1.0 && quality[2].similar == 1);
    cr_expect(quality[1].similarity == 0.0 && quality[1].similar == 0.0);
    expect(quality[0].exclusivity, 0.5);
    expect(model.quality.diversity, 4.0 / 6.0);
    expect_flags(&model, 3, "duplicate of topic 1");
    model_free(&model);
}

Test(quality, flags_say_what_is_wrong)
{
    enum { WORDS = 40, TOPICS = 4, DOCUMENTS = 40 };
    static const char *const german[5] = {"der", "die", "und", "nicht", "oder"};
    static char others[WORDS][16];
    const char *words[WORDS];
    static float topics[TOPICS * WORDS], mixtures[DOCUMENTS * TOPICS];
    for (int w = 0; w < WORDS; w++) {
        snprintf(others[w], sizeof others[w], "word%02d", w);
        words[w] = w < 5 ? german[w] : others[w];
    }
    for (int w = 0; w < 10; w++) { /* half of the top words */
        topics[w] = 0.1F;
    }
    for (int w = 0; w < 5; w++) { /* two topics of five words, the first of few documents */
        topics[WORDS + 10 + w] = 0.2F;
        topics[2 * WORDS + 15 + w] = 0.2F;
    }
    for (int w = 0; w < WORDS; w++) { /* of all words */
        topics[3 * WORDS + w] = 0.025F;
    }
    for (int d = 0; d < DOCUMENTS; d++) {
        mixtures[d * TOPICS + (d < 2 ? 1 : d % 3 == 0 ? 0 : d % 3 + 1)] = 1;
    }
    Model model = make(words, WORDS, DOCUMENTS, TOPICS, topics, mixtures);
    measure(&model);
    expect(model.quality.topics[0].function_words, 0.5);
    expect_flags(&model, 1, "junk: function words");
    expect_flags(&model, 2, "junk: few documents");
    expect_flags(&model, 3, "");
    expect_flags(&model, 4, "junk: function words; junk: no words of its own");
    model.quality.topics[3].effective_words = 19.99; /* under four times the middle one's */
    model.quality.topics[3].function_words = 0.49;
    model.quality.topics[3].duplicate_of = 2.0;
    model.modelled = 39; /* not ten for each topic */
    expect_flags(&model, 2, "");
    model.modelled = 40;
    model.quality.topics[1].effective_documents = 5.0;
    expect_flags(&model, 2, "");
    expect_flags(&model, 4, "duplicate of topic 2");
    model_free(&model);
}

/* ---- a random model ---- */

enum { M = 53, N = 40, K = 7 };

static Model make_random(void)
{
    static char names[M][16];
    static float topics[K * M], mixtures[N * K];
    const char *words[M];
    const RandomStream stream = {.seed = 4, .stream = 1};
    for (int w = 0; w < M; w++) {
        snprintf(names[w], sizeof names[w], "word%02d", w);
        words[w] = names[w];
    }
    for (int i = 0; i < K * M; i++) { /* eighths: equal ones are frequent */
        topics[i] = (float)floor(8.0 * random_uniform(stream, (uint64_t)i)) / 256.0F;
    }
    for (int i = 0; i < N * K; i++) {
        const double uniform = random_uniform(stream, (uint64_t)(K * M + i));
        mixtures[i] = uniform < 0.5 ? 0.0F : (float)uniform / K;
    }
    return make(words, M, N, K, topics, mixtures);
}

Test(quality, does_not_depend_on_threads)
{
    Model model = make_random();
    Error error;
    TopicQuality first[K];
    cr_assert_eq(quality_measure(&model, 1, &error), STATUS_OK);
    memcpy(first, model.quality.topics, sizeof first);
    cr_assert_eq(quality_measure(&model, 3, &error), STATUS_OK);
    cr_expect_eq(memcmp(first, model.quality.topics, sizeof first), 0);
    model_free(&model);
}

Test(quality, similarity_is_the_cosine)
{
    Model model = make_random();
    measure(&model);
    for (int t = 0; t < K; t++) {
        double best = -1.0;
        for (int s = 0; s < K; s++) {
            double product = 0.0, own = 0.0, other = 0.0;
            for (int w = 0; w < M; w++) {
                const double a = (double)model.topics[t * M + w],
                             b = (double)model.topics[s * M + w];
                product += a * b;
                own += a * a;
                other += b * b;
            }
            const double cosine = product / sqrt(own * other);
            best = s != t && cosine > best ? cosine : best;
        }
        expect(model.quality.topics[t].similarity, best);
    }
    model_free(&model);
}

/* The share of the topic's words whose value is not larger. */
static double plain_ecdf(const double *values, int word)
{
    int count = 0;
    for (int w = 0; w < M; w++) {
        count += values[w] <= values[word];
    }
    return (double)count / M;
}

Test(quality, frex_is_the_mean_of_two_ranks)
{
    Model model = make_random();
    Error error;
    double *sums = quality_word_sums(&model, &error), frex[M], p[M], exclusivity[M];
    cr_assert(sums);
    for (int t = 0; t < K; t++) {
        cr_assert_eq(quality_frex(&model, t + 1, sums, frex, &error), STATUS_OK);
        for (int w = 0; w < M; w++) {
            double sum = 0.0;
            for (int s = 0; s < K; s++) {
                sum += (double)model.topics[s * M + w];
            }
            p[w] = (double)model.topics[t * M + w];
            exclusivity[w] = sum > 0.0 ? p[w] / sum : 0.0;
        }
        for (int w = 0; w < M; w++) {
            expect(frex[w], 1.0 / (0.5 / plain_ecdf(exclusivity, w) + 0.5 / plain_ecdf(p, w)));
        }
    }
    free(sums);
    model_free(&model);
}

Test(quality, relevance_weighs_probability_against_lift)
{
    expect(quality_relevance(0.01, 1.0), 0.6 * log(0.01));
    expect(quality_relevance(0.01, 20.0), 0.6 * log(0.01) + 0.4 * log(20.0));
}
