#include "text/counter.h"

#include "base/buffer.h"
#include "base/random.h"
#include "support/counted.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static Tokenizer *make_tokenizer(const char *pattern)
{
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = pattern ? pattern : options.pattern;
    options.graphemes_min = 1;
    Tokenizer *tokenizer;
    Error error;
    cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_OK);
    return tokenizer;
}

static void count(Counter *counter, Tokenizer *tokenizer, const char *text)
{
    Error error = {0};
    cr_assert_eq(counter_add(counter, tokenizer, text, strlen(text), &error), STATUS_OK, "%s",
                 error.message);
}

static void add_words(Vocabulary *vocabulary, const char *const *words, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        WordId id;
        Error error;
        cr_assert_eq(vocabulary_add(vocabulary, words[i], strlen(words[i]), &id, &error),
                     STATUS_OK);
    }
}

/* Every row as `word:count`, rows separated by |, and what must hold of any Counts. */
static void expect_counts(const Counts *counts, const Vocabulary *vocabulary, const char *expected)
{
    Buffer text = {0};
    Error error;
    cr_assert_eq(counts_pairs(counts), counts->documents ? counts->starts[counts->documents] : 0);
    for (int64_t d = 0; d < counts->documents; d++) {
        cr_assert(d > 0 || counts->starts[0] == 0);
        cr_assert(counts->starts[d] <= counts->starts[d + 1]);
        cr_assert_eq(buffer_append_text(&text, d ? "|" : "", &error), STATUS_OK);
        for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
            cr_assert(p == counts->starts[d] || counts->words[p - 1] < counts->words[p]);
            cr_assert(counts->words[p] < vocabulary->count);
            cr_assert(counts->values[p] >= 1);
            cr_assert_eq(buffer_print(&text, &error, "%s%s:%u", p > counts->starts[d] ? " " : "",
                                      vocabulary_word(vocabulary, counts->words[p]),
                                      counts->values[p]),
                         STATUS_OK);
        }
    }
    cr_assert_str_eq(buffer_text(&text), expected);
    buffer_free(&text);
}

static void expect_taken(Counter *counter, const char *expected)
{
    Counts counts = counted_take(counter);
    expect_counts(&counts, counter->known ? counter->known : &counter->words, expected);
    counts_free(&counts);
}

Test(counter, counts_of_no_documents_are_empty)
{
    Counts counts = {0};
    cr_assert_eq(counts_pairs(&counts), 0);
    int64_t document_frequency[2] = {7, 7};
    double term_frequency[2] = {7, 7};
    counts_frequencies(&counts, 2, document_frequency, term_frequency);
    for (int i = 0; i < 2; i++) {
        cr_assert(document_frequency[i] == 0 && term_frequency[i] == 0.0);
    }
    counts_free(&counts);
}

Test(counter, tell_how_often_each_word_stands_in_each_document)
{
    Counter counter = {0};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    count(&counter, tokenizer, "to be or not to be");
    count(&counter, tokenizer, "");
    count(&counter, tokenizer, "be not afraid, NOT afraid");
    count(&counter, tokenizer, "... 123");
    cr_assert_eq(counter.documents, 4);
    expect_taken(&counter, "to:2 be:2 or:1 not:1||be:1 not:2 afraid:2|");
    cr_assert_eq(counter.unknown, 0);
    counter_free(&counter);
    tokenizer_free(tokenizer);
}

Test(counter, rows_are_sorted_in_whatever_order_the_words_come)
{
    Counter counter = {0};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    count(&counter, tokenizer, "a b c d e");
    count(&counter, tokenizer, "e d c b a e");
    count(&counter, tokenizer, "c f a");
    expect_taken(&counter, "a:1 b:1 c:1 d:1 e:1|a:1 b:1 c:1 d:1 e:2|a:1 c:1 f:1");
    counter_free(&counter);
    tokenizer_free(tokenizer);
}

Test(counter, give_document_and_term_frequencies)
{
    Counter counter = {0};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    count(&counter, tokenizer, "a a a b");
    count(&counter, tokenizer, "");
    count(&counter, tokenizer, "b c b");
    Counts counts = counted_take(&counter);
    int64_t document_frequency[4] = {9, 9, 9, 9};
    double term_frequency[4] = {9, 9, 9, 9};
    counts_frequencies(&counts, 4, document_frequency, term_frequency);
    counts_free(&counts);
    static const int64_t df[] = {1, 2, 1, 0};
    static const double tf[] = {3, 3, 1, 0};
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(document_frequency[i], df[i]);
        cr_assert_eq(term_frequency[i], tf[i]);
        cr_assert(i == 3 ||
                  (counter.tallies[i].documents == df[i] && counter.tallies[i].tokens == tf[i]));
    }
    counter_free(&counter);
    tokenizer_free(tokenizer);
}

