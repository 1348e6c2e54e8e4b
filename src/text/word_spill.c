#include "text/word_spill.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 18 };

/* ---- in byte order ---- */

/* A word with its first eight bytes as a number: most comparisons need no more. */
typedef struct SortedWord {
    uint64_t first;
    WordId word;
} SortedWord;

static int compare_words(const void *left, const void *right, void *context)
{
    const SortedWord *a = left, *b = right;
    const Vocabulary *words = context;
    return a->first != b->first
               ? (a->first > b->first) - (a->first < b->first)
               : strcmp(vocabulary_word(words, a->word), vocabulary_word(words, b->word));
}

static SortedWord *sort_words(const Vocabulary *words, Error *error)
{
    SortedWord *sorted = memory_new(words->count, sizeof *sorted, error);
    for (WordId w = 0; w < words->count && sorted; w++) {
        const unsigned char *word = (const unsigned char *)vocabulary_word(words, w);
        const size_t length = vocabulary_word_length(words, w);
        sorted[w].word = w;
        for (size_t i = 0; i < sizeof sorted[w].first; i++) {
            sorted[w].first = sorted[w].first << 8 | (i < length ? word[i] : 0);
        }
    }
    if (sorted && words->count) {
        qsort_r(sorted, words->count, sizeof *sorted, compare_words, (void *)words);
    }
    return sorted;
}

/* ---- with their spellings ---- */

/* The runs that spell each word: a chain of slots of the counter's runs, by their numbers and 1. */
typedef struct Chains {
    uint32_t *first; /* of each word; 0: none */
    uint32_t *next;  /* of each slot */
} Chains;

static Status chain_runs(const Counter *counter, Chains *chains, Error *error)
{
    const RunCache *runs = &counter->runs;
    assert(runs->slot_count < UINT32_MAX);
    chains->first = memory_new(counter->words.count, sizeof *chains->first, error);
    chains->next = memory_new(runs->slot_count, sizeof *chains->next, error);
    if (!chains->first || !chains->next) {
        return error_status(error);
    }
    for (uint32_t i = 0; i < runs->slot_count; i++) {
        const RunValue *value = &runs->slots[i].value;
        if (value->length && (value->flags & RUN_SPELLS)) {
            chains->next[i] = chains->first[value->first];
            chains->first[value->first] = i + 1;
        }
    }
    return STATUS_OK;
}

static Status append_spelling(const RunCache *runs, const RunSlot *slot, const char *word,
                              size_t word_length, Buffer *text, Error *error)
{
    const char *run = run_cache_run(runs, slot);
    const size_t length = slot->value.length;
    const bool is_word = length == word_length && memcmp(run, word, length) == 0;
    const SpellingRecord record = {
        .count = (uint64_t)slot->value.found + 1,
        .length = is_word ? 0 : length,
    };
    Status status = buffer_append(text, (const char *)&record, sizeof record, error);
    status = status ? status : buffer_append(text, run, (size_t)record.length, error);
    return status ? status : buffer_append_byte(text, '\0', error);
}

static Status write_word(const Counter *counter, WordId w, const Chains *chains, Buffer *text,
                         TemporaryFile *file, Spool *records, Error *error)
{
    const char *word = vocabulary_word(&counter->words, w);
    const size_t length = vocabulary_word_length(&counter->words, w);
    Status status = STATUS_OK;
    buffer_clear(text);
    for (uint32_t i = chains->first[w]; i && !status; i = chains->next[i - 1]) {
        status =
            append_spelling(&counter->runs, &counter->runs.slots[i - 1], word, length, text, error);
    }
    if (!status && text->length > UINT32_MAX) {
        status = error_set(error, STATUS_INPUT, "%.100s: written in too many ways", word);
    }
    const WordRecord record = {
        .tokens = counter->tallies[w].tokens,
        .documents = counter->tallies[w].documents,
        .number = w,
        .length = (uint32_t)length,
        .spellings_length = (uint32_t)text->length,
    };
    status = status ? status : spool_write(records, file, &record, sizeof record, error);
    status = status ? status : spool_write(records, file, word, length + 1, error);
    return status || !text->length ? status
                                   : spool_write(records, file, text->bytes, text->length, error);
}

Status word_spill_write(Counter *counter, TemporaryFile *file, WordSpill *spill, Error *error)
{
    assert(!counter->known);
    Buffer text = {0};
    Chains chains = {0};
    *spill = (WordSpill){.records.piece_bytes = PIECE_BYTES, .words = counter->words.count};
    SortedWord *sorted = sort_words(&counter->words, error);
    Status status = sorted ? chain_runs(counter, &chains, error) : error_status(error);
    for (uint32_t i = 0; i < spill->words && !status; i++) {
        status = write_word(counter, sorted[i].word, &chains, &text, file, &spill->records, error);
    }
    if (!status) {
        status = spool_end(&spill->records, file, error);
    }
    if (!status) {
        counter_forget(counter);
    }
    buffer_free(&text);
    free(sorted);
    free(chains.first);
    free(chains.next);
    return status;
}

void word_spill_free(WordSpill *spill)
{
    spool_free(&spill->records);
}

/* ---- reading back ---- */

Status word_record_take(SpoolReader *reader, WordRecord *record, const char **word, Error *error)
{
    const char *bytes;
    Status status = spool_take(reader, sizeof *record, &bytes, error);
    if (!status) {
        memcpy(record, bytes, sizeof *record);
        status =
            spool_take(reader, (size_t)record->length + 1 + record->spellings_length, word, error);
    }
    return status;
}

Status word_spill_subtract(WordSpill *spill, TemporaryFile *file, const int64_t *documents,
                           const double *tokens, Error *error)
{
    Spool less = {.piece_bytes = PIECE_BYTES};
    SpoolReader reader = {.spool = &spill->records, .file = file, .room_bytes = PIECE_BYTES};
    Status status = STATUS_OK;
    while (!status && !spool_is_at_end(&reader)) {
        WordRecord record;
        const char *word;
        status = word_record_take(&reader, &record, &word, error);
        if (!status) {
            const size_t length = (size_t)record.length + 1 + record.spellings_length;
            record.documents -= (uint32_t)documents[record.number];
            record.tokens -= (uint64_t)tokens[record.number];
            status = spool_write(&less, file, &record, sizeof record, error);
            status = status ? status : spool_write(&less, file, word, length, error);
        }
    }
    status = status ? status : spool_end(&less, file, error);
    spool_reader_free(&reader);
    if (status) {
        spool_free(&less);
        return status;
    }
    spool_free(&spill->records);
    spill->records = less;
    return STATUS_OK;
}
