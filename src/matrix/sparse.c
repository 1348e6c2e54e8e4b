#include "matrix/sparse.h"

#include "base/memory.h"

#include <cholmod.h>
#include <stdlib.h>

_Static_assert(sizeof(SuiteSparse_long) == sizeof(int64_t), "cholmod_l_* has 64-bit indices");

/* CHOLMOD keeps settings and workspace in a "common"; ours lives for one call, so that there is no
 * state between calls and none between threads. It prints nothing. */
static void start(cholmod_common *common)
{
    cholmod_l_start(common);
    common->print = 0;
    common->error_handler = NULL;
}

/* Takes over what CHOLMOD made. */
static SparseMatrix *wrap(cholmod_sparse *held, cholmod_common *common, Error *error)
{
    if (!held) {
        error_set(error, STATUS_FAILED, "out of memory: a sparse matrix (CHOLMOD status %d)",
                  common->status);
        return NULL;
    }
    SparseMatrix *matrix = memory_new(1, sizeof *matrix, error);
    if (!matrix) {
        cholmod_l_free_sparse(&held, common);
        return NULL;
    }
    *matrix = (SparseMatrix){
        .rows = (int64_t)held->nrow,
        .columns = (int64_t)held->ncol,
        .starts = held->p,
        .row_indices = held->i,
        .values = held->x,
        .handle = held,
    };
    return matrix;
}

SparseMatrix *sparse_new(int64_t rows, int64_t columns, int64_t entries, Error *error)
{
    cholmod_common common;
    start(&common);
    const int sorted = 1, packed = 1, unsymmetric = 0;
    cholmod_sparse *held =
        cholmod_l_allocate_sparse((size_t)rows, (size_t)columns, (size_t)entries, sorted, packed,
                                  unsymmetric, CHOLMOD_REAL, &common);
    SparseMatrix *matrix = wrap(held, &common, error);
    cholmod_l_finish(&common);
    return matrix;
}

int64_t sparse_entries(const SparseMatrix *matrix)
{
    return matrix->starts[matrix->columns];
}

bool sparse_is_valid(const SparseMatrix *matrix)
{
    cholmod_common common;
    start(&common);
    int valid = cholmod_l_check_sparse(matrix->handle, &common);
    cholmod_l_finish(&common);
    return valid;
}

SparseMatrix *sparse_transpose(const SparseMatrix *matrix, Error *error)
{
    cholmod_common common;
    start(&common);
    const int with_values = 1;
    SparseMatrix *transposed =
        wrap(cholmod_l_transpose(matrix->handle, with_values, &common), &common, error);
    cholmod_l_finish(&common);
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
    if (!matrix) {
        return;
    }
    cholmod_common common;
    start(&common);
    cholmod_sparse *held = matrix->handle;
    cholmod_l_free_sparse(&held, &common);
    cholmod_l_finish(&common);
    free(matrix);
}
