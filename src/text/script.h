/* Which writing a letter belongs to, as far as a rule of ours depends on it. The ranges are those
 * of the Unicode character database (Scripts.txt), whole blocks where a block has one script. */
#ifndef THEMATA_TEXT_SCRIPT_H
#define THEMATA_TEXT_SCRIPT_H

#include "text/vocabulary.h"

#include <stdint.h>

typedef enum Script {
    SCRIPT_OTHER,
    SCRIPT_LATIN,
    SCRIPT_GREEK,
    SCRIPT_ARABIC,
    SCRIPT_CJK, /* Han, Hiragana, Katakana: written without blanks, a character says much */
    SCRIPT_THAI,
    SCRIPT_LAO,
    SCRIPT_MYANMAR,
    SCRIPT_KHMER,
    SCRIPT_COUNT,
} Script;

/* The script of a letter of normalised text; of another character any. */
Script script_of(int32_t code_point);

/* How much of a text stands in scripts that are written without blanks and that nothing here cuts
 * into words. */
typedef struct UnspacedFacts {
    double share;     /* of all letters */
    const char *name; /* of the script that most of these belong to; NULL: there are none */
} UnspacedFacts;

/* Looks at the letters of the vocabulary's words, each word counted `term_frequency` times.
 * O(bytes of the vocabulary). */
UnspacedFacts script_unspaced(const Vocabulary *vocabulary, const double *term_frequency);

#endif
