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
    tally->rare -= all->beyond;
    tally->beyond += all->beyond;
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

/* A word with eight of its bytes as a number, zeros behind its end: words are sorted by the first
 * eight, those that have these in common by the next, so that few are looked at themselves. */
typedef struct SortedWord {
    uint64_t bytes;
    WordId id;
} SortedWord;

enum { BYTES_AT_ONCE = sizeof((SortedWord *)0)->bytes };

/* The eight bytes behind the first `from`, all of which are in the word. */
static uint64_t bytes_of(const Vocabulary *vocabulary, WordId id, size_t from)
{
    const size_t left = vocabulary_word_length(vocabulary, id) - from;
    unsigned char bytes[BYTES_AT_ONCE] = {0};
    uint64_t number = 0;
    memcpy(bytes, vocabulary_word(vocabulary, id) + from,
           left < sizeof bytes ? left : sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

static int compare_bytes(const void *left, const void *right)
{
    const SortedWord *a = left, *b = right;
    return (a->bytes > b->bytes) - (a->bytes < b->bytes);
}

static int compare_words(const void *left, const void *right, void *context)
{
    const Vocabulary *vocabulary = context;
    return strcmp(vocabulary_word(vocabulary, ((const SortedWord *)left)->id),
                  vocabulary_word(vocabulary, ((const SortedWord *)right)->id));
}

/* Sorts words that have their first `from` bytes in common by all their bytes. */
static void sort_words(const Vocabulary *vocabulary, SortedWord *words, size_t count, size_t from)
{
    enum { FROM_MOST = 8 * BYTES_AT_ONCE }; /* no deeper: words can be long */
    if (from >= FROM_MOST) {
        qsort_r(words, count, sizeof *words, compare_words, (void *)vocabulary);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        words[i].bytes = bytes_of(vocabulary, words[i].id, from);
    }
    qsort(words, count, sizeof *words, compare_bytes);
    for (size_t begin = 0, end; begin < count; begin = end) {
        end = begin + 1;
        while (end < count && words[end].bytes == words[begin].bytes) {
            end++;
        }
        if (end > begin + 1) { /* no two are the same: they go on */
            sort_words(vocabulary, words + begin, end - begin, from + BYTES_AT_ONCE);
        }
    }
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
            order[count++].id = id;
        }
    }
    sort_words(vocabulary, order, count, 0);
    Status status = STATUS_OK;
    for (uint32_t i = 0; i < count && !status; i++) {
        const WordId id = order[i].id;
        renumbered[id] = kept->count;
        status = vocabulary_append(kept, vocabulary_word(vocabulary, id),
                                   vocabulary_word_length(vocabulary, id), error);
    }
    status = status ? status : vocabulary_index(kept, error);
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
