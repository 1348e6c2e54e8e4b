#include "app/reading.h"

#include "app/diagnosis.h"
#include "app/messages.h"
#include "base/memory.h"
#include "base/threads.h"
#include "corpus/batch.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What a note is about: a file, or a document within one. */
static const char *noun(const CorpusNote *note)
{
    return note->line ? "document" : "file";
}

static Status set_nothing_to_read(Corpus *corpus, const char *path, Error *error)
{
    const CorpusNotes *notes = corpus_notes(corpus);
    if (notes->count == 0) {
        error_set(error, STATUS_INPUT, "%s: holds no documents", path);
        return error_hint(error, "%s", corpus_expectation(corpus));
    }
    error_set(error, STATUS_INPUT, "%s: holds no documents that can be read", path);
    return error_hint(error, "%" PRId64 " %s%s skipped, the first: %.200s (%s)", notes->skipped,
                      noun(&notes->items[0]), notes->skipped == 1 ? " was" : "s were",
                      notes->items[0].path, notes->items[0].reason);
}

static void show_progress(int64_t count, int64_t size)
{
    if (size > 0) {
        message_progress(false, "read %" PRId64 " of %" PRId64 " documents", count, size);
    } else {
        message_progress(false, "read %" PRId64 " documents", count);
    }
}

/* ---- by several threads ---- */

/* What one thread made of a batch. */
typedef struct BatchResult {
    DocumentList documents;
    CollectedBlock block;
} BatchResult;

/* What the threads share; `results` on is changed by one at a time. */
typedef struct Workshop {
    const ReadingPlan *plan;
    TemporaryFile *file;
    WordSpill *spills; /* by the numbers that blocks have; NULL until there is one */
    size_t spill_capacity;
    size_t vocabularies;  /* how many numbers there are: each counter has one at a time */
    size_t bytes;         /* of all blocks in memory; changed atomically */
    BatchResult *results; /* by the batches' numbers, which are their order */
    size_t batches;
    size_t capacity;
    int64_t documents; /* read so far, for progress */
    size_t failed;     /* the first batch that failed; SIZE_MAX: none */
    Error error;       /* how */
} Workshop;

/* One thread's. */
typedef struct Worker {
    Workshop *shop;
    int vocabulary; /* the number of what the counter knows, for blocks */
    Counter *counter;
    Cleaning cleaning;
    Tokenizer *tokenizer;
    CorpusBatch *batch;
    Document document;
    size_t taken; /* the batch's number */
    Status ahead; /* whether the corpus could be read up to the end of the batch */
    Error error;
} Worker;

static Status worker_begin(Worker *worker, Workshop *shop, int number, Counter *counter)
{
    const ReadingPlan *plan = shop->plan;
    *worker = (Worker){.shop = shop, .vocabulary = number, .counter = counter};
    counter->known = plan->known;
    counter->stopped = plan->stopped;
    counter->keeps_order = plan->keeps_order;
    Status status =
        cleaning_begin(plan->clean, plan->looks_for_tags, &worker->cleaning, &worker->error);
    if (!status) {
        status = tokenizer_new(plan->tokenizer, &worker->tokenizer, &worker->error);
    }
    if (!status) {
        worker->batch = batch_new(plan->corpus, &worker->error);
        status = worker->batch ? STATUS_OK : error_status(&worker->error);
    }
    return status;
}

static void worker_end(Worker *worker)
{
    batch_free(worker->batch);
    cleaning_end(&worker->cleaning);
    tokenizer_free(worker->tokenizer);
    document_free(&worker->document);
}

/* The first failure, in the order of the batches, is the one that is told. */
static void note_failure(Worker *worker)
{
    Workshop *shop = worker->shop;
    if (worker->taken < shop->failed) {
        shop->failed = worker->taken;
        shop->error = worker->error;
    }
}

