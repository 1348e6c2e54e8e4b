/* NumPy's file formats: .npy for one dense array, .npz for a scipy CSR matrix. Version 1.0 of the
 * format, little-endian, C order. Readers trust nothing: only the exact types and shapes asked for
 * are taken, and no memory is asked for that the file's size does not justify. */
#ifndef THEMATA_MATRIX_NPY_H
#define THEMATA_MATRIX_NPY_H

#include "base/error.h"

#include <stdint.h>

/* Writes rows × columns float32 values, one row behind the other. */
Status npy_write_floats(const char *path, const float *values, int64_t rows, int64_t columns,
                        Error *error);

/* Reads such a file, which must have exactly this shape. NULL with STATUS_INPUT in *error if it has
 * not, is damaged, or holds a number that is not finite. */
float *npy_read_floats(const char *path, int64_t rows, int64_t columns, Error *error);

/* A sparse matrix of whole numbers by rows, as scipy.sparse.csr_matrix holds it. */
typedef struct NpzCounts {
    int64_t rows;
    int64_t columns;
    int64_t *starts;   /* rows + 1 */
    uint32_t *indices; /* starts[rows]: columns, ascending within a row, none twice */
    uint32_t *values;  /* starts[rows]: beside `indices` */
} NpzCounts;

/* Writes an .npz that scipy.sparse.load_npz reads: indices and data as int32, or int64 if a number
 * needs it; stored uncompressed, without times, so that equal matrices are equal files. */
Status npz_write_counts(const char *path, const NpzCounts *counts, Error *error);

/* Reads one written like that into *counts (all-zero before), checking that starts ascend, indices
 * ascend and are in range, and values are at least 1. STATUS_INPUT if not. */
Status npz_read_counts(const char *path, NpzCounts *counts, Error *error);

void npz_free_counts(NpzCounts *counts);

#endif
