#include "matrix/coordinates.h"

#include "base/memory.h"
#include "matrix/linkage.h"

#include <cblas.h>
#include <lapacke.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const double rounding = 1e-12;

/* B, n × n, of the distances; symmetric. `means` has room for n. */
static void centre(const double *distances, int64_t n, double *means, double *b)
{
    double mean = 0.0;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i + 1; j < n; j++) {
            const double d = distances[linkage_place(n, i, j)];
            b[i * n + j] = b[j * n + i] = d * d;
        }
    }
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            means[i] += b[i * n + j] / (double)n;
        }
        mean += means[i] / (double)n;
    }
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            b[i * n + j] = -0.5 * (b[i * n + j] - means[i] - means[j] + mean);
        }
    }
}

/* The sign that makes the largest component positive; of those that differ by rounding alone the
 * first one counts. */
static double sign_of(const double *vector, int64_t n)
{
    double most = 0.0;
    for (int64_t i = 0; i < n; i++) {
        most = fabs(vector[i]) > most ? fabs(vector[i]) : most;
    }
    for (int64_t i = 0; i < n; i++) {
        if (fabs(vector[i]) >= most * (1.0 - 1e-9)) {
            return vector[i] < 0.0 ? -1.0 : 1.0;
        }
    }
    return 1.0;
}

/* Eigenvalues rise; the vectors are rows. */
static void take_axes(const double *values, const double *vectors, int64_t n,
                      Coordinates *coordinates)
{
    double *axes[] = {coordinates->x, coordinates->y};
    const double largest = values[n - 1];
    double sum = 0.0;
    for (int64_t i = 0; i < n; i++) {
        sum += values[i] > rounding * largest ? values[i] : 0.0;
    }
    for (int64_t a = 0; a < 2; a++) {
        const int64_t at = n - 1 - a;
        const bool is_axis = at >= 0 && values[at] > rounding * largest && values[at] > 0.0;
        const double *vector = vectors + (is_axis ? at * n : 0);
        const double length = is_axis ? sqrt(values[at]) * sign_of(vector, n) : 0.0;
        coordinates->explained[a] = is_axis ? values[at] / sum : 0.0;
        for (int64_t i = 0; i < n; i++) {
            axes[a][i] = is_axis ? length * vector[i] : 0.0;
        }
    }
}

Status coordinates_find(const double *distances, int64_t n, Coordinates *coordinates, Error *error)
{
    double *b = memory_new((size_t)n, (size_t)n * sizeof *b, error);
    double *values = memory_new((size_t)n, sizeof *values, error); /* first the means */
    Status status = b && values ? STATUS_OK : error_status(error);
    if (!status) {
        openblas_set_num_threads(1); /* else the order of its sums depends on their number */
        centre(distances, n, values, b);
        const lapack_int size = (lapack_int)n;
        const lapack_int code =
            n > INT_MAX ? LAPACK_WORK_MEMORY_ERROR
                        : LAPACKE_dsyev(LAPACK_COL_MAJOR, 'V', 'L', size, b, size, values);
        if (code != 0) {
            status = error_set(error, STATUS_FAILED,
                               code == LAPACK_WORK_MEMORY_ERROR
                                   ? "out of memory: principal coordinates"
                                   : "principal coordinates: the eigenvalues were not found");
        }
    }
    if (!status) {
        take_axes(values, b, n, coordinates);
    }
    free(b);
    free(values);
    return status;
}
