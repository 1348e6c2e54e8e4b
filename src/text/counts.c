#include "text/counts.h"

#include "base/memory.h"
#include "text/pair_sort.h"

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

/* ---- one document: the words of its tokens ---- */

/* Makes room to count every word that the vocabulary has. */
static Status reserve_words(Counter *counter, Error *error)
{
    const size_t words = counter->vocabulary->count, old = counter->tally_capacity;
    Status status = memory_reserve(&counter->tally, &counter->tally_capacity, words,
                                   sizeof *counter->tally, error);
    if (status) {
        return status;
    }
    if (counter->tally_capacity > old) {
        memset(counter->tally + old, 0, (counter->tally_capacity - old) * sizeof *counter->tally);
    }
    return memory_reserve(&counter->seen, &counter->seen_capacity, words, sizeof *counter->seen,
                          error);
}

/* One occurrence of a word in the current document. */
static inline void tally_word(Counter *counter, WordId word)
{
    if (counter->tally[word] == 0) {
        counter->seen[counter->distinct++] = word;
    }
    counter->tally[word] += counter->tally[word] < UINT32_MAX;
}

static Status take_token(Counter *counter, Token token, Error *error)
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
        status = status ? status : reserve_words(counter, error);
        if (status) {
            return status;
        }
    }
    Status status = memory_reserve(&counter->recent, &counter->recent_capacity,
                                   counter->recent_count + 1, sizeof *counter->recent, error);
    if (!status) {
        counter->recent[counter->recent_count++] = word;
        tally_word(counter, word);
    }
    return status;
}

/* All that the tokenizer finds in a text, or a part of one. */
static Status count_tokens(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                           Error *error)
{
    counter->recent_count = 0;
    Status status = tokenizer_start(tokenizer, text, length, error);
    while (!status) {
        Token token;
        bool found;
        status = tokenizer_next(tokenizer, &token, &found, error);
        if (status || !found) {
            break;
        }
        status = take_token(counter, token, error);
    }
    return status;
}

/* ---- one document by its runs ---- */

/* A text with a longer run is tokenised whole. So no match in a run can take as many steps as the
 * tokenizer allows, and where a pattern is given up does not depend on the way here. */
enum { RUN_TOKENISED_MAX = 4096 };

/* A run that is not known: the tokenizer tells what it holds, and that is kept. */
static Status learn_run(Counter *counter, Tokenizer *tokenizer, const char *run, size_t length,
                        Error *error)
{
    const TokenizerTally before = *tokenizer_tally(tokenizer);
    const int64_t unknown_before = counter->unknown;
    Status status = count_tokens(counter, tokenizer, run, length, error);
    const TokenizerTally *after = tokenizer_tally(tokenizer);
    if (status || after->matched - before.matched > RUN_COUNT_MAX) {
        return status; /* the other numbers are no larger */
    }
    const RunValue value = {
        .words = (uint8_t)counter->recent_count,
        .unknown = (uint8_t)(counter->unknown - unknown_before),
        .matched = (uint8_t)(after->matched - before.matched),
        .too_short = (uint8_t)(after->too_short - before.too_short),
        .too_long = (uint8_t)(after->too_long - before.too_long),
        .without_letter = (uint8_t)(after->without_letter - before.without_letter),
    };
    return run_cache_add(&counter->runs, run, length, value, counter->recent, error);
}

static inline void take_run(Counter *counter, const RunValue *value, TokenizerTally *tally)
{
    tally->matched += value->matched;
    if (value->words == 1) {
        tally_word(counter, value->first);
    } else if (value->words > 1) {
        const WordId *words = counter->runs.words + value->first;
        for (int i = 0; i < value->words; i++) {
            tally_word(counter, words[i]);
        }
    }
    if (value->words < value->matched) {
        counter->unknown += value->unknown;
        tally->too_short += value->too_short;
        tally->too_long += value->too_long;
        tally->without_letter += value->without_letter;
    }
}

/* How many runs are looked up together. */
enum { AHEAD = 32 };

/* Goes on to the next runs of the text from *at, AHEAD or as many as there are; returns how many.
 */
static size_t aim_at_runs(const RunCache *runs, const bool *in_run, const char *text, size_t length,
                          size_t *at, RunProbe probes[AHEAD])
{
    size_t count = 0, end = *at;
    while (count < AHEAD) {
        while (end < length && !in_run[(unsigned char)text[end]]) {
            end++;
        }
        const size_t begin = end;
        while (end < length && in_run[(unsigned char)text[end]]) {
            end++;
        }
        if (end == begin) {
            break;
        }
        run_cache_aim(runs, text + begin, end - begin, length - begin, &probes[count++]);
    }
    *at = end;
    return count;
}

