#include "text/prune.h"

#include "base/buffer.h"
#include "support/counted.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* A counted collection and what pruning makes of it. */
typedef struct Fixture {
    Tokenizer *tokenizer;
    Counter counter;
    Counts counts;
    Vocabulary stopped;
    Vocabulary kept;
    Counts kept_counts;
    PruneTally tally;
} Fixture;

static void count_texts(Fixture *fixture, const char *const *texts, size_t count)
{
    *fixture = (Fixture){0};
    TokenizerOptions options = tokenizer_defaults;
    options.graphemes_min = 1;
    Error error;
    cr_assert_eq(tokenizer_new(&options, &fixture->tokenizer, &error), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(
            counter_add(&fixture->counter, fixture->tokenizer, texts[i], strlen(texts[i]), &error),
            STATUS_OK);
    }
    fixture->counts = counted_take(&fixture->counter);
}

static void stop(Fixture *fixture, const char *word)
{
    WordId id;
    Error error;
    cr_assert_eq(vocabulary_add(&fixture->stopped, word, strlen(word), &id, &error), STATUS_OK);
}

/* What prune_words and counts_renumber make of a vocabulary and its counts. */
static void prune_counts(const Vocabulary *words, const Counts *counts, const Vocabulary *stopped,
                         const PruneOptions *options, Vocabulary *kept, Counts *kept_counts,
                         PruneTally *tally)
{
    Error error = {0};
    int64_t *document_frequency = calloc((size_t)words->count + 1, sizeof *document_frequency);
    double *term_frequency = calloc((size_t)words->count + 1, sizeof *term_frequency);
    WordId *renumbered = calloc((size_t)words->count + 1, sizeof *renumbered);
    counts_frequencies(counts, words->count, document_frequency, term_frequency);
    const WordFrequencies all = {
        .words = words, .documents = document_frequency, .tokens = term_frequency};
    cr_assert_eq(
        prune_words(&all, counts->documents, stopped, options, kept, renumbered, tally, &error),
        STATUS_OK, "%s", error.message);
    cr_assert_eq(counts_renumber(counts, renumbered, kept->count, kept_counts, &error), STATUS_OK,
                 "%s", error.message);
    free(document_frequency);
    free(term_frequency);
    free(renumbered);
}

static void prune(Fixture *fixture, PruneOptions options)
{
    vocabulary_free(&fixture->kept);
    counts_free(&fixture->kept_counts);
    memset(&fixture->tally, 0x55, sizeof fixture->tally);
    prune_counts(&fixture->counter.words, &fixture->counts, &fixture->stopped, &options,
                 &fixture->kept, &fixture->kept_counts, &fixture->tally);
}

static void free_fixture(Fixture *fixture)
{
    tokenizer_free(fixture->tokenizer);
    counts_free(&fixture->counts);
    counter_free(&fixture->counter);
    vocabulary_free(&fixture->stopped);
    vocabulary_free(&fixture->kept);
    counts_free(&fixture->kept_counts);
}

static DocumentShare documents(double value)
{
    return (DocumentShare){.value = value, .is_fraction = false};
}

static DocumentShare fraction(double value)
{
    return (DocumentShare){.value = value, .is_fraction = true};
}

static const PruneOptions everything = {.min = {.value = 0}, .max = {.value = 1e9}};

/* The kept words in the order of their ids, separated by spaces. */
static void expect_words(const Fixture *fixture, const char *expected)
{
    Buffer text = {0};
    Error error;
    for (WordId id = 0; id < fixture->kept.count; id++) {
        const char *word = vocabulary_word(&fixture->kept, id);
        cr_assert_eq(buffer_print(&text, &error, "%s%s", id ? " " : "", word), STATUS_OK);
        cr_assert_eq(vocabulary_find(&fixture->kept, word, strlen(word)), id);
    }
    cr_assert_str_eq(buffer_text(&text), expected);
    buffer_free(&text);
}

/* The rows as `word:count`, separated by |, and what must hold of them. */
static void expect_rows(const Fixture *fixture, const char *expected)
{
    const Counts *counts = &fixture->kept_counts;
    Buffer text = {0};
    Error error;
    for (int64_t d = 0; d < counts->documents; d++) {
        cr_assert_eq(buffer_append_text(&text, d ? "|" : "", &error), STATUS_OK);
        for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
            cr_assert(p == counts->starts[d] || counts->words[p - 1] < counts->words[p]);
            cr_assert_eq(buffer_print(&text, &error, "%s%s:%u", p > counts->starts[d] ? " " : "",
                                      vocabulary_word(&fixture->kept, counts->words[p]),
                                      counts->values[p]),
                         STATUS_OK);
        }
    }
    cr_assert_str_eq(buffer_text(&text), expected);
    buffer_free(&text);
}

