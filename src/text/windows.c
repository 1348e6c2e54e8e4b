/* Words that stand together in windows.
 *
 * Windows are not gone through one by one: a word is in all windows from that in which it enters to
 * that in which it leaves, so each stay is counted when it ends, and against the stays of the other
 * words of its group that go on. */
#include "text/cooccurrence.h"

#include "base/memory.h"
#include "base/threads.h"
#include "text/ngram_table.h"
#include "text/ngrams.h"
#include "text/word_slots.h"

#include <stdlib.h>

/* A word of a group, or of several, at a place of the document. */
typedef struct Occurrence {
    uint32_t place;
    int64_t slots; /* the first of the word's */
} Occurrence;

/* What all threads read. */
typedef struct Windows {
    const WindowPlan *plan;
    WindowShape shape;
    WordSlots slots; /* of single words */
    bool *skipped;   /* of each of the plan's words: takes no place */
    NgramTable ngrams;
    int64_t
        *ngram_heads; /* of each n-gram, as WordSlots' heads; the table may have room for fewer */
} Windows;

/* One thread's. */
typedef struct Worker {
    const Windows *windows;
    Occurrence *occurrences; /* of the current document, by place */
    size_t count;
    size_t capacity;
    uint32_t *inside; /* of each slot: its word's places in the window */
    int64_t *since;   /* of each slot: the window in which its stay began */
    Cooccurrence counted;
} Worker;

/* ---- what is looked for ---- */

static Status add_term(Windows *windows, WordId term, int64_t slot, Error *error)
{
    const WindowPlan *plan = windows->plan;
    const Vocabulary *words = &plan->words->words;
    const char *text = vocabulary_word(plan->terms, term);
    const WordId word = vocabulary_find(words, text, vocabulary_word_length(plan->terms, term));
    if (word != WORD_NONE) {
        word_slots_add(&windows->slots, word, slot);
        return STATUS_OK;
    }
    Ngram ngram;
    uint32_t number;
    const uint32_t before = windows->ngrams.count;
    if (!ngram_read(words, text, NGRAM_MAX, &ngram)) {
        return STATUS_OK; /* it is nowhere */
    }
    Status status = ngram_table_add(&windows->ngrams, &ngram, ngram_hash(&ngram), &number, error);
    if (!status) {
        windows->slots.next[slot] = number < before ? windows->ngram_heads[number] : SLOT_NONE;
        windows->ngram_heads[number] = slot;
    }
    return status;
}

static Status windows_begin(Windows *windows, Error *error)
{
    const WindowPlan *plan = windows->plan;
    const WordGroups *groups = plan->groups;
    const Vocabulary *words = &plan->words->words;
    const int64_t all = (int64_t)groups->count * groups->depth;
    windows->skipped = memory_new(words->count, sizeof *windows->skipped, error);
    windows->ngram_heads = memory_new((size_t)all, sizeof *windows->ngram_heads, error);
    Status status = windows->skipped && windows->ngram_heads ? STATUS_OK : error_status(error);
    status = status ? status : word_slots_begin(&windows->slots, words->count, groups, error);
    for (WordId w = 0; w < words->count && !status; w++) {
        windows->skipped[w] = vocabulary_find(plan->stopped, vocabulary_word(words, w),
                                              vocabulary_word_length(words, w)) != WORD_NONE;
    }
    for (int64_t slot = 0; slot < all && !status; slot++) {
        if (groups->words[slot] != WORD_NONE) {
            status = add_term(windows, groups->words[slot], slot, error);
        }
    }
    return status;
}

static void windows_free(Windows *windows)
{
    word_slots_free(&windows->slots);
    ngram_table_free(&windows->ngrams);
    free(windows->skipped);
    free(windows->ngram_heads);
}

/* ---- stays in the window ---- */

