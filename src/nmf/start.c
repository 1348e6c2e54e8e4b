/* Where the solver starts from. */
#include "nmf/nmf.h"

#include "base/memory.h"
#include "base/random.h"
#include "matrix/svd.h"
#include "nmf/anchor.h"
#include "nmf/staged.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Streams of random numbers: restart r takes W from stream 2r and H from 2r + 1; those of the SVD,
 * and of what fills the zeros of W and of H after it, are far away from them. */
static const uint64_t stream_svd = UINT64_C(1) << 32;
static const uint64_t stream_fill = (UINT64_C(1) << 32) + 1;

/* Entries of an NNDSVD below this are noise of the SVD and become 0. */
static const double nndsvd_least = 1e-6;

/* The random numbers of an NNDSVDar are below this part of the mean of X. */
static const double fill_part = 0.01;

static double matrix_sum(const SparseMatrix *x)
{
    double sum = 0.0;
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        sum += x->values[p];
    }
    return sum;
}

/* W ← W·S⁻¹, S the column sums of W; and, unless H is made to fit already, H ← S·H. */
static Status normalise(Factors *factors, bool with_h, Error *error)
{
    const int k = factors->rank;
    double *sums = memory_new((size_t)k, sizeof *sums, error);
    if (!sums) {
        return error_status(error);
    }
    for (int64_t i = 0; i < factors->rows * k; i++) {
        sums[i % k] += (double)factors->w[i];
    }
    for (int64_t i = 0; i < factors->rows * k; i++) {
        factors->w[i] = sums[i % k] > 0.0 ? (float)((double)factors->w[i] / sums[i % k]) : 0.0F;
    }
    for (int64_t j = 0; j < factors->columns * k && with_h; j++) {
        factors->h[j] = (float)((double)factors->h[j] * sums[j % k]);
    }
    free(sums);
    return STATUS_OK;
}

/* Uniform entries; each document's column of H scaled to its mass, so that the sums fit at once. */
static Status start_random(const SparseMatrix *x, uint64_t seed, int restart, Factors *factors,
                           Error *error)
{
    const RandomStream of_w = {.seed = seed, .stream = 2 * (uint64_t)restart};
    const RandomStream of_h = {.seed = seed, .stream = 2 * (uint64_t)restart + 1};
    const int k = factors->rank;
    double *mass = memory_new((size_t)x->columns, sizeof *mass, error);
    if (!mass) {
        return error_status(error);
    }
    sparse_column_sums(x, mass);
    for (int64_t i = 0; i < x->rows * k; i++) {
        factors->w[i] = (float)random_uniform(of_w, (uint64_t)i);
    }
    Status status = normalise(factors, false, error);
    for (int64_t j = 0; j < x->columns; j++) {
        double sum = 0.0;
        for (int t = 0; t < k; t++) {
            sum += random_uniform(of_h, (uint64_t)(j * k + t));
        }
        for (int t = 0; t < k; t++) {
            factors->h[j * k + t] =
                (float)(random_uniform(of_h, (uint64_t)(j * k + t)) / sum * mass[j]);
        }
    }
    free(mass);
    return status;
}

/* Σ of squares of the positive and of the negative entries of column t. */
static void split_norms(const double *columns, int64_t count, int rank, int t, double *positive,
                        double *negative)
{
    double squares[2] = {0.0, 0.0};
    for (int64_t i = 0; i < count; i++) {
        const double value = columns[i * rank + t];
        squares[value < 0.0] += value * value;
    }
    *positive = sqrt(squares[0]);
    *negative = sqrt(squares[1]);
}

/* Column t of a factor: `scale` times the part of the singular vector that has the sign `sign`. */
static void fill_column(const double *columns, int64_t count, int rank, int t, double sign,
                        double scale, float *factor, int k)
{
    for (int64_t i = 0; i < count; i++) {
        const double value = sign * columns[i * rank + t] * scale;
        factor[i * k + t] = value < nndsvd_least ? 0.0F : (float)value;
    }
}

