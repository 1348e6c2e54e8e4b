#include "text/word_merge.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- the next word of all ---- */

/* A spill, as far as it was read. */
typedef struct Source {
    SpoolReader reader;
    WordRecord record; /* the next one */
    const char *word;
    Spool numbers; /* of words that are kept: NumberPair after NumberPair */
} Source;

/* A word of a spill, and what it is among all. */
typedef struct NumberPair {
    WordId of;
    WordId is;
} NumberPair;

/* A word that several sources may have. */
typedef struct Merged {
    Buffer word;
    int64_t documents;
    double tokens;
    Buffer spellings; /* SpellingRecord, bytes and a NUL, one after the other */
} Merged;

typedef struct Merging {
    const WordMerge *plan;
    CollectedWords *collected;
    Spellings *spellings; /* may be NULL */
    Source *sources;
    size_t *heap; /* of those that are not at their end, that of the smallest word on top */
    size_t heap_count;
    NumberPair *members; /* of the current word: its source (is) and number there (of) */
    size_t member_count;
    size_t sum_capacity[2]; /* of collected->documents and ->tokens */
    Merged word;
} Merging;

static bool is_before(const Merging *merging, size_t a, size_t b)
{
    return strcmp(merging->sources[a].word, merging->sources[b].word) < 0;
}

static void sift_down(Merging *merging, size_t at)
{
    size_t *heap = merging->heap;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= merging->heap_count) {
            return;
        }
        if (child + 1 < merging->heap_count && is_before(merging, heap[child + 1], heap[child])) {
            child++;
        }
        if (!is_before(merging, heap[child], heap[at])) {
            return;
        }
        const size_t source = heap[at];
        heap[at] = heap[child];
        heap[child] = source;
        at = child;
    }
}

/* Goes on to the next word of the source on top, which goes if there is none. */
static Status advance_top(Merging *merging, Error *error)
{
    Source *source = &merging->sources[merging->heap[0]];
    Status status = STATUS_OK;
    if (spool_is_at_end(&source->reader)) {
        spool_reader_free(&source->reader);
        merging->heap[0] = merging->heap[--merging->heap_count];
    } else {
        status = word_record_take(&source->reader, &source->record, &source->word, error);
    }
    if (!status) {
        sift_down(merging, 0);
    }
    return status;
}

/* Room for reading each spill, and for writing what its numbers are. */
static size_t room_for(const WordMerge *plan)
{
    enum { LEAST = 1 << 12, MOST = 1 << 18 };
    const double room = plan->bytes_most / (2.0 * (double)plan->spill_count);
    return room < LEAST ? LEAST : room > MOST ? MOST : (size_t)room;
}

static Status open_sources(Merging *merging, Error *error)
{
    const WordMerge *plan = merging->plan;
    const size_t room = room_for(plan);
    merging->sources = memory_new(plan->spill_count, sizeof *merging->sources, error);
    merging->heap = memory_new(plan->spill_count, sizeof *merging->heap, error);
    merging->members = memory_new(plan->spill_count, sizeof *merging->members, error);
    Status status =
        merging->sources && merging->heap && merging->members ? STATUS_OK : error_status(error);
    for (size_t s = 0; s < plan->spill_count && !status; s++) {
        Source *source = &merging->sources[s];
        source->numbers.piece_bytes = room;
        source->reader = (SpoolReader){
            .spool = &plan->spills[s].records,
            .file = plan->file,
            .room_bytes = room,
        };
        if (!spool_is_at_end(&source->reader)) {
            merging->heap[merging->heap_count++] = s;
            status = word_record_take(&source->reader, &source->record, &source->word, error);
        }
    }
    for (size_t i = merging->heap_count / 2; i-- > 0 && !status;) {
        sift_down(merging, i);
    }
    return status;
}

