/* Taking values out of model.json, for the loader alone. On any mistake each of these notes it in
 * the lookup, once, and returns something harmless, so that the loader asks at the end. */
#ifndef THEMATA_MODEL_TAKE_H
#define THEMATA_MODEL_TAKE_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Lookup {
    const char *path; /* borrowed: the file's, for messages */
    Status status;    /* of the first mistake */
    Error *error;
} Lookup;

/* Notes that the value `name` is not what was expected. */
void take_wrong(Lookup *lookup, const char *name, const char *expected);

const json_t *take_object(Lookup *lookup, const json_t *object, const char *name);
int64_t take_whole(Lookup *lookup, const json_t *object, const char *name, int64_t least,
                   int64_t most);
bool take_boolean(Lookup *lookup, const json_t *object, const char *name);

/* `value` itself as a number that is finite and not negative, or within bounds. */
double take_number(Lookup *lookup, const json_t *value, const char *name);
double take_within(Lookup *lookup, const json_t *value, const char *name, double least,
                   double most);

/* A number of tokens, or a sum of a matrix's values. */
double take_sum(Lookup *lookup, const json_t *object, const char *name);

/* A copy of the text, or NULL (with `optional`, also for null). */
char *take_text(Lookup *lookup, const json_t *object, const char *name, bool optional);

/* The position of the text among `names`, which end with NULL. */
int take_choice(Lookup *lookup, const json_t *object, const char *name, const char *const *names);

/* A copy of an array of numbers, which must have `count` of them, or any number if that is −1. */
double *take_numbers(Lookup *lookup, const json_t *object, const char *name, int *count);

#endif
