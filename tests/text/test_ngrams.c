#include "text/ngrams.h"

#include "base/buffer.h"
#include "base/random.h"
#include "text/counter.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MOST = 400 };

/* A collection, counted in blocks of two documents by `counters` counters in turn. */
typedef struct Fixture {
    Counter counters[3];
    CollectedBlock blocks[BLOCKS_MOST];
    size_t block_count;
    CollectedWords all;
    NgramCounts ngrams;
    uint8_t *roles;
    NgramPlan plan;
} Fixture;

static Fixture *count_words(const char *const *texts, size_t count, int counters)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    TokenizerOptions options = tokenizer_defaults;
    options.graphemes_min = 1;
    Tokenizer *tokenizer;
    Error error = {0};
    cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        const int c = (int)(i / 2 % (size_t)counters);
        Counter *counter = &fixture->counters[c];
        counter->keeps_order = true;
        cr_assert_eq(counter_add(counter, tokenizer, texts[i], strlen(texts[i]), &error),
                     STATUS_OK);
        if (i % 2 || i + 1 == count) {
            CollectedBlock *block = &fixture->blocks[fixture->block_count++];
            block->counter = c;
            cr_assert_eq(counter_take(counter, &block->block, &error), STATUS_OK);
        }
    }
    tokenizer_free(tokenizer);
    cr_assert_eq(collect_words(fixture->counters, counters, &fixture->all, &error), STATUS_OK);
    fixture->roles = calloc(fixture->all.words.count + 1, 1);
    fixture->plan = (NgramPlan){
        .options = {1, 2},
        .blocks = fixture->blocks,
        .block_count = fixture->block_count,
        .words = &fixture->all,
        .roles = fixture->roles,
        .documents_least = 1,
        .threads = counters,
    };
    return fixture;
}

static void set_role(Fixture *fixture, const char *word, NgramRole role)
{
    const WordId id = vocabulary_find(&fixture->all.words, word, strlen(word));
    cr_assert(id != WORD_NONE, "%s", word);
    fixture->roles[id] = (uint8_t)role;
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
    ngram_counts_free(&fixture->ngrams);
    free(fixture->roles);
    free(fixture);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Every term as `words:documents/tokens`, sorted. */
static void expect_terms(const Fixture *fixture, const char *expected)
{
    const NgramCounts *counts = &fixture->ngrams;
    char *names[200];
    Buffer text = {0};
    Error error;
    cr_assert(counts->terms.count < 200);
    for (WordId t = 0; t < counts->terms.count; t++) {
        Buffer name = {0};
        cr_assert_eq(buffer_print(&name, &error, "%s:%d/%d", vocabulary_word(&counts->terms, t),
                                  (int)counts->documents[t], (int)counts->tokens[t]),
                     STATUS_OK);
        names[t] = name.bytes;
    }
    qsort(names, counts->terms.count, sizeof *names, compare_names);
    for (WordId t = 0; t < counts->terms.count; t++) {
        cr_assert_eq(buffer_print(&text, &error, "%s%s", t ? ", " : "", names[t]), STATUS_OK);
        free(names[t]);
    }
    cr_assert_str_eq(buffer_text(&text), expected);
    buffer_free(&text);
}

static void count_ngrams(Fixture *fixture)
{
    Error error = {0};
    cr_assert_eq(ngrams_count(&fixture->plan, &fixture->ngrams, &error), STATUS_OK, "%s",
                 error.message);
}

static const char *const rhyme[] = {"a rose is a rose is a rose", "", "a rose", "rose a", "is"};

Test(ngrams, count_words_that_follow_one_another)
{
    Fixture *fixture = count_words(rhyme, 5, 1);
    count_ngrams(fixture);
    expect_terms(fixture, "a rose:2/4, is a:1/2, rose a:1/1, rose is:1/2");
    free_fixture(fixture);
}

Test(ngrams, of_three_words_have_those_of_two_beside_them_or_not)
{
    Fixture *fixture = count_words(rhyme, 5, 2);
    fixture->plan.options = (NgramOptions){1, 3};
    count_ngrams(fixture);
    expect_terms(fixture, "a rose is:1/2, a rose:2/4, is a rose:1/2, is a:1/2, rose a:1/1, "
                          "rose is a:1/2, rose is:1/2");
    ngram_counts_free(&fixture->ngrams);
    fixture->plan.options = (NgramOptions){3, 3};
    count_ngrams(fixture);
    expect_terms(fixture, "a rose is:1/2, is a rose:1/2, rose is a:1/2");
    free_fixture(fixture);
}

Test(ngrams, pass_over_stop_words_and_end_at_rare_ones)
{
    static const char *const texts[] = {"bank of the england bank", "bank rare england of bank"};
    Fixture *fixture = count_words(texts, 2, 1);
    set_role(fixture, "of", NGRAM_SKIP);
    set_role(fixture, "the", NGRAM_SKIP);
    set_role(fixture, "rare", NGRAM_BREAK);
    count_ngrams(fixture);
    expect_terms(fixture, "bank england:1/1, england bank:2/2");
    free_fixture(fixture);
}

Test(ngrams, in_too_few_documents_are_left_out)
{
    Fixture *fixture = count_words(rhyme, 5, 1);
    fixture->plan.documents_least = 2;
    count_ngrams(fixture);
    expect_terms(fixture, "a rose:2/4");
    free_fixture(fixture);
}

Test(ngrams, that_are_wanted_are_counted_and_no_others)
{
    static const char *const names[] = {"rose is", "a", "is lost", "lost", "a rose is", "a rose"};
    Vocabulary wanted = {0};
    Error error;
    WordId id;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_assert_eq(vocabulary_add(&wanted, names[i], strlen(names[i]), &id, &error), STATUS_OK);
    }
    Fixture *fixture = count_words(rhyme, 5, 2);
    fixture->plan.wanted = &wanted;
    fixture->plan.options = (NgramOptions){1, 3};
    fixture->plan.documents_least = 100;
    count_ngrams(fixture);
    expect_terms(fixture, "a rose is:1/2, a rose:2/4, rose is:1/2");
    vocabulary_free(&wanted);
    free_fixture(fixture);
}

