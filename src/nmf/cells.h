/* Half a pass over the stored entries of V, for either objective: each row of one factor moved by
 * itself, by coordinate descent, for the other factor as it is. It costs a few operations for each
 * entry and topic, whatever the number of cells.
 *
 * Symbols as in nmf/half_step.h. For each column v of V with the rows A_i of A at its entries, s =
 * A·b, c cells and rates l1, l2, it lowers over b ≥ 0
 *
 *     Frobenius  ½·Σ_i (v_i − s_i)² + c·Σ_t (l1·b_t + l2·b_t²/2)
 *     KL         Σ_t u_t·b_t − Σ_i v_i·ln s_i + c·Σ_t (l1·b_t + l2·b_t²/2)
 *
 * with u_t the sum of A_it over the entries, if they alone are known, or over all rows of A, if
 * what is not stored is 0. */
#ifndef THEMATA_NMF_CELLS_H
#define THEMATA_NMF_CELLS_H

#include "matrix/sparse.h"
#include "nmf/nmf.h"
#include "nmf/penalty.h"

typedef struct CellStep {
    NmfObjective objective;
    const SparseMatrix *v;
    const double *a;    /* rows of V × k */
    double *b;          /* columns of V × k: the rows to be moved */
    const double *sums; /* k: column sums of A; NULL: the stored entries alone are known. With
                           NMF_FROBENIUS NULL. */
    CellCounts counts;
    Rates rates;
    int k;
    int threads;
} CellStep;

typedef struct CellFacts {
    double before;   /* F, or D, of V, where it began; the factor's penalties not counted */
    double after;    /* … where it ended */
    double residual; /* where it began: for F the sum of squares as in nmf/frobenius.h, for D mass
                        as in nmf/kl.h */
} CellFacts;

/* Room that half-steps share; made once for X and its transpose. */
typedef struct CellRoom CellRoom;
CellRoom *cell_room_new(const SparseMatrix *x, const SparseMatrix *transposed, int k, int threads,
                        Error *error);
void cell_room_free(CellRoom *room);

/* Takes the step. Same bits for any number of threads. Allocates nothing. */
CellFacts cell_step_take(const CellStep *step, CellRoom *room);

#endif
