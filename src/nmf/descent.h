/* The state of the fast solver and the moves it is made of; the algorithm itself is nmf/cd.c.
 *
 * X as compact copies both ways round, W and H as moving factors (nmf/half_step.h), words and
 * documents in the order of nmf/compact.h. */
#ifndef THEMATA_NMF_DESCENT_H
#define THEMATA_NMF_DESCENT_H

#include "nmf/half_step.h"
#include "nmf/nmf.h"

/* Start with an all-zero Descent. */
typedef struct Descent {
    CompactPair pair;
    MovingFactor w;
    MovingFactor h;
    HalfStepRoom *room;
    double *document_mass; /* n */
    double *word_mass;     /* m */
    double mass;           /* sum of X */
    double constant;       /* Σ x·ln x − x */
    int k;
    int64_t stride;
    int threads;
} Descent;

/* Bytes that a descent allocates, about: for an estimate before it is tried. */
double descent_bytes(int64_t rows, int64_t columns, int64_t entries, int rank, int threads);

/* Copies X and the start. Errors are compact_new's; when memory cannot be had, the error names the
 * estimate. */
Status descent_begin(Descent *descent, const SparseMatrix *x, const Factors *start, int threads,
                     Error *error);
void descent_end(Descent *descent);

/* Half a pass each; `beta` is how far to extrapolate. */
HalfStepFacts descent_improve_h(Descent *descent, float beta);
HalfStepFacts descent_improve_w(Descent *descent, float beta);

/* D of X where an improvement of H began, from its facts; `product` is descent_product before it.
 */
double descent_divergence(const Descent *descent, const HalfStepFacts *facts, double product);

/* The sum of WH over all cells. */
double descent_product(const Descent *descent);

/* Drops what was extrapolated and takes a few plain passes, so that the iterate itself counts. */
void descent_settle(Descent *descent);

/* Fills *factors (all-zero before): W with columns of sum 1 and H scaled against it, in their own
 * order; each document's column of H with the sum of X's, which at a minimum it has by itself. */
Status descent_keep(const Descent *descent, Factors *factors, Error *error);

#endif
