/* Sparse matrices: compressed columns of float64 values, in 12 bytes an entry, or 8 over a pattern
 * that someone else has anyway. CHOLMOD, whose types stay behind this header, checks them. */
#ifndef THEMATA_MATRIX_SPARSE_H
#define THEMATA_MATRIX_SPARSE_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* An m × n matrix. Read the arrays freely, write `values` only. */
typedef struct SparseMatrix {
    int64_t rows;                /* m, below 2^32 */
    int64_t columns;             /* n */
    const int64_t *starts;       /* n + 1: where each column begins */
    const uint32_t *row_indices; /* starts[n]: ascending within a column, none twice */
    double *values;              /* owned; starts[n]: beside row_indices */
    int64_t *own_starts;         /* owned: `starts` and `row_indices` again, to be filled; */
    uint32_t *own_rows;          /* NULL if they are borrowed */
} SparseMatrix;

/* Makes a matrix with room for `entries` values: fill `own_starts`, `own_rows` and `values` before
 * any other use. NULL when out of memory or the sizes overflow. */
SparseMatrix *sparse_new(int64_t rows, int64_t columns, int64_t entries, Error *error);

/* Makes a matrix over a pattern that is borrowed and outlives it: fill `values`. */
SparseMatrix *sparse_over(int64_t rows, int64_t columns, const int64_t *starts,
                          const uint32_t *row_indices, Error *error);

/* Number of stored entries. */
int64_t sparse_entries(const SparseMatrix *matrix);

/* Whether CHOLMOD finds the structure valid: starts ascending, indices in range and sorted. For
 * tests: CHOLMOD's indices have 64 bits and are a copy. O(entries). */
bool sparse_is_valid(const SparseMatrix *matrix);

/* The transpose, n × m; n is below 2^32. O(m + n + entries). */
SparseMatrix *sparse_transpose(const SparseMatrix *matrix, Error *error);

/* The sum of each column; `sums` has n elements. Added in the order of the rows. */
void sparse_column_sums(const SparseMatrix *matrix, double *sums);

void sparse_free(SparseMatrix *matrix); /* takes NULL */

#endif
