/* A note on shapes: a dense matrix of `count` rows of `width` values, one row behind the other, is
 * for LAPACK, which stores columns, a width × count matrix. An orthonormal basis of its columns is
 * therefore found by the LQ decomposition of what LAPACK sees, without transposing anything. */
#include "matrix/svd.h"

#include "base/memory.h"
#include "matrix/product.h"

#include <cblas.h>
#include <lapacke.h>
#include <stdlib.h>
#include <string.h>

enum {
    OVERSAMPLING = 10,
    ITERATIONS = 4, /* the power that separates close singular values; 4 suffices for a start */
    ITERATIONS_MAX = 300,
};

static Status set_lapack_failure(Error *error, const char *routine, lapack_int code)
{
    return code == LAPACK_WORK_MEMORY_ERROR || code == LAPACK_TRANSPOSE_MEMORY_ERROR
               ? error_set(error, STATUS_FAILED, "out of memory: %s", routine)
               : error_set(error, STATUS_FAILED, "%s failed with code %d", routine, (int)code);
}

/* Replaces the columns of a count × width matrix (count ≥ width) by an orthonormal basis of their
 * span. If `lower` is not NULL it gets L, width × width by columns, with (old) = (basis) · Lᵀ. */
static Status orthonormalise(double *dense, int64_t count, int width, double *lower, Error *error)
{
    double *tau = memory_new((size_t)width, sizeof *tau, error);
    if (!tau) {
        return error_status(error);
    }
    Status status = STATUS_OK;
    lapack_int columns = (lapack_int)count;
    lapack_int code = LAPACKE_dgelqf(LAPACK_COL_MAJOR, width, columns, dense, width, tau);
    if (code == 0 && lower) {
        memset(lower, 0, (size_t)width * (size_t)width * sizeof *lower);
        for (int c = 0; c < width; c++) {
            for (int r = c; r < width; r++) {
                lower[c * width + r] = dense[(int64_t)c * width + r];
            }
        }
    }
    if (code == 0) {
        code = LAPACKE_dorglq(LAPACK_COL_MAJOR, width, columns, width, dense, width, tau);
    }
    if (code != 0) {
        status = set_lapack_failure(error, "the LQ decomposition", code);
    }
    free(tau);
    return status;
}

/* result (count × rank) = basis (count × width) · rotation, where rotation[c + t·width] is its
 * element (c, t) for t < rank. */
static void rotate(const double *basis, int64_t count, int width, const double *rotation, int rank,
                   double *result)
{
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (blasint)count, rank, width, 1.0, basis,
                width, rotation, width, 0.0, result, rank);
}

/* With Q (m × width) orthonormal and B = Xᵀ·Q = P·Lᵀ, the SVD L = A·S·Cᵀ gives
 * X ≈ Q·Bᵀ = Q·L·Pᵀ = (Q·A)·S·(P·C)ᵀ. */
static Status assemble(const double *q, const double *p, double *lower, int width,
                       const SparseMatrix *matrix, Svd *svd, Error *error)
{
    Status status = STATUS_OK;
    const size_t square = (size_t)width * (size_t)width;
    double *a = memory_new(square, sizeof *a, error);
    double *ct = memory_new(square, sizeof *ct, error);
    double *c = memory_new(square, sizeof *c, error);
    double *s = memory_new((size_t)width, sizeof *s, error);
    double *scratch = memory_new((size_t)width, sizeof *scratch, error);
    if (!a || !ct || !c || !s || !scratch) {
        status = error_status(error);
        goto cleanup;
    }
    lapack_int code = LAPACKE_dgesvd(LAPACK_COL_MAJOR, 'A', 'A', width, width, lower, width, s, a,
                                     width, ct, width, scratch);
    if (code != 0) {
        status = set_lapack_failure(error, "the small singular value decomposition", code);
        goto cleanup;
    }
    for (int i = 0; i < width; i++) {
        for (int t = 0; t < width; t++) {
            c[t * width + i] = ct[i * width + t];
        }
    }
    memcpy(svd->s, s, (size_t)svd->rank * sizeof *s);
    rotate(q, matrix->rows, width, a, svd->rank, svd->u);
    rotate(p, matrix->columns, width, c, svd->rank, svd->v);
cleanup:
    free(a);
    free(ct);
    free(c);
    free(s);
    free(scratch);
    return status;
}

/* Σ of the squares of the `rank` largest singular values of L; destroys the copy in `scratch`. */
static Status leading_squares(const double *lower, int width, int rank, double *scratch,
                              double *squares, Error *error)
{
    double *s = memory_new((size_t)width, sizeof *s, error);
    double *unused = memory_new((size_t)width, sizeof *unused, error);
    Status status = s && unused ? STATUS_OK : error_status(error);
    if (!status) {
        memcpy(scratch, lower, (size_t)width * (size_t)width * sizeof *lower);
        const lapack_int code = LAPACKE_dgesvd(LAPACK_COL_MAJOR, 'N', 'N', width, width, scratch,
                                               width, s, NULL, width, NULL, width, unused);
        status = code ? set_lapack_failure(error, "the singular values", code) : STATUS_OK;
    }
    *squares = 0.0;
    for (int t = 0; t < rank && !status; t++) {
        *squares += s[t] * s[t];
    }
    free(s);
    free(unused);
    return status;
}

