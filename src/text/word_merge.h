/* Spilled words put together: each spill's are in byte order, so all are met in byte order, each
 * once, and only those that may stay are kept. Exact: the sums are of whole numbers. */
#ifndef THEMATA_TEXT_WORD_MERGE_H
#define THEMATA_TEXT_WORD_MERGE_H

#include "base/error.h"
#include "base/temporary.h"
#include "text/collect.h"
#include "text/spellings.h"
#include "text/vocabulary.h"
#include "text/word_spill.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_MERGE_ALWAYS = 4 };

/* What is put together, and which words are kept: those in at least `documents_least` documents,
 * those that come at least `tokens_least` times, and those in one of `always`; if `words_most` is
 * not 0, then of those in `documents_least` to `documents_most` documents and in none of `always`
 * only so many with the largest term frequency, of equal ones the first in byte order. */
typedef struct WordMerge {
    WordSpill *spills; /* borrowed; CollectedBlock.counter is a number among them */
    size_t spill_count;
    CollectedBlock *blocks; /* borrowed */
    size_t block_count;
    TemporaryFile *file; /* borrowed */
    int64_t documents_least;
    double tokens_least;
    double documents_most;
    int64_t words_most;
    const Vocabulary *always[WORD_MERGE_ALWAYS + 1]; /* borrowed; NULL behind the last */
    double bytes_most; /* of memory for reading; what is needed at least may be more */
    int threads;
} WordMerge;

/* Takes documents out of the blocks and out of the sums of the spills; dropped as in
 * collected_drop_documents. Returns in *tokens how many they had. */
Status word_merge_drop(const WordMerge *merge, const bool *dropped, double *tokens, Error *error);

/* Fills *collected (all-zero before) with the words, and gives the blocks their numbers: counter 0
 * is all blocks' afterwards. Fills *spellings, if not NULL, as spellings_find_all does. The spills
 * are empty afterwards. Memory: that of the words that are kept; of a number for each word of one
 * spill, for each thread; and for reading. O(w log s) for w words in s spills. */
Status word_merge(const WordMerge *merge, CollectedWords *collected, Spellings *spellings,
                  Error *error);

#endif
