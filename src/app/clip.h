/* The range that predictions are kept in, as an option says it. */
#ifndef THEMATA_APP_CLIP_H
#define THEMATA_APP_CLIP_H

#include "base/error.h"
#include "model/prediction.h"

/* Reads LOW:HIGH; text NULL: that of the model's values. STATUS_USAGE, naming --clip, for anything
 * else. */
Status clip_range(const char *text, const Model *model, Range *range, Error *error);

/* Only whether it can be read, before any long work. */
Status clip_check(const char *text, Error *error);

#endif