Test(ngrams, cannot_be_made_of_words_with_blanks)
{
    static const char *const texts[] = {"a"};
    Fixture *fixture = count_words(texts, 1, 1);
    WordId id;
    Error error = {0};
    cr_assert_eq(vocabulary_add(&fixture->all.words, "a b", 3, &id, &error), STATUS_OK);
    cr_assert_eq(ngrams_count(&fixture->plan, &fixture->ngrams, &error), STATUS_INPUT);
    cr_assert_str_eq(error.message, "n-grams: 'a b' is one word with a blank in it");
    free_fixture(fixture);
}

/* ---- beside words ---- */

/* The rows of words and n-grams, under numbers in the order of `all`: `term:count`, rows by |. */
static void expect_rows(Fixture *fixture, const char *expected)
{
    const CollectedLayer layers[] = {
        {.blocks = fixture->blocks, .numbers = fixture->all.numbers},
        {.blocks = fixture->ngrams.blocks, .numbers = fixture->ngrams.numbers},
    };
    Counts counts = {0};
    Buffer text = {0};
    Error error = {0};
    cr_assert_eq(collect_counts(layers, 2, fixture->block_count, fixture->all.words.count, 2,
                                &counts, &error),
                 STATUS_OK);
    for (int64_t d = 0; d < counts.documents; d++) {
        cr_assert_eq(buffer_append_text(&text, d ? "|" : "", &error), STATUS_OK);
        for (int64_t p = counts.starts[d]; p < counts.starts[d + 1]; p++) {
            cr_assert_eq(buffer_print(&text, &error, "%s%s:%u", p > counts.starts[d] ? ", " : "",
                                      vocabulary_word(&fixture->all.words, counts.words[p]),
                                      counts.values[p]),
                         STATUS_OK);
        }
    }
    cr_assert_str_eq(buffer_text(&text), expected);
    buffer_free(&text);
    counts_free(&counts);
}

