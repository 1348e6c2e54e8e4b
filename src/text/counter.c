#include "text/counter.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- the words of the current document ---- */

static uint32_t word_count(const Counter *counter)
{
    return counter->known ? counter->known->count : counter->words.count;
}

/* Makes room to count every word that there is. */
static Status reserve_words(Counter *counter, Error *error)
{
    const size_t words = word_count(counter), old = counter->tally_capacity;
    Status status = memory_reserve(&counter->tallies, &counter->tally_capacity, words,
                                   sizeof *counter->tallies, error);
    if (status) {
        return status;
    }
    if (counter->tally_capacity > old) {
        memset(counter->tallies + old, 0,
               (counter->tally_capacity - old) * sizeof *counter->tallies);
    }
    return memory_reserve(&counter->seen, &counter->seen_capacity, words + 1, sizeof *counter->seen,
                          error);
}

/* Makes room to write down so many words more. */
static Status reserve_order(Counter *counter, size_t words, Error *error)
{
    return counter->keeps_order
               ? memory_reserve(&counter->order, &counter->order_capacity,
                                counter->order_count + words, sizeof *counter->order, error)
               : STATUS_OK;
}

/* One occurrence of a word in the current document; there is room for it. */
static inline void tally_word(Counter *counter, WordId word)
{
    if (counter->keeps_order) {
        counter->order[counter->order_count++] = word;
    }
    WordTally *tally = &counter->tallies[word];
    counter->seen[counter->distinct] = word; /* there is room for every word and this */
    counter->distinct += tally->now == 0;
    tally->now += tally->now < UINT32_MAX;
}

static Status take_token(Counter *counter, Token token, Error *error)
{
    WordId word;
    if (counter->known) {
        word = vocabulary_find(counter->known, token.bytes, token.length);
        if (word == WORD_NONE) {
            bool stopped = counter->stopped && vocabulary_find(counter->stopped, token.bytes,
                                                               token.length) != WORD_NONE;
            counter->unknown += !stopped;
            return STATUS_OK;
        }
    } else {
        Status status = vocabulary_add(&counter->words, token.bytes, token.length, &word, error);
        status = status ? status : reserve_words(counter, error);
        if (status) {
            return status;
        }
    }
    Status status = memory_reserve(&counter->recent, &counter->recent_capacity,
                                   counter->recent_count + 1, sizeof *counter->recent, error);
    status = status ? status : reserve_order(counter, 1, error);
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
        counter->whole_word = tokenizer_is_whole(tokenizer, &token);
        status = take_token(counter, token, error);
    }
    return status;
}

/* ---- a document by its runs ---- */

/* A run that is not known: the tokenizer tells what it holds, and that is kept. */
static Status learn_run(Counter *counter, Tokenizer *tokenizer, const RunProbe *probe, Error *error)
{
    const TokenizerTally before = *tokenizer_tally(tokenizer);
    const int64_t unknown_before = counter->unknown;
    Status status = count_tokens(counter, tokenizer, probe->run, probe->length, error);
    const TokenizerTally *after = tokenizer_tally(tokenizer);
    if (status || after->matched - before.matched > RUN_COUNT_MAX) {
        return status; /* the other numbers are no larger */
    }
    const bool spells = counter->recent_count == 1 && counter->whole_word;
    const RunValue value = {
        .flags = spells ? RUN_SPELLS : 0,
        .words = (uint8_t)counter->recent_count,
        .unknown = (uint8_t)(counter->unknown - unknown_before),
        .matched = (uint8_t)(after->matched - before.matched),
        .too_short = (uint8_t)(after->too_short - before.too_short),
        .too_long = (uint8_t)(after->too_long - before.too_long),
        .without_letter = (uint8_t)(after->without_letter - before.without_letter),
    };
    return run_cache_add(&counter->runs, probe->run, probe->length, value, counter->recent, error);
}

static inline void take_run(Counter *counter, RunValue *value)
{
    value->found += value->found < UINT32_MAX;
    if (value->flags & RUN_PLAIN) {
        tally_word(counter, value->first);
        return;
    }
    counter->unknown += value->unknown;
    const WordId *words = value->words <= 1 ? &value->first : counter->runs.words + value->first;
    for (int i = 0; i < value->words; i++) {
        tally_word(counter, words[i]);
    }
}

/* How many runs are looked up together. */
enum { AHEAD = 64 };

/* Counts up to AHEAD runs, the begins and ends of which are given: memory is asked for all their
 * slots before the first is looked at. */
