/* The quality of topics in model.json; for saving and loading a model only. */
#ifndef THEMATA_MODEL_QUALITY_STORE_H
#define THEMATA_MODEL_QUALITY_STORE_H

#include "base/json_writer.h"
#include "model/quality.h"

typedef struct Lookup Lookup; /* model/take.h */
struct json_t;                /* jansson's */

/* Writes "quality": { … }, or nothing if nothing was measured. */
void quality_write(JsonWriter *json, const Quality *quality, int k);

/* Reads it back: every measure that there must be, of each of the `k` topics, within its bounds. A
 * model without any is older than they are. */
void quality_take(Lookup *lookup, const struct json_t *root, int k, Quality *quality);

#endif