static void expect_tally(const Fixture *fixture, int64_t stopped, int64_t rare, int64_t frequent,
                         int64_t kept)
{
    const PruneTally *tally = &fixture->tally;
    cr_assert_eq(tally->stopped, stopped, "%d stopped", (int)tally->stopped);
    cr_assert_eq(tally->rare, rare, "%d rare", (int)tally->rare);
    cr_assert_eq(tally->frequent, frequent, "%d frequent", (int)tally->frequent);
    cr_assert_eq(tally->kept, kept, "%d kept", (int)tally->kept);
    cr_assert_eq(tally->tokens, stopped + rare + frequent + tally->beyond + kept);
}

Test(prune, numbers_the_words_in_byte_order_and_sorts_every_row)
{
    static const char *const texts[] = {"zebra éclair apple zebra", "Banana apple d'or",
                                        "日本 apple' a don apples"};
    Fixture fixture;
    count_texts(&fixture, texts, 3);
    prune(&fixture, everything);
    expect_words(&fixture, "a apple apples banana d'or don zebra éclair 日本");
    expect_rows(&fixture, "apple:1 zebra:2 éclair:1|apple:1 banana:1 d'or:1|"
                          "a:1 apple:1 apples:1 don:1 日本:1");
    expect_tally(&fixture, 0, 0, 0, 12);
    free_fixture(&fixture);
}

/* w1 stands in 1 of 10 documents, w2 in 2, … w10 in all. */
static void count_steps(Fixture *fixture)
{
    static const char *const texts[] = {"w1 w2 w3 w4 w5 w6 w7 w8 w9 w10",
                                        "w2 w3 w4 w5 w6 w7 w8 w9 w10",
                                        "w3 w4 w5 w6 w7 w8 w9 w10",
                                        "w4 w5 w6 w7 w8 w9 w10",
                                        "w5 w6 w7 w8 w9 w10",
                                        "w6 w7 w8 w9 w10",
                                        "w7 w8 w9 w10",
                                        "w8 w9 w10",
                                        "w9 w10",
                                        "w10"};
    count_texts(fixture, texts, 10);
}

Test(prune, keeps_words_from_the_least_to_the_most_documents_both_included)
{
    static const struct {
        DocumentShare min, max;
        const char *words; /* in byte order: w10 before w2 */
        int64_t rare, frequent;
    } cases[] = {
        {{2, false}, {5, false}, "w2 w3 w4 w5", 1, 40},
        {{2, false}, {0.5, true}, "w2 w3 w4 w5", 1, 40},
        {{0.2, true}, {5, false}, "w2 w3 w4 w5", 1, 40},
        {{0.2, true}, {0.5, true}, "w2 w3 w4 w5", 1, 40},
        {{0.21, true}, {0.49, true}, "w3 w4", 3, 45},
        {{0.15, true}, {0.55, true}, "w2 w3 w4 w5", 1, 40},
        {{2.5, false}, {4.5, false}, "w3 w4", 3, 45},
        {{0, false}, {1, true}, "w1 w10 w2 w3 w4 w5 w6 w7 w8 w9", 0, 0},
        {{1, false}, {10, false}, "w1 w10 w2 w3 w4 w5 w6 w7 w8 w9", 0, 0},
        {{1, true}, {1, true}, "w10", 45, 0},  /* a fraction of 1 is all documents, */
        {{1, false}, {1, false}, "w1", 0, 54}, /* a number of 1 is one document */
        {{11, false}, {1, true}, "", 55, 0},
        {{0, false}, {0, true}, "", 0, 55},
        {{0, true}, {0, false}, "", 0, 55},
    };
    Fixture fixture;
    count_steps(&fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        prune(&fixture, (PruneOptions){.min = cases[i].min, .max = cases[i].max});
        expect_words(&fixture, cases[i].words);
        expect_tally(&fixture, 0, cases[i].rare, cases[i].frequent,
                     55 - cases[i].rare - cases[i].frequent);
    }
    free_fixture(&fixture);
}

Test(prune, by_default_keeps_words_of_two_documents_to_half_of_them)
{
    Fixture fixture;
    count_steps(&fixture);
    prune(&fixture, prune_defaults);
    expect_words(&fixture, "w2 w3 w4 w5");
    free_fixture(&fixture);
}

