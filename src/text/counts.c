#include "text/counts.h"

#include "base/memory.h"

#include <assert.h>
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

int64_t counts_pairs(const Counts *counts)
{
    return counts->starts ? counts->starts[counts->documents] : 0;
}

double counts_tokens(const Counts *counts, int64_t document)
{
    double tokens = 0.0;
    for (int64_t p = counts->starts[document]; p < counts->starts[document + 1]; p++) {
        tokens += counts_value(counts, p);
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

/* One occurrence of a word in the current document, which has had `*distinct` words so far. */
static Status tally_word(Counter *counter, WordId word, size_t *distinct, Error *error)
{
    size_t old = counter->tally_capacity;
    Status status = memory_reserve(&counter->tally, &counter->tally_capacity, (size_t)word + 1,
                                   sizeof *counter->tally, error);
    if (status) {
        return status;
    }
    if (counter->tally_capacity > old) {
        memset(counter->tally + old, 0, (counter->tally_capacity - old) * sizeof *counter->tally);
    }
    if (counter->tally[word] == 0) {
        status = memory_reserve(&counter->seen, &counter->seen_capacity, *distinct + 1,
                                sizeof *counter->seen, error);
        if (status) {
            return status;
        }
        counter->seen[(*distinct)++] = word;
    }
    counter->tally[word] += counter->tally[word] < UINT32_MAX;
    return STATUS_OK;
}

static Status take_token(Counter *counter, Token token, size_t *distinct, Error *error)
{
    WordId word;
    if (counter->closed) {
        word = vocabulary_find(counter->vocabulary, token.bytes, token.length);
        if (word == WORD_NONE) {
            bool stopped = counter->stopped && vocabulary_find(counter->stopped, token.bytes,
                                                               token.length) != WORD_NONE;
            counter->unknown += !stopped;
            return STATUS_OK;
        }
    } else {
        Status status =
            vocabulary_add(counter->vocabulary, token.bytes, token.length, &word, error);
        if (status) {
            return status;
        }
    }
    return tally_word(counter, word, distinct, error);
}

static int compare_words(const void *left, const void *right)
{
    WordId a = *(const WordId *)left, b = *(const WordId *)right;
    return (a > b) - (a < b);
}

/* Appends the current document and clears the tally for the next. */
static Status append_document(Counter *counter, size_t distinct, Error *error)
{
    Counts *counts = &counter->counts;
    size_t begin = (size_t)counts_pairs(counts);
    Status status = memory_reserve(&counts->starts, &counts->starts_capacity,
                                   (size_t)counts->documents + 2, sizeof *counts->starts, error);
    if (!status) {
        status = memory_reserve(&counts->words, &counts->words_capacity, begin + distinct,
                                sizeof *counts->words, error);
    }
    if (!status) {
        status = memory_reserve(&counts->values, &counts->values_capacity, begin + distinct,
                                sizeof *counts->values, error);
    }
    if (status) {
        return status;
    }
    if (distinct) {
        qsort(counter->seen, distinct, sizeof *counter->seen, compare_words);
    }
    for (size_t i = 0; i < distinct; i++) {
        WordId word = counter->seen[i];
        counts->words[begin + i] = word;
        counts->values[begin + i] = counter->tally[word];
        counter->tally[word] = 0;
    }
    counts->starts[0] = 0;
    counts->starts[++counts->documents] = (int64_t)(begin + distinct);
    return STATUS_OK;
}

Status counter_add(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                   Error *error)
{
    assert(counter->vocabulary);
    counter->unknown = 0;
    Status status = tokenizer_start(tokenizer, text, length, error);
    size_t distinct = 0;
    while (!status) {
        Token token;
        bool found;
        status = tokenizer_next(tokenizer, &token, &found, error);
        if (status || !found) {
            break;
        }
        status = take_token(counter, token, &distinct, error);
    }
    return status ? status : append_document(counter, distinct, error);
}

void counter_free(Counter *counter)
{
    counts_free(&counter->counts);
    free(counter->tally);
    free(counter->seen);
    *counter = (Counter){0};
}
