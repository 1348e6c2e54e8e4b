#include "model/groups.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char separator[] = "; ";

/* One value of one document: a piece of its text. */
typedef struct Piece {
    const char *text;
    size_t length;
    int64_t document;
} Piece;

typedef struct Pieces {
    Piece *items;
    size_t count;
    size_t capacity;
} Pieces;

/* Pieces of one value, which stand side by side once they are sorted. */
typedef struct Run {
    size_t first;
    size_t count;
} Run;

/* ---- pieces ---- */

static Status add_pieces(Pieces *pieces, const char *value, int64_t document, Error *error)
{
    while (*value) {
        const char *end = strstr(value, separator);
        const size_t length = end ? (size_t)(end - value) : strlen(value);
        if (length > 0) {
            Status status = memory_reserve(&pieces->items, &pieces->capacity, pieces->count + 1,
                                           sizeof *pieces->items, error);
            if (status) {
                return status;
            }
            pieces->items[pieces->count++] = (Piece){value, length, document};
        }
        value += length + (end ? strlen(separator) : 0);
    }
    return STATUS_OK;
}

static int compare_texts(const Piece *a, const Piece *b)
{
    const int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int compare_pieces(const void *left, const void *right)
{
    const Piece *a = left, *b = right;
    const int order = compare_texts(a, b);
    return order ? order : (a->document > b->document) - (a->document < b->document);
}

/* Sorts, and keeps of what a document says twice the first. */
static void sort_pieces(Pieces *pieces)
{
    if (pieces->count == 0) {
        return;
    }
    qsort(pieces->items, pieces->count, sizeof *pieces->items, compare_pieces);
    size_t kept = 1;
    for (size_t i = 1; i < pieces->count; i++) {
        if (compare_pieces(&pieces->items[i], &pieces->items[kept - 1]) != 0) {
            pieces->items[kept++] = pieces->items[i];
        }
    }
    pieces->count = kept;
}

/* ---- runs ---- */

/* Most documents first; runs are in byte order of their values before. */
static int compare_runs(const void *left, const void *right)
{
    const Run *a = left, *b = right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

/* NULL without memory. */
static Run *find_runs(const Pieces *pieces, int64_t *count, Error *error)
{
    Run *runs = memory_new(pieces->count, sizeof *runs, error);
    *count = 0;
    for (size_t i = 0; i < pieces->count && runs; i++) {
        if (i == 0 || compare_texts(&pieces->items[i], &pieces->items[i - 1]) != 0) {
            runs[(*count)++] = (Run){.first = i};
        }
        runs[*count - 1].count++;
    }
    if (runs && *count > 0) {
        qsort(runs, (size_t)*count, sizeof *runs, compare_runs);
    }
    return runs;
}

static Status fill_groups(Groups *groups, const DocumentList *documents, const float *mixtures,
                          int k, const Pieces *pieces, const Run *runs, Error *error)
{
    const int64_t count = groups->distinct;
    Status status = slices_new(&groups->slices, count, k, error);
    groups->values = status ? NULL : memory_new((size_t)count, sizeof *groups->values, error);
    if (!groups->values) {
        return error_status(error);
    }
    for (int64_t g = 0; g < count; g++) {
        const Piece *first = &pieces->items[runs[g].first];
        groups->values[g] = memory_copy_text(first->text, first->length, error);
        if (!groups->values[g]) {
            return error_status(error);
        }
        for (size_t i = 0; i < runs[g].count; i++) {
            const int64_t d = first[i].document;
            slices_add(&groups->slices, g, &documents->items[d], mixtures + d * k);
        }
    }
    return STATUS_OK;
}

Status groups_make(const DocumentList *documents, const float *mixtures, int k, size_t column,
                   int64_t most, Groups *groups, Error *error)
{
    *groups = (Groups){0};
    Pieces pieces = {0};
    Status status = STATUS_OK;
    for (int64_t d = 0; d < documents->count && !status; d++) {
        if (mixture_summarise(mixtures + d * k, k).modelled) {
            const size_t before = pieces.count;
            status = add_pieces(&pieces, documents_value(&documents->items[d], column), d, error);
            groups->without += pieces.count == before;
        }
    }
    sort_pieces(&pieces);
    Run *runs = status ? NULL : find_runs(&pieces, &groups->distinct, error);
    status = runs ? STATUS_OK : error_status(error);
    if (!status && groups->distinct > 0) {
        groups->largest = (int64_t)runs[0].count;
    }
    if (!status && groups->distinct > 0 && groups->distinct <= most &&
        groups->distinct <= GROUPS_MOST) {
        status = fill_groups(groups, documents, mixtures, k, &pieces, runs, error);
    }
    free(runs);
    free(pieces.items);
    return status;
}

void groups_free(Groups *groups)
{
    for (int64_t g = 0; g < groups->slices.count && groups->values; g++) {
        free(groups->values[g]);
    }
    free(groups->values);
    slices_free(&groups->slices);
    *groups = (Groups){0};
}
