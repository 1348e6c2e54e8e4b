#include "text/collect.h"

#include "base/memory.h"
#include "base/threads.h"
#include "text/pair_sort.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

/* Adds the words of a counter and finds their numbers. */
static Status add_words(Vocabulary *all, const Vocabulary *words, WordNumbers *numbers,
                        Error *error)
{
    numbers->count = words->count;
    numbers->of = memory_new(words->count, sizeof *numbers->of, error);
    Status status = numbers->of ? STATUS_OK : error_status(error);
    for (WordId w = 0; w < words->count && !status; w++) {
        status = vocabulary_add(all, vocabulary_word(words, w), vocabulary_word_length(words, w),
                                &numbers->of[w], error);
    }
    return status;
}

/* The first counter's words are the beginning of all. */
static Status take_words(CollectedWords *collected, Counter *counter, Error *error)
{
    WordNumbers *numbers = &collected->numbers[0];
    collected->words = counter->words;
    counter->words = (Vocabulary){0};
    numbers->count = collected->words.count;
    numbers->of = memory_new(numbers->count, sizeof *numbers->of, error);
    for (WordId w = 0; w < numbers->count && numbers->of; w++) {
        numbers->of[w] = w;
    }
    return numbers->of ? STATUS_OK : error_status(error);
}

static void add_sums(CollectedWords *collected, const Counter *counter, const WordNumbers *numbers)
{
    for (WordId w = 0; w < numbers->count; w++) {
        collected->documents[numbers->of[w]] += counter->tallies[w].documents;
        collected->tokens[numbers->of[w]] += (double)counter->tallies[w].tokens;
    }
}

Status collect_words(Counter *counters, int count, CollectedWords *collected, Error *error)
{
    assert(count >= 1 && !counters[0].known);
    collected->counters = count;
    collected->numbers = memory_new((size_t)count, sizeof *collected->numbers, error);
    Status status =
        collected->numbers ? take_words(collected, &counters[0], error) : error_status(error);
    for (int c = 1; c < count && !status; c++) {
        status = add_words(&collected->words, &counters[c].words, &collected->numbers[c], error);
        vocabulary_free(&counters[c].words);
    }
    if (status) {
        return status;
    }
    const size_t words = collected->words.count;
    collected->documents = memory_new(words, sizeof *collected->documents, error);
    collected->tokens = memory_new(words, sizeof *collected->tokens, error);
    if (!collected->documents || !collected->tokens) {
        return error_status(error);
    }
    for (int c = 0; c < count; c++) {
        add_sums(collected, &counters[c], &collected->numbers[c]);
    }
    return STATUS_OK;
}

void collected_renumber(CollectedWords *collected, const WordId *renumbered)
{
    for (int c = 0; c < collected->counters; c++) {
        WordNumbers *numbers = &collected->numbers[c];
        for (WordId w = 0; w < numbers->count; w++) {
            numbers->of[w] = renumbered[numbers->of[w]];
        }
    }
}

void collected_words_free(CollectedWords *collected)
{
    for (int c = 0; c < collected->counters && collected->numbers; c++) {
        free(collected->numbers[c].of);
    }
    free(collected->numbers);
    free(collected->documents);
    free(collected->tokens);
    vocabulary_free(&collected->words);
    *collected = (CollectedWords){0};
}

/* ---- counts ---- */

/* Renumbers and sorts the documents of a block where they stand; what is left out leaves no gap.
 * `room` holds the longest document. */
static void settle_block(CountBlock *block, const WordId *numbers, uint32_t words, uint64_t *room)
{
    const uint64_t *from = block->pairs;
    uint64_t *to = block->pairs;
    for (int64_t d = 0; d < block->documents; d++) {
        size_t kept = 0;
        for (uint32_t i = 0; i < block->lengths[d]; i++) {
            const uint64_t pair = from[i];
            const WordId word = numbers ? numbers[pair_word(pair)] : pair_word(pair);
            to[kept] = count_pair(word, pair_count(pair));
            kept += word != WORD_NONE;
        }
        from += block->lengths[d];
        pair_sort(to, room, kept, words);
        to += kept;
        block->lengths[d] = (uint32_t)kept;
    }
    block->pair_count = (size_t)(to - block->pairs);
}

/* Moves a block's documents to where they belong; `document` is the first one's number, and where
 * its pairs begin is known. */
static void move_block(CountBlock *block, int64_t document, Counts *counts)
{
    int64_t at = counts->starts[document];
    for (size_t i = 0; i < block->pair_count; i++) {
        counts->words[at + (int64_t)i] = pair_word(block->pairs[i]);
        counts->values[at + (int64_t)i] = pair_count(block->pairs[i]);
    }
    for (int64_t d = 0; d < block->documents; d++) {
        counts->starts[document + d] = at;
        at += block->lengths[d];
    }
    count_block_free(block);
}

static size_t longest_document(const CollectedBlock *blocks, size_t block_count)
{
    uint32_t longest = 0;
    for (size_t b = 0; b < block_count; b++) {
        for (int64_t d = 0; d < blocks[b].block.documents; d++) {
            const uint32_t length = blocks[b].block.lengths[d];
            longest = length > longest ? length : longest;
        }
    }
    return longest;
}

/* Makes room for what the blocks hold and fills starts[first document] of each block, and firsts[b]
 * with that document's number. */
static Status place_blocks(const CollectedBlock *blocks, size_t block_count, int64_t *firsts,
                           Counts *counts, Error *error)
{
    int64_t documents = 0, pairs = 0;
    for (size_t b = 0; b < block_count; b++) {
        firsts[b] = documents;
        documents += blocks[b].block.documents;
        pairs += (int64_t)blocks[b].block.pair_count;
    }
    Status status = counts_reserve(counts, documents, pairs, true, error);
    if (status) {
        return status;
    }
    counts->starts[documents] = pairs;
    for (size_t b = block_count; b-- > 0;) { /* an empty block does not matter: the next is later */
        pairs -= (int64_t)blocks[b].block.pair_count;
        counts->starts[firsts[b]] = pairs;
    }
    return STATUS_OK;
}

Status collect_counts(CollectedBlock *blocks, size_t block_count, const WordNumbers *numbers,
                      uint32_t words, int threads, Counts *counts, Error *error)
{
    const size_t longest = longest_document(blocks, block_count);
    const int64_t count = (int64_t)block_count;
    Status status = STATUS_OK;
    int64_t *firsts = memory_new(block_count, sizeof *firsts, error);
    uint64_t *room = firsts ? memory_new((size_t)threads, longest * sizeof *room, error) : NULL;
    if (!room) {
        status = error_status(error);
        goto cleanup;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        const WordId *of = numbers ? numbers[blocks[b].counter].of : NULL;
        settle_block(&blocks[b].block, of, words, room + (size_t)threads_current() * longest);
    }
    status = place_blocks(blocks, block_count, firsts, counts, error);
    if (status) {
        goto cleanup;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        move_block(&blocks[b].block, firsts[b], counts);
    }
cleanup:
    free(firsts);
    free(room);
    return status;
}
