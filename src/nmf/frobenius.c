#include "nmf/frobenius.h"

#include "base/memory.h"

#include <stdlib.h>

double frobenius_square(const SparseMatrix *x)
{
    double sum = 0.0;
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        sum += x->values[p] * x->values[p];
    }
    return sum;
}

/* gram = BᵀB. */
static void gram_of_floats(const float *b, int64_t count, int k, double *gram)
{
    for (int64_t i = 0; i < count; i++) {
        for (int t = 0; t < k; t++) {
            const double value = (double)b[i * k + t];
            for (int s = 0; s < k && value != 0.0; s++) {
                gram[t * k + s] += value * (double)b[i * k + s];
            }
        }
    }
}

/* Over the stored cells Σ (x − (WH))² or, of all cells, Σ x² − 2·x·(WH). */
static double sum_stored(const SparseMatrix *x, const float *w, const float *h, int k,
                         bool observed_only)
{
    double sum = 0.0;
    for (int64_t j = 0; j < x->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const float *row = w + (int64_t)x->row_indices[p] * k;
            double product = 0.0;
            for (int t = 0; t < k; t++) {
                product += (double)row[t] * (double)h[j * k + t];
            }
            const double v = x->values[p], gap = v - product;
            sum += observed_only ? gap * gap : v * v - 2.0 * v * product;
        }
    }
    return sum;
}

Status frobenius_of_floats(const SparseMatrix *x, const float *w, const float *h, int k,
                           bool observed_only, double *f, Error *error)
{
    *f = sum_stored(x, w, h, k, observed_only);
    if (observed_only) {
        return STATUS_OK;
    }
    const size_t size = (size_t)k * sizeof(double);
    double *of_w = memory_new((size_t)k, size, error), *of_h = memory_new((size_t)k, size, error);
    if (of_w && of_h) {
        gram_of_floats(w, x->rows, k, of_w);
        gram_of_floats(h, x->columns, k, of_h);
        for (int64_t i = 0; i < (int64_t)k * k; i++) {
            *f += of_w[i] * of_h[i];
        }
        *f = *f < 0.0 ? 0.0 : *f;
    }
    Status status = of_w && of_h ? STATUS_OK : error_status(error);
    free(of_w);
    free(of_h);
    return status;
}
