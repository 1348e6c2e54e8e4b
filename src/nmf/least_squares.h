/* Half a pass of the Frobenius solver: rows of one factor, each moved by itself towards the
 * non-negative least squares solution for the other factor as it is.
 *
 * Symbols as in nmf/half_step.h: V is X or its transpose, A the factor whose rows belong to V's
 * rows, B the one whose rows belong to V's columns. Of V and A it sees only the k × k matrix
 * G = AᵀA and P = VᵀA. For each row b of B with its row p of P it lowers
 *
 *     f(b) = ½·b·G·b − p·b + l1·Σb + ½·l2·Σb²   over b ≥ 0
 *
 * by coordinate descent, b_t ← max(0, b_t − g_t/(G_tt + l2)), g = ∇f(b): for all rows together this
 * is HALS (Cichocki and Phan 2009). Several sweeps pay, since P costs more than they do (Gillis and
 * Glineur 2012). */
#ifndef THEMATA_NMF_LEAST_SQUARES_H
#define THEMATA_NMF_LEAST_SQUARES_H

#include "base/error.h"

#include <stdint.h>

typedef struct LeastSquares {
    const double *gram;    /* k × k: G */
    const double *targets; /* count × k: P */
    double *b;             /* count × k: the rows to be moved */
    int64_t count;
    int k;
    double l1;
    double l2;
    int sweeps_most;    /* ≥ 1 */
    double sweep_worth; /* a sweep that moves b by less than this part of what the first one did is
                           the last; squared lengths, in WH */
    int threads;
} LeastSquares;

typedef struct LeastSquaresFacts {
    double before; /* 2·Σf(b) where it began: F without its constant ‖X‖², and with penalties */
    double after;    /* … where it ended */
    double residual; /* sum of the squares of nmf/frobenius.h's KKT steps, where it began */
} LeastSquaresFacts;

/* Room that half-steps share; made once, for the larger factor. */
typedef struct LeastSquaresRoom LeastSquaresRoom;
LeastSquaresRoom *least_squares_room_new(int64_t count_most, int k, int threads, Error *error);
void least_squares_room_free(LeastSquaresRoom *room);

/* Takes the step. Same bits for any number of threads. O(count · k² · sweeps). Allocates nothing.
 */
LeastSquaresFacts least_squares_take(const LeastSquares *step, LeastSquaresRoom *room);

#endif
