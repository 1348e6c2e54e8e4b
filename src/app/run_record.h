/* run.json: how a run went, and the only file of a result that holds a time, a thread count, a
 * memory figure, a library's version, or a path of corpus or output. */
#ifndef THEMATA_APP_RUN_RECORD_H
#define THEMATA_APP_RUN_RECORD_H

#include "app/stages.h"
#include "base/error.h"
#include "nmf/nmf.h"

typedef struct RunRecord {
    int argc;
    const char *const *argv; /* the whole command line */
    const char *corpus;      /* NULL: none was read */
    const char *output;
    int threads;
    StageClock *stages;
    const NmfPass *passes; /* NULL: no solver ran */
    int pass_count;
} RunRecord;

/* Writes `path`, ending the running stage: write it last. */
Status run_record_write(const RunRecord *record, const char *path, Error *error);

#endif
