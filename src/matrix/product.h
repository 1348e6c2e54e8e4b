/* The products of a sparse matrix with tall and thin dense ones. Threaded; the same bits for any
 * number of threads, because every element of a result is one thread's sum in a fixed order.
 *
 * Dense matrices are rows of `width` float64 values, one row behind the other. */
#ifndef THEMATA_MATRIX_PRODUCT_H
#define THEMATA_MATRIX_PRODUCT_H

#include "matrix/sparse.h"

/* result = matrixᵀ · dense: (n × m) · (m × width) → n × width. O(entries · width).
 * For matrix · dense call it with the transpose of the matrix. */
void product_transposed(const SparseMatrix *matrix, const double *dense, int width, int threads,
                        double *result);

#endif
