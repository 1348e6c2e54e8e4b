#include "text/ngrams.h"

#include "base/memory.h"
#include "base/threads.h"
#include "text/ngram_table.h"
#include "text/ngram_window.h"
#include "text/sketch.h"

#include <stdlib.h>
#include <string.h>

/* ---- n-grams one after the other ---- */

enum { WAITING_MOST = 64 };

typedef struct WaitingNgram {
    Ngram ngram;
    uint64_t hash;
} WaitingNgram;

/* One thread's. */
typedef struct Worker {
    const NgramPlan *plan;
    const Sketch *sketch;
    bool sketching; /* the first time through, if there are two */
    NgramTable table;
    WaitingNgram waiting[WAITING_MOST]; /* of the current document, to be looked up together */
    int waiting_count;
    uint32_t *seen; /* the n-grams of the current document */
    size_t seen_capacity;
    size_t distinct;
    uint32_t *packed; /* of the current block, as in CountBlock */
    size_t packed_capacity;
    size_t packed_count;
} Worker;

static Status tally_ngram(Worker *worker, const Ngram *ngram, uint64_t hash, Error *error)
{
    uint32_t number;
    Status status = STATUS_OK;
    if (worker->plan->wanted) {
        number = ngram_table_find(&worker->table, ngram, hash);
    } else {
        status = ngram_table_add(&worker->table, ngram, hash, &number, error);
    }
    if (number == WORD_NONE || status) {
        return status;
    }
    NgramEntry *entry = &worker->table.entries[number];
    if (entry->now == 0) {
        status = memory_reserve(&worker->seen, &worker->seen_capacity, worker->distinct + 1,
                                sizeof *worker->seen, error);
        if (status) {
            return status;
        }
        worker->seen[worker->distinct++] = number;
    }
    entry->now += entry->now < UINT32_MAX;
    return STATUS_OK;
}

/* Takes the n-grams that wait: while one is asked for, memory answers the others. */
static Status take_waiting(Worker *worker, Error *error)
{
    const int waiting = worker->waiting_count;
    int kept = 0;
    worker->waiting_count = 0;
    if (worker->sketching) {
        for (int i = 0; i < waiting; i++) {
            sketch_add(worker->sketch, worker->waiting[i].hash);
        }
        return STATUS_OK;
    }
    for (int i = 0; i < waiting; i++) {
        const WaitingNgram next = worker->waiting[i];
        worker->waiting[kept] = next;
        if (sketch_allows(worker->sketch, next.hash, worker->plan->documents_least)) {
            ngram_table_aim(&worker->table, next.hash);
            kept++;
        }
    }
    for (int i = 0; i < kept; i++) {
        ngram_table_aim_entry(&worker->table, worker->waiting[i].hash);
    }
    Status status = STATUS_OK;
    for (int i = 0; i < kept && !status; i++) {
        status = tally_ngram(worker, &worker->waiting[i].ngram, worker->waiting[i].hash, error);
    }
    return status;
}

static Status take_ngram(Worker *worker, const Ngram *ngram, Error *error)
{
    const uint64_t hash = ngram_hash(ngram);
    sketch_aim(worker->sketch, hash);
    worker->waiting[worker->waiting_count++] = (WaitingNgram){.ngram = *ngram, .hash = hash};
    return worker->waiting_count == WAITING_MOST ? take_waiting(worker, error) : STATUS_OK;
}

static Status take_word(Worker *worker, NgramWindow *window, WordId word, Error *error)
{
    const NgramOptions *options = &worker->plan->options;
    Status status = STATUS_OK;
    if (!ngram_window_take(window, word, (NgramRole)worker->plan->roles[word])) {
        return STATUS_OK;
    }
    const int longest = window->filled < options->most ? window->filled : options->most;
    for (int n = options->least > 2 ? options->least : 2; n <= longest && !status; n++) {
        const Ngram ngram = ngram_of(window->words + window->filled - n, n);
        status = take_ngram(worker, &ngram, error);
    }
    return status;
}

