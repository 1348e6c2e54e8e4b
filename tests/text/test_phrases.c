#include "text/phrases.h"

#include "base/buffer.h"
#include "text/counter.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MOST = 100 };

/* A collection, one document a block, the blocks counted by `counters` counters in turn, each third
 * of them spilled. */
typedef struct Fixture {
    Counter counters[3];
    CollectedBlock blocks[BLOCKS_MOST];
    size_t block_count;
    CollectedWords all;
    Vocabulary stopped;
    TemporaryFile *file;
    Phrases found;
    PhrasePlan plan;
} Fixture;

static Fixture *count_words(const char *const *texts, size_t count, int counters)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    TokenizerOptions options = tokenizer_defaults;
    options.graphemes_min = 1;
    Tokenizer *tokenizer;
    Error error = {0};
    WordId id;
    fixture->file = temporary_new(&error);
    cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        const int c = (int)(i % (size_t)counters);
        CollectedBlock *block = &fixture->blocks[fixture->block_count++];
        fixture->counters[c].keeps_order = true;
        cr_assert_eq(
            counter_add(&fixture->counters[c], tokenizer, texts[i], strlen(texts[i]), &error),
            STATUS_OK);
        block->counter = c;
        cr_assert_eq(counter_take(&fixture->counters[c], &block->block, &error), STATUS_OK);
        if (i % 3 == 2) {
            cr_assert_eq(count_block_spill(&block->block, fixture->file, &error), STATUS_OK);
        }
    }
    tokenizer_free(tokenizer);
    cr_assert_eq(collect_words(fixture->counters, counters, &fixture->all, &error), STATUS_OK);
    cr_assert_eq(vocabulary_add(&fixture->stopped, "of", 2, &id, &error), STATUS_OK);
    cr_assert_eq(vocabulary_add(&fixture->stopped, "the", 3, &id, &error), STATUS_OK);
    fixture->plan = (PhrasePlan){
        .npmi_least = 0.5,
        .stopped = &fixture->stopped,
        .blocks = fixture->blocks,
        .block_count = fixture->block_count,
        .words = &fixture->all,
        .file = fixture->file,
        .threads = counters,
    };
    return fixture;
}

static void free_fixture(Fixture *fixture)
{
    for (int c = 0; c < 3; c++) {
        counter_free(&fixture->counters[c]);
    }
    for (size_t b = 0; b < fixture->block_count; b++) {
        count_block_free(&fixture->blocks[b].block);
    }
    collected_words_free(&fixture->all);
    vocabulary_free(&fixture->stopped);
    temporary_free(fixture->file);
    phrases_free(&fixture->found);
    free(fixture);
}

static void join(Fixture *fixture)
{
    Error error = {0};
    cr_assert_eq(phrases_join(&fixture->plan, &fixture->found, &error), STATUS_OK, "%s",
                 error.message);
}

/* The words of a document in their order. */
static void expect_order(const Fixture *fixture, size_t b, const char *expected)
{
    CountBlock view;
    Buffer text = {0};
    Error error;
    const CollectedBlock *collected = &fixture->blocks[b];
    cr_assert_eq(count_block_open(&collected->block, &view, &error), STATUS_OK);
    for (uint32_t i = 0; i < view.tokens[0]; i++) {
        const WordId word = fixture->all.numbers[collected->counter].of[view.order[i]];
        cr_assert_eq(buffer_print(&text, &error, "%s%s", i ? " " : "",
                                  vocabulary_word(&fixture->all.words, word)),
                     STATUS_OK);
    }
    cr_assert_str_eq(buffer_text(&text), expected);
    count_block_close(&collected->block, &view);
    buffer_free(&text);
}

static void expect_sums(const Fixture *fixture, const char *word, int documents, int tokens)
{
    const WordId id = vocabulary_find(&fixture->all.words, word, strlen(word));
    cr_assert(id != WORD_NONE, "%s", word);
    cr_assert_eq(fixture->all.documents[id], documents, "%s: %d documents", word,
                 (int)fixture->all.documents[id]);
    cr_assert_eq(fixture->all.tokens[id], tokens, "%s: %d tokens", word,
                 (int)fixture->all.tokens[id]);
}

static const char *const places[] = {
    "new york of the x new york city a b c d e",
    "new york city new york city of new york f g h i",
    "bank of the england bank of the england bank of the england j k l",
    "bank of the england bank of the england york new m n o p",
};

