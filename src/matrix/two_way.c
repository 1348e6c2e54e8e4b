#include "matrix/two_way.h"

#include "base/memory.h"
#include "base/threads.h"
#include "matrix/product.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

/* Rows of a result that are one call to BLAS: part of the result's definition, as the order of
 * BLAS's sums may depend on the shape. */
enum { STRIP = 256, GRAM_STRIP = 16 };

static const double dense_from = 0.25;

static int64_t strips_of(int64_t count, int64_t strip)
{
    return (count + strip - 1) / strip;
}

static int64_t strip_length(int64_t count, int64_t strip, int64_t begin)
{
    return count - begin < strip ? count - begin : strip;
}

static void fill_dense(TwoWay *two)
{
    const SparseMatrix *x = two->matrix;
    for (int64_t j = 0; j < x->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            two->dense[j * x->rows + x->row_indices[p]] = x->values[p];
        }
    }
}

Status two_way_new(TwoWay *two, const SparseMatrix *matrix, Error *error)
{
    *two = (TwoWay){.matrix = matrix};
    const double cells = (double)matrix->rows * (double)matrix->columns;
    openblas_set_num_threads(1); /* the threads are ours */
    if ((double)sparse_entries(matrix) >= dense_from * cells) {
        two->dense =
            memory_new((size_t)matrix->columns, (size_t)matrix->rows * sizeof(double), error);
        if (!two->dense) {
            return error_status(error);
        }
        fill_dense(two);
        return STATUS_OK;
    }
    two->transposed = sparse_transpose(matrix, error);
    return two->transposed ? STATUS_OK : error_status(error);
}

void two_way_free(TwoWay *two)
{
    sparse_free(two->transposed);
    free(two->dense);
    *two = (TwoWay){0};
}

static int team_for(int threads, int64_t rows, int64_t columns, int width)
{
    return threads_worth(threads, (double)rows * (double)columns * width);
}

void two_way_times(const TwoWay *two, const double *right, int width, int threads, double *result)
{
    if (!two->dense) {
        product_transposed(two->transposed, right, width, threads, result);
        return;
    }
    const int64_t m = two->matrix->rows, n = two->matrix->columns;
    const int team = team_for(threads, m, n, width);
    (void)team;
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (int64_t s = 0; s < strips_of(m, STRIP); s++) {
        const int64_t begin = s * STRIP;
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (blasint)strip_length(m, STRIP, begin),
                    width, (blasint)n, 1.0, two->dense + begin, (blasint)m, right, width, 0.0,
                    result + begin * width, width);
    }
}

void two_way_transposed_times(const TwoWay *two, const double *left, int width, int threads,
                              double *result)
{
    if (!two->dense) {
        product_transposed(two->matrix, left, width, threads, result);
        return;
    }
    const int64_t m = two->matrix->rows, n = two->matrix->columns;
    const int team = team_for(threads, m, n, width);
    (void)team;
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (int64_t s = 0; s < strips_of(n, STRIP); s++) {
        const int64_t begin = s * STRIP;
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans,
                    (blasint)strip_length(n, STRIP, begin), width, (blasint)m, 1.0,
                    two->dense + begin * m, (blasint)m, left, width, 0.0, result + begin * width,
                    width);
    }
}

void gram_of(const double *b, int64_t count, int width, int threads, double *result)
{
    const int team = team_for(threads, count, width, width);
    (void)team;
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (int64_t s = 0; s < strips_of(width, GRAM_STRIP); s++) {
        const int64_t begin = s * GRAM_STRIP;
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans,
                    (blasint)strip_length(width, GRAM_STRIP, begin), width, (blasint)count, 1.0,
                    b + begin, width, b, width, 0.0, result + begin * width, width);
    }
}
