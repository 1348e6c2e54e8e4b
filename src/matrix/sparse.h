/* Sparse matrices: compressed columns of float64 values, kept by CHOLMOD (`cholmod_l_*`, 64-bit
 * indices), whose types stay behind this header. */
#ifndef THEMATA_MATRIX_SPARSE_H
#define THEMATA_MATRIX_SPARSE_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* An m × n matrix. The arrays are CHOLMOD's own; read them freely, write `values` only. */
typedef struct SparseMatrix {
    int64_t rows;         /* m */
    int64_t columns;      /* n */
    int64_t *starts;      /* n + 1: where each column begins */
    int64_t *row_indices; /* starts[n]: ascending within a column, none twice */
    double *values;       /* starts[n]: beside row_indices */
    void *handle;         /* the cholmod_sparse that holds the arrays */
} SparseMatrix;

/* Makes a matrix with room for `entries` values, every column empty: fill `starts`, `row_indices`
 * and `values` before any other use. NULL when out of memory or the sizes overflow. */
SparseMatrix *sparse_new(int64_t rows, int64_t columns, int64_t entries, Error *error);

/* Number of stored entries. */
int64_t sparse_entries(const SparseMatrix *matrix);

/* Whether CHOLMOD's own check finds the structure valid: starts ascending, indices in range and
 * sorted. O(entries). */
bool sparse_is_valid(const SparseMatrix *matrix);

/* The transpose, n × m. O(m + n + entries). */
SparseMatrix *sparse_transpose(const SparseMatrix *matrix, Error *error);

/* The sum of each column; `sums` has n elements. Added in the order of the rows. */
void sparse_column_sums(const SparseMatrix *matrix, double *sums);

void sparse_free(SparseMatrix *matrix);

#endif
