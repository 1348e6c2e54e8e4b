/* From all words that were counted to the vocabulary of the model: stop words, rare words and words
 * that are nearly everywhere are left out, and the rest is numbered in byte order. */
#ifndef THEMATA_TEXT_PRUNE_H
#define THEMATA_TEXT_PRUNE_H

#include "base/error.h"
#include "text/vocabulary.h"

#include <stdbool.h>

/* A document frequency: a number of documents, or a fraction of all documents. */
typedef struct DocumentShare {
    double value; /* ≥ 0; at most 1 if it is a fraction */
    bool is_fraction;
} DocumentShare;

/* As a number of documents, of so many. */
double document_share_of(DocumentShare share, int64_t documents);

typedef struct PruneOptions {
    DocumentShare min;  /* words in fewer documents are left out */
    DocumentShare max;  /* words in more documents are left out */
    int64_t words_most; /* of the rest, so many with the largest term frequency stay, of equal ones
                           the first in byte order; 0: all */
} PruneOptions;

static const PruneOptions prune_defaults = {
    .min = {.value = 2, .is_fraction = false},
    .max = {.value = 0.5, .is_fraction = true},
};

/* Tokens (not words) that each filter took; a token counts with the first filter that takes it.
 * Sums of the counts' values, so whole if those are. */
typedef struct PruneTally {
    double tokens; /* that came in */
    double stopped;
    double rare;
    double frequent;
    double beyond; /* of words beyond words_most */
    double kept;
} PruneTally;

/* What is known of all words that were counted. */
typedef struct WordFrequencies {
    const Vocabulary *words;
    const int64_t *documents; /* document frequency of each */
    const double *tokens;     /* term frequency of each */
    double beyond;            /* of the tokens of rare words, how many are beyond words_most */
} WordFrequencies;

/* Fills *kept (all-zero before) with the words that remain of those of `documents` documents, and
 * renumbered[old number], one for every word, with the new one or WORD_NONE. Fractions are of all
 * documents, empty ones included. */
Status prune_words(const WordFrequencies *all, int64_t documents, const Vocabulary *stopped,
                   const PruneOptions *options, Vocabulary *kept, WordId *renumbered,
                   PruneTally *tally, Error *error);

#endif