Test(phrases, are_joined_with_stop_words_within_and_in_two_rounds)
{
    for (int counters = 1; counters <= 3; counters++) {
        Fixture *fixture = count_words(places, 4, counters);
        join(fixture);
        cr_assert_eq(fixture->found.count, 2, "%zu", fixture->found.count);
        cr_assert_str_eq(fixture->found.items[0].words, "bank of the england");
        cr_assert_eq(fixture->found.items[0].tokens, 5);
        cr_assert_str_eq(fixture->found.items[1].words, "new york");
        cr_assert_eq(fixture->found.items[1].tokens, 5);
        expect_order(fixture, 0, "new_york of the x new_york city a b c d e");
        expect_order(fixture, 2,
                     "bank_of_the_england bank_of_the_england bank_of_the_england j k l");
        expect_order(fixture, 3, "bank_of_the_england bank_of_the_england york new m n o p");
        expect_sums(fixture, "new_york", 2, 5);
        expect_sums(fixture, "york", 1, 1);
        expect_sums(fixture, "bank", 0, 0);
        expect_sums(fixture, "of", 2, 2);
        expect_sums(fixture, "city", 2, 3);
        free_fixture(fixture);
    }
}

Test(phrases, npmi_is_as_by_hand)
{
    Fixture *fixture = count_words(places, 4, 1);
    double tokens = 0.0;
    for (WordId w = 0; w < fixture->all.words.count; w++) {
        tokens += fixture->all.tokens[w];
    }
    join(fixture);
    const double expected = (log(5.0) + log(tokens) - 2.0 * log(6.0)) / (log(tokens) - log(5.0));
    cr_assert(fabs(fixture->found.items[1].npmi - expected) < 1e-12);
    free_fixture(fixture);
}

Test(phrases, of_phrases_are_found_in_the_second_round)
{
    static const char *const texts[] = {
        "united states of america a b c united states of america d e f united states g h",
        "united states of america i j united states of america k l united states of america m n",
        "united states of america o p q united nations of united r america s t u v",
    };
    Fixture *fixture = count_words(texts, 3, 2);
    join(fixture);
    cr_assert_eq(fixture->found.count, 2);
    cr_assert_str_eq(fixture->found.items[0].words, "united states");
    cr_assert_eq(fixture->found.items[0].round, 0);
    cr_assert_str_eq(fixture->found.items[1].words, "united_states of america");
    cr_assert_eq(fixture->found.items[1].round, 1);
    expect_order(fixture, 2,
                 "united_states_of_america o p q united nations of united r america s "
                 "t u v");
    expect_sums(fixture, "united_states_of_america", 3, 6);
    expect_sums(fixture, "united_states", 1, 1);
    free_fixture(fixture);
}

Test(phrases, that_are_given_are_joined_and_no_others)
{
    Phrases given = {0};
    Error error;
    cr_assert_eq(phrases_add(&given, "york city", 0, 5, 0.9, &error), STATUS_OK);
    cr_assert_eq(phrases_add(&given, "new york_city", 1, 5, 0.9, &error), STATUS_OK);
    cr_assert_eq(phrases_add(&given, "absent city", 0, 5, 0.9, &error), STATUS_OK);
    Fixture *fixture = count_words(places, 4, 2);
    fixture->plan.given = &given;
    join(fixture);
    cr_assert_eq(fixture->found.count, 0);
    expect_order(fixture, 1, "new_york_city new_york_city of new york f g h i");
    expect_order(fixture, 2, places[2]);
    phrases_free(&given);
    free_fixture(fixture);
}

Test(phrases, are_not_made_of_a_word_and_itself)
{
    static const char *const texts[] = {"ap ap a b ap ap c d ap ap e f ap ap",
                                        "ap ap g h ap ap i j step of step"};
    Fixture *fixture = count_words(texts, 2, 1);
    fixture->plan.npmi_least = 0.0;
    join(fixture);
    cr_assert_eq(fixture->found.count, 0);
    free_fixture(fixture);
}

Test(phrases, leave_everything_alone_if_there_are_none)
{
    Fixture *fixture = count_words(places, 4, 2);
    fixture->plan.npmi_least = 1.5;
    const uint32_t words = fixture->all.words.count;
    join(fixture);
    cr_assert_eq(fixture->found.count, 0);
    cr_assert_eq(fixture->all.words.count, words);
    cr_assert_eq(fixture->all.counters, 2);
    expect_order(fixture, 0, places[0]);
    free_fixture(fixture);
}
