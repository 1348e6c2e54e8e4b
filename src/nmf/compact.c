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
    compact->rows_of = memory_new((size_t)entries, sizeof *compact->rows_of, error);
    compact->values = memory_new((size_t)entries, sizeof *compact->values, error);
    return compact->starts && compact->rows_of && compact->values ? STATUS_OK : error_status(error);
}

static void release(Compact *compact)
{
    free(compact->starts);
    free(compact->rows_of);
    free(compact->values);
}

/* Numbers the words by falling document frequency, equal ones in their old order: counting sort.
 * new_of[old row] = new row. */
static Status order_words(const SparseMatrix *x, uint32_t *word_at, uint32_t *new_of, Error *error)
{
    const size_t m = (size_t)x->rows, n = (size_t)x->columns;
    int64_t *frequency = memory_new(m, sizeof *frequency, error);
    int64_t *next = memory_new(n + 2, sizeof *next, error);
    Status status = frequency && next ? STATUS_OK : error_status(error);
    if (!status) {
        for (int64_t p = 0; p < sparse_entries(x); p++) {
            frequency[x->row_indices[p]]++;
        }
        for (size_t i = 0; i < m; i++) { /* place 0 is for words in all n documents */
            next[n - (size_t)frequency[i] + 1]++;
        }
        for (size_t f = 1; f < n + 2; f++) {
            next[f] += next[f - 1];
        }
        for (size_t i = 0; i < m; i++) {
            const uint32_t place = (uint32_t)next[n - (size_t)frequency[i]]++;
            word_at[place] = (uint32_t)i;
            new_of[i] = place;
        }
    }
    free(frequency);
    free(next);
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

/* Transposes: column order in, so the rows of each new column come out ascending. */
static void fill_transposed(const Compact *from, Compact *to)
{
    for (int64_t p = 0; p < from->starts[from->columns]; p++) {
        to->starts[from->rows_of[p] + 1]++;
    }
    for (int64_t i = 0; i < to->columns; i++) {
        to->longest = to->starts[i + 1] > to->longest ? to->starts[i + 1] : to->longest;
        to->starts[i + 1] += to->starts[i];
    }
    for (int64_t j = 0; j < from->columns; j++) {
        for (int64_t p = from->starts[j]; p < from->starts[j + 1]; p++) {
            const int64_t at = to->starts[from->rows_of[p]]++;
            to->rows_of[at] = (uint32_t)j;
            to->values[at] = from->values[p];
        }
    }
    memmove(to->starts + 1, to->starts, (size_t)to->columns * sizeof *to->starts);
    to->starts[0] = 0;
}

/* The documents' columns under the new numbers of the words; made ascending by transposing twice.
 */
static void fill_documents(const SparseMatrix *x, const uint32_t *new_of, CompactPair *pair)
{
    Compact *documents = &pair->documents;
    memcpy(documents->starts, x->starts, ((size_t)x->columns + 1) * sizeof *x->starts);
    for (int64_t j = 0; j < x->columns; j++) {
        const int64_t length = x->starts[j + 1] - x->starts[j];
        documents->longest = length > documents->longest ? length : documents->longest;
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            documents->rows_of[p] = new_of[x->row_indices[p]];
            documents->values[p] = (float)(x->values[p] * pair->scale);
        }
    }
    fill_transposed(documents, &pair->words);
    memset(documents->starts, 0, ((size_t)documents->columns + 1) * sizeof *documents->starts);
    documents->longest = 0;
    fill_transposed(&pair->words, documents);
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
    if (!new_of || !pair->word_at) {
        status = error_status(error);
    }
    if (!status) {
        status = order_words(x, pair->word_at, new_of, error);
    }
    if (!status) {
        status = find_scale(x, &pair->scale, error);
    }
    if (!status) {
        fill_documents(x, new_of, pair);
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
    *pair = (CompactPair){0};
}