Test(prune, counts_documents_and_not_tokens)
{
    static const char *const texts[] = {"often often often often", "twice", "twice"};
    Fixture fixture;
    count_texts(&fixture, texts, 3);
    prune(&fixture, (PruneOptions){.min = documents(2), .max = documents(3)});
    expect_words(&fixture, "twice");
    expect_tally(&fixture, 0, 4, 0, 2);
    free_fixture(&fixture);
}

Test(prune, takes_fractions_of_all_documents_empty_ones_included)
{
    static const char *const texts[] = {"x y", "", "x", ""};
    Fixture fixture;
    count_texts(&fixture, texts, 4);
    prune(&fixture, (PruneOptions){.min = documents(0), .max = fraction(0.5)});
    expect_words(&fixture, "x y"); /* x in 2 of 4, not in 2 of 2 */
    prune(&fixture, (PruneOptions){.min = fraction(0.5), .max = fraction(1)});
    expect_words(&fixture, "x");
    prune(&fixture, (PruneOptions){.min = documents(0), .max = fraction(0.25)});
    expect_words(&fixture, "y");
    free_fixture(&fixture);
}

Test(prune, keeps_every_document_also_one_without_words)
{
    static const char *const texts[] = {"", "the cat", "the", "", "the cat sat", "sat"};
    Fixture fixture;
    count_texts(&fixture, texts, 6);
    stop(&fixture, "the");
    prune(&fixture, everything);
    cr_assert_eq(fixture.kept_counts.documents, 6);
    expect_rows(&fixture, "|cat:1|||cat:1 sat:1|sat:1");
    expect_tally(&fixture, 3, 0, 0, 4);
    free_fixture(&fixture);
}

Test(prune, may_leave_nothing)
{
    static const char *const texts[] = {"one", "two three"};
    Fixture fixture;
    count_texts(&fixture, texts, 2);
    prune(&fixture, (PruneOptions){.min = documents(2), .max = documents(2)});
    expect_words(&fixture, "");
    expect_rows(&fixture, "|");
    cr_assert_eq(counts_pairs(&fixture.kept_counts), 0);
    cr_assert_eq(fixture.kept_counts.documents, 2);
    expect_tally(&fixture, 0, 3, 0, 0);
    free_fixture(&fixture);
}

Test(prune, takes_a_collection_without_words_or_documents)
{
    static const char *const texts[] = {"", "..."};
    for (size_t count = 0; count <= 2; count++) {
        Fixture fixture;
        count_texts(&fixture, texts, count);
        prune(&fixture, prune_defaults);
        cr_assert_eq(fixture.kept.count, 0);
        cr_assert_eq(fixture.kept_counts.documents, (int64_t)count);
        cr_assert_eq(counts_pairs(&fixture.kept_counts), 0);
        expect_tally(&fixture, 0, 0, 0, 0);
        free_fixture(&fixture);
    }
}

Test(prune, counts_each_token_with_the_first_filter_that_takes_it)
{
    static const char *const texts[] = {"the the rare stoprare all", "the all all", "the all mid",
                                        "the all mid mid"};
    Fixture fixture;
    count_texts(&fixture, texts, 4);
    stop(&fixture, "the");      /* would be frequent too */
    stop(&fixture, "stoprare"); /* would be rare too */
    stop(&fixture, "absent");
    prune(&fixture, (PruneOptions){.min = documents(2), .max = fraction(0.5)});
    expect_words(&fixture, "mid");
    expect_tally(&fixture, 5 + 1, 1, 5, 3);
    cr_assert_eq(fixture.tally.tokens, 15);
    expect_rows(&fixture, "||mid:1|mid:2");
    free_fixture(&fixture);
}

Test(prune, keeps_the_most_frequent_words_of_equal_ones_the_first)
{
    static const char *const texts[] = {"zed b b a a c", "zed d d b a"};
    Fixture fixture;
    count_texts(&fixture, texts, 2);
    PruneOptions options = everything;
    options.words_most = 3;
    prune(&fixture, options);
    expect_words(&fixture, "a b d");
    expect_rows(&fixture, "a:2 b:2|a:1 b:1 d:2");
    expect_tally(&fixture, 0, 0, 0, 8);
    cr_assert_eq(fixture.tally.beyond, 3);
    options.words_most = 5; /* there are no more */
    prune(&fixture, options);
    expect_words(&fixture, "a b c d zed");
    cr_assert_eq(fixture.tally.beyond, 0);
    free_fixture(&fixture);
}

