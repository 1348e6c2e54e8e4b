/* Methods side by side: what each makes of the same X, in the same measures. Formulas:
 * docs/method.md, "Baselines". */
#ifndef THEMATA_MODEL_BASELINE_H
#define THEMATA_MODEL_BASELINE_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "model/agreement.h"

#include <stdbool.h>
#include <stdint.h>

/* What a method found, X ≈ W·H; all borrowed. */
typedef struct BaselineFit {
    const SparseMatrix *x;
    const SparseMatrix *by_words; /* Xᵀ */
    int k;
    const float *w;    /* m × k, as in Factors */
    const float *h;    /* n × k */
    bool is_signed;    /* entries may be below 0 */
    const int *groups; /* n: the topic that a document is told to be on, from 0; −1: none */
    int group_count;
} BaselineFit;

typedef struct Baseline {
    const char *method; /* static */
    bool failed;        /* it could not be done, and nothing below is filled but the reason */
    char reason[256];   /* why */
    double objective;   /* D(X‖WH); not of a method that is signed */
    bool has_objective;
    double frobenius;      /* ‖X − WH‖ */
    double relative_error; /* … / ‖X‖ */
    double coherence;      /* NPMI of the ten words with the largest entries above 0, mean over
                              topics; model/topic_scores.h */
    bool has_agreement;    /* there are labels */
    double nmi;            /* of groups and labels */
    double purity;         /* … */
    double topics_hoyer;   /* mean over the columns of W */
    double topics_zeros;   /* part of W that is 0 */
    double mixtures_hoyer; /* mean over the documents that have an entry in H */
    double mixtures_zeros; /* part of these columns of H that is 0 */
    int passes;            /* 0: the method has none */
    double cpu_s;          /* from X to W and H */
} Baseline;

/* Fills all that follows from W and H: everything but method, passes and cpu_s. `classes` are the
 * documents' labels, or NULL. O(entries·k + (m + n)·k²). */
Status baseline_measure(const BaselineFit *fit, const Classes *classes, int threads,
                        Baseline *baseline, Error *error);

#endif