static Status count_some(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                         const uint32_t *bounds, size_t count, Error *error)
{
    RunProbe probes[AHEAD];
    for (size_t i = 0; i < count; i++) {
        const uint32_t begin = bounds[2 * i], end = bounds[2 * i + 1];
        run_cache_aim(&counter->runs, text + begin, end - begin, length - begin, &probes[i]);
    }
    Status status = reserve_order(counter, count * RUN_COUNT_MAX, error);
    for (size_t i = 0; i < count && !status; i++) {
        RunValue *value = run_cache_find(&counter->runs, &probes[i]);
        if (value) {
            take_run(counter, value);
            continue;
        }
        status = learn_run(counter, tokenizer, &probes[i], error);
        status = status ? status : reserve_order(counter, (count - i) * RUN_COUNT_MAX, error);
    }
    return status;
}

/* Counts the runs between pairs of edges. */
static Status count_between(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                            const uint32_t *edges, size_t runs, Error *error)
{
    Status status = STATUS_OK;
    for (size_t from = 0; from < runs && !status; from += AHEAD) {
        const size_t count = runs - from < AHEAD ? runs - from : AHEAD;
        status = count_some(counter, tokenizer, text, length, edges + 2 * from, count, error);
    }
    return status;
}

static Status count_runs(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                         Error *error)
{
    uint32_t edges[1 + RUN_EDGES_MAX + 1];
    size_t waiting = 0; /* edges at the front: the begin of a run that goes on */
    bool inside = false;
    Status status = STATUS_OK;
    for (size_t at = 0; at < length && !status; at += RUN_SPLIT_BYTES) {
        const size_t part = length - at < RUN_SPLIT_BYTES ? length - at : RUN_SPLIT_BYTES;
        size_t count =
            waiting + run_split(&counter->splitter, text, at, part, &inside, edges + waiting);
        if (at + part == length && inside) {
            edges[count++] = (uint32_t)length;
        }
        status = count_between(counter, tokenizer, text, length, edges, count / 2, error);
        waiting = count % 2;
        edges[0] = waiting ? edges[count - 1] : 0;
    }
    return status;
}

/* ---- a document ---- */

/* A text with a longer run is tokenised whole. So no match in a run can take as many steps as the
 * tokenizer allows, and where a pattern is given up does not depend on the way here. */
enum { RUN_TOKENISED_MAX = 4096 };

/* Whether there is a run of more than RUN_TOKENISED_MAX bytes: it would hold one of the bytes that
 * are so far apart. */
static bool has_long_run(const bool *in_run, const char *text, size_t length)
{
    for (size_t at = RUN_TOKENISED_MAX; at < length; at += RUN_TOKENISED_MAX + 1) {
        size_t begin = at, end = at;
        while (end < length && in_run[(unsigned char)text[end]] &&
               end - begin <= RUN_TOKENISED_MAX) {
            end++;
        }
        while (end > at && begin > 0 && in_run[(unsigned char)text[begin - 1]] &&
               end - begin <= RUN_TOKENISED_MAX) {
            begin--;
        }
        if (end - begin > RUN_TOKENISED_MAX) {
            return true;
        }
    }
    return false;
}

static Status count_document(Counter *counter, Tokenizer *tokenizer, const char *text,
                             size_t length, Error *error)
{
    const bool *in_run = tokenizer_run_bytes(tokenizer);
    if (counter->whole || !in_run || has_long_run(in_run, text, length)) {
        return count_tokens(counter, tokenizer, text, length, error);
    }
    if (!counter->splits) {
        run_splitter_begin(&counter->splitter, in_run);
        counter->splits = true;
    }
    return count_runs(counter, tokenizer, text, length, error);
}

