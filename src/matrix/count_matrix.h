/* A sparse matrix of counts by rows, as scipy.sparse.csr_matrix holds it: what files of counts are
 * read into. Rows are documents, columns are words. */
#ifndef THEMATA_MATRIX_COUNT_MATRIX_H
#define THEMATA_MATRIX_COUNT_MATRIX_H

#include <stdbool.h>
#include <stdint.h>

/* Start with an all-zero CountMatrix. */
typedef struct CountMatrix {
    int64_t rows;
    int64_t columns;
    int64_t *starts;   /* rows + 1 */
    uint32_t *indices; /* starts[rows]: columns, ascending within a row, none twice */
    uint32_t *values;  /* starts[rows]: beside `indices`, at least 1; NULL if they are `amounts` */
    double *amounts;   /* finite and > 0, in place of `values` if they are not all whole */
    bool has_zeros;    /* `amounts` may be 0, too, which is then not the same as not to be there */
} CountMatrix;

void count_matrix_free(CountMatrix *matrix);

#endif
