/* Stems of words, by the Snowball algorithms of libstemmer. */
#ifndef THEMATA_TEXT_STEMMER_H
#define THEMATA_TEXT_STEMMER_H

#include "base/error.h"
#include "text/language.h"

#include <stddef.h>

typedef struct Stemmer Stemmer;

/* A stemmer for the language. STATUS_USAGE, with a list of the languages there are, if the language
 * is NULL or has none. */
Status stemmer_new(const Language *language, Stemmer **stemmer, Error *error);

/* Replaces the normalised word (*word, *length bytes of UTF-8) by its stem, which is the stemmer's
 * and lives until its next use; a word of which nothing would be left stays. */
Status stemmer_stem(Stemmer *stemmer, const char **word, size_t *length, Error *error);

void stemmer_free(Stemmer *stemmer);

#endif
