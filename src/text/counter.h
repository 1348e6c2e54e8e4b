/* Counting the words of documents, one after the other, by one thread. */
#ifndef THEMATA_TEXT_COUNTER_H
#define THEMATA_TEXT_COUNTER_H

#include "base/error.h"
#include "text/count_block.h"
#include "text/run_cache.h"
#include "text/run_split.h"
#include "text/tokenizer.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

/* How often a word was met. */
typedef struct WordTally {
    uint32_t now;       /* in the current document */
    uint32_t documents; /* in how many others */
    uint64_t tokens;    /* how often in these */
} WordTally;

/* Start with an all-zero Counter; for the words of an existing model set `known` and `stopped`. */
typedef struct Counter {
    const Vocabulary *known;   /* borrowed; if not NULL: the only words there are */
    const Vocabulary *stopped; /* borrowed; beside `known`: words that are left out on purpose */
    bool whole;                /* tokenise every text whole: for tests, the counts are the same */
    bool keeps_order;          /* write down the words in their order too */

    Vocabulary words;   /* the words it met, in their order; empty if there are known ones */
    WordTally *tallies; /* of every word */
    int64_t unknown;    /* tokens of the last document that are neither known nor stopped */

    RunCache runs;            /* what was found in each run of bytes */
    TokenizerTally forgotten; /* of runs that are not there any more */
    RunSplitter splitter;     /* of the tokenizer's */
    bool splits;              /* it is ready */
    size_t tally_capacity;
    uint64_t documents; /* counted in all */
    WordId *seen;       /* the words of the current document */
    size_t seen_capacity;
    size_t distinct; /* how many these are */
    WordId *recent;  /* the words of the current text or run, one for each token */
    size_t recent_capacity;
    size_t recent_count;
    bool whole_word;  /* the last token was the whole text or run */
    uint32_t *packed; /* what was counted since counter_take, as in CountBlock */
    size_t packed_capacity;
    size_t packed_count;
    uint32_t *lengths;
    size_t length_capacity;
    size_t length_count;
    uint32_t *tokens;
    size_t token_capacity;
    WordId *order;
    size_t order_capacity;
    size_t order_count;
    size_t order_begin; /* of the current document */
} Counter;

/* Counts one more document, of at most UINT32_MAX bytes of UTF-8, always by the same tokenizer.
 * O(length), and a good deal less of it where the tokenizer's pattern allows to look up runs of
 * bytes that came before. After an error the counter can only be freed. */
Status counter_add(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                   Error *error);

/* Fills *block (all-zero before) with what was counted since the last time. */
Status counter_take(Counter *counter, CountBlock *block, Error *error);

/* Adds to *tally what the tokenizer's rules did to tokens that did not go through it again. */
void counter_add_tally(const Counter *counter, TokenizerTally *tally);

/* Bytes of memory that what the counter knows of words and runs takes. */
size_t counter_bytes(const Counter *counter);

/* Forgets them, to begin anew: the next words get the numbers from 0 on. What was counted is to be
 * taken before. */
void counter_forget(Counter *counter);

void counter_free(Counter *counter);

#endif