/* Ends the stay of a slot's word with the window before `now`. */
static void end_stay(Worker *worker, int64_t slot, int64_t now)
{
    const int depth = worker->windows->plan->groups->depth;
    const int64_t first = slot / depth * depth; /* slot of the group */
    const int64_t own = slot - first;
    int64_t *square = worker->counted.both + first * depth;
    worker->inside[slot] = 0;
    square[own * depth + own] += now - worker->since[slot];
    for (int64_t other = 0; other < depth; other++) {
        if (worker->inside[first + other]) {
            const int64_t began = worker->since[first + other] > worker->since[slot]
                                      ? worker->since[first + other]
                                      : worker->since[slot];
            square[own * depth + other] += now - began;
            square[other * depth + own] += now - began;
        }
    }
}

static void enter(Worker *worker, int64_t slots, int64_t now)
{
    const bool exact = worker->windows->shape.rule == WINDOW_EXACT;
    const int64_t *next = worker->windows->slots.next;
    for (int64_t slot = slots; slot != SLOT_NONE; slot = next[slot]) {
        if (worker->inside[slot] == 0) {
            worker->since[slot] = now;
            worker->inside[slot] = 1;
        } else if (exact) {
            worker->inside[slot]++;
        }
    }
}

static void leave(Worker *worker, int64_t slots, int64_t now)
{
    const int64_t *next = worker->windows->slots.next;
    for (int64_t slot = slots; slot != SLOT_NONE; slot = next[slot]) {
        if (worker->inside[slot] > 1) {
            worker->inside[slot]--;
        } else if (worker->inside[slot] == 1) {
            end_stay(worker, slot, now);
        }
    }
}

/* Counts the windows of a document of `places` places, whose occurrences are gathered. Window
 * number s holds the places s … s + width − 1. */
static void slide(Worker *worker, uint32_t places)
{
    const int64_t width = worker->windows->shape.width;
    const int64_t count = places > width ? places - width + 1 : places > 0;
    size_t entering = 0, leaving = 0;
    worker->counted.units += count;
    while (entering < worker->count || leaving < entering) {
        const Occurrence *in = &worker->occurrences[entering];
        const Occurrence *out = &worker->occurrences[leaving];
        const int64_t enters = entering == worker->count ? INT64_MAX
                               : in->place < width       ? 0
                                                         : in->place - width + 1;
        const int64_t leaves = leaving == entering               ? INT64_MAX
                               : (int64_t)out->place + 1 < count ? (int64_t)out->place + 1
                                                                 : count; /* with the document */
        if (leaves <= enters) {
            leave(worker, out->slots, leaves);
            leaving++;
        } else {
            enter(worker, in->slots, enters);
            entering++;
        }
    }
}

/* ---- documents ---- */

/* The last words of a document, to find n-grams with. */
typedef struct LastWords {
    WordId words[NGRAM_MAX];
    int filled;
} LastWords;

static void remember(LastWords *last, WordId word)
{
    if (last->filled == NGRAM_MAX) {
        for (int i = 1; i < NGRAM_MAX; i++) {
            last->words[i - 1] = last->words[i];
        }
        last->filled--;
    }
    last->words[last->filled++] = word;
}

static void gather(Worker *worker, uint32_t place, int64_t slots)
{
    if (slots != SLOT_NONE) {
        worker->occurrences[worker->count++] = (Occurrence){.place = place, .slots = slots};
    }
}

static void gather_ngrams(Worker *worker, uint32_t place, const LastWords *last)
{
    const Windows *windows = worker->windows;
    for (int n = 2; n <= last->filled; n++) {
        const Ngram ngram = ngram_of(last->words + last->filled - n, n);
        const uint32_t number = ngram_table_find(&windows->ngrams, &ngram, ngram_hash(&ngram));
        if (number != WORD_NONE) {
            gather(worker, place, windows->ngram_heads[number]);
        }
    }
}

