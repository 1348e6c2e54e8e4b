/* Both roads from texts to counts, compared: for targets that choose pattern and texts. */
#ifndef THEMATA_TESTS_FUZZ_COUNTING_H
#define THEMATA_TESTS_FUZZ_COUNTING_H

#include "fuzz.h"

#include "base/utf8.h"
#include "corpus/encoding.h"
#include "text/counts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* One road, and where it got to. */
typedef struct Road {
    Vocabulary vocabulary;
    Counter counter;
    Tokenizer *tokenizer;
    Status status;
    Error error;
} Road;

static inline Status road_begin(Road *road, const TokenizerOptions *options, bool whole)
{
    road->counter.vocabulary = &road->vocabulary;
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
    vocabulary_free(&road->vocabulary);
    tokenizer_free(road->tokenizer);
}

/* Words, counts, and what the rules dropped. Only of texts that both could count. */
static inline void require_same_roads(const Road *a, const Road *b)
{
    REQUIRE(a->status == b->status);
    if (a->status) {
        return;
    }
    const Counts *x = &a->counter.counts, *y = &b->counter.counts;
    const TokenizerTally *of_a = tokenizer_tally(a->tokenizer);
    const TokenizerTally *of_b = tokenizer_tally(b->tokenizer);
    REQUIRE(of_a->matched == of_b->matched && of_a->too_short == of_b->too_short);
    REQUIRE(of_a->too_long == of_b->too_long && of_a->without_letter == of_b->without_letter);
    REQUIRE(a->counter.unknown == b->counter.unknown);
    REQUIRE(x->documents == y->documents && counts_pairs(x) == counts_pairs(y));
    REQUIRE(a->vocabulary.count == b->vocabulary.count);
    REQUIRE(a->vocabulary.bytes.length == b->vocabulary.bytes.length);
    REQUIRE(a->vocabulary.count == 0 || memcmp(a->vocabulary.bytes.bytes, b->vocabulary.bytes.bytes,
                                               a->vocabulary.bytes.length) == 0);
    for (int64_t d = 0; d < x->documents; d++) {
        REQUIRE(x->starts[d + 1] == y->starts[d + 1]);
    }
    for (int64_t p = 0; p < counts_pairs(x); p++) {
        REQUIRE(x->words[p] == y->words[p] && x->values[p] == y->values[p]);
        REQUIRE(x->words[p] < a->vocabulary.count && x->values[p] > 0);
    }
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
