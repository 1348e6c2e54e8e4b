#include "matrix/sparse.h"

#include "base/memory.h"

#include <assert.h>
#include <cholmod.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(SuiteSparse_long) == sizeof(int64_t), "cholmod_l_* has 64-bit indices");

SparseMatrix *sparse_over(int64_t rows, int64_t columns, const int64_t *starts,
                          const uint32_t *row_indices, Error *error)
{
    assert(rows <= UINT32_MAX);
    SparseMatrix *matrix = memory_new(1, sizeof *matrix, error);
    if (!matrix) {
        return NULL;
    }
    *matrix = (SparseMatrix){
        .rows = rows, .columns = columns, .starts = starts, .row_indices = row_indices};
    matrix->values = memory_new_unset((size_t)starts[columns], sizeof *matrix->values, error);
    if (!matrix->values) {
        free(matrix);
        return NULL;
    }
    return matrix;
}

SparseMatrix *sparse_new(int64_t rows, int64_t columns, int64_t entries, Error *error)
{
    assert(rows <= UINT32_MAX);
    SparseMatrix *matrix = memory_new(1, sizeof *matrix, error);
    if (!matrix) {
        return NULL;
    }
    matrix->rows = rows;
    matrix->columns = columns;
    matrix->own_starts = memory_new((size_t)columns + 1, sizeof *matrix->own_starts, error);
    matrix->own_rows = memory_new_unset((size_t)entries, sizeof *matrix->own_rows, error);
    matrix->values = memory_new_unset((size_t)entries, sizeof *matrix->values, error);
    if (!matrix->own_starts || !matrix->own_rows || !matrix->values) {
        sparse_free(matrix);
        return NULL;
    }
    matrix->starts = matrix->own_starts;
    matrix->row_indices = matrix->own_rows;
    return matrix;
}

int64_t sparse_entries(const SparseMatrix *matrix)
{
    return matrix->starts[matrix->columns];
}

/* CHOLMOD keeps settings and workspace in a "common"; ours lives for one call, so that there is no
 * state between calls and none between threads. It prints nothing. */
bool sparse_is_valid(const SparseMatrix *matrix)
{
    Error error;
    cholmod_common common;
    const size_t entries = (size_t)sparse_entries(matrix), columns = (size_t)matrix->columns;
    int64_t *starts = memory_new(columns + 1, sizeof *starts, &error);
    int64_t *rows = memory_new(entries, sizeof *rows, &error);
    bool valid = starts && rows;
    if (valid) {
        memcpy(starts, matrix->starts, (columns + 1) * sizeof *starts);
        for (size_t p = 0; p < entries; p++) {
            rows[p] = matrix->row_indices[p];
        }
        cholmod_sparse held = {.nrow = (size_t)matrix->rows,
                               .ncol = columns,
                               .nzmax = entries,
                               .p = starts,
                               .i = rows,
                               .x = matrix->values,
                               .itype = CHOLMOD_LONG,
                               .xtype = CHOLMOD_REAL,
                               .dtype = CHOLMOD_DOUBLE,
                               .sorted = 1,
                               .packed = 1};
        cholmod_l_start(&common);
        common.print = 0;
        common.error_handler = NULL;
        valid = cholmod_l_check_sparse(&held, &common);
        cholmod_l_finish(&common);
    }
    free(starts);
    free(rows);
    return valid;
}

/* The columns' turn decides where in a row each goes, so that they come out ascending. */
static void fill_transpose(const SparseMatrix *matrix, SparseMatrix *transposed)
{
    int64_t *next = transposed->own_starts + 1; /* while filling, where row i − 1 goes on */
    for (int64_t p = 0; p < sparse_entries(matrix); p++) {
        transposed->own_starts[matrix->row_indices[p] + (int64_t)1]++;
    }
    for (int64_t i = 0, sum = 0; i < matrix->rows; i++) {
        const int64_t length = next[i];
        next[i] = sum;
        sum += length;
    }
    for (int64_t j = 0; j < matrix->columns; j++) {
        for (int64_t p = matrix->starts[j]; p < matrix->starts[j + 1]; p++) {
            const int64_t to = next[matrix->row_indices[p]]++;
            transposed->own_rows[to] = (uint32_t)j;
            transposed->values[to] = matrix->values[p];
        }
    }
}

SparseMatrix *sparse_transpose(const SparseMatrix *matrix, Error *error)
{
    if (matrix->columns > UINT32_MAX) {
        error_set(error, STATUS_INPUT, "a matrix of more than %u columns", UINT32_MAX);
        return NULL;
    }
    SparseMatrix *transposed =
        sparse_new(matrix->columns, matrix->rows, sparse_entries(matrix), error);
    if (transposed) {
        fill_transpose(matrix, transposed);
    }
    return transposed;
}

void sparse_column_sums(const SparseMatrix *matrix, double *sums)
{
    for (int64_t j = 0; j < matrix->columns; j++) {
        double sum = 0.0;
        for (int64_t p = matrix->starts[j]; p < matrix->starts[j + 1]; p++) {
            sum += matrix->values[p];
        }
        sums[j] = sum;
    }
}

void sparse_free(SparseMatrix *matrix)
{
    if (matrix) {
        free(matrix->own_starts);
        free(matrix->own_rows);
        free(matrix->values);
        free(matrix);
    }
}