/* NNDSVD (Boutsidis and Gallopoulos 2008). The first singular vectors of a non-negative matrix have
 * one sign. Of each further pair (u, v) the positive parts or the negative parts are kept,
 * whichever carry more: W column √(σ·‖u±‖‖v±‖)·u±/‖u±‖, H row likewise. */
static void split_triplets(const Svd *svd, Factors *factors)
{
    const int k = factors->rank;
    for (int t = 0; t < svd->rank && t < k; t++) {
        double u_positive, u_negative, v_positive, v_negative;
        split_norms(svd->u, factors->rows, svd->rank, t, &u_positive, &u_negative);
        split_norms(svd->v, factors->columns, svd->rank, t, &v_positive, &v_negative);
        const double positive = u_positive * v_positive, negative = u_negative * v_negative;
        const bool take_positive = positive >= negative;
        const double part = take_positive ? positive : negative;
        if (part <= 0.0) {
            continue; /* a singular value of 0: nothing is left for this topic */
        }
        const double sign = take_positive ? 1.0 : -1.0;
        const double root = sqrt(svd->s[t] * part);
        fill_column(svd->u, factors->rows, svd->rank, t, sign,
                    root / (take_positive ? u_positive : u_negative), factors->w, k);
        fill_column(svd->v, factors->columns, svd->rank, t, sign,
                    root / (take_positive ? v_positive : v_negative), factors->h, k);
    }
}

static void fill_zeros(float *values, int64_t count, float fill)
{
    for (int64_t i = 0; i < count; i++) {
        values[i] = values[i] > 0.0F ? values[i] : fill;
    }
}

static void fill_zeros_randomly(float *values, int64_t count, double most, RandomStream random)
{
    for (int64_t i = 0; i < count; i++) {
        if (values[i] <= 0.0F) {
            values[i] = (float)(most * random_uniform(random, (uint64_t)i));
        }
    }
}

/* The zeros that an NNDSVD leaves, made what the kind of start wants. */
static void replace_zeros(const SparseMatrix *x, NmfInit init, uint64_t seed, Factors *factors)
{
    const int64_t of_w = x->rows * factors->rank, of_h = x->columns * factors->rank;
    const double mean = matrix_sum(x) / (double)x->rows / (double)x->columns;
    if (init == NMF_INIT_NNDSVDA) {
        fill_zeros(factors->w, of_w, (float)mean);
        fill_zeros(factors->h, of_h, (float)mean);
    } else if (init == NMF_INIT_NNDSVDAR) {
        const RandomStream random_w = {.seed = seed, .stream = stream_fill};
        const RandomStream random_h = {.seed = seed, .stream = stream_fill + 1};
        fill_zeros_randomly(factors->w, of_w, fill_part * mean, random_w);
        fill_zeros_randomly(factors->h, of_h, fill_part * mean, random_h);
    }
}

/* Factors, all zero, become the NNDSVD of these singular triplets. */
static Status split(const SparseMatrix *x, const Svd *svd, NmfInit init, uint64_t seed,
                    Factors *factors, Error *error)
{
    split_triplets(svd, factors);
    replace_zeros(x, init, seed, factors);
    return normalise(factors, true, error);
}

Status nmf_start_svd(const SparseMatrix *x, const SparseMatrix *transposed, int rank, uint64_t seed,
                     int threads, Svd *svd, Error *error)
{
    const RandomStream random = {.seed = seed, .stream = stream_svd};
    return svd_truncated(x, transposed, rank, random, threads, svd, error);
}

Status nmf_start_of_svd(const SparseMatrix *x, const Svd *svd, int rank, NmfInit init,
                        uint64_t seed, Factors *factors, Error *error)
{
    assert(nmf_init_is_svd(init));
    Status status = factors_new(factors, x->rows, x->columns, rank, error);
    if (status) {
        return status;
    }
    status = split(x, svd, init, seed, factors, error);
    if (status) {
        factors_free(factors);
    }
    return status;
}

