/* Both roads from texts to counts, compared: for targets that choose pattern and texts. */
#ifndef THEMATA_TESTS_FUZZ_COUNTING_H
#define THEMATA_TESTS_FUZZ_COUNTING_H

#include "fuzz.h"

#include "base/utf8.h"
#include "corpus/encoding.h"
#include "text/collect.h"
#include "text/counter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* One road, and where it got to. */
typedef struct Road {
    Counter counter;
    Tokenizer *tokenizer;
    Status status;
    Error error;
} Road;

static inline Status road_begin(Road *road, const TokenizerOptions *options, bool whole)
{
    road->counter.whole = whole;
    road->status = tokenizer_new(options, &road->tokenizer, &road->error);
    return road->status;
}

static inline void road_add(Road *road, const char *text, size_t length)
{
    if (!road->status) {
        road->status = counter_add(&road->counter, road->tokenizer, text, length, &road->error);
    }
}

static inline void road_end(Road *road)
{
    counter_free(&road->counter);
    tokenizer_free(road->tokenizer);
}

/* What was counted, under the counter's own numbers. */
static inline Counts road_counts(Road *road)
{
    CollectedBlock block = {0};
    const CollectedLayer layer = {.blocks = &block};
    const Vocabulary *words = road->counter.known ? road->counter.known : &road->counter.words;
    Counts counts = {0};
    Error error;
    REQUIRE_OK(counter_take(&road->counter, &block.block, &error), &error);
    REQUIRE_OK(collect_counts(&layer, 1, 1, words->count, 1, &counts, &error), &error);
    for (int64_t p = 0; p < counts_pairs(&counts); p++) {
        REQUIRE(counts.words[p] < words->count && counts.values[p] > 0);
    }
    return counts;
}

static inline void require_same_counts(const Counts *x, const Counts *y)
{
    REQUIRE(x->documents == y->documents && counts_pairs(x) == counts_pairs(y));
    for (int64_t d = 0; d < x->documents; d++) {
        REQUIRE(x->starts[d + 1] == y->starts[d + 1]);
    }
    for (int64_t p = 0; p < counts_pairs(x); p++) {
        REQUIRE(x->words[p] == y->words[p] && x->values[p] == y->values[p]);
    }
}

static inline void require_same_tally(const Road *a, const Road *b)
{
    TokenizerTally x = *tokenizer_tally(a->tokenizer), y = *tokenizer_tally(b->tokenizer);
    counter_add_tally(&a->counter, &x);
    counter_add_tally(&b->counter, &y);
    REQUIRE(x.matched == y.matched && x.too_short == y.too_short);
    REQUIRE(x.too_long == y.too_long && x.without_letter == y.without_letter);
}

static inline void require_same_words(const Vocabulary *a, const Vocabulary *b)
{
    REQUIRE(a->count == b->count && a->bytes.length == b->bytes.length);
    REQUIRE(a->count == 0 || memcmp(a->bytes.bytes, b->bytes.bytes, a->bytes.length) == 0);
}

/* Words, counts, and what the rules dropped, of two or more roads; only of texts that all could
 * count. */
static inline void require_same_roads(Road *roads, size_t count)
{
    Counts first = {0};
    for (size_t i = 0; i < count; i++) {
        REQUIRE(roads[i].status == roads[0].status);
        if (roads[i].status) {
            return;
        }
        Counts counts = road_counts(&roads[i]);
        if (i == 0) {
            first = counts;
            continue;
        }
        require_same_counts(&first, &counts);
        require_same_tally(&roads[0], &roads[i]);
        require_same_words(&roads[0].counter.words, &roads[i].counter.words);
        REQUIRE(roads[0].counter.unknown == roads[i].counter.unknown);
        counts_free(&counts);
    }
    counts_free(&first);
}

/* The bytes as UTF-8. */
static inline void make_text(FuzzInput bytes, Buffer *text)
{
    int64_t repaired;
    Error error;
    buffer_clear(text);
    REQUIRE_OK(encoding_to_utf8((const char *)bytes.bytes, bytes.length, text, &repaired, &error),
               &error);
}

#endif
