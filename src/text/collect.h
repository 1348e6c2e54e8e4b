/* Putting together what several counters counted: one vocabulary, one matrix of counts. All sums
 * are of whole numbers, so nothing depends on which counter had which document. */
#ifndef THEMATA_TEXT_COLLECT_H
#define THEMATA_TEXT_COLLECT_H

#include "base/error.h"
#include "text/counter.h"
#include "text/counts.h"
#include "text/vocabulary.h"

#include <stdbool.h>
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

/* Gives other numbers to words that have not been left out: renumbered[the old one]. */
void word_numbers_renumber(WordNumbers *numbers, int counters, const WordId *renumbered);

void collected_words_free(CollectedWords *collected);

/* What one of the counters counted. */
typedef struct CollectedBlock {
    CountBlock block;
    int counter;
} CollectedBlock;

/* Takes documents out of the blocks, and what they have out of the sums of their words: those for
 * which dropped[number in the order of the blocks] is true. Words stay, if in no document any
 * more. */
void collected_drop_documents(CollectedBlock *blocks, size_t block_count, const bool *dropped,
                              CollectedWords *collected);

/* Blocks whose words have the numbers that numbers[counter] says, or are left out; with NULL for
 * `numbers` they keep theirs. */
typedef struct CollectedLayer {
    CollectedBlock *blocks;
    const WordNumbers *numbers;
} CollectedLayer;

enum { COLLECTED_LAYERS = 2 };

/* Fills *counts (all-zero before) with the documents of the blocks, one block behind the other. A
 * document's words are those that it has in each of up to COLLECTED_LAYERS layers, of `block_count`
 * blocks each, with the same documents; no word is in both. All numbers are below `words`. The
 * blocks are empty afterwards. O(pairs), by up to `threads` threads. */
Status collect_counts(const CollectedLayer *layers, int layer_count, size_t block_count,
                      uint32_t words, int threads, Counts *counts, Error *error);

#endif
