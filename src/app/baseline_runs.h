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

/* What there is a row for, in their order: the methods, and NMF by its other objective. */
typedef struct BaselineRow {
    const char *name;
    Method method;
    NmfObjective objective;
} BaselineRow;

enum { BASELINE_ROWS = METHOD_COUNT + 1 };
extern const BaselineRow baseline_rows[BASELINE_ROWS];

/* Runs and measures one. A method that cannot be done on this X is no error, but a row that says
 * why. */
Status baseline_run(const BaselineRuns *runs, const BaselineRow *row, Baseline *baseline,
                    Error *error);

/* Runs every solver of --objective that begins from a start, and for the divergence PLSA's, from
 * the one that --init says, until Ctrl-C. */
Status baseline_converge(const BaselineRuns *runs, Convergence *convergence, Error *error);

#endif
