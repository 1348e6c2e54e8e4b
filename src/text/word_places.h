/* Where the words of a model stand in a text: the terms that are counted in it, single words,
 * n-grams and phrases alike, each with the bytes that it is made of, in the text as it was given
 * and not as it was normalised. As many as are counted are found: for showing words in their text,
 * not for counting, which is done another way and much faster (text/counter.h). */
#ifndef THEMATA_TEXT_WORD_PLACES_H
#define THEMATA_TEXT_WORD_PLACES_H

#include "base/error.h"
#include "text/ngrams.h"
#include "text/phrases.h"
#include "text/tokenizer.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct WordPlace {
    WordId word;
    size_t begin; /* bytes [begin, end) */
    size_t end;
} WordPlace;

/* Start with all-zero WordPlaces. */
typedef struct WordPlaces {
    WordPlace *items; /* owned */
    size_t count;
    size_t capacity;
} WordPlaces;

void word_places_free(WordPlaces *places);

/* Leaves of the places, all in one text of `length` bytes, those that do not overlap: the longest
 * first, of equally long ones the one that begins first, of those with the same bytes the lower
 * word; in the order in which they begin. O(length + places·log places). */
Status word_places_thin(WordPlaces *places, size_t length, Error *error);

/* By which rules texts became terms. The tokenizer's options are borrowed for the call, the rest
 * for as long as the finder lives. */
typedef struct WordRules {
    TokenizerOptions tokenizer;
    const Vocabulary *terms;
    const Vocabulary *stopped;
    const Phrases *phrases; /* that are joined */
    NgramOptions ngrams;
} WordRules;

/* For one thread. */
typedef struct WordFinder WordFinder;

/* Errors are those of tokenizer_new. O(terms). */
Status word_finder_new(const WordRules *rules, WordFinder **finder, Error *error);

/* Replaces what *places holds by the terms in a text of `length` bytes of valid UTF-8, in the order
 * in which they are counted: n-grams behind all single words. They can overlap: bigrams of Chinese
 * characters do, n-grams do with their words. An n-gram's bytes go from its first word to its last,
 * with the stop words in between. STATUS_FAILED as tokenizer_next. O(length·log length). */
Status word_finder_find(WordFinder *finder, const char *text, size_t length, WordPlaces *places,
                        Error *error);

/* Whether the last error was the pattern's, as tokenizer_gave_up. */
bool word_finder_gave_up(const WordFinder *finder);

void word_finder_free(WordFinder *finder);

#endif