/* Writes down the n-grams of the current document, as counter.c does its words. */
static Status end_document(Worker *worker, uint32_t *length, Error *error)
{
    Status status = memory_reserve(&worker->packed, &worker->packed_capacity,
                                   worker->packed_count + PACKED_PAIR_MAX * worker->distinct + 1,
                                   sizeof *worker->packed, error);
    if (status) {
        return status;
    }
    uint32_t *at = worker->packed + worker->packed_count;
    for (size_t i = 0; i < worker->distinct; i++) {
        NgramEntry *entry = &worker->table.entries[worker->seen[i]];
        at = pair_pack(at, worker->seen[i], entry->now);
        entry->documents++;
        entry->tokens += entry->now;
        entry->now = 0;
    }
    worker->packed_count = (size_t)(at - worker->packed);
    *length = (uint32_t)worker->distinct;
    worker->distinct = 0;
    return STATUS_OK;
}

static Status walk_opened(Worker *worker, const CountBlock *block, const WordId *of,
                          uint32_t *lengths, Error *error)
{
    const WordId *at = block->order;
    Status status = STATUS_OK;
    for (int64_t d = 0; d < block->documents && !status; d++) {
        NgramWindow window = {.filled = 0};
        for (uint32_t i = 0; i < block->tokens[d] && !status; i++) {
            status = take_word(worker, &window, of[*at++], error);
        }
        if (!status) {
            status = take_waiting(worker, error);
        }
        if (!status && !worker->sketching) {
            status = end_document(worker, &lengths[d], error);
        }
    }
    return status;
}

static Status walk_block(Worker *worker, const CollectedBlock *collected, uint32_t *lengths,
                         Error *error)
{
    CountBlock view;
    const WordId *of = worker->plan->words->numbers[collected->counter].of;
    Status status = count_block_open(&collected->block, &view, error);
    if (!status) {
        status = walk_opened(worker, &view, of, lengths, error);
        count_block_close(&collected->block, &view);
    }
    return status;
}

/* Counts the n-grams of a block. */
static Status count_block(Worker *worker, const CollectedBlock *collected, CountBlock *ngrams,
                          Error *error)
{
    const size_t documents = (size_t)collected->block.documents;
    if (worker->sketching) {
        return walk_block(worker, collected, NULL, error);
    }
    ngrams->documents = collected->block.documents;
    ngrams->lengths = memory_new(documents, sizeof *ngrams->lengths, error);
    Status status = ngrams->lengths ? walk_block(worker, collected, ngrams->lengths, error)
                                    : error_status(error);
    if (!status) {
        ngrams->packed = memory_new(worker->packed_count, sizeof *ngrams->packed, error);
        status = ngrams->packed ? STATUS_OK : error_status(error);
    }
    ngrams->packed_count = worker->packed_count;
    if (!status && worker->packed_count) {
        memcpy(ngrams->packed, worker->packed, worker->packed_count * sizeof *ngrams->packed);
    }
    worker->packed_count = 0;
    return !status && collected->block.file ? count_block_spill(ngrams, worker->plan->file, error)
                                            : status;
}

/* Once through all blocks. */
static Status walk(const NgramPlan *plan, Worker *workers, NgramCounts *counts, Error *error)
{
    const int64_t count = (int64_t)plan->block_count;
    Status status = STATUS_OK;
#pragma omp parallel for num_threads(plan->threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        Error here;
        const int thread = threads_current();
        counts->blocks[b].counter = thread;
        if (count_block(&workers[thread], &plan->blocks[b], &counts->blocks[b].block, &here)) {
#pragma omp critical(ngrams)
            {
                *error = here; /* any of them: it is want of memory */
                status = here.status;
            }
        }
    }
    return status;
}

/* ---- what is wanted ---- */

Status ngrams_parts(const Vocabulary *terms, Vocabulary *parts, Error *error)
{
    Status status = STATUS_OK;
    for (WordId t = 0; t < terms->count && !status; t++) {
        const char *term = vocabulary_word(terms, t);
        status = strchr(term, ' ') ? vocabulary_add_parts(parts, term, error) : STATUS_OK;
    }
    return status;
}

/* Puts the n-grams among the terms, whose words are all there, into the table. */
static Status add_wanted(NgramTable *table, const Vocabulary *terms, const Vocabulary *words,
                         Error *error)
{
    Status status = STATUS_OK;
    for (WordId term = 0; term < terms->count && !status; term++) {
        Ngram ngram;
        uint32_t number;
        if (ngram_read(words, vocabulary_word(terms, term), NGRAM_MAX, &ngram)) {
            status = ngram_table_add(table, &ngram, ngram_hash(&ngram), &number, error);
        }
    }
    return status;
}

