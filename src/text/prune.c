#include "text/prune.h"

#include "base/memory.h"
#include "text/pair_sort.h"

#include <stdlib.h>
#include <string.h>

static double as_documents(DocumentShare share, int64_t documents)
{
    return share.is_fraction ? share.value * (double)documents : share.value;
}

/* Which words stay: keep[id] is true. */
static void choose_words(const Vocabulary *vocabulary, int64_t documents, const Vocabulary *stopped,
                         const PruneOptions *options, const int64_t *document_frequency,
                         const double *term_frequency, bool *keep, PruneTally *tally)
{
    const double least = as_documents(options->min, documents);
    const double most = as_documents(options->max, documents);
    *tally = (PruneTally){0};
    for (WordId id = 0; id < vocabulary->count; id++) {
        bool is_stopped = vocabulary_find(stopped, vocabulary_word(vocabulary, id),
                                          vocabulary_word_length(vocabulary, id)) != WORD_NONE;
        const double frequency = (double)document_frequency[id];
        double *taker = is_stopped                             ? &tally->stopped
                        : frequency < least || frequency < 1.0 ? &tally->rare
                        : frequency > most                     ? &tally->frequent
                                                               : &tally->kept;
        *taker += term_frequency[id];
        tally->tokens += term_frequency[id];
        keep[id] = taker == &tally->kept;
    }
}

/* What the choice of the most frequent words goes by. */
typedef struct Ranking {
    const Vocabulary *vocabulary;
    const double *term_frequency;
} Ranking;

/* Falling term frequency, then byte order: a total order. */
static int compare_ranks(const void *left, const void *right, void *context)
{
    const Ranking *ranking = context;
    const WordId a = *(const WordId *)left, b = *(const WordId *)right;
    const double x = ranking->term_frequency[a], y = ranking->term_frequency[b];
    return x != y ? (x < y) - (x > y)
                  : strcmp(vocabulary_word(ranking->vocabulary, a),
                           vocabulary_word(ranking->vocabulary, b));
}

/* Of the words that stay, keeps those of the largest term frequency. */
static Status keep_most_frequent(const Ranking *ranking, int64_t words_most, bool *keep,
                                 PruneTally *tally, Error *error)
{
    const uint32_t words = ranking->vocabulary->count;
    WordId *order = memory_new(words, sizeof *order, error);
    if (!order) {
        return error_status(error);
    }
    uint32_t count = 0;
    for (WordId id = 0; id < words; id++) {
        if (keep[id]) {
            order[count++] = id;
        }
    }
    qsort_r(order, count, sizeof *order, compare_ranks, (void *)ranking);
    for (int64_t rank = words_most; rank < count; rank++) {
        const double tokens = ranking->term_frequency[order[rank]];
        keep[order[rank]] = false;
        tally->beyond += tokens;
        tally->kept -= tokens;
    }
    free(order);
    return STATUS_OK;
}

static int compare_words(const void *left, const void *right, void *context)
{
    const Vocabulary *vocabulary = context;
    return strcmp(vocabulary_word(vocabulary, *(const WordId *)left),
                  vocabulary_word(vocabulary, *(const WordId *)right));
}

/* Adds the words to keep in byte order and fills renumbered[old id] with the new one. */
static Status renumber_words(const Vocabulary *vocabulary, const bool *keep, Vocabulary *kept,
                             WordId *renumbered, Error *error)
{
    WordId *order = memory_new(vocabulary->count, sizeof *order, error);
    if (!order) {
        return error_status(error);
    }
    uint32_t count = 0;
    for (WordId id = 0; id < vocabulary->count; id++) {
        renumbered[id] = WORD_NONE;
        if (keep[id]) {
            order[count++] = id;
        }
    }
    qsort_r(order, count, sizeof *order, compare_words, (void *)vocabulary);
    Status status = STATUS_OK;
    for (uint32_t i = 0; i < count && !status; i++) {
        status = vocabulary_add(kept, vocabulary_word(vocabulary, order[i]),
                                vocabulary_word_length(vocabulary, order[i]), &renumbered[order[i]],
                                error);
    }
    free(order);
    return status;
}

