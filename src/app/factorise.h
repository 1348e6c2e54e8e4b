/* The starts that were asked for, each taken to its end by the solver, and the best of them. Where
 * that is faster and there is memory for it, several run side by side, each with one thread;
 * otherwise one after the other, each with all threads. The result does not depend on it. */
#ifndef THEMATA_APP_FACTORISE_H
#define THEMATA_APP_FACTORISE_H

#include "app/options.h"
#include "app/stages.h"
#include "base/error.h"
#include "model/model.h"
#include "model/uniqueness.h"
#include "nmf/nmf.h"

/* Start with all but the last five members set and those all-zero. */
typedef struct Factorisation {
    const Options *options; /* borrowed, as the next three */
    const SparseMatrix *x;
    ModelFit *facts; /* gets objective and passes of each start, and the checksums of one that was
                        given */
    StageClock *stages;
    int k;
    int threads;
    bool as_solved;       /* mixtures are those of H, not solved anew for the topics */
    bool observed_only;   /* cells that X does not store are unknown */
    NmfResult result;     /* of the start that ended lowest */
    int best;             /* its number, from 0 */
    double mass;          /* the sum of X */
    SolutionSet near;     /* of several starts: those that end near the lowest, and a few more */
    int32_t **partitions; /* with --consensus: of each start, the factor of each item as
                             consensus_partition has it; NULL: it did not end */
} Factorisation;

/* Whether there is memory for factors of k columns, in float64, and for their products k × k;
 * STATUS_INPUT if there is not. The first five members are set. */
Status factorise_check(const Factorisation *work, Error *error);

/* Solves from every start, until Ctrl-C: what there is then is the result, and signals wait. */
Status factorise(Factorisation *work, Error *error);

/* Frees the last five members. */
void factorise_free(Factorisation *work);

#endif
