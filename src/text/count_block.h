/* What a counter counted of a stretch of documents. */
#ifndef THEMATA_TEXT_COUNT_BLOCK_H
#define THEMATA_TEXT_COUNT_BLOCK_H

#include "base/error.h"
#include "base/temporary.h"
#include "text/vocabulary.h"

#include <stddef.h>
#include <stdint.h>

/* Start with an all-zero CountBlock. */
typedef struct CountBlock {
    int64_t documents;
    uint32_t *lengths; /* owned: how many words each document has */
    uint32_t *tokens;  /* owned: how many tokens each has; NULL if their order was not kept */
    uint32_t *packed; /* owned: the words with their counts, document behind document; of a document
                         no word twice. NULL if the block was spilled */
    size_t packed_count;
    WordId *order; /* owned: the words of all tokens, in their order; NULL if it was not kept, or
                      the block was spilled */
    size_t order_count;
    const TemporaryFile *file; /* borrowed: where both are, if the block was spilled */
    int64_t packed_place;
    int64_t order_place;
} CountBlock;

/* Bytes of memory that the block takes, beyond those that it has once spilled. */
size_t count_block_bytes(const CountBlock *block);

/* Moves what is large to a file, which outlives the block. */
Status count_block_spill(CountBlock *block, TemporaryFile *file, Error *error);

/* Fills *view with the block, to be read and then closed: with the same arrays, or with what is
 * read back of them. */
Status count_block_open(const CountBlock *block, CountBlock *view, Error *error);
void count_block_close(const CountBlock *block, CountBlock *view);

/* Gives its words other numbers: numbers[word]. Those of a document that get 0 become one. What was
 * spilled is read and spilled anew, to `file`. O(pairs and tokens). */
Status count_block_renumber(CountBlock *block, const WordId *numbers, TemporaryFile *file,
                            Error *error);

void count_block_free(CountBlock *block);

/* ---- a word with its count ---- */

/* Nearly all fit into 32 bits: the count in the lower eight, the word above. A larger count stands
 * behind an element whose lower bits are PACKED_COUNT; a larger word, and then its count, behind
 * PACKED_WORD. */
enum { PACKED_WORD = 0, PACKED_COUNT = 255, PACKED_PAIR_MAX = 3 };

/* Writes a word with its count, at least 1, at `at`; returns what is behind it. */
static inline uint32_t *pair_pack(uint32_t *at, WordId word, uint32_t count)
{
    if (word < 1 << 24 && count < PACKED_COUNT) {
        *at++ = word << 8 | count;
    } else if (word < 1 << 24) {
        *at++ = word << 8 | PACKED_COUNT;
        *at++ = count;
    } else {
        *at++ = PACKED_WORD;
        *at++ = word;
        *at++ = count;
    }
    return at;
}

/* Reads one back. */
static inline const uint32_t *pair_unpack(const uint32_t *at, WordId *word, uint32_t *count)
{
    const uint32_t packed = *at++;
    *word = packed >> 8;
    *count = packed & 255;
    if (*count == PACKED_COUNT) {
        *count = *at++;
    } else if (*count == PACKED_WORD) {
        *word = *at++;
        *count = *at++;
    }
    return at;
}

#endif
