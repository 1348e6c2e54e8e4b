/* Terms of two or three words that follow one another: "new york".
 *
 * Stop words are passed over as if they were not there ("bank of england" holds "bank england"),
 * and an n-gram ends at a word that is too rare for any n-gram with it to be kept. Counting is
 * exact: a sketch first tells which n-grams cannot be frequent enough, never which are; the others
 * are counted. So memory is needed for the n-grams that stay and few more, not for all there are.
 */
#ifndef THEMATA_TEXT_NGRAMS_H
#define THEMATA_TEXT_NGRAMS_H

#include "base/error.h"
#include "text/collect.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

enum { NGRAM_MAX = 3 };

/* How many words a term has. */
typedef struct NgramOptions {
    int least; /* 1: single words too */
    int most;  /* at least `least`, at most NGRAM_MAX; 1: no n-grams */
} NgramOptions;

static const NgramOptions ngram_defaults = {.least = 1, .most = 1};

/* What a word does in an n-gram. */
typedef enum NgramRole { NGRAM_PART, NGRAM_BREAK, NGRAM_SKIP } NgramRole;

/* What is counted, and where. All but `blocks` is borrowed. */
typedef struct NgramPlan {
    NgramOptions options;
    const CollectedBlock *blocks; /* with their words in order */
    size_t block_count;
    const CollectedWords *words;
    const uint8_t *roles;     /* an NgramRole for each of `words` */
    int64_t documents_least;  /* n-grams in fewer documents are not wanted */
    const Vocabulary *wanted; /* if not NULL: those among its terms are, and no others */
    TemporaryFile *file;      /* for the n-grams of blocks that were spilled */
    int threads;
} NgramPlan;

/* The n-grams of a collection. Start with an all-zero NgramCounts. */
typedef struct NgramCounts {
    Vocabulary terms;       /* their words with blanks in between */
    int64_t *documents;     /* document frequency of each term */
    double *tokens;         /* term frequency of each */
    CollectedBlock *blocks; /* beside those of the plan: the n-grams of the same documents */
    size_t block_count;
    WordNumbers *numbers; /* of each thread's n-grams among `terms` */
    int threads;
} NgramCounts;

/* Fills *counts (all-zero before). O(tokens). STATUS_INPUT when a word has a blank in it, since its
 * n-grams could not be told from others. */
Status ngrams_count(const NgramPlan *plan, NgramCounts *counts, Error *error);

/* Puts the n-grams beside the words they are made of, behind them; or, if single words are not
 * asked for, in their place. counts->numbers are numbers among collected->words afterwards. */
Status ngrams_join(const NgramOptions *options, NgramCounts *counts, CollectedWords *collected,
                   Error *error);

/* Adds to *parts the words of every n-gram among the terms. */
Status ngrams_parts(const Vocabulary *terms, Vocabulary *parts, Error *error);

void ngram_counts_free(NgramCounts *counts);

#endif