/* Writes down the current document and forgets it. */
static Status end_document(Counter *counter, Error *error)
{
    /* One more, so that there is room to point into when no document had a word. */
    Status status = memory_reserve(&counter->packed, &counter->packed_capacity,
                                   counter->packed_count + PACKED_PAIR_MAX * counter->distinct + 1,
                                   sizeof *counter->packed, error);
    if (!status) {
        status = memory_reserve(&counter->lengths, &counter->length_capacity,
                                counter->length_count + 1, sizeof *counter->lengths, error);
    }
    if (status) {
        return status;
    }
    if (counter->keeps_order) {
        const size_t tokens = counter->order_count - counter->order_begin;
        status = memory_reserve(&counter->tokens, &counter->token_capacity,
                                counter->length_count + 1, sizeof *counter->tokens, error);
        if (status) {
            return status;
        }
        counter->tokens[counter->length_count] = (uint32_t)tokens;
        counter->order_begin = counter->order_count;
    }
    uint32_t *at = counter->packed + counter->packed_count;
    for (size_t i = 0; i < counter->distinct; i++) {
        WordTally *tally = &counter->tallies[counter->seen[i]];
        at = pair_pack(at, counter->seen[i], tally->now);
        tally->documents++;
        tally->tokens += tally->now;
        tally->now = 0;
    }
    counter->packed_count = (size_t)(at - counter->packed);
    counter->lengths[counter->length_count++] = (uint32_t)counter->distinct;
    counter->documents++;
    counter->distinct = 0;
    return STATUS_OK;
}

Status counter_add(Counter *counter, Tokenizer *tokenizer, const char *text, size_t length,
                   Error *error)
{
    assert(length <= UINT32_MAX);
    if (counter->documents == UINT32_MAX) {
        return error_set(error, STATUS_INPUT, "more than %u documents", UINT32_MAX);
    }
    counter->unknown = 0;
    Status status = reserve_words(counter, error);
    if (!status) {
        status = count_document(counter, tokenizer, text, length, error);
    }
    return status ? status : end_document(counter, error);
}

/* A copy of `count` elements, its room no larger than they are; *copy is NULL without memory. */
static void copy_elements(uint32_t **copy, const uint32_t *elements, size_t count, Error *error)
{
    *copy = memory_new_unset(count, sizeof **copy, error);
    if (*copy && count) {
        memcpy(*copy, elements, count * sizeof **copy);
    }
}

Status counter_take(Counter *counter, CountBlock *block, Error *error)
{
    const bool ordered = counter->keeps_order;
    copy_elements(&block->lengths, counter->lengths, counter->length_count, error);
    copy_elements(&block->packed, counter->packed, counter->packed_count, error);
    if (ordered) {
        copy_elements(&block->tokens, counter->tokens, counter->length_count, error);
        copy_elements(&block->order, counter->order, counter->order_count, error);
    }
    if (!block->lengths || !block->packed || (ordered && (!block->tokens || !block->order))) {
        count_block_free(block);
        return error_status(error);
    }
    block->documents = (int64_t)counter->length_count;
    block->packed_count = counter->packed_count;
    block->order_count = counter->order_count;
    counter->length_count = 0;
    counter->packed_count = 0;
    counter->order_count = counter->order_begin = 0;
    return STATUS_OK;
}

void counter_add_tally(const Counter *counter, TokenizerTally *tally)
{
    const TokenizerTally *forgotten = &counter->forgotten;
    tally->matched += forgotten->matched;
    tally->too_short += forgotten->too_short;
    tally->too_long += forgotten->too_long;
    tally->without_letter += forgotten->without_letter;
    for (size_t i = 0; i < counter->runs.slot_count; i++) {
        const RunValue *value = &counter->runs.slots[i].value;
        const int64_t found = value->found;
        tally->matched += found * value->matched;
        tally->too_short += found * value->too_short;
        tally->too_long += found * value->too_long;
        tally->without_letter += found * value->without_letter;
    }
}

size_t counter_bytes(const Counter *counter)
{
    return vocabulary_bytes(&counter->words) + run_cache_bytes(&counter->runs) +
           counter->tally_capacity * sizeof *counter->tallies +
           counter->seen_capacity * sizeof *counter->seen;
}

void counter_forget(Counter *counter)
{
    const size_t runs_max = counter->runs.runs_max;
    TokenizerTally tally = {0};
    assert(counter->distinct == 0 && counter->length_count == 0);
    counter_add_tally(counter, &tally);
    counter->forgotten = tally;
    run_cache_free(&counter->runs);
    counter->runs.runs_max = runs_max;
    vocabulary_free(&counter->words);
    free(counter->tallies);
    free(counter->seen);
    counter->tallies = NULL;
    counter->seen = NULL;
    counter->tally_capacity = counter->seen_capacity = 0;
}

void counter_free(Counter *counter)
{
    vocabulary_free(&counter->words);
    run_cache_free(&counter->runs);
    free(counter->tallies);
    free(counter->seen);
    free(counter->recent);
    free(counter->packed);
    free(counter->lengths);
    free(counter->tokens);
    free(counter->order);
    *counter = (Counter){0};
}
