/* A sparse matrix made ready for products from both sides with tall and thin dense ones, again and
 * again: beside a transposed copy or, where a good part of its cells is stored, as a dense one.
 *
 * Dense operands are rows of `width` float64 values, one row behind the other. All products are the
 * same bits for any number of threads. */
#ifndef THEMATA_MATRIX_TWO_WAY_H
#define THEMATA_MATRIX_TWO_WAY_H

#include "matrix/sparse.h"

/* Start with an all-zero TwoWay. */
typedef struct TwoWay {
    const SparseMatrix *matrix; /* borrowed; m × n */
    SparseMatrix *transposed;   /* owned; NULL if it is dense */
    double *dense;              /* owned: column behind column; NULL if it is not dense */
} TwoWay;

/* From 25 % of the cells on it is dense. */
Status two_way_new(TwoWay *two, const SparseMatrix *matrix, Error *error);
void two_way_free(TwoWay *two);

/* result (m × width) = X · right (n × width). */
void two_way_times(const TwoWay *two, const double *right, int width, int threads, double *result);

/* result (n × width) = Xᵀ · left (m × width). */
void two_way_transposed_times(const TwoWay *two, const double *left, int width, int threads,
                              double *result);

/* result (width × width) = Bᵀ·B of a dense matrix B of `count` rows. O(count · width²). */
void gram_of(const double *b, int64_t count, int width, int threads, double *result);

#endif
