#include "matrix/product.h"

#include "base/threads.h"

#include <string.h>

void product_transposed(const SparseMatrix *matrix, const double *dense, int width, int threads,
                        double *result)
{
    const int team = threads_worth(threads, (double)sparse_entries(matrix) * width);
    (void)team; /* unused when built without OpenMP */
#pragma omp parallel for schedule(dynamic, 64) num_threads(team)
    for (int64_t j = 0; j < matrix->columns; j++) {
        double *out = result + j * width;
        memset(out, 0, (size_t)width * sizeof *out);
        for (int64_t p = matrix->starts[j]; p < matrix->starts[j + 1]; p++) {
            const double value = matrix->values[p];
            const double *row = dense + (int64_t)matrix->row_indices[p] * width;
            for (int c = 0; c < width; c++) {
                out[c] += value * row[c];
            }
        }
    }
}
