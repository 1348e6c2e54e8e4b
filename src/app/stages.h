/* Where the time goes: the stages of a run, which together are the whole process. */
#ifndef THEMATA_APP_STAGES_H
#define THEMATA_APP_STAGES_H

#include "base/clock.h"

typedef enum Stage {
    STAGE_CORPUS,
    STAGE_TEXT,
    STAGE_WEIGHT,
    STAGE_START,
    STAGE_NMF,
    STAGE_MODEL,
    STAGE_STABILITY,
    STAGE_REPORT,
    STAGE_COUNT,
} Stage;

/* The stages' names, indexed by Stage. */
extern const char *const stage_names[STAGE_COUNT];

typedef struct StageClock {
    Stage stage; /* the one that runs */
    Moment since;
    Moment spent[STAGE_COUNT];
    int64_t peak_bytes[STAGE_COUNT]; /* largest memory of the process up to the stage's last end; 0:
                                        the stage did not run */
} StageClock;

/* Starts with STAGE_CORPUS; the processor time since the process began is part of it. */
StageClock stages_begin(void);

/* Ends the running stage and goes on with `stage`, which may have run before. */
void stages_enter(StageClock *clock, Stage stage);

#endif
