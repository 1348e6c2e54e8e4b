#include "report/relevant_words.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORDS = 700, TOPICS = 3 };

/* A model of so many words and topics, whose probabilities come from a small set: many are equal,
 * and one in five is 0. */
typedef struct Small {
    Model model;
    float topics[TOPICS * WORDS];
    double shares[TOPICS];
    double *masses;
} Small;

static void make_small(Small *small, uint64_t seed)
{
    static const double shares[TOPICS] = {0.5, 0.3, 0.2};
    Error error;
    *small = (Small){.model = {.k = TOPICS}};
    for (int w = 0; w < WORDS; w++) {
        char word[16];
        WordId id;
        snprintf(word, sizeof word, "w%04d", w);
        cr_assert_eq(vocabulary_add(&small->model.vocabulary, word, 5, &id, &error), STATUS_OK);
    }
    for (int i = 0; i < TOPICS * WORDS; i++) {
        const double steps = seed % 2 ? 20.0 : 5.0;
        const double drawn = random_uniform((RandomStream){seed, 1}, (uint64_t)i);
        const double any = random_uniform((RandomStream){seed, 2}, (uint64_t)(i % WORDS));
        const double scale = seed % 2 ? any : any < 0.5 ? 0.25 : 1.0; /* or few values alone */
        small->topics[i] = drawn < 0.2 ? 0.0F : (float)((int)(drawn * steps) * scale * 1e-3);
    }
    for (int t = 0; t < TOPICS; t++) {
        small->shares[t] = shares[t];
    }
    small->model.topics = small->topics;
    small->model.shares = small->shares;
    small->masses = relevant_words_masses(&small->model, &error);
    cr_assert(small->masses != NULL);
}

static void free_small(Small *small)
{
    free(small->masses);
    vocabulary_free(&small->model.vocabulary);
}

/* How many of all words of the topic come before `word` at a step. */
static int words_before(const RelevantWord *all, int count, int word, int step)
{
    int before = 0;
    const double own = relevance_of(&all[word], step);
    for (int i = 0; i < count; i++) {
        const double other = relevance_of(&all[i], step);
        before += other > own || (other == own && i < word);
    }
    return before;
}

/* The list against all words looked at one by one, at every tenth step. */
static void compare_all(const Small *small, int topic)
{
    Error error;
    RelevantWord *listed, all[WORDS];
    TopicWord ranked[WORDS];
    int64_t count;
    cr_assert_eq(relevant_words_find(&small->model, topic, small->masses, &listed, &count, &error),
                 STATUS_OK);
    const int positive = (int)model_top_words(&small->model, topic, WORDS, ranked, &error);
    cr_assert_gt(positive, 200);
    cr_assert_lt(count, positive);
    int at = 0;
    for (int i = 0; i < positive; i++) {
        const double p = (double)ranked[i].probability;
        const double lift = p / small->masses[ranked[i].word];
        const bool in_list = at < count && listed[at].word == ranked[i].word;
        all[i] = in_list ? listed[at++] : (RelevantWord){.word = WORD_NONE};
        if (in_list) {
            cr_expect_float_eq((double)all[i].log_probability, log(p), 1e-6);
            cr_expect_float_eq((double)all[i].log_lift, log(lift), 1e-6);
            cr_expect_float_eq(all[i].lift, lift, 1e-9);
        } else {
            all[i].log_probability = (float)log(p);
            all[i].log_lift = (float)log(lift);
        }
    }
    cr_assert_eq(at, count, "in another order than by falling probability");
    for (int i = 0; i < positive; i++) {
        bool is_first = i < PROBABLE_WORDS;
        for (int step = 0; step <= RELEVANCE_STEPS; step++) {
            is_first = is_first || words_before(all, positive, i, step) < RELEVANT_WORDS;
        }
        cr_expect_eq(all[i].word != WORD_NONE, is_first, "topic %d, word %d", topic, i);
    }
    free(listed);
}

Test(relevant_words, are_those_of_all_words_looked_at_one_by_one)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Small *small = malloc(sizeof *small);
        make_small(small, seed);
        for (int topic = 1; topic <= TOPICS; topic++) {
            compare_all(small, topic);
        }
        free_small(small);
        free(small);
    }
}

Test(relevant_words, are_all_words_of_a_short_topic)
{
    Small *small = malloc(sizeof *small);
    make_small(small, 1);
    for (int w = 5; w < WORDS; w++) {
        small->topics[w] = 0.0F;
    }
    Error error;
    RelevantWord *listed;
    int64_t count, positive = 0;
    for (int w = 0; w < 5; w++) {
        positive += small->topics[w] > 0.0F;
    }
    cr_assert_eq(relevant_words_find(&small->model, 1, small->masses, &listed, &count, &error),
                 STATUS_OK);
    cr_expect_eq(count, positive);
    free(listed);
    free_small(small);
    free(small);
}

Test(relevant_words, a_word_of_no_mass_is_as_everywhere)
{
    Small *small = malloc(sizeof *small);
    make_small(small, 1);
    small->shares[1] = 0.0;
    for (int w = 0; w < WORDS; w++) {
        small->masses[w] = 0.0;
    }
    Error error;
    RelevantWord *listed;
    int64_t count;
    cr_assert_eq(relevant_words_find(&small->model, 2, small->masses, &listed, &count, &error),
                 STATUS_OK);
    cr_assert_eq(count, PROBABLE_WORDS);
    cr_expect_eq(listed[0].lift, 1.0);
    cr_expect_eq(listed[0].log_lift, 0.0F);
    free(listed);
    free_small(small);
    free(small);
}