/* Takes the smallest word from all sources that have it. */
static Status next_word(Merging *merging, Error *error)
{
    Merged *merged = &merging->word;
    const Source *source = &merging->sources[merging->heap[0]];
    merged->documents = 0;
    merged->tokens = 0.0;
    merging->member_count = 0;
    buffer_clear(&merged->word);
    buffer_clear(&merged->spellings);
    Status status = buffer_append(&merged->word, source->word, source->record.length, error);
    while (!status && merging->heap_count > 0) {
        source = &merging->sources[merging->heap[0]];
        const WordRecord *record = &source->record;
        if (strcmp(source->word, merged->word.bytes) != 0) {
            break;
        }
        merged->documents += record->documents;
        merged->tokens += (double)record->tokens;
        merging->members[merging->member_count++] =
            (NumberPair){.of = record->number, .is = (WordId)merging->heap[0]};
        status = buffer_append(&merged->spellings, source->word + record->length + 1,
                               record->spellings_length, error);
        status = status ? status : advance_top(merging, error);
    }
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
static size_t list_spellings(const Merged *merged, Spelling *list)
{
    size_t count = 0;
    for (size_t at = 0; at < merged->spellings.length;) {
        SpellingRecord record;
        memcpy(&record, merged->spellings.bytes + at, sizeof record);
        at += sizeof record;
        if (list) {
            list[count].text = record.length ? merged->spellings.bytes + at : merged->word.bytes;
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
    const Merged *merged = &merging->word;
    const size_t count = list_spellings(merged, NULL);
    Spelling *list = memory_new(count, sizeof *list, error);
    Status status = list ? STATUS_OK : error_status(error);
    if (!status) {
        list_spellings(merged, list);
        const char *best = best_spelling(list, count);
        if (best && strcmp(best, merged->word.bytes) != 0) {
            status = spellings_add(merging->spellings, merged->word.bytes, best, error);
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
    const Merged *merged = &merging->word;
    WordId word;
    Status status = vocabulary_add(&merging->collected->words, merged->word.bytes,
                                   merged->word.length, &word, error);
    status = status ? status : add_sums(merging, word, merged->documents, merged->tokens, error);
    for (size_t i = 0; i < merging->member_count && !status; i++) {
        const NumberPair pair = {.of = merging->members[i].of, .is = word};
        status = spool_write(&merging->sources[merging->members[i].is].numbers, merging->plan->file,
                             &pair, sizeof pair, error);
    }
    if (!status && merging->spellings && merged->documents >= merging->plan->documents_least) {
        status = spell_word(merging, error);
    }
    return status;
}

static bool is_kept(const WordMerge *plan, const Merged *merged)
{
    if (merged->documents >= plan->documents_least || merged->tokens >= plan->tokens_least) {
        return true;
    }
    for (const Vocabulary *const *always = plan->always; *always; always++) {
        if (vocabulary_find(*always, merged->word.bytes, merged->word.length) != WORD_NONE) {
            return true;
        }
    }
    return false;
}

static Status count_characters(Merging *merging, Error *error)
{
    CollectedWords *collected = merging->collected;
    const Buffer *word = &merging->word.word;
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
            collected->character_tokens[character] = sum + merging->word.tokens;
        }
        at += size;
    }
    return status;
}

static Status take_words(Merging *merging, Error *error)
{
    CollectedWords *collected = merging->collected;
    const Merged *merged = &merging->word;
    WordId rest;
    collected->has_rest = true;
    Status status = vocabulary_add(&collected->words, "", 0, &rest, error);
    status = status ? status : add_sums(merging, rest, 0, 0.0, error);
    while (!status && merging->heap_count > 0) {
        status = next_word(merging, error);
        status = status ? status : count_characters(merging, error);
        if (!status && is_kept(merging->plan, merged)) {
            status = keep_word(merging, error);
        } else if (!status) {
            collected->tokens[rest] += merged->tokens;
            collected->rest_words++;
            collected->rest_pairs += merged->documents;
        }
    }
    return status;
}

static void close_sources(Merging *merging)
{
    for (size_t s = 0; s < merging->plan->spill_count && merging->sources; s++) {
        spool_reader_free(&merging->sources[s].reader);
        spool_free(&merging->sources[s].numbers);
    }
    free(merging->sources);
    free(merging->heap);
    free(merging->members);
    buffer_free(&merging->word.word);
    buffer_free(&merging->word.spellings);
}

/* ---- the blocks ---- */

/* Reads back which words of a spill are kept; all others are the rest. */
static WordId *read_numbers(const Merging *merging, size_t s, Error *error)
{
    const Source *source = &merging->sources[s];
    SpoolReader reader = {
        .spool = &source->numbers,
        .file = merging->plan->file,
        .room_bytes = source->numbers.piece_bytes,
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

/* Renumbers a document's words, at *from, to `to`; returns what is behind them. The rest become
 * one. */
static uint32_t *renumber_document(const uint32_t **from, uint32_t *length, const WordId *numbers,
                                   uint32_t *to)
{
    uint32_t kept = 0, rest = 0;
    for (uint32_t left = *length; left > 0; left--) {
        WordId word;
        uint32_t count;
        *from = pair_unpack(*from, &word, &count);
        word = numbers[word];
        if (word == 0) {
            rest += count; /* no overflow: a document has no more tokens than bytes */
        } else {
            to = pair_pack(to, word, count);
            kept++;
        }
    }
    *length = kept + (rest > 0);
    return rest ? pair_pack(to, 0, rest) : to;
}

/* Renumbers a block that is in memory. */
static Status renumber_opened(CountBlock *block, const WordId *numbers, Error *error)
{
    size_t pairs = 0;
    for (int64_t d = 0; d < block->documents; d++) {
        pairs += block->lengths[d];
    }
    uint32_t *room = memory_new(pairs, PACKED_PAIR_MAX * sizeof *room, error), *end = room;
    if (!room) {
        return error_status(error);
    }
    const uint32_t *from = block->packed;
    for (int64_t d = 0; d < block->documents; d++) {
        end = renumber_document(&from, &block->lengths[d], numbers, end);
    }
    const size_t count = (size_t)(end - room);
    uint32_t *packed = memory_new(count, sizeof *packed, error);
    if (packed && count) {
        memcpy(packed, room, count * sizeof *packed);
    }
    free(room);
    if (!packed) {
        return error_status(error);
    }
    free(block->packed);
    block->packed = packed;
    block->packed_count = count;
    for (size_t i = 0; i < block->order_count && block->order; i++) {
        block->order[i] = numbers[block->order[i]];
    }
    return STATUS_OK;
}

/* A spilled block is brought back and spilled anew. */
static Status renumber_block(CountBlock *block, const WordId *numbers, TemporaryFile *file,
                             Error *error)
{
    CountBlock view;
    const bool spilled = block->file;
    Status status = count_block_open(block, &view, error);
    if (!status) {
        *block = view;
        block->file = NULL;
        status = renumber_opened(block, numbers, error);
    }
    return status || !spilled ? status : count_block_spill(block, file, error);
}

static Status renumber_blocks_of(const Merging *merging, size_t s, Error *error)
{
    const WordMerge *plan = merging->plan;
    WordId *numbers = read_numbers(merging, s, error);
    Status status = numbers ? STATUS_OK : error_status(error);
    for (size_t b = 0; b < plan->block_count && !status; b++) {
        if (plan->blocks[b].counter == (int)s) {
            status = renumber_block(&plan->blocks[b].block, numbers, plan->file, error);
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
    Status status = open_sources(&merging, error);
    status = status ? status : take_words(&merging, error);
    for (size_t s = 0; s < merge->spill_count && !status; s++) {
        spool_free(&merge->spills[s].records);
        status = spool_end(&merging.sources[s].numbers, merge->file, error);
    }
    status = status ? status : renumber_blocks(&merging, error);
    close_sources(&merging);
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
