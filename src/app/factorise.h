/* The starts that were asked for, each taken to its end by the solver, and the best of them. */
#ifndef THEMATA_APP_FACTORISE_H
#define THEMATA_APP_FACTORISE_H

#include "app/options.h"
#include "app/progress.h"
#include "app/stages.h"
#include "base/error.h"
#include "model/model.h"
#include "nmf/nmf.h"

/* Start with the first six members set and the rest all-zero. */
typedef struct Factorisation {
    const Options *options; /* borrowed, as all but the last two */
    const SparseMatrix *x;
    ModelFit *facts; /* gets the objective of each start, and the checksums of one that was given */
    StageClock *stages;
    int k;
    int threads;
    Progress progress;
    NmfResult result; /* of the start that ended lowest */
} Factorisation;

/* Solves from every start, until Ctrl-C: what there is then is the result, and signals wait. */
Status factorise(Factorisation *work, Error *error);

#endif
