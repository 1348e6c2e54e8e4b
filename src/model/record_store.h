/* The part of model.json that is there for the record: nothing depends on it but what is told of
 * how the model was made. For the loader alone. */
#ifndef THEMATA_MODEL_RECORD_STORE_H
#define THEMATA_MODEL_RECORD_STORE_H

#include "model/model.h"
#include "model/take.h"

/* Takes the options, why a sweep recommended the number of topics, and how much of the topics is
 * the same in solutions that are as good, as far as they are there. The model's k is set. */
void record_take(Lookup *lookup, const json_t *root, Model *model);

/* Takes the anchor words of the topics, an array of the model.json in `directory`, if it is one.
 * The model has its vocabulary. STATUS_INPUT if they are not words of it. */
Status record_take_anchors(const json_t *array, const char *directory, Model *model, Error *error);

#endif
