#include "nmf/latent.h"

#include "base/memory.h"
#include "nmf/kmeans.h"
#include "nmf/staged.h"

#include <math.h>
#include <stdlib.h>

static const uint64_t stream_latent = UINT64_C(1) << 34;

/* Of a pair (u, v) both signs are right: the largest entry of u becomes positive. */
static void settle_signs(Latent *latent)
{
    const int k = latent->svd.rank;
    double *u = latent->svd.u, *v = latent->svd.v;
    for (int t = 0; t < k; t++) {
        double largest = 0.0;
        for (int64_t i = 0; i < latent->rows; i++) {
            largest = fabs(u[i * k + t]) > fabs(largest) ? u[i * k + t] : largest;
        }
        for (int64_t i = 0; i < latent->rows && largest < 0.0; i++) {
            u[i * k + t] = -u[i * k + t];
        }
        for (int64_t j = 0; j < latent->columns && largest < 0.0; j++) {
            v[j * k + t] = -v[j * k + t];
        }
    }
}

static Status keep_lengths(const SparseMatrix *x, Latent *latent, Error *error)
{
    latent->lengths = memory_new((size_t)x->columns, sizeof *latent->lengths, error);
    for (int64_t j = 0; j < x->columns && latent->lengths; j++) {
        double squares = 0.0;
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            squares += x->values[p] * x->values[p];
        }
        latent->lengths[j] = sqrt(squares);
    }
    return latent->lengths ? STATUS_OK : error_status(error);
}

static Status decompose(const SparseMatrix *matrix, int rank, uint64_t seed, int threads,
                        Latent *latent, Error *error)
{
    const RandomStream random = {.seed = seed, .stream = stream_latent};
    for (int64_t p = 0; p < sparse_entries(matrix); p++) {
        latent->squares += matrix->values[p] * matrix->values[p];
    }
    SparseMatrix *transposed = sparse_transpose(matrix, error);
    Status status =
        transposed ? svd_refined(matrix, transposed, rank, random, threads, &latent->svd, error)
                   : error_status(error);
    sparse_free(transposed);
    if (!status) {
        settle_signs(latent);
    }
    return status;
}

Status latent_find(const SparseMatrix *x, int rank, bool even, uint64_t seed, int threads,
                   Latent *latent, Error *error)
{
    *latent = (Latent){.rows = x->rows, .columns = x->columns};
    if (!even) {
        return decompose(x, rank, seed, threads, latent, error);
    }
    SparseMatrix *scaled = staged_even(x, error);
    Status status = scaled ? keep_lengths(x, latent, error) : error_status(error);
    if (!status) {
        status = decompose(scaled, rank, seed, threads, latent, error);
    }
    sparse_free(scaled);
    return status;
}

void latent_free(Latent *latent)
{
    svd_free(&latent->svd);
    free(latent->lengths);
    *latent = (Latent){0};
}

/* Coordinates below this part of the first singular value are rounding. */
static const double rounding = 1e-13;

/* The dimension with a document's largest coordinate, −1 if all are 0. */
static int largest_dimension(const Latent *latent, int64_t document)
{
    int largest = -1;
    double most = rounding * latent->svd.s[0];
    for (int t = 0; t < latent->svd.rank; t++) {
        const double coordinate = fabs(latent_coordinate(latent, document, t));
        if (coordinate > most) {
            most = coordinate;
            largest = t;
        }
    }
    return largest;
}

/* The documents' coordinates as a matrix, rank × n; a document without any has no entries. */
static SparseMatrix *coordinates(const Latent *latent, Error *error)
{
    const int k = latent->svd.rank;
    int64_t entries = 0;
    for (int64_t j = 0; j < latent->columns; j++) {
        entries += largest_dimension(latent, j) >= 0 ? k : 0;
    }
    SparseMatrix *matrix = sparse_new(k, latent->columns, entries, error);
    int64_t at = 0;
    for (int64_t j = 0; j < latent->columns && matrix; j++) {
        const int there = largest_dimension(latent, j) >= 0 ? k : 0;
        for (int t = 0; t < there; t++) {
            matrix->own_rows[at] = (uint32_t)t;
            matrix->values[at++] = latent_coordinate(latent, j, t);
        }
        matrix->own_starts[j + 1] = at;
    }
    return matrix;
}

Status latent_groups(const Latent *latent, uint64_t seed, int threads, int *groups, Error *error)
{
    if (!latent->lengths) {
        for (int64_t j = 0; j < latent->columns; j++) {
            groups[j] = largest_dimension(latent, j);
        }
        return STATUS_OK;
    }
    SparseMatrix *matrix = coordinates(latent, error);
    Status status = matrix ? kmeans_group(matrix, latent->svd.rank, seed, KMEANS_RESTARTS, threads,
                                          groups, error)
                           : error_status(error);
    sparse_free(matrix);
    return status;
}
