/* How words are mostly written: NASA for nasa, Straße for strasse, running for the stem run. */
#ifndef THEMATA_TEXT_SPELLINGS_H
#define THEMATA_TEXT_SPELLINGS_H

#include "base/error.h"
#include "text/collect.h"
#include "text/counter.h"
#include "text/vocabulary.h"

#include <stdint.h>

/* Words that are mostly written otherwise than they stand in the vocabulary. Start with all-zero
 * Spellings. */
typedef struct Spellings {
    Vocabulary words;
    char **spellings; /* beside the words */
    size_t capacity;
} Spellings;

/* Fills *spellings (all-zero before) with the most frequent spelling, of equal ones the last in
 * byte order (small letters are behind capitals), of every word that is in at least
 * `documents_least` documents. A spelling is a run of bytes (text/pattern_class.h) that is one word
 * and nothing else; where texts are not cut into runs there are none. Call it before the counters'
 * words get other numbers. O(distinct runs). */
Status spellings_find_all(const Counter *counters, const CollectedWords *collected,
                          int64_t documents_least, Spellings *spellings, Error *error);

/* The spelling of a word, or NULL if it is mostly written as it stands there. */
const char *spellings_of(const Spellings *spellings, const char *word, size_t length);

/* Says how a word that has no spelling yet is written; both are copied. */
Status spellings_add(Spellings *spellings, const char *word, const char *spelling, Error *error);

void spellings_free(Spellings *spellings);

#endif
