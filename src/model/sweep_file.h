/* A sweep as JSON: what `themata sweep --json` prints, and what `--resume` goes on from. */
#ifndef THEMATA_MODEL_SWEEP_FILE_H
#define THEMATA_MODEL_SWEEP_FILE_H

#include "base/error.h"
#include "model/choice.h"
#include "model/sweep.h"

#include <stdio.h>

/* How sweep.json begins, by which a sweep's directory is known. */
#define SWEEP_MARK       "sweep.json"
#define SWEEP_MARK_BEGIN "{\n  \"schema\": \"themata.sweep/1\""

/* Writes the sweep and what was chosen. Errors stay on the FILE. */
void sweep_write(FILE *file, const Sweep *sweep, const Choice *choice);

/* Reads the values of such a file into *sweep (all-zero before). What was recommended is not read:
 * it follows from the values. STATUS_INPUT, naming the file, when anything is not as it was
 * written. */
Status sweep_read(const char *path, Sweep *sweep, Error *error);

#endif