/* Sets *done to false, with an unknown part of the text counted, when it must be tokenised whole.
 */
static Status count_runs(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                         bool *done, Error *error)
{
    const bool *in_run = tokenizer_run_bytes(tokenizer);
    TokenizerTally known = {0}; /* of the runs that were found in the cache */
    RunProbe probes[AHEAD];
    size_t at = 0, count;
    while ((count = aim_at_runs(&counter->runs, in_run, text, length, &at, probes)) > 0) {
        for (size_t i = 0; i < count; i++) {
            const RunValue *value = run_cache_find(&counter->runs, &probes[i]);
            *done = value || probes[i].length <= RUN_TOKENISED_MAX;
            Status status = STATUS_OK;
            if (value) {
                take_run(counter, value, &known);
            } else if (*done) {
                status = learn_run(counter, tokenizer, probes[i].run, probes[i].length, error);
            }
            if (status || !*done) {
                return status;
            }
        }
    }
    TokenizerTally tally = *tokenizer_tally(tokenizer);
    tally.matched += known.matched;
    tally.too_short += known.too_short;
    tally.too_long += known.too_long;
    tally.without_letter += known.without_letter;
    tokenizer_set_tally(tokenizer, &tally);
    *done = true;
    return STATUS_OK;
}

static void forget_document(Counter *counter)
{
    for (size_t i = 0; i < counter->distinct; i++) {
        counter->tally[counter->seen[i]] = 0;
    }
    counter->distinct = 0;
    counter->unknown = 0;
}

static Status count_document(Counter *counter, Tokenizer *tokenizer, const char *text,
                             size_t length, Error *error)
{
    if (!counter->whole && tokenizer_run_bytes(tokenizer)) {
        const TokenizerTally before = *tokenizer_tally(tokenizer);
        bool done;
        Status status = count_runs(counter, tokenizer, text, length, &done, error);
        if (status || done) {
            return status;
        }
        forget_document(counter);
        tokenizer_set_tally(tokenizer, &before);
    }
    return count_tokens(counter, tokenizer, text, length, error);
}

/* ---- document behind document ---- */

/* The current document's words, sorted, each with its count in the lower half. */
static Status sort_document(Counter *counter, Error *error)
{
    const size_t distinct = counter->distinct;
    Status status = memory_reserve(&counter->pairs, &counter->pairs_capacity, 2 * distinct,
                                   sizeof *counter->pairs, error);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < distinct; i++) {
        const WordId word = counter->seen[i];
        counter->pairs[i] = (uint64_t)word << 32 | counter->tally[word];
    }
    if (distinct > 0) { /* without any there may be no room to point into */
        pair_sort(counter->pairs, counter->pairs + distinct, distinct);
    }
    return STATUS_OK;
}

static Status append_document(Counter *counter, Error *error)
{
    Counts *counts = &counter->counts;
    const size_t begin = (size_t)counts_pairs(counts), end = begin + counter->distinct;
    Status status = sort_document(counter, error);
    if (!status) {
        status = memory_reserve(&counts->starts, &counts->starts_capacity,
                                (size_t)counts->documents + 2, sizeof *counts->starts, error);
    }
    if (!status) {
        status = memory_reserve(&counts->words, &counts->words_capacity, end, sizeof *counts->words,
                                error);
    }
    if (!status) {
        status = memory_reserve(&counts->values, &counts->values_capacity, end,
                                sizeof *counts->values, error);
    }
    if (status) {
        return status;
    }
    for (size_t i = begin; i < end; i++) {
        const uint64_t pair = counter->pairs[i - begin];
        counts->words[i] = (WordId)(pair >> 32);
        counts->values[i] = (uint32_t)pair;
    }
    counts->starts[0] = 0;
    counts->starts[++counts->documents] = (int64_t)end;
    return STATUS_OK;
}

Status counter_add(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                   Error *error)
{
    assert(counter->vocabulary);
    forget_document(counter);
    Status status = reserve_words(counter, error);
    if (!status) {
        status = count_document(counter, tokenizer, text, length, error);
    }
    return status ? status : append_document(counter, error);
}

void counter_free(Counter *counter)
{
    counts_free(&counter->counts);
    run_cache_free(&counter->runs);
    free(counter->tally);
    free(counter->seen);
    free(counter->recent);
    free(counter->pairs);
    *counter = (Counter){0};
}
