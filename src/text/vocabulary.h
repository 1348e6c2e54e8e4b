/* A set of distinct words, numbered 0, 1, 2, … in the order in which they came. Owns their bytes.
 */
#ifndef THEMATA_TEXT_VOCABULARY_H
#define THEMATA_TEXT_VOCABULARY_H

#include "base/buffer.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef uint32_t WordId;

#define WORD_NONE UINT32_MAX

/* The hash stands beside the number, so that another word's need not be looked up to be told apart.
 */
typedef struct WordSlot {
    WordId id; /* WORD_NONE: free */
    uint32_t hash;
} WordSlot;

/* Start with an all-zero Vocabulary. */
typedef struct Vocabulary {
    uint32_t count; /* number of words; at most WORD_NONE − 1 */
    Buffer bytes;   /* the words one behind the other, each with a NUL */
    size_t *starts; /* count + 1: where each word begins in `bytes` */
    size_t starts_capacity;
    WordSlot *slots;   /* hash table, open addressing */
    size_t slot_count; /* 0 or a power of two, at least four thirds of the number of words */
} Vocabulary;

/* The number of a word, WORD_NONE if it is not in the vocabulary. */
WordId vocabulary_find(const Vocabulary *vocabulary, const char *word, size_t length);

/* The number of a word, which is added if it is new. Without NULs. O(length) amortised. */
Status vocabulary_add(Vocabulary *vocabulary, const char *word, size_t length, WordId *id,
                      Error *error);

/* Adds each of several words with blanks in between. */
Status vocabulary_add_parts(Vocabulary *vocabulary, const char *words, Error *error);

/* The same as vocabulary_add for many words that are known to be new: append them all, without
 * NULs, then index them once before anything is looked up or added. */
Status vocabulary_append(Vocabulary *vocabulary, const char *word, size_t length, Error *error);
Status vocabulary_index(Vocabulary *vocabulary, Error *error);

/* The word with a NUL behind it; lives until the next is added. */
const char *vocabulary_word(const Vocabulary *vocabulary, WordId id);
size_t vocabulary_word_length(const Vocabulary *vocabulary, WordId id);

/* Bytes of memory that the words take. */
size_t vocabulary_bytes(const Vocabulary *vocabulary);

void vocabulary_free(Vocabulary *vocabulary);

#endif