/* ---- all threads' together ---- */

static Status append_name(Buffer *name, const Vocabulary *words, const Ngram *ngram, Error *error)
{
    buffer_clear(name);
    Status status = STATUS_OK;
    for (int i = 0; i < NGRAM_MAX && ngram->words[i] != WORD_NONE && !status; i++) {
        const WordId word = ngram->words[i];
        status = i ? buffer_append_byte(name, ' ', error) : STATUS_OK;
        status = status ? status
                        : buffer_append(name, vocabulary_word(words, word),
                                        vocabulary_word_length(words, word), error);
    }
    return status;
}

/* Sums up the threads' tables in the first one; numbers[t].of says where each n-gram went. */
static Status join_tables(const NgramPlan *plan, Worker *workers, WordNumbers *numbers,
                          Error *error)
{
    NgramTable *all = &workers[0].table;
    Status status = STATUS_OK;
    for (int t = 0; t < plan->threads && !status; t++) {
        const NgramTable *table = &workers[t].table;
        numbers[t].count = table->count;
        numbers[t].of = memory_new(table->count, sizeof *numbers[t].of, error);
        status = numbers[t].of ? STATUS_OK : error_status(error);
        for (uint32_t i = 0; i < numbers[t].count && !status; i++) {
            numbers[t].of[i] = i;
            if (t == 0) {
                continue;
            }
            const NgramEntry *entry = &table->entries[i];
            status = ngram_table_add(all, &entry->ngram, ngram_hash(&entry->ngram),
                                     &numbers[t].of[i], error);
            if (!status) {
                all->entries[numbers[t].of[i]].documents += entry->documents;
                all->entries[numbers[t].of[i]].tokens += entry->tokens;
            }
        }
    }
    return status;
}

/* Names the n-grams that are in enough documents, in the order of their numbers. */
static Status name_terms(const NgramPlan *plan, const NgramTable *all, NgramCounts *counts,
                         Error *error)
{
    Buffer name = {0};
    WordId *terms = memory_new(all->count, sizeof *terms, error);
    counts->documents = memory_new(all->count, sizeof *counts->documents, error);
    counts->tokens = memory_new(all->count, sizeof *counts->tokens, error);
    Status status = terms && counts->documents && counts->tokens ? STATUS_OK : error_status(error);
    for (uint32_t i = 0; i < all->count && !status; i++) {
        const NgramEntry *entry = &all->entries[i];
        terms[i] = WORD_NONE;
        if (!plan->wanted && entry->documents < plan->documents_least) {
            continue;
        }
        status = append_name(&name, &plan->words->words, &entry->ngram, error);
        if (!status) {
            terms[i] = counts->terms.count; /* a new one */
            status = vocabulary_append(&counts->terms, name.bytes, name.length, error);
        }
        if (!status) {
            counts->documents[terms[i]] = entry->documents;
            counts->tokens[terms[i]] = (double)entry->tokens;
        }
    }
    status = status ? status : vocabulary_index(&counts->terms, error);
    for (int t = 0; t < plan->threads && !status; t++) {
        for (uint32_t i = 0; i < counts->numbers[t].count; i++) {
            counts->numbers[t].of[i] = terms[counts->numbers[t].of[i]];
        }
    }
    buffer_free(&name);
    free(terms);
    return status;
}

static int64_t count_tokens(const NgramPlan *plan)
{
    int64_t tokens = 0;
    for (size_t b = 0; b < plan->block_count; b++) {
        for (int64_t d = 0; d < plan->blocks[b].block.documents; d++) {
            tokens += plan->blocks[b].block.tokens[d];
        }
    }
    return tokens;
}

