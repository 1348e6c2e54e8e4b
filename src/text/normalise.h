/* Bringing text into the form in which words are compared: NFKC_Casefold (Unicode, section 3.13),
 * by utf8proc. Compatibility forms are unified (ﬁ → fi, full-width A → a, ² → 2), upper and lower
 * case are one (Σ, σ, ς → σ; ẞ, ß → ss), letters and their marks are composed, and code points
 * that a reader does not see (soft hyphen, zero-width space, byte order mark) are dropped.
 *
 * Two things are added: the apostrophes ’ (U+2019) and ʼ (U+02BC) become ', so that don’t and
 * don't are one word, and NUL becomes a space, so that no word holds one. */
#ifndef THEMATA_TEXT_NORMALISE_H
#define THEMATA_TEXT_NORMALISE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Room that is used again from text to text. Start with an all-zero Normaliser. */
typedef struct Normaliser {
    int32_t *room; /* owned: first code points, in the end the normalised bytes */
    size_t capacity;
} Normaliser;

/* Normalises `length` bytes of valid UTF-8. *normalised points into the Normaliser and lives until
 * its next use. More than 30 combining marks in a row are ordered 30 by 30. O(length); the result
 * can be up to 11 times as long as the text. */
Status normalise_text(Normaliser *normaliser, const char *text, size_t length,
                      const char **normalised, size_t *normalised_length, Error *error);

void normaliser_free(Normaliser *normaliser);

#endif
