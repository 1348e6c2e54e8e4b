/* Time spent, for run.json and progress; no result depends on it. */
#ifndef THEMATA_BASE_CLOCK_H
#define THEMATA_BASE_CLOCK_H

#include <stdint.h>

typedef struct Moment {
    double wall_s; /* since some fixed point; only differences mean something */
    double cpu_s;  /* of all threads of the process, since it began */
} Moment;

Moment clock_now(void);

/* later − earlier. */
Moment clock_between(Moment earlier, Moment later);

/* Largest resident memory of the process so far, in bytes. */
int64_t clock_peak_memory(void);

#endif
