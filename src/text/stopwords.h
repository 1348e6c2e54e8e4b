/* Words that are left out because they carry no subject: lists for several languages, compiled into
 * the program from stopwords/, and the user's own files of the same form. */
#ifndef THEMATA_TEXT_STOPWORDS_H
#define THEMATA_TEXT_STOPWORDS_H

#include "base/error.h"
#include "text/tokenizer.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

/* A language with a list; the array ends with a NULL name. */
typedef struct StopLanguage {
    const char *name; /* "english" */
    const char *code; /* ISO 639-1, "en" */
    const char *list; /* the list's text: a word a line, # begins a comment */
} StopLanguage;

extern const StopLanguage stop_languages[];

/* The set of words that a specification names. A specification is a comma-separated list of
 * languages (names or codes), files, `none` (nothing) and `auto`. Start with an all-zero
 * StopWords. */
typedef struct StopWords {
    Vocabulary words; /* normalised and cut by the tokenizer the text goes through */
    bool automatic;   /* `auto` was named: stopwords_resolve is still to be called */
    const char
        *language;   /* the language that `auto` took; NULL: none fits, or none was asked for */
    double coverage; /* the share of the corpus' tokens that this language's list covers */
    /* Of the lists that would be taken without this one's words, that which covers most; NULL: none
     * would, so the corpus is in one language. */
    const char *second;
    double second_coverage; /* of all tokens */
} StopWords;

/* Reads the specification. Every entry goes through `tokenizer`, and each token of it becomes a
 * stop word. STATUS_USAGE for a name that is neither a language nor a file, STATUS_INPUT for a file
 * that cannot be read or is not UTF-8 text. */
Status stopwords_read(const char *specification, Tokenizer *tokenizer, StopWords *stop,
                      Error *error);

/* Adds the words of every built-in list: those that stopwords_resolve asks for. */
Status stopwords_add_all(Tokenizer *tokenizer, Vocabulary *words, Error *error);

/* Settles `auto`: adds the list that covers most tokens, each of the vocabulary's words counted
 * `term_frequency` times; the first in order if two do equally. Left aside is a list that covers
 * less than a tenth or, of 200 tokens and more, less than 7 %
 * without its five most frequent words. */
Status stopwords_resolve(StopWords *stop, Tokenizer *tokenizer, const Vocabulary *vocabulary,
                         const double *term_frequency, Error *error);

/* Adds the words of a built-in list, cut by the tokenizer. */
Status stopwords_of_language(const StopLanguage *language, Tokenizer *tokenizer, Vocabulary *words,
                             Error *error);

/* The name of the language, if the specification names one with a list and no second, nor `auto`;
 * NULL otherwise. */
const char *stopwords_only_language(const char *specification);

void stopwords_free(StopWords *stop);

#endif
