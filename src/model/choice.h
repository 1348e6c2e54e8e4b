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
    char *advice;                 /* owned: one or a few sentences in plain words */
} Choice;

/* Reads a sweep. */
Status choice_make(const Sweep *sweep, Choice *choice, Error *error);

void choice_free(Choice *choice);

#endif
