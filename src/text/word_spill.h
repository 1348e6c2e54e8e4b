/* What a counter knows of words, in a temporary file: for want of memory it goes there, and the
 * counter begins anew. All of it put together: text/word_merge.h. */
#ifndef THEMATA_TEXT_WORD_SPILL_H
#define THEMATA_TEXT_WORD_SPILL_H

#include "base/error.h"
#include "base/spool.h"
#include "base/temporary.h"
#include "text/counter.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The words that a counter met since it began: a record of each in byte order. Start with an
 * all-zero WordSpill. */
typedef struct WordSpill {
    Spool records;
    uint32_t words; /* numbered below it, as in the blocks of the counter */
} WordSpill;

/* Writes all words of a counter that has no known ones, with how often they were met and how they
 * were spelled, and the counter forgets them. What was counted is to be taken before. O(w log w)
 * for w words. */
Status word_spill_write(Counter *counter, TemporaryFile *file, WordSpill *spill, Error *error);

/* Subtracts documents[w] and tokens[w], by their numbers, from what was written: it is written
 * anew. */
Status word_spill_subtract(WordSpill *spill, TemporaryFile *file, const int64_t *documents,
                           const double *tokens, Error *error);

void word_spill_free(WordSpill *spill);

/* ---- reading back ---- */

/* A word as it was written. */
typedef struct WordRecord {
    uint64_t tokens;
    uint32_t documents;
    WordId number;
    uint32_t length; /* of the word, without its NUL */
    uint32_t spellings_length;
} WordRecord;

/* How a word was spelled; the bytes stand behind it, with a NUL. */
typedef struct SpellingRecord {
    uint64_t count;
    uint64_t length; /* 0: as the word itself */
} SpellingRecord;

/* Takes the next record, with the word and a NUL at *word, and behind it the word's spellings; it
 * lives until the next one is taken. */
Status word_record_take(SpoolReader *reader, WordRecord *record, const char **word, Error *error);

#endif
