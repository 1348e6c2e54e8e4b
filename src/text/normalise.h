/* Bringing text into the form in which words are compared: NFKC_Casefold (Unicode, section 3.13),
 * by utf8proc. Compatibility forms are unified (ﬁ → fi, full-width A → a, ² → 2), upper and lower
 * case are one (Σ, σ, ς → σ; ẞ, ß → ss), letters and their marks are composed, and code points
 * that a reader does not see (soft hyphen, zero-width space, byte order mark) are dropped.
 *
 * Two things are added: the apostrophes ’ (U+2019) and ʼ (U+02BC) become ', so that don’t and
 * don't are one word, and NUL becomes a space, so that no word holds one. What a Normaliser asks
 * for comes on top. All of it depends on a character and the marks behind it alone. */
#ifndef THEMATA_TEXT_NORMALISE_H
#define THEMATA_TEXT_NORMALISE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rules, and room that is used again from text to text. Start with an all-zero Normaliser, and set
 * the rules that are to hold. */
typedef struct Normaliser {
    bool dotless_i; /* I and ı are one letter, İ and i are, as in Turkish and Azeri */
    bool strip_accents; /* marks U+0300–U+036F go after Latin and Greek letters (é → e, not й → и),
                           U+064B–U+0652, U+0670 after Arabic ones, and tatweel U+0640 goes */
    bool hyphens;  /* ‐ (U+2010, and U+2011, which is one with it) becomes - */
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
