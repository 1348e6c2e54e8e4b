#include "text/word_merge.h"

#include "base/buffer.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS = 400, COUNTERS = 3, SPILLS_MAX = DOCUMENTS + COUNTERS };

/* Few words are frequent, most are not; they are written in several ways. */
static void make_text(uint64_t number, Buffer *text)
{
    static const char *const starts[] = {"w", "W", "strasse", "Straße", "λ", "Λ"};
    const RandomStream stream = {.seed = 5, .stream = number};
    Error error;
    buffer_clear(text);
    for (uint64_t i = 0; i < number % 61; i++) {
        const double u = random_uniform(stream, 2 * i);
        const int start = (int)(random_uniform(stream, 2 * i + 1) * 6.0);
        cr_assert_eq(buffer_print(text, &error, "%s%d, ", starts[start], (int)(u * u * u * 900)),
                     STATUS_OK);
    }
}

static bool is_dropped(size_t document)
{
    return document % 9 == 4;
}

/* What comes of counting the same documents. */
typedef struct Counted {
    Counter counters[COUNTERS];
    CollectedBlock blocks[DOCUMENTS];
    WordSpill spills[SPILLS_MAX];
    int vocabulary[COUNTERS]; /* the number of what each counter knows */
    WordMerge merge;
    CollectedWords all;
    Spellings spellings;
    TokenizerTally tally;
    double dropped_tokens;
} Counted;

/* Block by block, by each counter in turn; `every`th blocks are spilled and, of their counter, the
 * words; 0: never. */
static Counted *count(size_t size, size_t every)
{
    Counted *counted = calloc(1, sizeof *counted);
    Error error = {0};
    Buffer text = {0};
    Tokenizer *tokenizer;
    WordMerge *merge = &counted->merge;
    *merge = (WordMerge){.spills = counted->spills, .blocks = counted->blocks, .threads = 2};
    merge->file = temporary_new(&error);
    merge->spill_count = COUNTERS;
    cr_assert_eq(tokenizer_new(&tokenizer_defaults, &tokenizer, &error), STATUS_OK);
    for (int c = 0; c < COUNTERS; c++) {
        counted->counters[c].keeps_order = true;
        counted->vocabulary[c] = c;
    }
    for (size_t d = 0; d < DOCUMENTS; d++) {
        const size_t b = d / size, c = b % COUNTERS;
        Counter *counter = &counted->counters[c];
        make_text(d, &text);
        cr_assert_eq(counter_add(counter, tokenizer, buffer_text(&text), text.length, &error),
                     STATUS_OK);
        if ((d + 1) % size != 0 && d + 1 < DOCUMENTS) {
            continue;
        }
        CountBlock *block = &counted->blocks[b].block;
        cr_assert_eq(counter_take(counter, block, &error), STATUS_OK);
        counted->blocks[b].counter = counted->vocabulary[c];
        merge->block_count = b + 1;
        if (every && b % every == 0) {
            WordSpill *spill = &counted->spills[counted->vocabulary[c]];
            cr_assert_eq(count_block_spill(block, merge->file, &error), STATUS_OK);
            cr_assert_eq(word_spill_write(counter, merge->file, spill, &error), STATUS_OK);
            cr_assert_eq(counter->words.count, 0);
            counted->vocabulary[c] = (int)merge->spill_count++;
        }
    }
    counted->tally = *tokenizer_tally(tokenizer);
    tokenizer_free(tokenizer);
    buffer_free(&text);
    return counted;
}

/* In memory. */
static Counted *count_plainly(bool drops)
{
    Error error = {0};
    Counted *counted = count(1, 0);
    bool dropped[DOCUMENTS];
    for (size_t d = 0; d < DOCUMENTS; d++) {
        dropped[d] = drops && is_dropped(d);
    }
    cr_assert_eq(collect_words(counted->counters, COUNTERS, &counted->all, &error), STATUS_OK);
    cr_assert_eq(collected_drop_documents(counted->blocks, DOCUMENTS, dropped, &counted->all,
                                          counted->merge.file, &error),
                 STATUS_OK);
    return counted;
}

/* In spills. */
static Counted *count_spilled(size_t size, size_t every, bool drops)
{
    Error error = {0};
    Counted *counted = count(size, every);
    bool dropped[DOCUMENTS];
    for (size_t d = 0; d < DOCUMENTS; d++) {
        dropped[d] = is_dropped(d);
    }
    for (int c = 0; c < COUNTERS; c++) {
        cr_assert_eq(word_spill_write(&counted->counters[c], counted->merge.file,
                                      &counted->spills[counted->vocabulary[c]], &error),
                     STATUS_OK);
    }
    if (drops) {
        cr_assert_eq(word_merge_drop(&counted->merge, dropped, &counted->dropped_tokens, &error),
                     STATUS_OK);
    }
    return counted;
}

static void merge(Counted *counted)
{
    Error error = {0};
    cr_assert_eq(word_merge(&counted->merge, &counted->all, &counted->spellings, &error), STATUS_OK,
                 "%s", error.message);
}

