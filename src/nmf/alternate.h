/* What the float64 solvers have in common: H and W improved in turn, each new iterate pushed on
 * along the way it came (Ang and Gillis 2019), penalties, passes, the end. A solver adds half a
 * pass. */
#ifndef THEMATA_NMF_ALTERNATE_H
#define THEMATA_NMF_ALTERNATE_H

#include "nmf/nmf.h"
#include "nmf/penalty.h"

#include <stdbool.h>

/* What a half-pass met and left: D or F without penalties, and the KKT residual where it began. */
typedef struct HalfPass {
    double before;
    double after;
    double residual;
} HalfPass;

/* Start with an all-zero Alternation. */
typedef struct Alternation {
    int k;
    Charged w; /* the iterates and where the next steps begin; rates and counts are the solver's */
    Charged h;
    double ahead_least;    /* extrapolation leaves at least this part of an entry */
    bool plain;            /* nothing is extrapolated; the objective may rise */
    double penalty_weight; /* of penalties in the objective: 2 beside F, 1 beside D */
    double mass;    /* of X, as the objective measures it: below 1e-12 of it the fit is exact */
    double *scales; /* 4·k */
    double *kept_h; /* `ahead` of H where the pass began */
    /* Moves `ahead` of one factor, in place, for `ahead` of the other. */
    HalfPass (*improve)(void *context, Charged *factor, const Charged *other);
    void *context;
} Alternation;

/* Copies the start. */
Status alternation_new(Alternation *work, const Factors *start, Error *error);

/* Sets what the penalties of `options` cost each factor; with observed_only by the entries of X and
 * its transpose, which is NULL otherwise. */
void alternation_charge(Alternation *work, const NmfOptions *options, const SparseMatrix *x,
                        const SparseMatrix *transposed);
void alternation_free(Alternation *work);

/* Runs passes, of which those that are extrapolated too far are taken back, until `options` say
 * stop, and fills *result (all-zero before) with what is found. */
Status alternation_run(Alternation *work, const NmfOptions *options, NmfResult *result,
                       Error *error);

#endif
