#include "text/word_merge.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "text/word_stream.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is at hand ---- */

/* A word of a spill, and what it is among all. */
typedef struct NumberPair {
    WordId of;
    WordId is;
} NumberPair;

typedef struct Merging {
    const WordMerge *plan;
    CollectedWords *collected;
    Spellings *spellings; /* may be NULL */
    WordStream stream;
    Spool *numbers; /* for each spill, of words that are kept: NumberPair after NumberPair */
    size_t sum_capacity[2]; /* of collected->documents and ->tokens */
    double tokens_enough;   /* words with fewer are beyond words_most … */
    int64_t level_most;     /* … and of those with as many this many are not */
} Merging;

/* Room for reading each spill, and for writing what its numbers are. */
static size_t room_for(const WordMerge *plan)
{
    enum { LEAST = 1 << 12, MOST = 1 << 18 };
    const double room = plan->bytes_most / (2.0 * (double)plan->spill_count);
    return room < LEAST ? LEAST : room > MOST ? MOST : (size_t)room;
}

static Status open_stream(const WordMerge *plan, WordStream *stream, Error *error)
{
    return word_stream_open(plan->spills, plan->spill_count, plan->file, room_for(plan), stream,
                            error);
}

/* ---- the most frequent words ---- */

static bool is_always_kept(const WordMerge *plan, const Buffer *word)
{
    for (const Vocabulary *const *always = plan->always; *always; always++) {
        if (vocabulary_find(*always, word->bytes, word->length) != WORD_NONE) {
            return true;
        }
    }
    return false;
}

/* Whether it competes with others for being among the most frequent. */
static bool competes(const WordMerge *plan, const WordStream *stream)
{
    return stream->documents >= plan->documents_least &&
           (double)stream->documents <= plan->documents_most &&
           !is_always_kept(plan, &stream->word);
}

