/* Which numbers of topics are worth looking at: the rule that reads a sweep, and says why.
 * docs/method.md, "How many topics", has the rule and how often it is right. */
#ifndef THEMATA_MODEL_CHOICE_H
#define THEMATA_MODEL_CHOICE_H

#include "base/error.h"
#include "model/sweep.h"

enum { CHOICE_MOST = 3 };

/* Start all-zero. */
typedef struct Choice {
    int recommended[CHOICE_MOST]; /* numbers of topics, the best first */
    int count;                    /* 0 only if the sweep is empty */
    char *advice;                 /* owned: a few sentences in plain words */
} Choice;

/* What speaks for a number of topics: Σ over its topics of (stability − 0.6), which is k·(mean
 * stability − 0.6). A topic that is found again speaks for it, one that is not speaks against it:
 * the sum grows while topics come apart that are there, and falls when they are cut into pieces
 * that no other sample has. 0.6 is the Jaccard index of two lists of 20 words that share 15. */
double choice_score(const SweepValue *value);

/* Reads a sweep. Recommended first is the k with the highest score (of equal ones the smallest).
 * Also worth a look are those whose score is higher than their neighbours' on both sides, and at
 * least three quarters of the highest, best first; and the one that predicts held-out tokens best.
 */
Status choice_make(const Sweep *sweep, Choice *choice, Error *error);

void choice_free(Choice *choice);

#endif
