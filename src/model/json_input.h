/* Reading our own JSON files. */
#ifndef THEMATA_MODEL_JSON_INPUT_H
#define THEMATA_MODEL_JSON_INPUT_H

#include "base/buffer.h"
#include "base/error.h"

struct json_t; /* jansson's */

/* Reads a file's contents as JSON; NULL with *error filled, STATUS_INPUT, if they are not. To be
 * given up by the thread that has read it.
 *
 * The library, when it gets no memory for a long text, loses a byte of it, or frees what it has not
 * got. So it is never told: it is left by longjmp, and what it has made is freed here. That is
 * STATUS_FAILED. */
struct json_t *json_input(const char *path, const Buffer *contents, Error *error);

#endif
