#include "text/counts.h"

#include "base/memory.h"
#include "text/pair_sort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void counts_free(Counts *counts)
{
    free(counts->starts);
    free(counts->words);
    free(counts->values);
    free(counts->amounts);
    *counts = (Counts){0};
}

Status counts_reserve(Counts *counts, int64_t documents, int64_t pairs, bool whole, Error *error)
{
    counts->documents = documents;
    counts->starts = memory_new((size_t)documents + 1, sizeof *counts->starts, error);
    counts->words = memory_new((size_t)pairs, sizeof *counts->words, error);
    if (whole) {
        counts->values = memory_new((size_t)pairs, sizeof *counts->values, error);
    } else {
        counts->amounts = memory_new((size_t)pairs, sizeof *counts->amounts, error);
    }
    if (counts->starts && counts->words && (counts->values || counts->amounts)) {
        return STATUS_OK;
    }
    counts_free(counts);
    return error_status(error);
}

int64_t counts_pairs(const Counts *counts)
{
    return counts->starts ? counts->starts[counts->documents] : 0;
}

double counts_tokens(const Counts *counts, int64_t document)
{
    if (counts->values) { /* whole, in any order the same */
        uint64_t whole = 0;
        for (int64_t p = counts->starts[document]; p < counts->starts[document + 1]; p++) {
            whole += counts->values[p];
        }
        return (double)whole;
    }
    double tokens = 0.0;
    for (int64_t p = counts->starts[document]; p < counts->starts[document + 1]; p++) {
        tokens += counts->amounts[p];
    }
    return tokens;
}

void counts_frequencies(const Counts *counts, uint32_t word_count, int64_t *document_frequency,
                        double *term_frequency)
{
    memset(document_frequency, 0, word_count * sizeof *document_frequency);
    memset(term_frequency, 0, word_count * sizeof *term_frequency);
    int64_t pairs = counts_pairs(counts);
    for (int64_t p = 0; p < pairs; p++) {
        document_frequency[counts->words[p]]++;
        term_frequency[counts->words[p]] += counts_value(counts, p);
    }
}

/* ---- renumbering ---- */

/* The words of document d that stay, under their new numbers and sorted, each with where its count
 * stands in the lower half, counted from the document's beginning. Returns how many. */
static size_t sort_row(const Counts *counts, int64_t d, const WordId *renumbered, uint32_t words,
                       uint64_t *row, uint64_t *room)
{
    size_t length = 0;
    for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
        const WordId word = renumbered[counts->words[p]];
        if (word != WORD_NONE) {
            row[length++] = pair_of(word, (uint32_t)(p - counts->starts[d]));
        }
    }
    pair_sort(row, room, length, words);
    return length;
}

static void renumber_row(const Counts *counts, int64_t d, const uint64_t *row, size_t length,
                         Counts *kept)
{
    int64_t at = kept->starts[d];
    for (size_t i = 0; i < length; i++, at++) {
        const int64_t pair = counts->starts[d] + (int64_t)pair_beside(row[i]);
        kept->words[at] = pair_word(row[i]);
        if (kept->amounts) {
            kept->amounts[at] = counts->amounts[pair];
        } else {
            kept->values[at] = counts->values[pair];
        }
    }
    kept->starts[d + 1] = at;
}

Status counts_renumber(const Counts *counts, const WordId *renumbered, uint32_t words, Counts *kept,
                       Error *error)
{
    int64_t longest = 0, pairs = 0;
    for (int64_t d = 0; d < counts->documents; d++) {
        const int64_t length = counts->starts[d + 1] - counts->starts[d];
        longest = length > longest ? length : longest;
    }
    for (int64_t p = 0; p < counts_pairs(counts); p++) {
        pairs += renumbered[counts->words[p]] != WORD_NONE;
    }
    uint64_t *row = memory_new((size_t)longest, 2 * sizeof *row, error);
    Status status = row ? counts_reserve(kept, counts->documents, pairs, !counts->amounts, error)
                        : error_status(error);
    for (int64_t d = 0; d < counts->documents && !status; d++) {
        renumber_row(counts, d, row, sort_row(counts, d, renumbered, words, row, row + longest),
                     kept);
    }
    free(row);
    return status;
}
