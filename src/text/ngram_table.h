/* A set of n-grams, numbered in the order in which they came, with how often each was met. */
#ifndef THEMATA_TEXT_NGRAM_TABLE_H
#define THEMATA_TEXT_NGRAM_TABLE_H

#include "base/error.h"
#include "text/vocabulary.h"

#include <stddef.h>
#include <stdint.h>

enum { NGRAM_WORDS = 4 };

/* Up to NGRAM_WORDS words, WORD_NONE behind the last. */
typedef struct Ngram {
    WordId words[NGRAM_WORDS];
} Ngram;

typedef struct NgramEntry {
    Ngram ngram;
    uint32_t now;       /* how often in the current document */
    uint32_t documents; /* in how many others */
    uint64_t tokens;    /* how often in these */
} NgramEntry;

/* Start with an all-zero NgramTable. */
typedef struct NgramTable {
    NgramEntry *entries; /* by number */
    size_t capacity;
    uint32_t count;    /* at most WORD_NONE − 1 */
    uint32_t *slots;   /* hash table of numbers, open addressing; WORD_NONE: free */
    size_t slot_count; /* 0 or a power of two, at least twice `count` */
} NgramTable;

static inline Ngram ngram_of(const WordId *words, int count)
{
    Ngram ngram;
    for (int i = 0; i < NGRAM_WORDS; i++) {
        ngram.words[i] = i < count ? words[i] : WORD_NONE;
    }
    return ngram;
}

uint64_t ngram_hash(const Ngram *ngram);

/* The number of an n-gram, WORD_NONE if it is not there. */
uint32_t ngram_table_find(const NgramTable *table, const Ngram *ngram, uint64_t hash);

/* The number of an n-gram, which is added if it is new. O(1) amortised. */
Status ngram_table_add(NgramTable *table, const Ngram *ngram, uint64_t hash, uint32_t *number,
                       Error *error);

void ngram_table_free(NgramTable *table);

#endif