/* Gathers what a document has of the groups; returns how many places it has. */
static Status gather_document(Worker *worker, const WordId *at, uint32_t tokens, const WordId *of,
                              uint32_t *places, Error *error)
{
    const Windows *windows = worker->windows;
    LastWords last = {.filled = 0};
    worker->count = 0;
    *places = 0;
    Status status =
        memory_reserve(&worker->occurrences, &worker->capacity, (size_t)NGRAM_MAX * tokens + 1,
                       sizeof *worker->occurrences, error);
    for (uint32_t i = 0; i < tokens && !status; i++) {
        const WordId word = of[at[i]];
        if (windows->skipped[word]) {
            continue;
        }
        gather(worker, *places, windows->slots.heads[word]);
        if (windows->ngrams.count) {
            remember(&last, word);
            gather_ngrams(worker, *places, &last);
        }
        (*places)++;
    }
    return status;
}

static Status count_block(Worker *worker, const CollectedBlock *collected, Error *error)
{
    CountBlock view;
    const WordId *of = worker->windows->plan->words->numbers[collected->counter].of;
    Status status = count_block_open(&collected->block, &view, error);
    if (status) {
        return status;
    }
    const WordId *at = view.order;
    for (int64_t d = 0; d < view.documents && !status; d++) {
        uint32_t places;
        status = gather_document(worker, at, view.tokens[d], of, &places, error);
        if (!status) {
            slide(worker, places);
        }
        at += view.tokens[d];
    }
    count_block_close(&collected->block, &view);
    return status;
}

/* ---- the whole ---- */

static Status worker_begin(Worker *worker, const Windows *windows, Error *error)
{
    const WordGroups *groups = windows->plan->groups;
    const size_t count = (size_t)groups->count, depth = (size_t)groups->depth;
    worker->windows = windows;
    worker->inside = memory_new(count, depth * sizeof *worker->inside, error);
    worker->since = memory_new(count, depth * sizeof *worker->since, error);
    return worker->inside && worker->since ? cooccurrence_begin(groups, &worker->counted, error)
                                           : error_status(error);
}

static void worker_free(Worker *worker)
{
    free(worker->occurrences);
    free(worker->inside);
    free(worker->since);
    cooccurrence_free(&worker->counted);
}

static Status count_blocks(const WindowPlan *plan, Worker *workers, Error *error)
{
    const int64_t count = (int64_t)plan->block_count;
    Status status = STATUS_OK;
#pragma omp parallel for num_threads(plan->threads) schedule(dynamic)
    for (int64_t b = 0; b < count; b++) {
        Error here;
        if (count_block(&workers[threads_current()], &plan->blocks[b], &here)) {
#pragma omp critical(windows)
            *error = here, status = here.status; /* any of them: it is want of memory */
        }
    }
    return status;
}

static void add_up(const WindowPlan *plan, const Worker *workers, Cooccurrence *counted)
{
    const int64_t depth = plan->groups->depth, cells = plan->groups->count * depth * depth;
    for (int t = 0; t < plan->threads; t++) {
        counted->units += workers[t].counted.units;
        for (int64_t i = 0; i < cells; i++) {
            counted->both[i] += workers[t].counted.both[i];
        }
    }
}

Status cooccurrence_in_windows(const WindowPlan *plan, WindowShape shape, Cooccurrence *counted,
                               Error *error)
{
    Windows windows = {.plan = plan, .shape = shape};
    Worker *workers = memory_new((size_t)plan->threads, sizeof *workers, error);
    Status status = workers ? windows_begin(&windows, error) : error_status(error);
    status = status ? status : cooccurrence_begin(plan->groups, counted, error);
    for (int t = 0; t < plan->threads && !status; t++) {
        status = worker_begin(&workers[t], &windows, error);
    }
    if (!status) {
        status = count_blocks(plan, workers, error);
    }
    if (!status) {
        add_up(plan, workers, counted);
    }
    for (int t = 0; t < plan->threads && workers; t++) {
        worker_free(&workers[t]);
    }
    free(workers);
    windows_free(&windows);
    return status;
}
