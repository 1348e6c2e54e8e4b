/* Where the words are in scripts that are written without blanks between them, Thai, Lao, Khmer and
 * Burmese: by the dictionaries of ICU, in a program that is built with it (THEMATA_ICU). */
#ifndef THEMATA_TEXT_WORD_BREAKS_H
#define THEMATA_TEXT_WORD_BREAKS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct WordBreaker WordBreaker;

/* Whether the program is built with ICU. */
bool word_breaks_built_in(void);

/* Makes a breaker. STATUS_USAGE if the program is built without. */
Status word_breaker_new(WordBreaker **breaker, Error *error);

/* Looks at `length` bytes of normalised UTF-8 in these scripts. *ends gets the places behind each
 * word, *count of them, ascending, the last of them `length`; they are the breaker's and live until
 * its next use. About a microsecond a letter. */
Status word_breaker_cut(WordBreaker *breaker, const char *text, size_t length, const size_t **ends,
                        size_t *count, Error *error);

void word_breaker_free(WordBreaker *breaker);

#endif