/* A rising array is a heap. */
static int compare_frequencies(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Puts a frequency in place of the smallest, which is on top of the heap. */
static void replace_least(double *heap, size_t count, double frequency)
{
    size_t at = 0;
    for (size_t child = 1; child < count; child = 2 * at + 1) {
        child += child + 1 < count && heap[child + 1] < heap[child];
        if (heap[child] >= frequency) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = frequency;
}

/* Goes through all words to find which frequency is enough to be one of the words_most that are
 * most frequent, and how many with just that one are. Equal ones come in byte order. */
static Status find_enough(Merging *merging, Error *error)
{
    const WordMerge *plan = merging->plan;
    WordStream stream = {0};
    double *heap = NULL;
    size_t count = 0, capacity = 0;
    bool found = true;
    Status status = open_stream(plan, &stream, error);
    while (!status && found) {
        status = word_stream_next(&stream, &found, error);
        if (status || !found || !competes(plan, &stream)) {
            continue;
        }
        if ((int64_t)count < plan->words_most) {
            status = memory_reserve(&heap, &capacity, count + 1, sizeof *heap, error);
            if (!status) {
                heap[count++] = stream.tokens;
            }
            if (!status && (int64_t)count == plan->words_most) {
                qsort(heap, count, sizeof *heap, compare_frequencies);
            }
        } else if (stream.tokens > heap[0]) {
            replace_least(heap, count, stream.tokens);
        }
    }
    if (!status && (int64_t)count == plan->words_most) {
        merging->tokens_enough = heap[0];
        for (size_t i = 0; i < count; i++) {
            merging->level_most += heap[i] == heap[0];
        }
    }
    free(heap);
    word_stream_close(&stream);
    return status;
}

/* ---- its spelling ---- */

typedef struct Spelling {
    const char *text;
    uint64_t count;
} Spelling;

static int compare_spellings(const void *left, const void *right)
{
    return strcmp(((const Spelling *)left)->text, ((const Spelling *)right)->text);
}

/* Reads spellings into `list`, or only counts them if it is NULL. */
static size_t list_spellings(const WordStream *stream, Spelling *list)
{
    size_t count = 0;
    for (size_t at = 0; at < stream->spellings.length;) {
        SpellingRecord record;
        memcpy(&record, stream->spellings.bytes + at, sizeof record);
        at += sizeof record;
        if (list) {
            list[count].text = record.length ? stream->spellings.bytes + at : stream->word.bytes;
            list[count].count = record.count;
        }
        count++;
        at += (size_t)record.length + 1;
    }
    return count;
}

/* The most frequent, of equal ones the last in byte order; NULL if there is none. */
static const char *best_spelling(Spelling *list, size_t count)
{
    const char *best = NULL;
    uint64_t most = 0;
    if (count) {
        qsort(list, count, sizeof *list, compare_spellings);
    }
    for (size_t i = 0; i < count;) {
        const char *text = list[i].text;
        uint64_t sum = 0;
        for (; i < count && strcmp(list[i].text, text) == 0; i++) {
            sum += list[i].count;
        }
        if (sum >= most) {
            most = sum;
            best = text;
        }
    }
    return best;
}

static Status spell_word(Merging *merging, Error *error)
{
    const WordStream *stream = &merging->stream;
    const size_t count = list_spellings(stream, NULL);
    Spelling *list = memory_new(count, sizeof *list, error);
    Status status = list ? STATUS_OK : error_status(error);
    if (!status) {
        list_spellings(stream, list);
        const char *best = best_spelling(list, count);
        if (best && strcmp(best, stream->word.bytes) != 0) {
            status = spellings_add(merging->spellings, stream->word.bytes, best, error);
        }
    }
    free(list);
    return status;
}

/* ---- whether it is kept ---- */

static Status add_sums(Merging *merging, WordId word, int64_t documents, double tokens,
                       Error *error)
{
    CollectedWords *collected = merging->collected;
    Status status = memory_reserve(&collected->documents, &merging->sum_capacity[0],
                                   (size_t)word + 1, sizeof *collected->documents, error);
    if (!status) {
        status = memory_reserve(&collected->tokens, &merging->sum_capacity[1], (size_t)word + 1,
                                sizeof *collected->tokens, error);
    }
    if (!status) {
        collected->documents[word] = documents;
        collected->tokens[word] = tokens;
    }
    return status;
}

static Status keep_word(Merging *merging, Error *error)
{
    const WordStream *stream = &merging->stream;
    WordId word;
    Status status = vocabulary_add(&merging->collected->words, stream->word.bytes,
                                   stream->word.length, &word, error);
    status = status ? status : add_sums(merging, word, stream->documents, stream->tokens, error);
    for (size_t i = 0; i < stream->member_count && !status; i++) {
        const NumberPair pair = {.of = stream->members[i].number, .is = word};
        status = spool_write(&merging->numbers[stream->members[i].spill], merging->plan->file,
                             &pair, sizeof pair, error);
    }
    if (!status && merging->spellings && stream->documents >= merging->plan->documents_least) {
        status = spell_word(merging, error);
    }
    return status;
}

/* What becomes of a word. */
typedef enum Fate { FATE_KEPT, FATE_RARE, FATE_BEYOND } Fate;

static Fate decide(Merging *merging)
{
    const WordMerge *plan = merging->plan;
    const WordStream *stream = &merging->stream;
    if (merging->tokens_enough > 0.0 && stream->tokens <= merging->tokens_enough &&
        competes(plan, stream)) {
        const bool is_level = stream->tokens == merging->tokens_enough;
        return is_level && merging->level_most-- > 0 ? FATE_KEPT : FATE_BEYOND;
    }
    return stream->documents >= plan->documents_least || stream->tokens >= plan->tokens_least ||
                   is_always_kept(plan, &stream->word)
               ? FATE_KEPT
               : FATE_RARE;
}

static Status count_characters(Merging *merging, Error *error)
{
    CollectedWords *collected = merging->collected;
    const Buffer *word = &merging->stream.word;
    Status status = STATUS_OK;
    for (size_t at = 0; at < word->length && !status;) {
        uint32_t code_point;
        WordId character;
        const uint32_t before = collected->characters.count;
        const size_t size = utf8_decode(word->bytes + at, word->length - at, &code_point);
        if (size == 0) {
            at++; /* has no script */
            continue;
        }
        status = vocabulary_add(&collected->characters, word->bytes + at, size, &character, error);
        if (!status) {
            status = memory_reserve(&collected->character_tokens, &collected->character_capacity,
                                    collected->characters.count,
                                    sizeof *collected->character_tokens, error);
        }
        if (!status) {
            const double sum = character < before ? collected->character_tokens[character] : 0.0;
            collected->character_tokens[character] = sum + merging->stream.tokens;
        }
        at += size;
    }
    return status;
}

static Status take_word(Merging *merging, Error *error)
{
    CollectedWords *collected = merging->collected;
    const WordStream *stream = &merging->stream;
    const Fate fate = decide(merging);
    Status status = count_characters(merging, error);
    if (status || fate == FATE_KEPT) {
        return status ? status : keep_word(merging, error);
    }
    collected->tokens[collected_rest(collected)] += stream->tokens;
    collected->rest_beyond += fate == FATE_BEYOND ? stream->tokens : 0.0;
    collected->rest_words++;
    collected->rest_pairs += stream->documents;
    return STATUS_OK;
}

static Status take_words(Merging *merging, Error *error)
{
    CollectedWords *collected = merging->collected;
    WordId rest;
    bool found = true;
    collected->has_rest = true;
    Status status = vocabulary_add(&collected->words, "", 0, &rest, error);
    status = status ? status : add_sums(merging, rest, 0, 0.0, error);
    while (!status && found) {
        status = word_stream_next(&merging->stream, &found, error);
        if (!status && found) {
            status = take_word(merging, error);
        }
    }
    return status;
}

/* ---- the blocks ---- */

/* Reads back which words of a spill are kept; all others are the rest. */
static WordId *read_numbers(const Merging *merging, size_t s, Error *error)
{
    SpoolReader reader = {
        .spool = &merging->numbers[s],
        .file = merging->plan->file,
        .room_bytes = merging->numbers[s].piece_bytes,
    };
    WordId *numbers = memory_new(merging->plan->spills[s].words, sizeof *numbers, error);
    Status status = numbers ? STATUS_OK : error_status(error);
    while (!status && !spool_is_at_end(&reader)) {
        const char *bytes;
        NumberPair pair;
        status = spool_take(&reader, sizeof pair, &bytes, error);
        if (!status) {
            memcpy(&pair, bytes, sizeof pair);
            numbers[pair.of] = pair.is;
        }
    }
    spool_reader_free(&reader);
    if (status) {
        free(numbers);
        return NULL;
    }
    return numbers;
}

static Status renumber_blocks_of(const Merging *merging, size_t s, Error *error)
{
    const WordMerge *plan = merging->plan;
    WordId *numbers = read_numbers(merging, s, error);
    Status status = numbers ? STATUS_OK : error_status(error);
    for (size_t b = 0; b < plan->block_count && !status; b++) {
        if (plan->blocks[b].counter == (int)s) {
            status = count_block_renumber(&plan->blocks[b].block, numbers, plan->file, error);
        }
    }
    free(numbers);
    return status;
}

static Status renumber_blocks(const Merging *merging, Error *error)
{
    const WordMerge *plan = merging->plan;
    const int64_t count = (int64_t)plan->spill_count;
    Status status = STATUS_OK;
#pragma omp parallel for num_threads(plan->threads) schedule(dynamic)
    for (int64_t s = 0; s < count; s++) {
        Error here;
        if (renumber_blocks_of(merging, (size_t)s, &here)) {
#pragma omp critical(word_merge)
            *error = here, status = here.status;
        }
    }
    for (size_t b = 0; b < plan->block_count; b++) {
        plan->blocks[b].counter = 0;
    }
    return status;
}

/* ---- the whole ---- */

/* The blocks have the numbers of all words. */
static Status number_words(CollectedWords *collected, Error *error)
{
    const uint32_t words = collected->words.count;
    collected->counters = 1;
    collected->numbers = memory_new(1, sizeof *collected->numbers, error);
    WordId *of = collected->numbers ? memory_new(words, sizeof *of, error) : NULL;
    if (!of) {
        return error_status(error);
    }
    for (WordId w = 0; w < words; w++) {
        of[w] = w;
    }
    collected->numbers[0] = (WordNumbers){.of = of, .count = words};
    return STATUS_OK;
}

Status word_merge(const WordMerge *merge, CollectedWords *collected, Spellings *spellings,
                  Error *error)
{
    Merging merging = {.plan = merge, .collected = collected, .spellings = spellings};
    merging.numbers = memory_new(merge->spill_count, sizeof *merging.numbers, error);
    Status status = merging.numbers ? STATUS_OK : error_status(error);
    for (size_t s = 0; s < merge->spill_count && !status; s++) {
        merging.numbers[s].piece_bytes = room_for(merge);
    }
    if (!status && merge->words_most > 0) {
        status = find_enough(&merging, error);
    }
    status = status ? status : open_stream(merge, &merging.stream, error);
    status = status ? status : take_words(&merging, error);
    for (size_t s = 0; s < merge->spill_count && !status; s++) {
        spool_free(&merge->spills[s].records);
        status = spool_end(&merging.numbers[s], merge->file, error);
    }
    word_stream_close(&merging.stream);
    status = status ? status : renumber_blocks(&merging, error);
    for (size_t s = 0; s < merge->spill_count && merging.numbers; s++) {
        spool_free(&merging.numbers[s]);
    }
    free(merging.numbers);
    return status ? status : number_words(collected, error);
}

/* Takes the documents out of the blocks of one spill and out of its sums; firsts[b] is the number
 * of the first document of block b. */
static Status drop_from_spill(const WordMerge *merge, size_t s, const bool *dropped,
                              const int64_t *firsts, double *tokens, Error *error)
{
    WordSpill *spill = &merge->spills[s];
    int64_t *less_documents = memory_new(spill->words, sizeof *less_documents, error);
    double *less_tokens = memory_new(spill->words, sizeof *less_tokens, error);
    Status status = less_documents && less_tokens ? STATUS_OK : error_status(error);
    for (size_t b = 0; b < merge->block_count && !status; b++) {
        if (merge->blocks[b].counter == (int)s) {
            status = collected_drop_from(&merge->blocks[b].block, dropped + firsts[b], NULL,
                                         less_documents, less_tokens, merge->file, error);
        }
    }
    for (WordId w = 0; w < spill->words && !status; w++) {
        less_documents[w] = -less_documents[w];
        less_tokens[w] = 0.0 - less_tokens[w];
        *tokens += less_tokens[w];
    }
    if (!status) {
        status = word_spill_subtract(spill, merge->file, less_documents, less_tokens, error);
    }
    free(less_documents);
    free(less_tokens);
    return status;
}

Status word_merge_drop(const WordMerge *merge, const bool *dropped, double *tokens, Error *error)
{
    int64_t *firsts = memory_new(merge->block_count, sizeof *firsts, error);
    int64_t first = 0;
    Status status = firsts ? STATUS_OK : error_status(error);
    for (size_t b = 0; b < merge->block_count && !status; b++) {
        firsts[b] = first;
        first += merge->blocks[b].block.documents;
    }
    *tokens = 0.0;
    for (size_t s = 0; s < merge->spill_count && !status; s++) {
        status = drop_from_spill(merge, s, dropped, firsts, tokens, error);
    }
    free(firsts);
    return status;
}
