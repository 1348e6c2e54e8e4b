/* Putting together what several counters counted: one vocabulary, one matrix of counts. All sums
 * are of whole numbers, so nothing depends on which counter had which document. */
#ifndef THEMATA_TEXT_COLLECT_H
#define THEMATA_TEXT_COLLECT_H

#include "base/error.h"
#include "text/counter.h"
#include "text/counts.h"
#include "text/vocabulary.h"

#include <stdint.h>

/* Where the words of one counter are among others: of[w] for its word w, WORD_NONE if w is not. */
typedef struct WordNumbers {
    WordId *of;
    uint32_t count;
} WordNumbers;

/* The words of all counters. In which order they are depends on the counters. Start with an
 * all-zero CollectedWords. */
typedef struct CollectedWords {
    Vocabulary words;
    int64_t *documents;   /* document frequency of each word */
    double *tokens;       /* term frequency of each word, whole */
    WordNumbers *numbers; /* of each counter's words among `words` */
    int counters;
} CollectedWords;

/* Fills *collected (all-zero before) with the words that `count` ≥ 1 counters met, which are taken
 * away from them. O(words). */
Status collect_words(Counter *counters, int count, CollectedWords *collected, Error *error);

/* Gives the words of the counters other numbers: renumbered[number among `words`]. */
void collected_renumber(CollectedWords *collected, const WordId *renumbered);

void collected_words_free(CollectedWords *collected);

/* What one of the counters counted. */
typedef struct CollectedBlock {
    CountBlock block;
    int counter;
} CollectedBlock;

/* Fills *counts (all-zero before) with the documents of the blocks, one block behind the other; the
 * blocks are empty afterwards. A counter's words get the numbers that numbers[counter] says, below
 * `words`, or are left out; with NULL for `numbers` they keep theirs. O(pairs), by up to `threads`
 * threads. */
Status collect_counts(CollectedBlock *blocks, size_t block_count, const WordNumbers *numbers,
                      uint32_t words, int threads, Counts *counts, Error *error);

#endif