static void free_counted(Counted *counted)
{
    for (size_t s = 0; s < SPILLS_MAX; s++) {
        word_spill_free(&counted->spills[s]);
    }
    for (size_t b = 0; b < DOCUMENTS; b++) {
        count_block_free(&counted->blocks[b].block);
    }
    for (int c = 0; c < COUNTERS; c++) {
        counter_free(&counted->counters[c]);
    }
    temporary_free(counted->merge.file);
    collected_words_free(&counted->all);
    spellings_free(&counted->spellings);
    free(counted);
}

/* ---- comparing ---- */

/* The number of a word of one among the other's, 0 where it is not there by itself. */
static WordId other_number(const Counted *from, WordId word, const Counted *in)
{
    const WordId other = vocabulary_find(&in->all.words, vocabulary_word(&from->all.words, word),
                                         vocabulary_word_length(&from->all.words, word));
    return other == WORD_NONE ? 0 : other;
}

/* Every document has the same words, in the same order; those that were not kept are one. */
static void expect_same_documents(const Counted *plain, const Counted *merged)
{
    Error error = {0};
    size_t b = 0;
    int64_t inside = 0;
    const uint32_t *at = NULL;
    const WordId *order = NULL;
    CountBlock view = {0};
    uint32_t *counts = calloc(merged->all.words.count, sizeof *counts);
    for (size_t d = 0; d < DOCUMENTS; d++) {
        const CountBlock *one = &plain->blocks[d].block; /* a document, or none */
        const WordId *numbers = plain->all.numbers[plain->blocks[d].counter].of;
        const uint32_t *from = one->packed;
        WordId word;
        uint32_t count;
        while (one->documents && inside == view.documents) {
            b += view.documents > 0;
            count_block_close(&merged->blocks[b - (view.documents > 0)].block, &view);
            while (merged->blocks[b].block.documents == 0) {
                b++;
            }
            cr_assert_eq(count_block_open(&merged->blocks[b].block, &view, &error), STATUS_OK);
            cr_assert_eq(merged->blocks[b].counter, 0);
            at = view.packed;
            order = view.order;
            inside = 0;
        }
        for (uint32_t i = 0; one->documents && i < one->lengths[0]; i++) {
            from = pair_unpack(from, &word, &count);
            counts[other_number(plain, numbers[word], merged)] += count;
        }
        for (uint32_t i = 0; one->documents && i < view.lengths[inside]; i++) {
            at = pair_unpack(at, &word, &count);
            cr_assert_eq(counts[word], count, "document %zu", d);
            counts[word] = 0;
        }
        for (uint32_t i = 0; one->documents && i < one->tokens[0]; i++) {
            cr_assert_eq(*order++, other_number(plain, numbers[one->order[i]], merged));
        }
        for (WordId w = 0; w < merged->all.words.count; w++) {
            cr_assert_eq(counts[w], 0, "document %zu", d);
        }
        inside += one->documents;
    }
    count_block_close(&merged->blocks[b].block, &view);
    free(counts);
}

/* What is kept has the sums that it should, and the rest those of the others. */
static void expect_same_words(const Counted *plain, const Counted *merged,
                              bool (*is_kept)(const Counted *, WordId))
{
    const CollectedWords *expected = &plain->all, *all = &merged->all;
    double rest_tokens = 0.0;
    int64_t rest_words = 0, rest_pairs = 0;
    cr_assert(all->has_rest && all->documents[0] == 0 && !*vocabulary_word(&all->words, 0));
    for (WordId w = 0; w < expected->words.count; w++) {
        const char *word = vocabulary_word(&expected->words, w);
        const WordId number = other_number(plain, w, merged);
        cr_assert_eq(number != 0, is_kept(plain, w), "%s", word);
        if (number) {
            cr_assert_eq(all->documents[number], expected->documents[w], "%s", word);
            cr_assert_eq(all->tokens[number], expected->tokens[w], "%s", word);
        } else {
            rest_words++;
            rest_tokens += expected->tokens[w];
            rest_pairs += expected->documents[w];
        }
    }
    cr_assert_eq(all->tokens[0], rest_tokens);
    cr_assert_eq(all->rest_words, rest_words);
    cr_assert_eq(all->rest_pairs, rest_pairs);
    cr_assert_eq(collected_count(all), expected->words.count);
    for (WordId w = 2; w < all->words.count; w++) {
        cr_assert(strcmp(vocabulary_word(&all->words, w - 1), vocabulary_word(&all->words, w)) < 0);
    }
}

static void expect_same_spellings(const Counted *plain, const Counted *merged, int64_t least)
{
    Spellings expected = {0};
    Error error = {0};
    cr_assert_eq(spellings_find_all(plain->counters, &plain->all, least, &expected, &error),
                 STATUS_OK);
    cr_assert(expected.words.count > 5);
    cr_assert_eq(merged->spellings.words.count, expected.words.count);
    for (WordId s = 0; s < expected.words.count; s++) {
        const char *word = vocabulary_word(&expected.words, s);
        const char *spelling = spellings_of(&merged->spellings, word, strlen(word));
        cr_assert(spelling && strcmp(spelling, expected.spellings[s]) == 0, "%s", word);
    }
    spellings_free(&expected);
}

