/* How often each word stands in each document. */
#ifndef THEMATA_TEXT_COUNTS_H
#define THEMATA_TEXT_COUNTS_H

#include "base/error.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sparse documents × words matrix of counts, row by row (compressed sparse rows). Counts of a
 * text are whole; a matrix of the user's may hold any positive numbers in their place. Start with
 * an all-zero Counts. */
typedef struct Counts {
    int64_t documents;
    int64_t *starts;  /* documents + 1 (NULL while there is none): where each document begins */
    WordId *words;    /* starts[documents]: ascending within a document, none twice */
    uint32_t *values; /* at least 1, beside `words`; NULL if `amounts` stands in its place */
    double *amounts;  /* finite and > 0, beside `words`: only if they are not all whole. Of a table
                         of which some cells are unknown, others may be 0 */
} Counts;

void counts_free(Counts *counts);

/* Makes room for so many documents and pairs, all of it the caller's to fill. */
Status counts_reserve(Counts *counts, int64_t documents, int64_t pairs, bool whole, Error *error);

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

/* The counts of the words that stay, under other numbers below `words`: renumbered[word], WORD_NONE
 * for a word that goes. *kept is all-zero before. */
Status counts_renumber(const Counts *counts, const WordId *renumbered, uint32_t words, Counts *kept,
                       Error *error);

#endif
