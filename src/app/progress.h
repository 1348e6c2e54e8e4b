/* What is said of the solver while it works: on a terminal one line that is overwritten, otherwise
 * a line every ten seconds. */
#ifndef THEMATA_APP_PROGRESS_H
#define THEMATA_APP_PROGRESS_H

#include "nmf/nmf.h"

enum { PROGRESS_WINDOW = 10 }; /* passes over which a change is averaged */

/* Start all-zero but for the options; anew for every run of a solver. */
typedef struct Progress {
    double tolerance;
    int passes_max;
    double said_s;                              /* when a line was printed last */
    double objectives[2 * PROGRESS_WINDOW + 1]; /* the last ones, a ring */
} Progress;

/* Seconds that are left, about: the change of the last ten passes against that of the ten before
 * tells how fast it falls, and so when it will be under the tolerance. *bound is set, and the
 * seconds are those of all passes allowed, where there are too few passes or no such fall. */
double progress_seconds_left(const Progress *progress, int pass, double wall_s, bool *bound);

/* Notes a pass and says what is to be said. */
void progress_pass(Progress *progress, int pass, const NmfPass *facts);

/* Says how many of several starts have ended, and the lowest D so far. */
void progress_starts(Progress *progress, int ended, int starts, double lowest, double wall_s);

#endif
