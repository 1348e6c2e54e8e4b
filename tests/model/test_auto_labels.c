#include "model/auto_labels.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 6 };

static const char *const words[WORDS] = {"bread", "crew", "nasa", "oven", "ship", "star"};

/* `topics` are k rows of WORDS probabilities. */
static char **make_labels(int k, float *topics, int count)
{
    Error error;
    static char *surfaces[WORDS] = {[2] = "NASA"};
    Model model = {.k = k, .topics = topics, .surfaces = surfaces};
    for (int w = 0; w < WORDS; w++) {
        WordId id;
        cr_assert_eq(vocabulary_add(&model.vocabulary, words[w], strlen(words[w]), &id, &error),
                     STATUS_OK);
    }
    char **labels = auto_labels_new(&model, count, &error);
    cr_assert(labels);
    vocabulary_free(&model.vocabulary);
    return labels;
}

static void expect(int k, float *topics, int count, const char *const *expected)
{
    char **labels = make_labels(k, topics, count);
    for (int t = 0; t < k; t++) {
        cr_expect_str_eq(labels[t], expected[t]);
    }
    auto_labels_free(labels, k);
}

Test(auto_labels, words_that_others_have_come_last)
{
    /* `ship` is the most probable word of both, and of both the least exclusive. */
    float topics[2 * WORDS] = {0, 0.25F, 0, 0, 0.5F, 0.25F, 0.25F, 0, 0, 0.25F, 0.5F, 0};
    expect(2, topics, 2, (const char *const[]){"crew/star", "bread/oven"});
    expect(2, topics, 1, (const char *const[]){"crew", "bread"});
}

Test(auto_labels, no_word_is_in_two_names)
{
    float same[3 * WORDS] = {0.3F, 0.25F, 0.2F,  0.1F, 0.1F,  0.05F, 0.3F, 0.25F, 0.2F,
                             0.1F, 0.1F,  0.05F, 0.3F, 0.25F, 0.2F,  0.1F, 0.1F,  0.05F};
    expect(3, same, 3, (const char *const[]){"bread/oven", "crew/ship", "NASA/star"});
}

Test(auto_labels, of_one_topic_the_most_probable)
{
    float one[WORDS] = {0.1F, 0.15F, 0.3F, 0.2F, 0.2F, 0.05F};
    expect(1, one, 3, (const char *const[]){"NASA/oven/ship"});
}

Test(auto_labels, nothing_left_is_an_empty_name)
{
    float few[3 * WORDS] = {0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.5F, 0, 0.5F, 0, 0};
    expect(3, few, 3, (const char *const[]){"NASA", "", "crew/oven"});
}
