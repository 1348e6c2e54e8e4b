/* In which scripts words are written, by Unicode's property of that name as PCRE2 knows it. */
#ifndef THEMATA_TEXT_SCRIPTS_H
#define THEMATA_TEXT_SCRIPTS_H

#include "base/error.h"
#include "text/vocabulary.h"

enum { SCRIPTS_MAX = 32 };

/* The scripts that are told apart, "Latin", "Greek" …; the last is "other", then comes NULL. */
extern const char *const script_names[];

/* Adds up the letters of the words in each script, each word as often as term_frequency says;
 * letters[i] belongs to script_names[i]. O(bytes of the vocabulary). */
Status scripts_count(const Vocabulary *vocabulary, const double *term_frequency,
                     double letters[SCRIPTS_MAX], Error *error);

#endif