static Status start_nndsvd(const SparseMatrix *x, NmfInit init, uint64_t seed, int threads,
                           Factors *factors, Error *error)
{
    Svd svd = {0};
    SparseMatrix *transposed = sparse_transpose(x, error);
    Status status = transposed
                        ? nmf_start_svd(x, transposed, factors->rank, seed, threads, &svd, error)
                        : error_status(error);
    if (!status) {
        status = split(x, &svd, init, seed, factors, error);
    }
    svd_free(&svd);
    sparse_free(transposed);
    return status;
}

/* Topics by anchor words; those for which there is none get random words, as in a random start. */
static Status start_anchor(const SparseMatrix *x, uint64_t seed, int threads, Factors *factors,
                           Error *error)
{
    const RandomStream random = {.seed = seed, .stream = 0};
    const int k = factors->rank;
    int found;
    Status status = anchor_topics(x, threads, factors, &found, error);
    if (!status && found < k) {
        for (int64_t i = 0; i < x->rows * k; i++) {
            if (i % k >= found) {
                factors->w[i] = (float)random_uniform(random, (uint64_t)i);
            }
        }
        status = normalise(factors, false, error);
    }
    return status ? status : anchor_mixtures(x, threads, factors, error);
}

Status nmf_start(const SparseMatrix *x, int rank, NmfInit init, uint64_t seed, int restart,
                 int threads, Factors *factors, Error *error)
{
    Status status = factors_new(factors, x->rows, x->columns, rank, error);
    if (status) {
        return status;
    }
    if (init == NMF_INIT_RANDOM || restart > 0) {
        status = start_random(x, seed, restart, factors, error);
    } else if (init == NMF_INIT_ANCHOR) {
        status = start_anchor(x, seed, threads, factors, error);
    } else if (init == NMF_INIT_STAGED) {
        status = start_staged(x, seed, threads, factors, error);
    } else {
        status = start_nndsvd(x, init, seed, threads, factors, error);
    }
    if (status) {
        factors_free(factors);
    }
    return status;
}

/* ---- a start that is given ---- */

/* How far a row may be from sum 1 and still be taken for shares. */
static const double share_tolerance = 1e-3;

static double sum_row(const float *row, int k)
{
    double sum = 0.0;
    for (int t = 0; t < k; t++) {
        sum += (double)row[t];
    }
    return sum;
}

static bool are_shares(const float *mixtures, int64_t count, int k)
{
    bool any = false;
    for (int64_t j = 0; j < count; j++) {
        const double sum = sum_row(mixtures + j * k, k);
        if (sum != 0.0 && fabs(sum - 1.0) > share_tolerance) {
            return false;
        }
        any |= sum != 0.0;
    }
    return any;
}

/* H: the mixtures as they are or, of shares, scaled to the documents' masses. */
static void take_mixtures(const float *mixtures, bool shares, const double *mass, Factors *factors)
{
    const int k = factors->rank;
    for (int64_t j = 0; j < factors->columns; j++) {
        const double sum = sum_row(mixtures + j * k, k);
        const double scale = mass[j] == 0.0 || sum == 0.0 ? 0.0 : shares ? mass[j] / sum : 1.0;
        for (int t = 0; t < k; t++) {
            factors->h[j * k + t] = (float)((double)mixtures[j * k + t] * scale);
        }
    }
}

Status nmf_start_given(const SparseMatrix *x, int rank, const float *topics, const float *mixtures,
                       Factors *factors, Error *error)
{
    const bool shares = are_shares(mixtures, x->columns, rank);
    double *mass = memory_new((size_t)x->columns, sizeof *mass, error);
    Status status =
        mass ? factors_new(factors, x->rows, x->columns, rank, error) : error_status(error);
    if (status) {
        free(mass);
        return status;
    }
    sparse_column_sums(x, mass);
    for (int64_t i = 0; i < x->rows; i++) {
        for (int t = 0; t < rank; t++) {
            factors->w[i * rank + t] = topics[t * x->rows + i];
        }
    }
    take_mixtures(mixtures, shares, mass, factors);
    status = normalise(factors, !shares, error);
    free(mass);
    if (status) {
        factors_free(factors);
    }
    return status;
}
