#include "model/best_documents.h"

#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* ---- the best of each topic ---- */

typedef struct Scored {
    int64_t document;
    double score;
} Scored;

/* The documents of one list on the way: a heap, the last of them at its root. */
typedef struct Heap {
    Scored *items;
    int64_t count;
} Heap;

static bool is_behind(Scored a, Scored b)
{
    return a.score != b.score ? a.score < b.score : a.document > b.document;
}

static void swap(Scored *a, Scored *b)
{
    const Scored kept = *a;
    *a = *b;
    *b = kept;
}

static void sink(Heap *heap, int64_t at)
{
    for (;;) {
        int64_t last = at;
        for (int64_t child = 2 * at + 1; child <= 2 * at + 2 && child < heap->count; child++) {
            last = is_behind(heap->items[child], heap->items[last]) ? child : last;
        }
        if (last == at) {
            return;
        }
        swap(&heap->items[at], &heap->items[last]);
        at = last;
    }
}

static void rise(Heap *heap, int64_t at)
{
    while (at > 0 && is_behind(heap->items[at], heap->items[(at - 1) / 2])) {
        swap(&heap->items[at], &heap->items[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

/* Documents come in the order of their numbers, so one of equal score goes behind. */
static void offer(Heap *heap, int64_t depth, int64_t document, double score)
{
    const Scored next = {.document = document, .score = score};
    if (score <= 0.0) {
        return;
    }
    if (heap->count < depth) {
        heap->items[heap->count++] = next;
        rise(heap, heap->count - 1);
    } else if (is_behind(heap->items[0], next)) {
        heap->items[0] = next;
        sink(heap, 0);
    }
}

/* Takes the documents out of the heap, the last one first. */
static int64_t unpile(Heap *heap, int64_t *documents)
{
    const int64_t count = heap->count;
    while (heap->count > 0) {
        documents[heap->count - 1] = heap->items[0].document;
        heap->items[0] = heap->items[--heap->count];
        sink(heap, 0);
    }
    return count;
}

/* By share: a document of two words that both are the topic's tells less than a long one whose
 * share is as large, so of those with equal thousandths the longer one is better. Tokens count less
 * than a thousandth, however many. */
static double score_of(BestBy by, double share, double tokens)
{
    if (by == BEST_BY_MASS) {
        return share * tokens;
    }
    return share > 0.0 ? ceil(1000.0 * share) + tokens / (tokens + 1.0) : 0.0;
}

static void find_best(const Model *model, BestBy by, Heap *heaps, BestDocuments *best)
{
    const int k = model->k;
    for (int64_t d = 0; d < model->documents.count; d++) {
        const double tokens = model->documents.items[d].tokens;
        for (int t = 0; t < k; t++) {
            const double score = score_of(by, (double)model->mixtures[d * k + t], tokens);
            offer(&heaps[t], best->depth, d, score);
        }
    }
    for (int t = 0; t < k; t++) {
        best->counts[by][t] = unpile(&heaps[t], best->documents[by] + t * best->depth);
    }
}

Status best_documents_find(const Model *model, int64_t depth, BestDocuments *best, Error *error)
{
    const size_t k = (size_t)model->k;
    const int64_t n = model->documents.count;
    *best = (BestDocuments){.k = model->k, .depth = depth < n ? depth : n};
    const size_t room = (size_t)best->depth;
    Heap *heaps = memory_new(k, sizeof *heaps, error);
    Scored *items = heaps ? memory_new(k, room * sizeof *items, error) : NULL;
    Status status = items ? STATUS_OK : error_status(error);
    for (size_t t = 0; t < k && !status; t++) {
        heaps[t].items = items + t * room;
    }
    for (int by = 0; by < BEST_KINDS && !status; by++) {
        best->counts[by] = memory_new(k, sizeof *best->counts[by], error);
        best->documents[by] = memory_new(k, room * sizeof *best->documents[by], error);
        status = best->counts[by] && best->documents[by] ? STATUS_OK : error_status(error);
        if (!status) {
            find_best(model, (BestBy)by, heaps, best);
        }
    }
    if (status) {
        best_documents_free(best);
    }
    free(items);
    free(heaps);
    return status;
}

void best_documents_free(BestDocuments *best)
{
    for (int by = 0; by < BEST_KINDS; by++) {
        free(best->counts[by]);
        free(best->documents[by]);
    }
    *best = (BestDocuments){0};
}

/* ---- those that there is room for ---- */

/* Away from the streams of the solver's starts and of samples. */
static const uint64_t stream_selection = UINT64_C(1) << 62;

static Status mark_best(const Model *model, int64_t depth, bool *chosen, Error *error)
{
    BestDocuments best = {0};
    Status status = best_documents_find(model, depth, &best, error);
    for (int by = 0; by < BEST_KINDS && !status; by++) {
        for (int t = 1; t <= model->k; t++) {
            int64_t count;
            const int64_t *documents = best_documents_of(&best, (BestBy)by, t, &count);
            for (int64_t i = 0; i < count; i++) {
                chosen[documents[i]] = true;
            }
        }
    }
    best_documents_free(&best);
    return status;
}

/* Chooses `wanted` of the `left` documents that are not chosen yet. */
static void mark_sample(const Model *model, int64_t wanted, int64_t left, bool *chosen)
{
    const RandomStream random = {.seed = model->fit.seed, .stream = stream_selection};
    for (int64_t d = 0; wanted > 0; d++) {
        if (chosen[d]) {
            continue;
        }
        if (random_uniform(random, (uint64_t)d) * (double)left < (double)wanted) {
            chosen[d] = true;
            wanted--;
        }
        left--;
    }
}

static Status choose(const Model *model, int64_t most, bool *chosen, DocumentSelection *selection,
                     Error *error)
{
    const int64_t n = model->documents.count;
    const int64_t fits = most / 2 / BEST_KINDS / model->k;
    selection->sampled = true;
    selection->best_per_topic = fits > SELECTION_BEST    ? SELECTION_BEST
                                : fits < SELECTION_LEAST ? SELECTION_LEAST
                                                         : fits;
    Status status = mark_best(model, selection->best_per_topic, chosen, error);
    int64_t best = 0;
    for (int64_t d = 0; d < n; d++) {
        best += chosen[d];
    }
    if (!status) {
        mark_sample(model, most - best, n - best, chosen);
    }
    return status;
}

Status selection_make(const Model *model, int64_t most, DocumentSelection *selection, Error *error)
{
    const int64_t n = model->documents.count;
    *selection = (DocumentSelection){0};
    bool *chosen = n > most ? memory_new((size_t)n, sizeof *chosen, error) : NULL;
    Status status = n <= most ? STATUS_OK
                    : chosen  ? choose(model, most, chosen, selection, error)
                              : error_status(error);
    int64_t count = chosen ? 0 : n;
    for (int64_t d = 0; d < n && chosen; d++) {
        count += chosen[d];
    }
    if (!status) {
        selection->documents = memory_new((size_t)count, sizeof *selection->documents, error);
        status = selection->documents ? STATUS_OK : error_status(error);
    }
    for (int64_t d = 0; d < n && !status; d++) {
        if (!chosen || chosen[d]) {
            selection->documents[selection->count++] = d;
        }
    }
    free(chosen);
    return status;
}

int64_t selection_find(const DocumentSelection *selection, int64_t document)
{
    int64_t low = 0, high = selection->count;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (selection->documents[middle] < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < selection->count && selection->documents[low] == document ? low : -1;
}

void selection_free(DocumentSelection *selection)
{
    free(selection->documents);
    *selection = (DocumentSelection){0};
}