static void expect_all_letters(const Counted *plain, const Counted *merged)
{
    const double *tokens;
    const Vocabulary *letters = collected_letters(&merged->all, &tokens);
    double w = 0.0, lambda = 0.0;
    for (WordId id = 0; id < plain->all.words.count; id++) {
        const char *word = vocabulary_word(&plain->all.words, id);
        w += word[0] == 'w' ? plain->all.tokens[id] : 0.0;
        lambda += strncmp(word, "λ", 2) == 0 ? plain->all.tokens[id] : 0.0;
    }
    cr_assert(w > 0 && lambda > 0);
    cr_assert_eq(tokens[vocabulary_find(letters, "w", 1)], w);
    cr_assert_eq(tokens[vocabulary_find(letters, "λ", 2)], lambda);
}

static void expect_same_tally(const Counted *plain, const Counted *merged)
{
    TokenizerTally a = plain->tally, b = merged->tally;
    for (int c = 0; c < COUNTERS; c++) {
        counter_add_tally(&plain->counters[c], &a);
        counter_add_tally(&merged->counters[c], &b);
    }
    cr_assert(a.matched > 1000);
    cr_assert(memcmp(&a, &b, sizeof a) == 0);
}

/* ---- the tests ---- */

static Vocabulary always;

static void expect_add_always(const char *word)
{
    WordId id;
    Error error;
    cr_assert_eq(vocabulary_add(&always, word, strlen(word), &id, &error), STATUS_OK);
}

static bool is_in_three(const Counted *plain, WordId w)
{
    const char *word = vocabulary_word(&plain->all.words, w);
    return plain->all.documents[w] >= 3 || plain->all.tokens[w] >= 5.0 || strcmp(word, "w700") == 0;
}

Test(word_merge, finds_what_is_found_in_memory)
{
    static const struct {
        size_t size, every;
    } cases[] = {{1, 1}, {7, 2}, {64, 1}, {5, 3}, {DOCUMENTS, 1}, {10, 0}};
    expect_add_always("w700");
    expect_add_always("never");
    for (int drops = 0; drops < 2; drops++) {
        Counted *plain = count_plainly(drops);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            Counted *merged = count_spilled(cases[i].size, cases[i].every, drops);
            cr_assert_eq(merged->dropped_tokens > 0.0, drops);
            merged->merge.documents_least = 3;
            merged->merge.tokens_least = 5.0;
            merged->merge.always[0] = &always;
            merge(merged);
            expect_same_words(plain, merged, is_in_three);
            expect_same_documents(plain, merged);
            expect_same_spellings(plain, merged, 3);
            expect_all_letters(plain, merged);
            expect_same_tally(plain, merged);
            free_counted(merged);
        }
        free_counted(plain);
    }
    vocabulary_free(&always);
}

enum { IN_MOST = 12 };

static int words_most;

static bool competes(const Counted *plain, WordId w)
{
    return plain->all.documents[w] >= 2 && plain->all.documents[w] <= IN_MOST &&
           strcmp(vocabulary_word(&plain->all.words, w), "w1") != 0;
}

/* Of those that compete, fewer than words_most are more frequent, or as frequent and before it. */
static bool is_among_most(const Counted *plain, WordId w)
{
    const CollectedWords *all = &plain->all;
    int before = 0;
    for (WordId v = 0; v < all->words.count && competes(plain, w); v++) {
        const bool is_level = all->tokens[v] == all->tokens[w];
        before += competes(plain, v) && (all->tokens[v] > all->tokens[w] ||
                                         (is_level && strcmp(vocabulary_word(&all->words, v),
                                                             vocabulary_word(&all->words, w)) < 0));
    }
    return competes(plain, w)
               ? before < words_most
               : all->documents[w] > IN_MOST || strcmp(vocabulary_word(&all->words, w), "w1") == 0;
}

static void expect_most_frequent(const Counted *plain)
{
    Counted *merged = count_spilled(6, 2, false);
    double beyond = 0.0;
    merged->merge.documents_least = 2;
    merged->merge.documents_most = IN_MOST;
    merged->merge.tokens_least = INFINITY;
    merged->merge.words_most = words_most;
    merged->merge.always[0] = &always;
    merge(merged);
    expect_same_words(plain, merged, is_among_most);
    expect_same_documents(plain, merged);
    for (WordId w = 0; w < plain->all.words.count; w++) {
        beyond += competes(plain, w) && !is_among_most(plain, w) ? plain->all.tokens[w] : 0.0;
    }
    cr_assert_eq(beyond > 0.0, words_most < 1000);
    cr_assert_eq(merged->all.rest_beyond, beyond);
    free_counted(merged);
}

/* Many have the same frequency. */
Test(word_merge, keeps_the_most_frequent_words)
{
    Counted *plain = count_plainly(false);
    expect_add_always("w1");
    for (words_most = 1; words_most < 100; words_most += 7) {
        expect_most_frequent(plain);
    }
    words_most = 10000;
    expect_most_frequent(plain);
    free_counted(plain);
    vocabulary_free(&always);
}
