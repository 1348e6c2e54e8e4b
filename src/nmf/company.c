#include "nmf/company.h"

#include "base/memory.h"
#include "matrix/product.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool are_counts(const SparseMatrix *x)
{
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        if (x->values[p] != floor(x->values[p])) {
            return false;
        }
    }
    return true;
}

/* From the sums of the columns to their scales. */
static void set_scales(Company *q, bool counts)
{
    for (int64_t d = 0; d < q->x->columns; d++) {
        const double sum = q->scales[d];
        const double product = counts ? sum * (sum - 1.0) : sum * sum;
        q->scales[d] = product > 0.0 ? 1.0 / product : 0.0;
    }
}

/* e, and the row sums Σ_d s_d²·x_id·(Σx_d) − e_i. `masses` are the sums of the columns. */
static void set_sums(Company *q, bool counts, const double *masses)
{
    for (int64_t i = 0; i < q->xt->columns; i++) {
        double sum = 0.0, chance = 0.0;
        for (int64_t p = q->xt->starts[i]; p < q->xt->starts[i + 1]; p++) {
            const int64_t d = q->xt->row_indices[p];
            const double part = q->scales[d] * q->xt->values[p];
            chance += counts ? part : 0.0;
            sum += part * (counts ? masses[d] - 1.0 : masses[d]);
        }
        q->chance[i] = chance;
        q->sums[i] = sum;
    }
}

Status company_new(Company *q, const SparseMatrix *x, const SparseMatrix *xt, int threads,
                   Error *error)
{
    const size_t m = (size_t)x->rows, n = (size_t)x->columns;
    const bool counts = are_counts(x);
    *q = (Company){.x = x, .xt = xt, .threads = threads};
    double *masses = memory_new(n, sizeof *masses, error);
    q->scales = memory_new(n, sizeof *q->scales, error);
    q->chance = memory_new(m, sizeof *q->chance, error);
    q->sums = memory_new(m, sizeof *q->sums, error);
    Status status = masses && q->scales && q->chance && q->sums ? STATUS_OK : error_status(error);
    if (!status) {
        sparse_column_sums(x, masses);
        memcpy(q->scales, masses, n * sizeof *masses);
        set_scales(q, counts);
        set_sums(q, counts, masses);
    }
    free(masses);
    return status;
}

void company_free(Company *q)
{
    free(q->scales);
    free(q->chance);
    free(q->sums);
    *q = (Company){0};
}

void company_row(const Company *q, int64_t i, double *row)
{
    const SparseMatrix *x = q->x, *xt = q->xt;
    memset(row, 0, (size_t)x->rows * sizeof *row);
    if (q->sums[i] <= 0.0) {
        return;
    }
    for (int64_t p = xt->starts[i]; p < xt->starts[i + 1]; p++) {
        const int64_t d = xt->row_indices[p];
        const double part = q->scales[d] * xt->values[p] / q->sums[i];
        for (int64_t r = x->starts[d]; r < x->starts[d + 1] && part > 0.0; r++) {
            row[x->row_indices[r]] += part * x->values[r];
        }
    }
    row[i] -= q->chance[i] / q->sums[i];
}

void company_times(const Company *q, const double *dense, int width, double *between,
                   double *result)
{
    product_transposed(q->x, dense, width, q->threads, between);
    for (int64_t d = 0; d < q->x->columns; d++) {
        for (int c = 0; c < width; c++) {
            between[d * width + c] *= q->scales[d];
        }
    }
    product_transposed(q->xt, between, width, q->threads, result);
    for (int64_t i = 0; i < q->x->rows; i++) {
        for (int c = 0; c < width; c++) {
            const double value = result[i * width + c] - q->chance[i] * dense[i * width + c];
            result[i * width + c] = q->sums[i] > 0.0 ? value / q->sums[i] : 0.0;
        }
    }
}