/* Takes a batch; false when there is none any more, or no use in it. */
static bool take_batch(Worker *worker)
{
    Workshop *shop = worker->shop;
    bool found;
    if (shop->failed != SIZE_MAX) {
        return false;
    }
    worker->taken = shop->batches;
    if (memory_reserve(&shop->results, &shop->capacity, shop->batches + 1, sizeof *shop->results,
                       &worker->error)) {
        note_failure(worker);
        return false;
    }
    shop->results[shop->batches++] = (BatchResult){0};
    worker->ahead = batch_take(worker->batch, &found, &worker->error);
    return found || worker->ahead;
}

static Status count_document(Worker *worker, BatchResult *result, Error *error)
{
    DocumentList *documents = &result->documents;
    const int64_t before = documents->count;
    const char *text;
    size_t length;
    Status status =
        reading_take(&worker->cleaning, &worker->document, documents, &text, &length, error);
    status = status ? status : counter_add(worker->counter, worker->tokenizer, text, length, error);
    if (status) { /* if it was taken at all */
        return documents->count > before
                   ? error_put_subject(error, buffer_text(&worker->document.id))
                   : status;
    }
    documents->items[documents->count - 1].unknown = worker->counter->unknown;
    return STATUS_OK;
}

/* Spills the block if there are enough in memory. */
static Status make_room(Workshop *shop, CountBlock *block, Error *error)
{
    const size_t bytes = count_block_bytes(block);
    const size_t all = __atomic_add_fetch(&shop->bytes, bytes, __ATOMIC_RELAXED);
    if ((double)all <= shop->plan->bytes_most) {
        return STATUS_OK;
    }
    __atomic_sub_fetch(&shop->bytes, bytes, __ATOMIC_RELAXED);
    return count_block_spill(block, shop->file, error);
}

/* Room for one spill more. */
static Status reserve_spill(Workshop *shop, Error *error)
{
    const size_t before = shop->spills ? shop->vocabularies : 0;
    Status status = memory_reserve(&shop->spills, &shop->spill_capacity, shop->vocabularies + 1,
                                   sizeof *shop->spills, error);
    for (size_t s = before; s <= shop->vocabularies && !status; s++) {
        shop->spills[s] = (WordSpill){0};
    }
    return status;
}

/* Spills what the counter knows of words; it gets another number. */
static Status spill_words(Worker *worker, Error *error)
{
    Workshop *shop = worker->shop;
    WordSpill spill;
    Status status = word_spill_write(worker->counter, shop->file, &spill, error);
#pragma omp critical(reading)
    {
        status = status ? status : reserve_spill(shop, error);
        if (!status) {
            shop->spills[worker->vocabulary] = spill;
            worker->vocabulary = (int)shop->vocabularies++;
        } else {
            word_spill_free(&spill);
        }
    }
    return status;
}

/* Spills words if they take more than this thread's share; known ones stay, only what runs hold is
 * forgotten. */
static Status make_room_for_words(Worker *worker, Error *error)
{
    const ReadingPlan *plan = worker->shop->plan;
    const double share = plan->bytes_most / (double)plan->threads;
    if ((double)counter_bytes(worker->counter) <= share) {
        return STATUS_OK;
    }
    if (plan->known) {
        counter_forget(worker->counter);
        return STATUS_OK;
    }
    return worker->counter->words.count ? spill_words(worker, error) : STATUS_OK;
}

/* If words were spilled, spills what the counters have left. */
static Status spill_last_words(Workshop *shop, Worker *workers, Reading *reading, Error *error)
{
    Status status = STATUS_OK;
    for (int t = 0; t < shop->plan->threads && shop->spills && !status; t++) {
        status = spill_words(&workers[t], error);
    }
    reading->spills = shop->spills;
    reading->spill_count = shop->spills ? shop->vocabularies : 0;
    shop->spills = NULL;
    return status;
}

