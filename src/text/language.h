/* What is particular to a language when text is cut into words. What holds for all of them is the
 * tokenizer's (text/tokenizer.h); lists of stop words are in text/stopwords.h. */
#ifndef THEMATA_TEXT_LANGUAGE_H
#define THEMATA_TEXT_LANGUAGE_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>

typedef struct Language {
    const char *name;    /* "french" */
    const char *code;    /* ISO 639-1, "fr" */
    const char *stemmer; /* libstemmer's name for its algorithm; NULL: it has none */
    const char *elided;  /* what stands before an apostrophe as a word of its own (l'école), with a
                            blank between; NULL: nothing does */
    bool dotless_i;      /* I is the capital of ı, and İ that of i */
} Language;

/* Sorted by name; ends with a NULL name. */
extern const Language languages[];

/* Finds a language by name or code; NULL: none is called so. */
const Language *language_find(const char *name);

/* The language whose rules a setting asks for: *language is NULL for `none`, for `auto` (which a
 * caller may have resolved before) and for a NULL. STATUS_USAGE, with the list of names, for what
 * is none of these. */
Status language_choose(const char *setting, const Language **language, Error *error);

#endif