static Status count_all(const NgramPlan *plan, Worker *workers, NgramCounts *counts, Error *error)
{
    Sketch sketch = {0};
    Status status = STATUS_OK;
    const bool twice = !plan->wanted && plan->documents_least > 1;
    if (twice) {
        status = sketch_begin(&sketch, count_tokens(plan), plan->threads, error);
    }
    for (int t = 0; t < plan->threads && !status; t++) {
        workers[t] = (Worker){.plan = plan, .sketch = &sketch, .sketching = twice};
        if (plan->wanted) {
            status = add_wanted(&workers[t].table, plan->wanted, &plan->words->words, error);
        }
    }
    if (!status && twice) {
        status = walk(plan, workers, counts, error);
    }
    for (int t = 0; t < plan->threads; t++) {
        workers[t].sketching = false;
    }
    if (!status) {
        status = walk(plan, workers, counts, error);
    }
    sketch_free(&sketch);
    return status;
}

Status ngrams_count(const NgramPlan *plan, NgramCounts *counts, Error *error)
{
    const size_t threads = (size_t)plan->threads;
    Status status = ngram_check_words(&plan->words->words, "n-grams", error);
    if (status) {
        return status;
    }
    Worker *workers = memory_new(threads, sizeof *workers, error);
    counts->threads = plan->threads;
    counts->numbers = memory_new(threads, sizeof *counts->numbers, error);
    counts->blocks = memory_new(plan->block_count, sizeof *counts->blocks, error);
    if (!workers || !counts->numbers || !counts->blocks) {
        free(workers);
        return error_status(error);
    }
    counts->block_count = plan->block_count;
    status = count_all(plan, workers, counts, error);
    if (!status) {
        status = join_tables(plan, workers, counts->numbers, error);
    }
    if (!status) {
        status = name_terms(plan, &workers[0].table, counts, error);
    }
    for (size_t t = 0; t < threads; t++) {
        ngram_table_free(&workers[t].table);
        free(workers[t].seen);
        free(workers[t].packed);
    }
    free(workers);
    return status;
}

/* ---- beside single words ---- */

/* Leaves out the words alone. */
static void drop_words(CollectedWords *collected)
{
    for (int c = 0; c < collected->counters; c++) {
        for (uint32_t w = 0; w < collected->numbers[c].count; w++) {
            collected->numbers[c].of[w] = WORD_NONE;
        }
    }
    vocabulary_free(&collected->words);
    collected->has_rest = false;
    collected->rest_words = collected->rest_pairs = 0;
}

static Status append_sums(CollectedWords *collected, const NgramCounts *counts, size_t first,
                          Error *error)
{
    const size_t terms = counts->terms.count;
    size_t documents_capacity = 0, tokens_capacity = 0; /* as good as unknown */
    Status status = memory_reserve(&collected->documents, &documents_capacity, first + terms,
                                   sizeof *collected->documents, error);
    if (!status) {
        status = memory_reserve(&collected->tokens, &tokens_capacity, first + terms,
                                sizeof *collected->tokens, error);
    }
    if (!status && terms) {
        memcpy(collected->documents + first, counts->documents, terms * sizeof *counts->documents);
        memcpy(collected->tokens + first, counts->tokens, terms * sizeof *counts->tokens);
    }
    return status;
}

Status ngrams_join(const NgramOptions *options, NgramCounts *counts, CollectedWords *collected,
                   Error *error)
{
    const Vocabulary *terms = &counts->terms;
    if (options->least > 1) {
        drop_words(collected);
    }
    const WordId first = collected->words.count;
    Status status = STATUS_OK;
    for (WordId t = 0; t < terms->count && !status; t++) { /* new ones: words have no blanks */
        status = vocabulary_append(&collected->words, vocabulary_word(terms, t),
                                   vocabulary_word_length(terms, t), error);
    }
    status = status ? status : vocabulary_index(&collected->words, error);
    for (int t = 0; t < counts->threads; t++) {
        for (uint32_t i = 0; i < counts->numbers[t].count; i++) {
            counts->numbers[t].of[i] += counts->numbers[t].of[i] == WORD_NONE ? 0 : first;
        }
    }
    return status ? status : append_sums(collected, counts, first, error);
}

void ngram_counts_free(NgramCounts *counts)
{
    for (int t = 0; t < counts->threads && counts->numbers; t++) {
        free(counts->numbers[t].of);
    }
    for (size_t b = 0; b < counts->block_count; b++) {
        count_block_free(&counts->blocks[b].block);
    }
    free(counts->numbers);
    free(counts->blocks);
    free(counts->documents);
    free(counts->tokens);
    vocabulary_free(&counts->terms);
    *counts = (NgramCounts){0};
}
