/* What is known of several numbers of topics for one corpus, each measured in the same way: what a
 * person, or the rule in model/choice.h, chooses among. docs/method.md, "How many topics". */
#ifndef THEMATA_MODEL_SWEEP_H
#define THEMATA_MODEL_SWEEP_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What is measured on the whole corpus, on each sample, or on both. */
typedef enum SweepMeasure {
    SWEEP_STABILITY,  /* mean agreement of the topics with those of a sample; samples only */
    SWEEP_PERPLEXITY, /* of tokens held out of a sample; samples only */
    SWEEP_DIVERGENCE, /* of the same, in nats a token; samples only */
    SWEEP_COHERENCE,  /* model/topic_scores.h, as the next two */
    SWEEP_EXCLUSIVITY,
    SWEEP_DIVERSITY,
    SWEEP_OBJECTIVE, /* D; of a sample it is that of its own matrix */
    SWEEP_MEASURES,
} SweepMeasure;

extern const char *const sweep_measure_names[]; /* indexed by SweepMeasure; ends with NULL */

/* A number and how it spreads over the samples. */
typedef struct SweepSpread {
    bool missing;     /* it could not be measured */
    double value;     /* on the whole corpus; of samples only, their mean */
    double deviation; /* standard, of the samples; 0 of a single one */
    double least;     /* of the samples, as the next */
    double most;
} SweepSpread;

/* One number of topics. Owned by its Sweep. */
typedef struct SweepValue {
    int k;
    int run_count;                /* samples: B */
    double whole[SWEEP_MEASURES]; /* on the whole corpus, where that is measured */
    double *runs;                 /* run_count × SWEEP_MEASURES */
    bool predicts;                /* tokens were held out */
    double *topics;               /* k: stability of each topic, falling */
    double cophenetic; /* of the consensus of all fits; model/consensus in matrix/linkage.h */
    double dispersion;
} SweepValue;

/* Start all-zero. */
typedef struct Sweep {
    SweepValue *values; /* by rising k */
    int count;
    double *singular; /* the largest singular values of X, falling */
    int singular_count;
    uint64_t fingerprint; /* of X and the options that the values depend on, but for k */
} Sweep;

/* Room for a value: its arrays, all zero. */
Status sweep_value_new(SweepValue *value, int k, int runs, Error *error);
void sweep_value_free(SweepValue *value);

/* Takes over a value, which is all-zero then, in its place; none of this k may be there. */
Status sweep_add(Sweep *sweep, SweepValue *value, Error *error);

/* The value of this k, or NULL. */
const SweepValue *sweep_find(const Sweep *sweep, int k);

SweepSpread sweep_spread(const SweepValue *value, SweepMeasure measure);

void sweep_free(Sweep *sweep);

#endif