/* Reads and counts what was taken. */
static Status count_batch(Worker *worker, BatchResult *result, Error *error)
{
    Status status = STATUS_OK;
    bool found = true;
    while (!status && found) {
        status = batch_next(worker->batch, &worker->document, &found, error);
        if (!status && found) {
            status = count_document(worker, result, error);
        }
    }
    result->block.counter = worker->vocabulary;
    if (!status) {
        status = counter_take(worker->counter, &result->block.block, error);
    }
    if (!status) {
        status = make_room(worker->shop, &result->block.block, error);
    }
    return status ? status : make_room_for_words(worker, error);
}

static void result_free(BatchResult *result)
{
    documents_free(&result->documents);
    count_block_free(&result->block.block);
}

/* Hands in what became of a batch. */
static void give_result(Worker *worker, const BatchResult *result, Status status)
{
    Workshop *shop = worker->shop;
    const int64_t before = shop->documents;
    shop->documents += result->documents.count;
    shop->results[worker->taken] = *result;
    status = status ? status : batch_return(worker->batch, &worker->error);
    if (status) {
        note_failure(worker);
    }
    if (!shop->plan->quiet && shop->documents / 1000 > before / 1000) {
        show_progress(shop->documents, corpus_size(shop->plan->corpus));
    }
}

static void work(Worker *worker)
{
    for (;;) {
        bool taken;
#pragma omp critical(reading)
        taken = take_batch(worker);
        if (!taken) {
            return;
        }
        /* What stands before the place where the corpus is at fault comes first. */
        const Error ahead = worker->error;
        BatchResult result = {.documents.is_part = true};
        Status status = count_batch(worker, &result, &worker->error);
        if (!status && worker->ahead) {
            status = worker->ahead;
            worker->error = ahead;
        }
#pragma omp critical(reading)
        give_result(worker, &result, status);
    }
}

/* Joins the results in the order of the batches. */
static Status join_results(Workshop *shop, DocumentList *documents, Reading *reading, Error *error)
{
    Status status = memory_reserve(&reading->blocks, &reading->block_capacity, shop->batches,
                                   sizeof *reading->blocks, error);
    size_t count = (size_t)documents->count;
    for (size_t b = 0; b < shop->batches; b++) {
        count += (size_t)shop->results[b].documents.count;
    }
    if (!status) { /* not by and by, which leaves room over */
        status = memory_reserve(&documents->items, &documents->capacity, count,
                                sizeof *documents->items, error);
    }
    for (size_t b = 0; b < shop->batches && !status; b++) {
        status = documents_join(documents, &shop->results[b].documents, error);
        if (!status) {
            reading->blocks[reading->block_count++] = shop->results[b].block;
            shop->results[b].block = (CollectedBlock){0};
        }
    }
    return status;
}

static void workshop_free(Workshop *shop)
{
    for (size_t b = 0; b < shop->batches; b++) {
        result_free(&shop->results[b]);
    }
    free(shop->results);
    for (size_t s = 0; s < shop->vocabularies && shop->spills; s++) {
        word_spill_free(&shop->spills[s]);
    }
    free(shop->spills);
}

static void add_tally(TokenizerTally *sum, const TokenizerTally *part)
{
    sum->matched += part->matched;
    sum->too_short += part->too_short;
    sum->too_long += part->too_long;
    sum->without_letter += part->without_letter;
}

