#include "text/collect.h"

#include "base/buffer.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS = 1500 };

/* Some words are frequent, most are not, and some are in every document very often. */
static void make_text(uint64_t number, Buffer *text)
{
    const RandomStream stream = {.seed = 11, .stream = number};
    Error error;
    buffer_clear(text);
    for (uint64_t i = 0; i < number % 97; i++) {
        const double u = random_uniform(stream, i);
        cr_assert_eq(buffer_print(text, &error, "w%d ", (int)(u * u * u * 3000)), STATUS_OK);
    }
    for (uint64_t i = 0; number % 50 == 1 && i < 300; i++) {
        cr_assert_eq(buffer_append_text(text, "often ", &error), STATUS_OK);
    }
}

/* What comes of counting the same documents in blocks of `size`, block b by counter b % counters.
 */
typedef struct Counted {
    Counter counters[3];
    CollectedBlock blocks[DOCUMENTS];
    size_t block_count;
    CollectedWords all;
    WordId *order; /* all words in byte order */
    WordId *renumbered;
    Counts counts;
} Counted;

static int compare(const void *left, const void *right, void *context)
{
    const Vocabulary *words = context;
    return strcmp(vocabulary_word(words, *(const WordId *)left),
                  vocabulary_word(words, *(const WordId *)right));
}

/* Numbers the words in byte order; those of three, six … bytes go. */
static void renumber(Counted *counted)
{
    const uint32_t words = counted->all.words.count;
    counted->order = malloc(words * sizeof(WordId));
    counted->renumbered = malloc(words * sizeof(WordId));
    for (WordId w = 0; w < words; w++) {
        counted->order[w] = w;
    }
    qsort_r(counted->order, words, sizeof(WordId), compare, &counted->all.words);
    for (WordId w = 0; w < words; w++) {
        const char *word = vocabulary_word(&counted->all.words, counted->order[w]);
        counted->renumbered[counted->order[w]] = strlen(word) % 3 ? w : WORD_NONE;
    }
}

static bool is_dropped(uint64_t document)
{
    return document % 7 == 3 || (document > 500 && document < 800);
}

/* `drop` 0: all documents; 1: without those that go from the beginning; 2: taken out later. */
static Counted *count_without(int counters, size_t size, uint32_t words, int drop)
{
    Counted *counted = calloc(1, sizeof *counted);
    Error error = {0};
    Buffer text = {0};
    Tokenizer *tokenizer;
    cr_assert_eq(tokenizer_new(&tokenizer_defaults, &tokenizer, &error), STATUS_OK);
    for (uint64_t d = 0; d < DOCUMENTS; d++) {
        const size_t b = d / size;
        Counter *counter = &counted->counters[b % (size_t)counters];
        make_text(d, &text);
        if (drop != 1 || !is_dropped(d)) {
            cr_assert_eq(counter_add(counter, tokenizer, buffer_text(&text), text.length, &error),
                         STATUS_OK);
        }
        if ((d + 1) % size == 0 || d + 1 == DOCUMENTS) {
            counted->blocks[b].counter = (int)(b % (size_t)counters);
            cr_assert_eq(counter_take(counter, &counted->blocks[b].block, &error), STATUS_OK);
            counted->block_count = b + 1;
        }
    }
    cr_assert_eq(collect_words(counted->counters, counters, &counted->all, &error), STATUS_OK);
    if (drop == 2) {
        bool dropped[DOCUMENTS];
        for (uint64_t d = 0; d < DOCUMENTS; d++) {
            dropped[d] = is_dropped(d);
        }
        collected_drop_documents(counted->blocks, counted->block_count, dropped, &counted->all);
    }
    renumber(counted);
    word_numbers_renumber(counted->all.numbers, counted->all.counters, counted->renumbered);
    const CollectedLayer layer = {.blocks = counted->blocks, .numbers = counted->all.numbers};
    cr_assert_eq(collect_counts(&layer, 1, counted->block_count,
                                words ? words : counted->all.words.count, counters,
                                &counted->counts, &error),
                 STATUS_OK);
    for (int c = 0; c < counters; c++) {
        counter_free(&counted->counters[c]);
    }
    tokenizer_free(tokenizer);
    buffer_free(&text);
    return counted;
}

static Counted *count(int counters, size_t size, uint32_t words)
{
    return count_without(counters, size, words, 0);
}

static void free_counted(Counted *counted)
{
    collected_words_free(&counted->all);
    counts_free(&counted->counts);
    free(counted->order);
    free(counted->renumbered);
    free(counted);
}

