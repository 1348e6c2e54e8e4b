/* The plain ways of lowering F over all cells, for comparison and teaching; in float64.
 *
 * A half-pass has G = AᵀA and P = VᵀA as in nmf/least_squares.h, and moves every row b of the other
 * factor, of which p is its row of P, by a rule. */
#ifndef THEMATA_NMF_SQUARES_H
#define THEMATA_NMF_SQUARES_H

#include "nmf/nmf.h"
#include "nmf/penalty.h"

typedef struct SquaresStep {
    const double *gram;  /* k × k: G, with the penalty on squares on its diagonal */
    const double *right; /* k: a row of P, less the penalty on sums */
    const double *left;  /* k: G·b */
    int k;
    double rate; /* of the gradient: times 1/L, L the largest row sum of G, which bounds its
                    eigenvalues */
} SquaresStep;

typedef void SquaresRule(const SquaresStep *step, double *b);

/* b ← b ∘ p / (G·b) (Lee and Seung 2001): F never rises, no entry becomes negative, one that is 0
 * stays 0. */
void squares_multiply(const SquaresStep *step, double *b);

/* b ← max(0, b − rate/L·(G·b − p)): the gradient, projected. Up to a rate of 1 F never rises. */
void squares_descend(const SquaresStep *step, double *b);

/* As an NmfSolver's solve, by a rule. O(entries · k + (m + n) · k²) a pass. */
Status squares_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                     SquaresRule *rule, NmfResult *result, Error *error);

#endif