Status reading_run(const ReadingPlan *plan, DocumentList *documents, Reading *reading, Error *error)
{
    Workshop shop = {
        .plan = plan,
        .vocabularies = (size_t)plan->threads,
        .failed = SIZE_MAX,
    };
    const int threads = plan->threads;
    Worker *workers = memory_new((size_t)threads, sizeof *workers, error);
    reading->counters = memory_new((size_t)threads, sizeof *reading->counters, error);
    reading->bytes_most = plan->bytes_most;
    reading->file = shop.file = temporary_new(error);
    Status status = workers && reading->counters && reading->file ? STATUS_OK : error_status(error);
    for (int t = 0; t < threads && !status; t++) {
        status = worker_begin(&workers[t], &shop, t, &reading->counters[t]);
        reading->counter_count = t + 1;
        if (status) {
            *error = workers[t].error;
        }
    }
    if (!status) {
#pragma omp parallel num_threads(threads)
        work(&workers[threads_current()]);
        if (shop.failed != SIZE_MAX) {
            *error = shop.error;
            status = error_status(error);
        }
    }
    message_progress(false, "%s", "");
    corpus_finish(plan->corpus);
    status = status ? status : join_results(&shop, documents, reading, error);
    status = status ? status : spill_last_words(&shop, workers, reading, error);
    for (int t = 0; t < reading->counter_count; t++) {
        if (!status) {
            add_tally(&reading->tokens, tokenizer_tally(workers[t].tokenizer));
            counter_add_tally(&reading->counters[t], &reading->tokens);
            cleaning_add_tally(&workers[t].cleaning.tally, &reading->cleaned);
        }
        worker_end(&workers[t]);
    }
    if (!status && documents->count == 0) {
        status = set_nothing_to_read(plan->corpus, plan->path, error);
    }
    workshop_free(&shop);
    free(workers);
    return status;
}

void reading_release_counters(Reading *reading)
{
    for (int c = 0; c < reading->counter_count; c++) {
        counter_free(&reading->counters[c]);
    }
    free(reading->counters);
    reading->counters = NULL;
    reading->counter_count = 0;
}

void reading_free(Reading *reading)
{
    reading_release_counters(reading);
    for (size_t b = 0; b < reading->block_count; b++) {
        count_block_free(&reading->blocks[b].block);
    }
    for (size_t s = 0; s < reading->spill_count; s++) {
        word_spill_free(&reading->spills[s]);
    }
    temporary_free(reading->file);
    free(reading->spills);
    free(reading->blocks);
    *reading = (Reading){0};
}

static double sum_tokens(const CollectedWords *all)
{
    double sum = 0.0;
    for (WordId id = 0; id < all->words.count; id++) {
        sum += all->tokens[id];
    }
    return sum;
}

WordMerge reading_merge(const Reading *reading)
{
    return (WordMerge){
        .spills = reading->spills,
        .spill_count = reading->spill_count,
        .blocks = reading->blocks,
        .block_count = reading->block_count,
        .file = reading->file,
        .documents_least = INT64_MAX,
        .tokens_least = INFINITY,
        .bytes_most = reading->bytes_most,
        .threads = reading->counter_count,
    };
}

Status reading_drop(Reading *reading, const Duplicates *duplicates, DocumentList *documents,
                    CollectedWords *all, double *tokens, Error *error)
{
    bool *dropped = memory_new((size_t)documents->count, sizeof *dropped, error);
    if (!dropped) {
        return error_status(error);
    }
    for (int64_t i = 0; i < duplicates->count; i++) {
        dropped[duplicates->items[i].document] = true;
    }
    Status status;
    if (reading->spill_count > 0) {
        const WordMerge merge = reading_merge(reading);
        status = word_merge_drop(&merge, dropped, tokens, error);
    } else {
        const double before = sum_tokens(all);
        status = collected_drop_documents(reading->blocks, reading->block_count, dropped, all,
                                          reading->file, error);
        *tokens = before - sum_tokens(all);
    }
    duplicates_drop(duplicates, documents);
    free(dropped);
    return status;
}

void reading_say_duplicates(const Duplicates *duplicates, bool dropped)
{
    const int64_t count = duplicates->count;
    message_line("%" PRId64 " document%s %s the text of an earlier one%s", count, plural(count),
                 count == 1 ? "has" : "have",
                 !dropped     ? "; --duplicates drop leaves such out"
                 : count == 1 ? " and was left out"
                              : " and were left out");
}

void reading_fill_sizes(const Counts *counts, DocumentList *documents)
{
    for (int64_t d = 0; d < counts->documents; d++) {
        DocumentFacts *facts = &documents->items[d];
        facts->terms = counts->starts[d + 1] - counts->starts[d];
        facts->tokens = counts_tokens(counts, d);
    }
}
