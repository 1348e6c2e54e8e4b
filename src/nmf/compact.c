#include "nmf/compact.h"

#include "base/memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static Status allocate(Compact *compact, int64_t rows, int64_t columns, int64_t entries,
                       Error *error)
{
    *compact = (Compact){.rows = rows, .columns = columns};
    compact->starts = memory_new((size_t)columns + 1, sizeof *compact->starts, error);
    compact->rows_of = memory_new((size_t)entries + COMPACT_SLACK, sizeof *compact->rows_of, error);
    compact->values = memory_new((size_t)entries, sizeof *compact->values, error);
    return compact->starts && compact->rows_of && compact->values ? STATUS_OK : error_status(error);
}

static void release(Compact *compact)
{
    free(compact->starts);
    free(compact->rows_of);
    free(compact->values);
}

/* Numbers `count` things by falling size (none above `most`), equal ones in their old order:
 * counting sort. at[new] = old. */
static Status order_by_size(const int64_t *sizes, int64_t count, int64_t most, uint32_t *at,
                            Error *error)
{
    int64_t *next = memory_new((size_t)most + 2, sizeof *next, error);
    if (!next) {
        return error_status(error);
    }
    for (int64_t i = 0; i < count; i++) { /* place 0 is for those of the largest size */
        next[most - sizes[i] + 1]++;
    }
    for (int64_t f = 1; f < most + 2; f++) {
        next[f] += next[f - 1];
    }
    for (int64_t i = 0; i < count; i++) {
        at[next[most - sizes[i]]++] = (uint32_t)i;
    }
    free(next);
    return STATUS_OK;
}

static Status order_both(const SparseMatrix *x, CompactPair *pair, Error *error)
{
    const int64_t m = x->rows, n = x->columns;
    int64_t *sizes = memory_new((size_t)(m > n ? m : n), sizeof *sizes, error);
    if (!sizes) {
        return error_status(error);
    }
    for (int64_t j = 0; j < n; j++) {
        sizes[j] = x->starts[j + 1] - x->starts[j];
    }
    Status status = order_by_size(sizes, n, m, pair->document_at, error);
    if (!status) {
        memset(sizes, 0, (size_t)m * sizeof *sizes);
        for (int64_t p = 0; p < sparse_entries(x); p++) {
            sizes[x->row_indices[p]]++;
        }
        status = order_by_size(sizes, m, n, pair->word_at, error);
    }
    free(sizes);
    return status;
}

static Status check_value(double value, int64_t row, int64_t column, Error *error)
{
    if (isfinite(value) && value >= 0.0) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_INPUT,
                     "the value of word %" PRId64 " in document %" PRId64
                     " is negative or not finite",
                     row + 1, column + 1);
}

/* Checks all values and finds the scale that keeps float32 away from its ends. */
static Status find_scale(const SparseMatrix *x, double *scale, Error *error)
{
    double sum = 0.0;
    for (int64_t j = 0; j < x->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            Status status = check_value(x->values[p], x->row_indices[p], j, error);
            if (status) {
                return status;
            }
            sum += x->values[p];
        }
    }
    *scale = sum > 0.0 ? (double)x->columns / sum : 1.0;
    return isfinite(sum) && isfinite(*scale)
               ? STATUS_OK
               : error_set(error, STATUS_INPUT, "the matrix' values are too large or too small");
}

/* The documents' columns in the new order, with the new numbers of the words. */
static void fill_documents(const SparseMatrix *x, const uint32_t *new_of, CompactPair *pair)
{
    Compact *documents = &pair->documents;
    int64_t at = 0;
    for (int64_t j = 0; j < x->columns; j++) {
        const int64_t old = pair->document_at[j];
        documents->starts[j] = at;
        for (int64_t p = x->starts[old]; p < x->starts[old + 1]; p++, at++) {
            documents->rows_of[at] = new_of[x->row_indices[p]];
            documents->values[at] = (float)(x->values[p] * pair->scale);
        }
    }
    documents->starts[x->columns] = at;
    documents->longest = x->columns > 0 ? documents->starts[1] : 0;
}

/* The words' columns from the documents'. */
static void fill_words(const Compact *documents, Compact *words)
{
    for (int64_t p = 0; p < documents->starts[documents->columns]; p++) {
        words->starts[documents->rows_of[p] + 1]++;
    }
    words->longest = words->columns > 0 ? words->starts[1] : 0;
    for (int64_t i = 0; i < words->columns; i++) {
        words->starts[i + 1] += words->starts[i];
    }
    for (int64_t j = 0; j < documents->columns; j++) {
        for (int64_t p = documents->starts[j]; p < documents->starts[j + 1]; p++) {
            const int64_t at = words->starts[documents->rows_of[p]]++;
            words->rows_of[at] = (uint32_t)j;
            words->values[at] = documents->values[p];
        }
    }
    memmove(words->starts + 1, words->starts, (size_t)words->columns * sizeof *words->starts);
    words->starts[0] = 0;
}

Status compact_new(const SparseMatrix *x, CompactPair *pair, Error *error)
{
    *pair = (CompactPair){0};
    if (x->rows >= UINT32_MAX || x->columns >= UINT32_MAX) {
        return error_set(error, STATUS_INPUT, "more than %u words or documents", UINT32_MAX - 1);
    }
    const int64_t entries = sparse_entries(x);
    Status status = allocate(&pair->documents, x->rows, x->columns, entries, error);
    if (!status) {
        status = allocate(&pair->words, x->columns, x->rows, entries, error);
    }
    uint32_t *new_of = memory_new((size_t)x->rows, sizeof *new_of, error);
    pair->word_at = memory_new((size_t)x->rows, sizeof *pair->word_at, error);
    pair->document_at = memory_new((size_t)x->columns, sizeof *pair->document_at, error);
    if (!new_of || !pair->word_at || !pair->document_at) {
        status = error_status(error);
    }
    if (!status) {
        status = order_both(x, pair, error);
    }
    for (int64_t i = 0; i < x->rows && !status; i++) {
        new_of[pair->word_at[i]] = (uint32_t)i;
    }
    if (!status) {
        status = find_scale(x, &pair->scale, error);
    }
    if (!status) {
        fill_documents(x, new_of, pair);
        fill_words(&pair->documents, &pair->words);
    }
    free(new_of);
    if (status) {
        compact_free(pair);
    }
    return status;
}

void compact_free(CompactPair *pair)
{
    release(&pair->documents);
    release(&pair->words);
    free(pair->word_at);
    free(pair->document_at);
    *pair = (CompactPair){0};
}
