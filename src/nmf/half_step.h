/* Half a pass of the fast solver: one factor improved for the other as it is.
 *
 * Symbols: V is X (updating H) or its transpose (updating W); A the factor whose rows belong to V's
 * rows, B the one whose rows belong to V's columns; u the column sums of A. For each column v of V,
 * on its own, the row b of B is moved towards the minimum of Σ_t u_t·b_t − Σ_i v_i·ln(A_i·b).
 * Rows of A and B are `stride` floats, the rank padded with zeros to whole vectors. */
#ifndef THEMATA_NMF_HALF_STEP_H
#define THEMATA_NMF_HALF_STEP_H

#include "base/error.h"
#include "nmf/compact.h"
#include "nmf/lanes.h"

#include <stdbool.h>
#include <stdint.h>

/* The rank padded to whole vectors: the length of a row of A and B. */
static inline int64_t half_step_stride(int k)
{
    return lanes_padded(k);
}

/* One of the two factors, with what extrapolation needs. */
typedef struct MovingFactor {
    int64_t rows;
    float *now; /* rows × stride: the iterate */
    float
        *ahead; /* rows × stride: the iterate plus its extrapolation; where the next step begins */
    double *sums; /* stride: column sums of `ahead` */
} MovingFactor;

typedef struct HalfStep {
    const Compact *v;
    const MovingFactor *a;
    MovingFactor *b;
    const double *mass; /* column sums of V */
    int k;
    int64_t stride;
    float beta;    /* extrapolation: ahead = now + beta·(now − before) */
    bool measured; /* whether log_sum is wanted: it costs a logarithm an entry */
    int threads;
} HalfStep;

/* What a half-step met, before it moved anything. */
typedef struct HalfStepFacts {
    double log_sum; /* Σ v·ln(A·b) over all entries, at `ahead` of both factors; 0 if not wanted */
    double residual; /* KKT residual of B as mass (nmf/kl.h) */
} HalfStepFacts;

/* Room that half-steps share; made once. */
typedef struct HalfStepRoom HalfStepRoom;
HalfStepRoom *half_step_room_new(const CompactPair *pair, int64_t stride, int threads,
                                 Error *error);
void half_step_room_free(HalfStepRoom *room);

/* Takes the step. Same bits for any number of threads. Allocates nothing. */
HalfStepFacts half_step_take(const HalfStep *step, HalfStepRoom *room);

#endif
