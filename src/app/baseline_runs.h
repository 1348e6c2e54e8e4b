/* The methods run on one X, one after the other, each measured alike. */
#ifndef THEMATA_APP_BASELINE_RUNS_H
#define THEMATA_APP_BASELINE_RUNS_H

#include "app/options.h"
#include "app/stages.h"
#include "base/error.h"
#include "matrix/sparse.h"
#include "model/agreement.h"
#include "model/baseline.h"
#include "report/convergence.h"

/* What they have in common; all borrowed. */
typedef struct BaselineRuns {
    const Options *options; /* restarts, seed, passes and so on */
    const SparseMatrix *x;
    const SparseMatrix *by_words; /* Xᵀ */
    const Classes *classes;       /* labels of the documents, or NULL */
    StageClock *stages;
    int k;
    int threads;
} BaselineRuns;

/* Runs and measures one method. One that cannot be done on this X is no error, but a row that says
 * why. */
Status baseline_run(const BaselineRuns *runs, Method method, Baseline *baseline, Error *error);

/* Runs every solver of NMF that begins from a start, and PLSA's, from the one that --init says,
 * until Ctrl-C. */
Status baseline_converge(const BaselineRuns *runs, Convergence *convergence, Error *error);

#endif
