/* The Kullback-Leibler objective, apart from any rule that lowers it.
 *
 * Factors are float64 here: `w` has the k values of each word side by side, `h` those of each
 * document. WH is never formed: over the zeros of X only its sum is needed, and that is
 * Σ_t (column sum of W)·(row sum of H). */
#ifndef THEMATA_NMF_KL_H
#define THEMATA_NMF_KL_H

#include "base/error.h"
#include "matrix/sparse.h"

#include <stdint.h>

/* Σ_t a[t]·b[t] in four partial sums, which the processor can do side by side. */
static inline double kl_dot(const double *a, const double *b, int k)
{
    double sums[4] = {0.0, 0.0, 0.0, 0.0};
    int t = 0;
    for (; t + 4 <= k; t += 4) {
        for (int lane = 0; lane < 4; lane++) {
            sums[lane] += a[t + lane] * b[t + lane];
        }
    }
    for (; t < k; t++) {
        sums[0] += a[t] * b[t];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* Room for the sums below, made once for all passes. Start with an all-zero KlRoom. */
typedef struct KlRoom {
    double *partial; /* a row of k for each block of words or documents */
    double *w_sums;  /* k */
    double *h_sums;  /* k */
} KlRoom;

Status kl_room_new(KlRoom *room, int64_t rows, int64_t columns, int k, Error *error);
void kl_room_free(KlRoom *room);

/* sums[t] = Σ_i rows[i·k + t] over `count` rows, in fixed blocks of rows, so that the result does
 * not depend on the number of threads. */
void kl_sum_rows(const double *rows, int64_t count, int k, int threads, KlRoom *room, double *sums);

/* D(X‖WH). Where x > 0 and (WH) = 0, for which D is infinite, (WH) counts as 1e-300. Same bits for
 * any number of threads. O(entries · k). */
double kl_divergence(const SparseMatrix *x, const double *w, const double *h, int k, int threads,
                     KlRoom *room);

/* *divergence of float32 factors, as Factors has them, each document's entries of H first
 * multiplied by `document_scale` (n; NULL: by 1). Widens both for the while. STATUS_FAILED when out
 * of memory. */
Status kl_divergence_of_floats(const SparseMatrix *x, const float *w, const float *h,
                               const double *document_scale, int k, int threads, double *divergence,
                               Error *error);

/* How far one entry is from satisfying the Karush-Kuhn-Tucker conditions, as mass: the length of a
 * projected gradient step, |t − max(0, t − c·g)|. `mass` t is the mass the entry holds (h, or
 * w·row sum of H), `share` c the mass of its document or word divided by k, `gradient` g the
 * derivative of D with respect to the entry divided by the column sum of the other factor,
 * 1 − (weighted mean of x/(WH)). Zero exactly where g = 0, or t = 0 and g ≥ 0. Summed over all
 * entries and divided by the sum of X it is the KKT residual. */
static inline double kl_kkt_step(double mass, double share, double gradient)
{
    const double moved = mass - share * gradient;
    const double step = mass - (moved > 0.0 ? moved : 0.0);
    return step < 0.0 ? -step : step;
}

#endif
