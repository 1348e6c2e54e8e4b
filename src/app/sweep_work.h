/* The measuring of one number of topics after the other, with what they share: X, its singular
 * value decomposition, the samples. sweep and fit -k auto use it. */
#ifndef THEMATA_APP_SWEEP_WORK_H
#define THEMATA_APP_SWEEP_WORK_H

#include "app/options.h"
#include "base/error.h"
#include "matrix/svd.h"
#include "model/model.h"
#include "model/sample.h"
#include "model/sweep.h"

/* Start with the first six members set and the rest all-zero. */
typedef struct SweepWork {
    const Options *options; /* borrowed, as all but the last four */
    const SparseMatrix *x;
    const Model *model; /* counts, words, weighting */
    int runs;           /* B */
    int most;           /* the largest k to come */
    int threads;
    SparseMatrix *transposed; /* of x */
    Svd svd;                  /* of rank `most`, as far as X has it */
    Sample *samples;          /* runs */
    double *background;       /* of each word: its part of all tokens */
} SweepWork;

/* Makes what is shared. */
Status sweep_work_begin(SweepWork *work, Error *error);

/* Measures every number of topics of the range, the largest at most `most`, that *sweep does not
 * hold yet, until Ctrl-C; adds them to it, with the singular values. Signals wait from then on
 * (app/interrupt.h). */
Status sweep_work_range(SweepWork *work, const TopicRange *range, Sweep *sweep, Error *error);

/* Measures k topics, k ≤ most, into *value (all-zero before). Ctrl-C leaves *value all-zero and
 * *interrupted set. */
Status sweep_work_measure(SweepWork *work, int k, SweepValue *value, bool *interrupted,
                          Error *error);

/* Identifies X, the vocabulary and every option that a value depends on. */
uint64_t sweep_work_fingerprint(const SweepWork *work);

void sweep_work_end(SweepWork *work);

#endif
