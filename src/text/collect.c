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

void word_numbers_renumber(WordNumbers *numbers, int counters, const WordId *renumbered)
{
    for (int c = 0; c < counters; c++) {
        for (uint32_t w = 0; w < numbers[c].count; w++) {
            if (numbers[c].of[w] != WORD_NONE) {
                numbers[c].of[w] = renumbered[numbers[c].of[w]];
            }
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
    vocabulary_free(&collected->characters);
    free(collected->character_tokens);
    *collected = (CollectedWords){0};
}

/* ---- documents that go ---- */

/* Takes a document's words, at `from`, out of the sums; returns what is behind them. */
static const uint32_t *subtract(const uint32_t *from, uint32_t length, const WordId *numbers,
                                int64_t *documents, double *tokens)
{
    for (; length > 0; length--) {
        WordId word;
        uint32_t count;
        from = pair_unpack(from, &word, &count);
        word = numbers ? numbers[word] : word;
        documents[word]--;
        tokens[word] -= count;
    }
    return from;
}

static const uint32_t *skip_pairs(const uint32_t *from, uint32_t length)
{
    for (; length > 0; length--) {
        WordId word;
        uint32_t count;
        from = pair_unpack(from, &word, &count);
    }
    return from;
}

static void drop_documents(CountBlock *block, const bool *dropped, const WordId *numbers,
                           int64_t *documents, double *tokens)
{
    const uint32_t *from = block->packed;
    uint32_t *to = block->packed;
    WordId *order_from = block->order, *order_to = block->order;
    int64_t kept = 0;
    for (int64_t d = 0; d < block->documents; d++) {
        const uint32_t *behind = dropped[d]
                                     ? subtract(from, block->lengths[d], numbers, documents, tokens)
                                     : skip_pairs(from, block->lengths[d]);
        const size_t ordered = block->order ? block->tokens[d] : 0;
        if (!dropped[d]) {
            memmove(to, from, (size_t)(behind - from) * sizeof *to);
            to += behind - from;
            block->lengths[kept] = block->lengths[d];
            if (block->order) {
                memmove(order_to, order_from, ordered * sizeof *order_to);
                order_to += ordered;
                block->tokens[kept] = block->tokens[d];
            }
            kept++;
        }
        from = behind;
        order_from += ordered;
    }
    block->documents = kept;
    block->packed_count = (size_t)(to - block->packed);
    block->order_count = (size_t)(order_to - block->order);
}

/* A spilled block is brought back, and is spilled anew without the documents. */
Status collected_drop_from(CountBlock *block, const bool *dropped, const WordId *numbers,
                           int64_t *documents, double *tokens, TemporaryFile *file, Error *error)
{
    CountBlock view;
    Status status = count_block_open(block, &view, error);
    if (status) {
        return status;
    }
    const bool spilled = block->file;
    *block = view;
    block->file = NULL;
    drop_documents(block, dropped, numbers, documents, tokens);
    return spilled ? count_block_spill(block, file, error) : STATUS_OK;
}

Status collected_drop_documents(CollectedBlock *blocks, size_t block_count, const bool *dropped,
                                CollectedWords *collected, TemporaryFile *file, Error *error)
{
    Status status = STATUS_OK;
    for (size_t b = 0; b < block_count && !status; b++) {
        const int64_t documents = blocks[b].block.documents;
        status =
            collected_drop_from(&blocks[b].block, dropped, collected->numbers[blocks[b].counter].of,
                                collected->documents, collected->tokens, file, error);
        dropped += documents;
    }
    return status;
}

/* ---- counts ---- */

/* A block of one layer, and how far it was read. */
typedef struct Source {
    CountBlock *block;
    const WordId *numbers; /* of its counter's words; NULL: their own */
    CountBlock view;       /* while it is being read */
    const uint32_t *at;
} Source;

/* The same documents in all layers. */
typedef struct Settling {
    Source sources[COLLECTED_LAYERS];
    int layers;
    uint32_t words;
    int64_t documents;
    int64_t first; /* the number of the first document */
} Settling;

/* The next word of a source, as the number that it gets, WORD_NONE if it is left out. */
static inline WordId next_word(Source *source, uint32_t *count)
{
    WordId word;
    source->at = pair_unpack(source->at, &word, count);
    return source->numbers ? source->numbers[word] : word;
}

static void close_sources(Settling *settling)
{
    for (int l = 0; l < settling->layers; l++) {
        count_block_close(settling->sources[l].block, &settling->sources[l].view);
    }
}

static Status open_sources(Settling *settling, Error *error)
{
    Status status = STATUS_OK;
    for (int l = 0; l < settling->layers && !status; l++) {
        Source *source = &settling->sources[l];
        status = count_block_open(source->block, &source->view, error);
        source->at = source->view.packed;
    }
    if (status) {
        close_sources(settling);
    }
    return status;
}

/* How many words each document keeps, into counts->starts behind it. */
static void measure_block(Settling *settling, Counts *counts)
{
    for (int64_t d = 0; d < settling->documents; d++) {
        int64_t kept = 0;
        for (int l = 0; l < settling->layers; l++) {
            Source *source = &settling->sources[l];
            for (uint32_t left = source->block->lengths[d]; left > 0; left--) {
                uint32_t count;
                kept += next_word(source, &count) != WORD_NONE;
            }
        }
        counts->starts[settling->first + d + 1] = kept;
    }
}

/* A word's number under 2^24, one of GROUP documents, and a count, in one element: sorting them by
 * their words and then by their documents, without disturbing what is sorted, takes a few steady
 * passes over memory that stays in cache. */
enum { GROUP = 256, WORD_BITS = 24 };

static inline uint64_t group_item(WordId word, uint32_t document, uint32_t count)
{
    return (uint64_t)word << 40 | (uint64_t)document << 32 | count;
}

/* Goes on over up to GROUP documents, from number d of the block, into `items`; returns how many
 * words they keep. */
static size_t gather_group(Settling *settling, int64_t d, uint64_t *items)
{
    size_t kept = 0;
    for (uint32_t i = 0; i < GROUP && d + i < settling->documents; i++) {
        for (int l = 0; l < settling->layers; l++) {
            Source *source = &settling->sources[l];
            for (uint32_t left = source->block->lengths[d + i]; left > 0; left--) {
                uint32_t count;
                const WordId word = next_word(source, &count);
                items[kept] = group_item(word, i, count);
                kept += word != WORD_NONE;
            }
        }
    }
    return kept;
}

/* Writes items that are sorted by their words to where their documents begin; `first` is the number
 * of the group's first document. */
static void deal_out(const uint64_t *items, size_t count, int64_t first, Counts *counts)
{
    int64_t next[GROUP];
    const int64_t left = counts->documents - first;
    memcpy(next, counts->starts + first, (size_t)(left < GROUP ? left : GROUP) * sizeof *next);
    for (size_t i = 0; i < count; i++) {
        const int64_t to = next[items[i] >> 32 & (GROUP - 1)]++;
        counts->words[to] = (WordId)(items[i] >> 40);
        counts->values[to] = (uint32_t)items[i];
    }
}

/* Writes the documents to where they begin, renumbered and sorted. `room` holds the largest group
 * twice. */
static void settle_block(Settling *settling, uint64_t *room, size_t largest, Counts *counts)
{
    for (int64_t d = 0; d < settling->documents; d += GROUP) {
        uint64_t *items = room, *other = room + largest;
        const size_t count = gather_group(settling, d, items);
        for (int shift = 40; shift < 64 && settling->words >> (shift - 40); shift += 8) {
            pair_sort_digit(items, other, count, shift);
            uint64_t *sorted = other;
            other = items;
            items = sorted;
        }
        deal_out(items, count, settling->first + d, counts);
    }
}

/* The same for more words than a group's items can tell apart. */
static void settle_many_words(Settling *settling, uint64_t *room, size_t largest, Counts *counts)
{
    for (int64_t d = 0; d < settling->documents; d++) {
        size_t kept = 0;
        for (int l = 0; l < settling->layers; l++) {
            Source *source = &settling->sources[l];
            for (uint32_t left = source->block->lengths[d]; left > 0; left--) {
                uint32_t count;
                const WordId word = next_word(source, &count);
                room[kept] = pair_of(word, count);
                kept += word != WORD_NONE;
            }
        }
        pair_sort(room, room + largest, kept, settling->words);
        const int64_t begin = counts->starts[settling->first + d];
        for (size_t i = 0; i < kept; i++) {
            counts->words[begin + (int64_t)i] = pair_word(room[i]);
            counts->values[begin + (int64_t)i] = pair_beside(room[i]);
        }
    }
}

/* How many words the GROUP documents have that have most. */
static size_t largest_group(const Settling *settlings, size_t block_count)
{
    size_t largest = 0;
    for (size_t b = 0; b < block_count; b++) {
        size_t words = 0;
        for (int64_t d = 0; d < settlings[b].documents; d++) {
            words = d % GROUP ? words : 0;
            for (int l = 0; l < settlings[b].layers; l++) {
                words += settlings[b].sources[l].block->lengths[d];
            }
            largest = words > largest ? words : largest;
        }
    }
    return largest;
}

/* The blocks in their places; returns how many documents they have. */
static int64_t place_blocks(const CollectedLayer *layers, int layer_count, size_t block_count,
                            uint32_t words, Settling *settlings)
{
    int64_t documents = 0;
    for (size_t b = 0; b < block_count; b++) {
        Settling *settling = &settlings[b];
        *settling = (Settling){
            .layers = layer_count,
            .words = words,
            .documents = layers[0].blocks[b].block.documents,
            .first = documents,
        };
        for (int l = 0; l < layer_count; l++) {
            CollectedBlock *collected = &layers[l].blocks[b];
            assert(collected->block.documents == settling->documents);
            settling->sources[l].block = &collected->block;
            settling->sources[l].numbers =
                layers[l].numbers ? layers[l].numbers[collected->counter].of : NULL;
        }
        documents += settling->documents;
    }
    return documents;
}

/* Makes room for as many pairs as starts[1 …] say each document has, and turns that into where they
 * begin. */
static Status reserve_pairs(Counts *counts, Error *error)
{
    for (int64_t d = 0; d < counts->documents; d++) {
        counts->starts[d + 1] += counts->starts[d];
    }
    const size_t pairs = (size_t)counts_pairs(counts);
    counts->words = memory_new_unset(pairs, sizeof *counts->words, error);
    counts->values = memory_new_unset(pairs, sizeof *counts->values, error);
    return counts->words && counts->values ? STATUS_OK : error_status(error);
}

/* After so many blocks their memory is given back: or else blocks and counts would stand there side
 * by side. */
enum { GIVEN_BACK = 128 };

Status collect_counts(const CollectedLayer *layers, int layer_count, size_t block_count,
                      uint32_t words, int threads, Counts *counts, Error *error)
{
    void (*const settle)(Settling *, uint64_t *, size_t, Counts *) =
        words > 1 << WORD_BITS ? settle_many_words : settle_block;
    const int64_t count = (int64_t)block_count;
    size_t largest = 0;
    Status status = STATUS_OK;
    uint64_t *room = NULL;
    Settling *settlings = memory_new(block_count, sizeof *settlings, error);
    if (settlings) {
        counts->documents = place_blocks(layers, layer_count, block_count, words, settlings);
        counts->starts = memory_new((size_t)counts->documents + 1, sizeof *counts->starts, error);
        largest = largest_group(settlings, block_count);
        room = memory_new((size_t)threads, 2 * largest * sizeof *room, error);
    }
    if (!counts->starts || !room) {
        status = error_status(error);
        goto cleanup;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        Error here;
        if (open_sources(&settlings[b], &here)) {
#pragma omp critical(collect)
            *error = here, status = here.status;
            continue;
        }
        measure_block(&settlings[b], counts);
        close_sources(&settlings[b]);
    }
    status = status ? status : reserve_pairs(counts, error);
    if (status) {
        goto cleanup;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        Error here;
        if (open_sources(&settlings[b], &here)) {
#pragma omp critical(collect)
            *error = here, status = here.status;
            continue;
        }
        settle(&settlings[b], room + (size_t)threads_current() * 2 * largest, largest, counts);
        close_sources(&settlings[b]);
        for (int l = 0; l < layer_count; l++) {
            count_block_free(&layers[l].blocks[b].block);
        }
        if (b % GIVEN_BACK == GIVEN_BACK - 1) {
            memory_give_back();
        }
    }
cleanup:
    free(settlings);
    free(room);
    return status;
}
