/* The command that makes a model again. */
#ifndef THEMATA_APP_REPEAT_H
#define THEMATA_APP_REPEAT_H

#include "base/buffer.h"
#include "base/error.h"
#include "model/model.h"

/* Appends the command line, for a shell, from the options that the model records: those that are
 * not as they are by default, with CORPUS (or MATRIX and WORDS) and MODEL for the paths, which are
 * not recorded. */
Status repeat_command(const Model *model, Buffer *line, Error *error);

#endif
