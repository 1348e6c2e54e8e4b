/* What a counter counted of a stretch of documents. */
#ifndef THEMATA_TEXT_COUNT_BLOCK_H
#define THEMATA_TEXT_COUNT_BLOCK_H

#include "text/vocabulary.h"

#include <stddef.h>
#include <stdint.h>

/* Start with an all-zero CountBlock. */
typedef struct CountBlock {
    int64_t documents;
    uint32_t *lengths; /* owned: how many pairs each document has */
    uint64_t *pairs;   /* owned: document behind document; of a document no word twice */
    size_t pair_count;
} CountBlock;

/* A pair is a word's number, in the upper half, and how often it stands there. */
static inline uint64_t count_pair(WordId word, uint32_t count)
{
    return (uint64_t)word << 32 | count;
}

static inline WordId pair_word(uint64_t pair)
{
    return (WordId)(pair >> 32);
}

static inline uint32_t pair_count(uint64_t pair)
{
    return (uint32_t)pair;
}

void count_block_free(CountBlock *block);

#endif