Test(prune, leaves_its_input_alone)
{
    static const char *const texts[] = {"zebra apple", "apple"};
    Fixture fixture;
    count_texts(&fixture, texts, 2);
    stop(&fixture, "zebra");
    prune(&fixture, everything);
    cr_assert_eq(fixture.counter.words.count, 2);
    cr_assert_str_eq(vocabulary_word(&fixture.counter.words, 0), "zebra");
    cr_assert_eq(counts_pairs(&fixture.counts), 3);
    cr_assert_eq(fixture.counts.words[0], 0);
    cr_assert_eq(fixture.stopped.count, 1);
    expect_words(&fixture, "apple");
    free_fixture(&fixture);
}

Test(prune, values_that_are_not_whole_stay_as_they_are)
{
    static int64_t starts[3] = {0, 3, 5};
    static WordId words[5] = {0, 1, 2, 0, 2};
    static double amounts[5] = {0.5, 2.25, 1e-30, 3, 1e30};
    const Counts counts = {.documents = 2, .starts = starts, .words = words, .amounts = amounts};
    Vocabulary vocabulary = {0}, none = {0}, kept = {0};
    Counts kept_counts = {0};
    PruneTally tally;
    Error error;
    WordId id;
    static const char *const names[] = {"zebra", "rare", "ant"};
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(vocabulary_add(&vocabulary, names[i], strlen(names[i]), &id, &error),
                     STATUS_OK);
    }
    const PruneOptions options = {.min = {2, false}, .max = {1.0, true}};
    prune_counts(&vocabulary, &counts, &none, &options, &kept, &kept_counts, &tally);
    cr_assert(kept.count == 2 && kept_counts.values == NULL && counts_pairs(&kept_counts) == 4);
    cr_assert(counts_value(&kept_counts, 0) == 1e-30 && counts_value(&kept_counts, 1) == 0.5);
    cr_assert(counts_value(&kept_counts, 2) == 1e30 && counts_value(&kept_counts, 3) == 3.0);
    cr_assert(tally.rare == 2.25 && tally.kept == 1e30);
    vocabulary_free(&vocabulary);
    vocabulary_free(&kept);
    counts_free(&kept_counts);
}

Test(prune, byte_order_holds_for_words_that_begin_alike)
{
    static const size_t alike[] = {0, 1, 7, 8, 9, 15, 16, 17, 56, 63, 64, 65, 72, 100};
    static const char *const tails[] = {"", "a", "b", "\x7F", "\xC3\xA9", " a", "aaaaaaab", "zz"};
    enum { PREFIXES = sizeof alike / sizeof *alike, TAILS = sizeof tails / sizeof *tails };
    Error error = {0};
    Vocabulary words = {0}, none = {0}, kept = {0};
    PruneTally tally;
    for (size_t t = TAILS; t-- > 0;) {
        for (size_t i = 0; i < PREFIXES; i++) {
            char word[128];
            WordId id;
            memset(word, 'a', alike[i]);
            strcpy(word + alike[i], tails[t]);
            cr_assert_eq(vocabulary_add(&words, word, strlen(word), &id, &error), STATUS_OK);
        }
    }
    int64_t *documents = calloc(words.count, sizeof *documents);
    double *tokens = calloc(words.count, sizeof *tokens);
    WordId *renumbered = calloc(words.count, sizeof *renumbered);
    for (WordId id = 0; id < words.count; id++) {
        documents[id] = 1;
        tokens[id] = 1.0;
    }
    const WordFrequencies all = {.words = &words, .documents = documents, .tokens = tokens};
    const PruneOptions options = {.min = {.value = 1}, .max = {.value = 1}};
    cr_assert_eq(prune_words(&all, 1, &none, &options, &kept, renumbered, &tally, &error),
                 STATUS_OK);
    cr_assert_eq(kept.count, words.count);
    for (WordId id = 0; id < kept.count; id++) {
        cr_assert(id == 0 ||
                  strcmp(vocabulary_word(&kept, id - 1), vocabulary_word(&kept, id)) < 0);
        cr_assert(strcmp(vocabulary_word(&words, id), vocabulary_word(&kept, renumbered[id])) == 0);
        cr_assert(vocabulary_find(&kept, vocabulary_word(&kept, id),
                                  vocabulary_word_length(&kept, id)) == id);
    }
    free(documents);
    free(tokens);
    free(renumbered);
    vocabulary_free(&words);
    vocabulary_free(&kept);
}