Test(counter, of_a_closed_vocabulary_add_no_words_and_count_the_unknown)
{
    static const char *const known[] = {"apple", "pear"}, *const left_out[] = {"the", "and"};
    Vocabulary vocabulary = {0}, stopped = {0};
    add_words(&vocabulary, known, 2);
    add_words(&stopped, left_out, 2);
    Counter counter = {.known = &vocabulary, .stopped = &stopped};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    static const struct {
        const char *text;
        int64_t unknown;
    } cases[] = {
        {"the apple and the pear, the apple", 0},
        {"the quince and another quince", 3},
        {"", 0},
        {"the and", 0},
        {"pear plum", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        count(&counter, tokenizer, cases[i].text);
        cr_assert_eq(counter.unknown, cases[i].unknown, "'%s': %d unknown", cases[i].text,
                     (int)counter.unknown);
    }
    cr_assert_eq(vocabulary.count, 2);
    cr_assert_eq(stopped.count, 2);
    expect_taken(&counter, "apple:2 pear:1||||pear:1");
    counter_free(&counter);
    vocabulary_free(&vocabulary);
    vocabulary_free(&stopped);
    tokenizer_free(tokenizer);
}

Test(counter, of_a_closed_vocabulary_need_no_stopped_words)
{
    static const char *const known[] = {"apple"};
    Vocabulary vocabulary = {0};
    add_words(&vocabulary, known, 1);
    Counter counter = {.known = &vocabulary};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    count(&counter, tokenizer, "the apple");
    cr_assert_eq(counter.unknown, 1);
    expect_taken(&counter, "apple:1");
    counter_free(&counter);
    vocabulary_free(&vocabulary);
    tokenizer_free(tokenizer);
}

Test(counter, a_known_word_counts_though_it_is_stopped_too)
{
    static const char *const words[] = {"may"};
    Vocabulary vocabulary = {0}, stopped = {0};
    add_words(&vocabulary, words, 1);
    add_words(&stopped, words, 1);
    Counter counter = {.known = &vocabulary, .stopped = &stopped};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    count(&counter, tokenizer, "may may");
    cr_assert_eq(counter.unknown, 0);
    expect_taken(&counter, "may:2");
    counter_free(&counter);
    vocabulary_free(&vocabulary);
    vocabulary_free(&stopped);
    tokenizer_free(tokenizer);
}

Test(counter, agree_with_counting_by_hand_in_a_large_collection)
{
    enum { DOCUMENTS = 300, WORDS = 5000, LENGTH = 400 };
    static uint32_t by_hand[DOCUMENTS][WORDS];
    Counter counter = {0};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    const RandomStream stream = {.seed = 21, .stream = 0};
    for (uint64_t d = 0; d < DOCUMENTS; d++) {
        Buffer text = {0};
        Error error;
        for (uint64_t i = 0; i < d % LENGTH; i++) {
            const double u = random_uniform(stream, d * LENGTH + i);
            const int word = (int)(u * u * u * WORDS); /* some much more often than others */
            by_hand[d][word]++;
            cr_assert_eq(buffer_print(&text, &error, "w%d ", word), STATUS_OK);
        }
        count(&counter, tokenizer, buffer_text(&text));
        buffer_free(&text);
    }
    Counts counted = counted_take(&counter), *counts = &counted;
    cr_assert_eq(counts->documents, DOCUMENTS);
    for (int64_t d = 0; d < DOCUMENTS; d++) {
        int64_t pairs = 0;
        for (int word = 0; word < WORDS; word++) {
            pairs += by_hand[d][word] > 0;
        }
        cr_assert_eq(counts->starts[d + 1] - counts->starts[d], pairs);
        for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
            const int word = atoi(vocabulary_word(&counter.words, counts->words[p]) + 1);
            cr_assert_eq(counts->values[p], by_hand[d][word]);
        }
    }
    counts_free(&counted);
    counter_free(&counter);
    tokenizer_free(tokenizer);
}

Test(counter, are_taken_block_by_block)
{
    Counter counter = {0};
    Tokenizer *tokenizer = make_tokenizer(NULL);
    count(&counter, tokenizer, "one two");
    count(&counter, tokenizer, "two two");
    expect_taken(&counter, "one:1 two:1|two:2");
    expect_taken(&counter, "");
    count(&counter, tokenizer, "two three");
    expect_taken(&counter, "two:1 three:1");
    cr_assert_eq(counter.tallies[1].documents, 3);
    cr_assert_eq(counter.tallies[1].tokens, 4);
    counter_free(&counter);
    cr_assert(counter.tallies == NULL && counter.words.count == 0);
    tokenizer_free(tokenizer);
}

Test(counter, pass_on_that_the_tokenizer_gave_up, .timeout = 100)
{
    Counter counter = {0};
    Tokenizer *tokenizer = make_tokenizer("(a+)+$|b");
    count(&counter, tokenizer, "b");
    char text[300];
    memset(text, 'a', sizeof text);
    text[0] = 'b';
    text[sizeof text - 1] = '!';
    Error error = {0};
    cr_assert_eq(counter_add(&counter, tokenizer, text, sizeof text, &error), STATUS_FAILED);
    cr_assert_eq(counter.documents, 1, "half a document was counted");
    expect_taken(&counter, "b:1");
    counter_free(&counter);
    tokenizer_free(tokenizer);
}
