/* A set of n-grams, numbered in the order in which they came, with how often each was met. */
#ifndef THEMATA_TEXT_NGRAM_TABLE_H
#define THEMATA_TEXT_NGRAM_TABLE_H

#include "base/error.h"
#include "text/vocabulary.h"

#include <stdbool.h>
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

/* The mixing function of splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t ngram_mix(uint64_t bits)
{
    bits = (bits ^ bits >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94D049BB133111EB);
    return bits ^ bits >> 31;
}

static inline uint64_t ngram_hash(const Ngram *ngram)
{
    const uint64_t first = (uint64_t)ngram->words[0] << 32 | ngram->words[1];
    const uint64_t second = (uint64_t)ngram->words[2] << 32 | ngram->words[3];
    return ngram_mix(ngram_mix(first) + second);
}

/* STATUS_INPUT, naming `what` ("phrases"), if a word has a blank in it: what is made of such words
 * could not be told from others. */
Status ngram_check_words(const Vocabulary *words, const char *what, Error *error);

/* Reads a term, words with blanks in between; false if it is no n-gram of 2 to `most` of these
 * words. */
bool ngram_read(const Vocabulary *words, const char *term, int most, Ngram *ngram);

/* Begins to fetch where an n-gram of this hash is. */
static inline void ngram_table_aim(const NgramTable *table, uint64_t hash)
{
    if (table->slot_count) {
        __builtin_prefetch(&table->slots[hash & (table->slot_count - 1)]);
    }
}

/* And then, most probably, what is known of it. */
static inline void ngram_table_aim_entry(const NgramTable *table, uint64_t hash)
{
    const uint32_t number =
        table->slot_count ? table->slots[hash & (table->slot_count - 1)] : WORD_NONE;
    if (number != WORD_NONE) {
        __builtin_prefetch(&table->entries[number], 1);
    }
}

/* The number of an n-gram, WORD_NONE if it is not there. */
uint32_t ngram_table_find(const NgramTable *table, const Ngram *ngram, uint64_t hash);

/* The number of an n-gram, which is added if it is new. O(1) amortised. */
Status ngram_table_add(NgramTable *table, const Ngram *ngram, uint64_t hash, uint32_t *number,
                       Error *error);

void ngram_table_free(NgramTable *table);

#endif