Test(ngrams, stand_behind_the_words_in_every_document)
{
    Fixture *fixture = count_words(rhyme, 5, 2);
    Error error = {0};
    count_ngrams(fixture);
    cr_assert_eq(ngrams_join(&fixture->plan.options, &fixture->ngrams, &fixture->all, &error),
                 STATUS_OK);
    cr_assert_eq(fixture->all.words.count, 7);
    const WordId id = vocabulary_find(&fixture->all.words, "a rose", 6);
    cr_assert_eq(fixture->all.documents[id], 2);
    cr_assert_eq(fixture->all.tokens[id], 4.0);
    word_numbers_renumber(fixture->all.numbers, 2, (const WordId[]){0, 1, 2, 3, 4, 5, 6});
    expect_rows(fixture, "a:3, rose:3, is:2, a rose:3, rose is:2, is a:2||a:1, rose:1, a rose:1|"
                         "a:1, rose:1, rose a:1|is:1");
    free_fixture(fixture);
}

Test(ngrams, stand_alone_if_single_words_are_not_asked_for)
{
    Fixture *fixture = count_words(rhyme, 5, 1);
    Error error = {0};
    fixture->plan.options = (NgramOptions){2, 2};
    count_ngrams(fixture);
    cr_assert_eq(ngrams_join(&fixture->plan.options, &fixture->ngrams, &fixture->all, &error),
                 STATUS_OK);
    cr_assert_eq(fixture->all.words.count, 4);
    expect_rows(fixture, "a rose:3, rose is:2, is a:2||a rose:1|rose a:1|");
    free_fixture(fixture);
}

/* ---- the sketch loses nothing, threads change nothing ---- */

Test(ngrams, of_a_large_collection_are_exactly_those_in_enough_documents)
{
    enum { DOCUMENTS = 2 * BLOCKS_MOST, WORDS = 400, LENGTH = 120, LEAST = 4 };
    static uint16_t documents[WORDS][WORDS], tokens[WORDS][WORDS];
    static char *texts[DOCUMENTS];
    for (uint64_t d = 0; d < DOCUMENTS; d++) {
        static int last_seen[WORDS][WORDS];
        Buffer text = {0};
        Error error;
        int before = -1;
        for (uint64_t i = 0; i < d % LENGTH; i++) {
            const double u = random_uniform((RandomStream){.seed = 9, .stream = d}, i);
            const int word = (int)(u * u * WORDS);
            cr_assert_eq(buffer_print(&text, &error, "w%d ", word), STATUS_OK);
            if (before >= 0) {
                tokens[before][word]++;
                documents[before][word] =
                    (uint16_t)(documents[before][word] + (last_seen[before][word] != (int)d + 1));
                last_seen[before][word] = (int)d + 1;
            }
            before = word;
        }
        cr_assert_eq(buffer_append_byte(&text, ' ', &error), STATUS_OK);
        texts[d] = text.bytes;
    }
    uint32_t expected = 0;
    for (int a = 0; a < WORDS; a++) {
        for (int b = 0; b < WORDS; b++) {
            expected += documents[a][b] >= LEAST;
        }
    }
    cr_assert(expected > 100 && expected < WORDS * WORDS / 2);
    for (int counters = 1; counters <= 3; counters++) {
        Fixture *fixture = count_words((const char *const *)texts, DOCUMENTS, counters);
        fixture->plan.documents_least = LEAST;
        count_ngrams(fixture);
        const NgramCounts *counts = &fixture->ngrams;
        cr_assert_eq(counts->terms.count, expected);
        for (WordId t = 0; t < counts->terms.count; t++) {
            int a, b;
            cr_assert_eq(sscanf(vocabulary_word(&counts->terms, t), "w%d w%d", &a, &b), 2);
            cr_assert_eq(counts->documents[t], documents[a][b]);
            cr_assert_eq(counts->tokens[t], tokens[a][b]);
        }
        free_fixture(fixture);
    }
    for (int d = 0; d < DOCUMENTS; d++) {
        free(texts[d]);
    }
}
