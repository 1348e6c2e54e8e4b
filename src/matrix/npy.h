/* NumPy's file formats: .npy for one dense array, .npz for a scipy CSR matrix. Version 1.0 of the
 * format, little-endian, C order. Readers trust nothing: only the exact types and shapes asked for
 * are taken, and no memory is asked for that the file's size does not justify. */
#ifndef THEMATA_MATRIX_NPY_H
#define THEMATA_MATRIX_NPY_H

#include "base/error.h"
#include "matrix/count_matrix.h"

#include <stdbool.h>
#include <stdint.h>

/* Writes rows × columns float32 values, one row behind the other; _wide: as float64, each of row r
 * times scales[r]. */
Status npy_write_floats(const char *path, const float *values, int64_t rows, int64_t columns,
                        Error *error);

Status npy_write_wide(const char *path, const float *values, const double *scales, int64_t rows,
                      int64_t columns, Error *error);

/* Reads such a file, which must have exactly this shape. NULL with STATUS_INPUT in *error if it has
 * not, is damaged, or holds a number that is not finite. */
float *npy_read_floats(const char *path, int64_t rows, int64_t columns, Error *error);

/* The shape of an array that a user gives: two dimensions, float32 or float64, in C order. The
 * file's size is checked as well. STATUS_INPUT, saying what it is instead, for any other. */
Status npy_read_shape(const char *path, int64_t *rows, int64_t *columns, Error *error);

/* Reads such an array, which must have this shape; float64 is rounded. NULL with STATUS_INPUT in
 * *error if it has not, or holds a number that is negative or not finite (as a float32). */
float *npy_read_given(const char *path, int64_t rows, int64_t columns, Error *error);

/* Writes an .npz that scipy.sparse.load_npz reads: indices and whole values as int32, or int64 if a
 * number needs it, other values as float64; stored uncompressed, without times, so that equal
 * matrices are equal files. */
Status npz_write_counts(const char *path, const CountMatrix *counts, Error *error);

/* A sparse matrix that stands nowhere as such: its rows are made on demand. */
typedef struct SparseRows {
    int64_t rows;
    int64_t columns;       /* below 2^32 */
    const int64_t *starts; /* rows + 1: where each row's entries begin */
    bool is_float32;       /* how the values are stored; otherwise as float64 */
    /* Fills the entries of a row, columns ascending: the columns or the values; the other is NULL.
     */
    void (*fill)(const void *context, int64_t row, uint32_t *indices, double *values);
    const void *context;
} SparseRows;

/* Writes it like that, with as much memory as one row takes; every row is made twice. */
Status npz_write_rows(const char *path, const SparseRows *matrix, Error *error);

/* Reads one written like that into *counts (all-zero before, but for has_zeros), checking that
 * starts ascend, indices ascend and are in range, and values are at least 1 or, as float64, finite
 * and positive, or 0 if counts->has_zeros says so. STATUS_INPUT if not. */
Status npz_read_counts(const char *path, CountMatrix *counts, Error *error);

#endif
