/* Reading our own JSON files. */
#ifndef THEMATA_MODEL_JSON_INPUT_H
#define THEMATA_MODEL_JSON_INPUT_H

#include "base/buffer.h"
#include "base/error.h"

struct json_t; /* jansson's */

/* Reads a file's contents as JSON; NULL with *error filled, STATUS_INPUT, if they are not. The
 * library loses a byte of a long text when it gets no memory for it, and says nothing: that is
 * STATUS_FAILED here. */
struct json_t *json_input(const char *path, const Buffer *contents, Error *error);

#endif