/* The same but for words that are in no document of one, and not there in the other. */
static void expect_same_rows(const Counted *a, const Counted *b)
{
    const Counts *left = &a->counts, *right = &b->counts;
    cr_assert_eq(left->documents, right->documents);
    cr_assert_eq(counts_pairs(left), counts_pairs(right));
    for (int64_t d = 0; d < left->documents; d++) {
        cr_assert_eq(left->starts[d + 1], right->starts[d + 1]);
    }
    for (int64_t p = 0; p < counts_pairs(left); p++) {
        const WordId x = a->order[left->words[p]], y = b->order[right->words[p]];
        cr_assert_str_eq(vocabulary_word(&a->all.words, x), vocabulary_word(&b->all.words, y));
        cr_assert_eq(left->values[p], right->values[p]);
    }
    for (WordId w = 0; w < a->all.words.count; w++) {
        const char *word = vocabulary_word(&a->all.words, w);
        const WordId other = vocabulary_find(&b->all.words, word, strlen(word));
        cr_assert_eq(a->all.documents[w], other == WORD_NONE ? 0 : b->all.documents[other]);
        cr_assert_eq(a->all.tokens[w], other == WORD_NONE ? 0 : b->all.tokens[other]);
    }
}

static void expect_same(const Counted *a, const Counted *b)
{
    const Counts *left = &a->counts, *right = &b->counts;
    const size_t pairs = (size_t)counts_pairs(left);
    cr_assert_eq(left->documents, DOCUMENTS);
    cr_assert_eq(right->documents, DOCUMENTS);
    cr_assert(pairs > 10000);
    cr_assert(memcmp(left->starts, right->starts, (DOCUMENTS + 1) * sizeof(int64_t)) == 0);
    cr_assert(memcmp(left->words, right->words, pairs * sizeof(WordId)) == 0);
    cr_assert(memcmp(left->values, right->values, pairs * sizeof(uint32_t)) == 0);
    cr_assert_eq(a->all.words.count, b->all.words.count);
    for (WordId w = 0; w < a->all.words.count; w++) {
        const WordId x = a->order[w], y = b->order[w];
        cr_assert_str_eq(vocabulary_word(&a->all.words, x), vocabulary_word(&b->all.words, y));
        cr_assert_eq(a->all.documents[x], b->all.documents[y]);
        cr_assert_eq(a->all.tokens[x], b->all.tokens[y]);
    }
}

Test(collect, does_not_depend_on_who_counted_what)
{
    static const struct {
        int counters;
        size_t size;
    } cases[] = {{1, DOCUMENTS}, {1, 1}, {2, 1}, {3, 7}, {2, 256}, {3, 257}, {3, DOCUMENTS}};
    Counted *expected = count(1, 100, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Counted *counted = count(cases[i].counters, cases[i].size, 0);
        expect_same(expected, counted);
        free_counted(counted);
    }
    free_counted(expected);
}

Test(collect, documents_that_are_taken_out_leave_no_trace)
{
    for (int counters = 1; counters <= 3; counters++) {
        Counted *without = count_without(counters, 100, 0, 1);
        Counted *taken_out = count_without(counters, 100, 0, 2);
        cr_assert(without->counts.documents < DOCUMENTS - 200);
        expect_same_rows(taken_out, without);
        free_counted(without);
        free_counted(taken_out);
    }
}

Test(collect, sorts_the_same_for_more_words_than_fit_beside_a_document)
{
    Counted *expected = count(2, 100, 0), *counted = count(2, 100, (1 << 24) + 1);
    expect_same(expected, counted);
    free_counted(expected);
    free_counted(counted);
}

Test(collect, rows_are_sorted_and_the_sums_are_those_of_the_words)
{
    Counted *counted = count(3, 64, 0);
    const Counts *counts = &counted->counts;
    double kept = 0.0, sum = 0.0;
    for (WordId w = 0; w < counted->all.words.count; w++) {
        kept += counted->renumbered[w] == WORD_NONE ? 0.0 : counted->all.tokens[w];
    }
    for (int64_t d = 0; d < counts->documents; d++) {
        sum += counts_tokens(counts, d);
        for (int64_t p = counts->starts[d] + 1; p < counts->starts[d + 1]; p++) {
            cr_assert(counts->words[p - 1] < counts->words[p]);
        }
    }
    cr_assert_eq(kept, sum);
    free_counted(counted);
}

Test(count_block, packs_every_word_with_every_count)
{
    static const WordId words[] = {0, 1, 255, 256, (1 << 24) - 1, 1 << 24, WORD_NONE - 1};
    static const uint32_t counts[] = {1, 2, 254, 255, 256, UINT32_MAX};
    enum { WORDS = sizeof words / sizeof *words, COUNTS = sizeof counts / sizeof *counts };
    uint32_t packed[WORDS * COUNTS * PACKED_PAIR_MAX], *end = packed;
    for (size_t i = 0; i < WORDS * COUNTS; i++) {
        end = pair_pack(end, words[i / COUNTS], counts[i % COUNTS]);
    }
    const uint32_t *at = packed;
    for (size_t i = 0; i < WORDS * COUNTS; i++) {
        WordId word;
        uint32_t count;
        at = pair_unpack(at, &word, &count);
        cr_assert(word == words[i / COUNTS] && count == counts[i % COUNTS], "%u %u", word, count);
    }
    cr_assert(at == end);
}
