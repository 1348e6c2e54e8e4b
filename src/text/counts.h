/* How often each word stands in each document. */
#ifndef THEMATA_TEXT_COUNTS_H
#define THEMATA_TEXT_COUNTS_H

#include "base/error.h"
#include "text/run_cache.h"
#include "text/tokenizer.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

/* A sparse documents × words matrix of counts, row by row (compressed sparse rows). Counts of a
 * text are whole; a matrix of the user's may hold any positive numbers in their place. Start with
 * an all-zero Counts. */
typedef struct Counts {
    int64_t documents;
    int64_t *starts; /* documents + 1 (NULL while there is none): where each document begins */
    size_t starts_capacity;
    WordId *words; /* starts[documents]: ascending within a document, none twice */
    size_t words_capacity;
    uint32_t *values; /* at least 1, beside `words`; NULL if `amounts` stands in its place */
    size_t values_capacity;
    double *amounts; /* finite and > 0, beside `words`: only if they are not all whole */
    size_t amounts_capacity;
} Counts;

void counts_free(Counts *counts);

/* Number of (document, word) pairs. */
int64_t counts_pairs(const Counts *counts);

/* The value of pair number `pair`. */
static inline double counts_value(const Counts *counts, int64_t pair)
{
    return counts->amounts ? counts->amounts[pair] : (double)counts->values[pair];
}

/* Tokens of one document: the sum of its counts, whole if they are (up to 2^53). */
double counts_tokens(const Counts *counts, int64_t document);

/* Document frequency (in how many documents) and term frequency (how often in all, which is the sum
 * of the values) of each of `word_count` words; both arrays are filled. */
void counts_frequencies(const Counts *counts, uint32_t word_count, int64_t *document_frequency,
                        double *term_frequency);

/* Counts documents one after the other, all by the same tokenizer. Start with an all-zero Counter;
 * set `vocabulary`, and for the words of an existing model `closed` and `stopped` too. */
typedef struct Counter {
    Vocabulary *vocabulary;    /* borrowed: words are looked up here and, unless closed, added */
    bool closed;               /* words that are not in the vocabulary are counted as unknown */
    const Vocabulary *stopped; /* borrowed; when closed: words that are left out on purpose */
    bool whole;                /* tokenise every text whole: for tests, the counts are the same */
    Counts counts;             /* what was counted so far; the counter's until taken away */
    int64_t unknown;           /* tokens of the last document that are neither known nor stopped */
    RunCache runs;             /* owned: what was found in each run of bytes */
    uint32_t *tally;           /* owned: per word, its count in the current document */
    size_t tally_capacity;
    WordId *seen; /* owned: the words of the current document */
    size_t seen_capacity;
    size_t distinct; /* how many these are */
    WordId *recent;  /* owned: the words of the current text or run, one for each token */
    size_t recent_capacity;
    size_t recent_count;
    uint64_t *pairs; /* owned: the current document's words with their counts, and room to sort */
    size_t pairs_capacity;
} Counter;

/* Counts one more document. O(length), and a good deal less of it where the tokenizer's pattern
 * allows to look up runs of bytes that came before. After an error the counter can only be freed.
 */
Status counter_add(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                   Error *error);

void counter_free(Counter *counter);

#endif
