#include "text/prune.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

double document_share_of(DocumentShare share, int64_t documents)
{
    return share.is_fraction ? share.value * (double)documents : share.value;
}

/* Which words stay: keep[id] is true. */
static void choose_words(const WordFrequencies *all, int64_t documents, const Vocabulary *stopped,
                         const PruneOptions *options, bool *keep, PruneTally *tally)
{
    const Vocabulary *words = all->words;
    const double least = document_share_of(options->min, documents);
    const double most = document_share_of(options->max, documents);
    *tally = (PruneTally){0};
    for (WordId id = 0; id < words->count; id++) {
        const bool is_stopped = vocabulary_find(stopped, vocabulary_word(words, id),
                                                vocabulary_word_length(words, id)) != WORD_NONE;
        const double frequency = (double)all->documents[id];
        double *taker = is_stopped                             ? &tally->stopped
                        : frequency < least || frequency < 1.0 ? &tally->rare
                        : frequency > most                     ? &tally->frequent
                                                               : &tally->kept;
        *taker += all->tokens[id];
        tally->tokens += all->tokens[id];
        keep[id] = taker == &tally->kept;
    }
}

/* Falling term frequency, then byte order: a total order. */
static int compare_ranks(const void *left, const void *right, void *context)
{
    const WordFrequencies *all = context;
    const WordId a = *(const WordId *)left, b = *(const WordId *)right;
    const double x = all->tokens[a], y = all->tokens[b];
    return x != y ? (x < y) - (x > y)
                  : strcmp(vocabulary_word(all->words, a), vocabulary_word(all->words, b));
}

/* Of the words that stay, keeps those of the largest term frequency. */
static Status keep_most_frequent(const WordFrequencies *all, int64_t words_most, bool *keep,
                                 PruneTally *tally, Error *error)
{
    const uint32_t words = all->words->count;
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
    qsort_r(order, count, sizeof *order, compare_ranks, (void *)all);
    for (int64_t rank = words_most; rank < count; rank++) {
        const double tokens = all->tokens[order[rank]];
        keep[order[rank]] = false;
        tally->beyond += tokens;
        tally->kept -= tokens;
    }
    free(order);
    return STATUS_OK;
}

/* A word with its first bytes, NULs behind a shorter one, as a number: that mostly tells which of
 * two comes first. */
typedef struct SortedWord {
    uint64_t first;
    WordId id;
} SortedWord;

static SortedWord sorted_word(const Vocabulary *vocabulary, WordId id)
{
    const unsigned char *word = (const unsigned char *)vocabulary_word(vocabulary, id);
    SortedWord sorted = {.id = id};
    for (size_t i = 0; i < sizeof sorted.first && word[i]; i++) {
        sorted.first |= (uint64_t)word[i] << (8 * (sizeof sorted.first - 1 - i));
    }
    return sorted;
}

static int compare_words(const void *left, const void *right, void *context)
{
    const Vocabulary *vocabulary = context;
    const SortedWord *a = left, *b = right;
    if (a->first != b->first) {
        return a->first < b->first ? -1 : 1;
    }
    return strcmp(vocabulary_word(vocabulary, a->id), vocabulary_word(vocabulary, b->id));
}

/* Adds the words to keep in byte order and fills renumbered[old id] with the new one. */
static Status renumber_words(const Vocabulary *vocabulary, const bool *keep, Vocabulary *kept,
                             WordId *renumbered, Error *error)
{
    SortedWord *order = memory_new(vocabulary->count, sizeof *order, error);
    if (!order) {
        return error_status(error);
    }
    uint32_t count = 0;
    for (WordId id = 0; id < vocabulary->count; id++) {
        renumbered[id] = WORD_NONE;
        if (keep[id]) {
            order[count++] = sorted_word(vocabulary, id);
        }
    }
    qsort_r(order, count, sizeof *order, compare_words, (void *)vocabulary);
    Status status = STATUS_OK;
    for (uint32_t i = 0; i < count && !status; i++) {
        const WordId id = order[i].id;
        status = vocabulary_add(kept, vocabulary_word(vocabulary, id),
                                vocabulary_word_length(vocabulary, id), &renumbered[id], error);
    }
    free(order);
    return status;
}

Status prune_words(const WordFrequencies *all, int64_t documents, const Vocabulary *stopped,
                   const PruneOptions *options, Vocabulary *kept, WordId *renumbered,
                   PruneTally *tally, Error *error)
{
    bool *keep = memory_new(all->words->count, sizeof *keep, error);
    Status status = keep ? STATUS_OK : error_status(error);
    if (!status) {
        choose_words(all, documents, stopped, options, keep, tally);
    }
    if (!status && options->words_most > 0) {
        status = keep_most_frequent(all, options->words_most, keep, tally, error);
    }
    if (!status) {
        status = renumber_words(all->words, keep, kept, renumbered, error);
    }
    free(keep);
    return status;
}
