/* The penalties of NmfPenalty in the solvers' terms. All factors are float64 rows of k. */
#ifndef THEMATA_NMF_PENALTY_H
#define THEMATA_NMF_PENALTY_H

#include "nmf/nmf.h"

/* What an entry of one factor costs for each cell that its row has part in: l1·b + l2·b²/2. */
typedef struct Rates {
    double l1;
    double l2;
} Rates;

static inline Rates rates_of(double alpha, double l1_ratio)
{
    return (Rates){.l1 = alpha * l1_ratio, .l2 = alpha * (1.0 - l1_ratio)};
}

/* How many cells each row of a factor has part in: `starts` of a compressed matrix whose columns
 * the rows belong to, or all the same. */
typedef struct CellCounts {
    const int64_t *starts; /* NULL: `all` */
    int64_t all;
} CellCounts;

static inline double cells_of(CellCounts counts, int64_t row)
{
    return (double)(counts.starts ? counts.starts[row + 1] - counts.starts[row] : counts.all);
}

/* One factor and what it costs. */
typedef struct Charged {
    double *now;   /* rows × k */
    double *ahead; /* beside it, scaled along; NULL: none */
    int64_t rows;
    CellCounts counts;
    Rates rates;
} Charged;

/* P of a factor's rows `b`. */
double penalty_of(const Charged *factor, const double *b, int k);

/* Scales each topic in W against H, which leaves WH as it is, to where the penalties of both are
 * least. If only one factor is penalised there is no such place, and nothing is done. `sums` has
 * 4·k values of room. */
void penalty_balance(const Charged *w, const Charged *h, int k, double *sums);

#endif