/* The subspaces that iterations lead to, as orthonormal bases, with `lower` as orthonormalise has
 * it. */
typedef struct Subspace {
    int width;
    double *q;     /* m × width */
    double *b;     /* n × width */
    double *lower; /* width × width */
    double *scratch;
} Subspace;

static Status subspace_begin(Subspace *space, const SparseMatrix *matrix, int rank,
                             RandomStream random, Error *error)
{
    const int64_t m = matrix->rows, n = matrix->columns, least = m < n ? m : n;
    const size_t width = (size_t)(rank + OVERSAMPLING < least ? rank + OVERSAMPLING : least);
    *space = (Subspace){.width = (int)width};
    space->q = memory_new((size_t)m, width * sizeof *space->q, error);
    space->b = memory_new((size_t)n, width * sizeof *space->b, error);
    space->lower = memory_new(width, width * sizeof *space->lower, error);
    space->scratch = memory_new(width, width * sizeof *space->scratch, error);
    if (!space->q || !space->b || !space->lower || !space->scratch) {
        return error_status(error);
    }
    for (int64_t i = 0; i < n * space->width; i++) {
        space->b[i] = random_uniform(random, (uint64_t)i) - 0.5;
    }
    return STATUS_OK;
}

static void subspace_end(Subspace *space)
{
    free(space->q);
    free(space->b);
    free(space->lower);
    free(space->scratch);
}

static Status subspace_iterate(Subspace *space, const SparseMatrix *matrix,
                               const SparseMatrix *transposed, int threads, Error *error)
{
    const int width = space->width;
    product_transposed(transposed, space->b, width, threads, space->q); /* q = X·b */
    Status status = orthonormalise(space->q, matrix->rows, width, NULL, error);
    if (!status) {
        product_transposed(matrix, space->q, width, threads, space->b); /* b = Xᵀ·q */
        status = orthonormalise(space->b, matrix->columns, width, space->lower, error);
    }
    return status;
}

/* Iterates: a fixed number of times if `tolerance` is 0; otherwise until a further time adds no
 * more than this part to the squares of the leading singular values, twice in a row. */
static Status approach(Subspace *space, const SparseMatrix *matrix, const SparseMatrix *transposed,
                       int rank, int threads, double tolerance, Error *error)
{
    Status status = STATUS_OK;
    double before = 0.0, squares = 0.0;
    int still = 0;
    const int most = tolerance > 0.0 ? ITERATIONS_MAX : ITERATIONS;
    for (int iteration = 0; iteration <= most && still < 2 && !status; iteration++) {
        status = subspace_iterate(space, matrix, transposed, threads, error);
        if (!status && tolerance > 0.0) {
            status =
                leading_squares(space->lower, space->width, rank, space->scratch, &squares, error);
            still = squares - before <= tolerance * squares ? still + 1 : 0;
            before = squares;
        }
    }
    return status;
}

static Status decompose(const SparseMatrix *matrix, const SparseMatrix *transposed, int rank,
                        RandomStream random, int threads, double tolerance, Svd *svd, Error *error)
{
    const int64_t m = matrix->rows, n = matrix->columns;
    const int64_t least = m < n ? m : n;
    Subspace space = {0};
    svd->rank = rank < least ? rank : (int)least;
    openblas_set_num_threads(1); /* the order of its sums would depend on the number of threads */
    svd->u = memory_new((size_t)m, (size_t)svd->rank * sizeof *svd->u, error);
    svd->v = memory_new((size_t)n, (size_t)svd->rank * sizeof *svd->v, error);
    svd->s = memory_new((size_t)svd->rank, sizeof *svd->s, error);
    Status status = svd->u && svd->v && svd->s
                        ? subspace_begin(&space, matrix, svd->rank, random, error)
                        : error_status(error);
    if (!status) {
        status = approach(&space, matrix, transposed, svd->rank, threads, tolerance, error);
    }
    if (!status) {
        status = assemble(space.q, space.b, space.lower, space.width, matrix, svd, error);
    }
    subspace_end(&space);
    if (status) {
        svd_free(svd);
    }
    return status;
}

Status svd_truncated(const SparseMatrix *matrix, const SparseMatrix *transposed, int rank,
                     RandomStream random, int threads, Svd *svd, Error *error)
{
    return decompose(matrix, transposed, rank, random, threads, 0.0, svd, error);
}

Status svd_refined(const SparseMatrix *matrix, const SparseMatrix *transposed, int rank,
                   RandomStream random, int threads, Svd *svd, Error *error)
{
    static const double tolerance = 1e-11;
    return decompose(matrix, transposed, rank, random, threads, tolerance, svd, error);
}

void svd_free(Svd *svd)
{
    free(svd->u);
    free(svd->v);
    free(svd->s);
    *svd = (Svd){0};
}