/* Room for as many counts, of the same kind. */
static Status reserve_counts(const Counts *counts, Counts *kept, Error *error)
{
    const size_t pairs = (size_t)counts_pairs(counts);
    Status status = memory_reserve(&kept->starts, &kept->starts_capacity,
                                   (size_t)counts->documents + 1, sizeof *kept->starts, error);
    if (!status) {
        status =
            memory_reserve(&kept->words, &kept->words_capacity, pairs, sizeof *kept->words, error);
    }
    if (status) {
        return status;
    }
    return counts->amounts ? memory_reserve(&kept->amounts, &kept->amounts_capacity, pairs,
                                            sizeof *kept->amounts, error)
                           : memory_reserve(&kept->values, &kept->values_capacity, pairs,
                                            sizeof *kept->values, error);
}

/* The words of document d that stay, under their new numbers and sorted, each with where its count
 * stands in the lower half, counted from the document's beginning. Returns how many. */
static size_t sort_row(const Counts *counts, size_t d, const WordId *renumbered, uint64_t *row,
                       uint64_t *room)
{
    size_t length = 0;
    for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
        const WordId word = renumbered[counts->words[p]];
        if (word != WORD_NONE) {
            row[length++] = (uint64_t)word << 32 | (uint64_t)(p - counts->starts[d]);
        }
    }
    pair_sort(row, room, length);
    return length;
}

/* The counts of the words that stay, under their new numbers. */
static Status keep_counts(const Counts *counts, const WordId *renumbered, Counts *kept,
                          Error *error)
{
    const size_t documents = (size_t)counts->documents;
    size_t longest = 0;
    for (size_t d = 0; d < documents; d++) {
        size_t length = (size_t)(counts->starts[d + 1] - counts->starts[d]);
        longest = length > longest ? length : longest;
    }
    uint64_t *row = memory_new(longest, 2 * sizeof *row, error);
    Status status = row ? reserve_counts(counts, kept, error) : error_status(error);
    if (status) {
        free(row);
        return status;
    }
    int64_t filled = 0;
    kept->starts[0] = 0;
    for (size_t d = 0; d < documents; d++) {
        const size_t length = sort_row(counts, d, renumbered, row, row + longest);
        for (size_t i = 0; i < length; i++, filled++) {
            const int64_t pair = counts->starts[d] + (int64_t)(uint32_t)row[i];
            kept->words[filled] = (WordId)(row[i] >> 32);
            if (kept->amounts) {
                kept->amounts[filled] = counts->amounts[pair];
            } else {
                kept->values[filled] = counts->values[pair];
            }
        }
        kept->starts[d + 1] = filled;
    }
    kept->documents = counts->documents;
    free(row);
    return STATUS_OK;
}

Status prune_words(const Vocabulary *vocabulary, const Counts *counts, const Vocabulary *stopped,
                   const PruneOptions *options, Vocabulary *kept, Counts *kept_counts,
                   PruneTally *tally, Error *error)
{
    Status status = STATUS_OK;
    int64_t *document_frequency = memory_new(vocabulary->count, sizeof(int64_t), error);
    double *term_frequency = memory_new(vocabulary->count, sizeof(double), error);
    bool *keep = memory_new(vocabulary->count, sizeof *keep, error);
    WordId *renumbered = memory_new(vocabulary->count, sizeof *renumbered, error);
    if (!document_frequency || !term_frequency || !keep || !renumbered) {
        status = error_status(error);
        goto cleanup;
    }
    counts_frequencies(counts, vocabulary->count, document_frequency, term_frequency);
    choose_words(vocabulary, counts->documents, stopped, options, document_frequency,
                 term_frequency, keep, tally);
    if (options->words_most > 0) {
        const Ranking ranking = {.vocabulary = vocabulary, .term_frequency = term_frequency};
        status = keep_most_frequent(&ranking, options->words_most, keep, tally, error);
    }
    if (!status) {
        status = renumber_words(vocabulary, keep, kept, renumbered, error);
    }
    if (!status) {
        status = keep_counts(counts, renumbered, kept_counts, error);
    }
cleanup:
    free(document_frequency);
    free(term_frequency);
    free(keep);
    free(renumbered);
    return status;
}
