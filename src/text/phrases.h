/* Words that belong together are joined into one: state of the art → state_of_the_art.
 *
 * A candidate begins and ends with a word that is no stop word, and has up to two stop words in
 * between; a word and itself are none. It is joined if it comes at least PHRASE_TOKENS_LEAST times
 * and its normalised pointwise mutual information is high enough:
 *
 *     npmi = (ln n(a…b) + ln N − ln n(a) − ln n(b)) / (ln N − ln n(a…b)),   −1 to 1,
 *
 * where n counts tokens and N is how many there are. Source: G. Bouma, "Normalized (Pointwise)
 * Mutual Information in Collocation Extraction" (2009). Joining goes from left to right; a second
 * round finds phrases with those of the first in them: united_states → united_states_of_america. */
#ifndef THEMATA_TEXT_PHRASES_H
#define THEMATA_TEXT_PHRASES_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/temporary.h"
#include "text/collect.h"
#include "text/vocabulary.h"

#include <stddef.h>
#include <stdint.h>

enum { PHRASE_WORDS_MAX = 4, PHRASE_ROUNDS = 2, PHRASE_TOKENS_LEAST = 5 };

typedef struct Phrase {
    char *words; /* owned, with blanks in between; one of the first round is a word of the second */
    int round;   /* from 0 */
    int64_t tokens; /* how often it was joined */
    double npmi;
} Phrase;

/* Start with all-zero Phrases. */
typedef struct Phrases {
    Phrase *items;
    size_t count;
    size_t capacity;
} Phrases;

/* What is to be joined, and where. */
typedef struct PhrasePlan {
    double npmi_least;         /* 0 to 1 */
    const Phrases *given;      /* borrowed; if not NULL: these are joined, none is looked for */
    const Vocabulary *stopped; /* borrowed */
    CollectedBlock *blocks;    /* with their words in order; made anew */
    size_t block_count;
    CollectedWords *words; /* phrases are added, sums made anew; the blocks then have its numbers */
    TemporaryFile *file;   /* borrowed: for blocks that were spilled */
    int threads;
} PhrasePlan;

/* Finds phrases, unless they are given, and joins them; *found (all-zero before) gets those that
 * were found and joined, the most frequent of the first round first. Nothing is changed if there
 * are none. STATUS_INPUT when a word has a blank in it. O(tokens). */
Status phrases_join(const PhrasePlan *plan, Phrases *found, Error *error);

/* The word that a phrase becomes, in place of what *joined holds. */
Status phrase_spell(const Phrase *phrase, Buffer *joined, Error *error);

/* Adds to *parts the words of every phrase. */
Status phrases_parts(const Phrases *phrases, Vocabulary *parts, Error *error);

/* Appends a phrase; `words` is copied. */
Status phrases_add(Phrases *phrases, const char *words, int round, int64_t tokens, double npmi,
                   Error *error);

void phrases_free(Phrases *phrases);

#endif
