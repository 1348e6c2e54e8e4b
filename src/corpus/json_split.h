/* Where one JSON value ends and the next begins, so that of a large array no more than one value
 * need be held. What a value is made of is left to the parser. */
#ifndef THEMATA_CORPUS_JSON_SPLIT_H
#define THEMATA_CORPUS_JSON_SPLIT_H

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stdint.h>

/* Start all-zero but for the first three. */
typedef struct JsonSplit {
    Stream *stream; /* borrowed */
    bool is_array;  /* the values are those of one array; else they stand one behind the other */
    size_t limit;   /* bytes of one value */
    int64_t line;   /* lines taken so far; the value's own first line is value_line */
    int64_t value_line;
    bool begun;
    bool ended;
    Buffer value; /* owned */
} JsonSplit;

/* Takes the next value, which stands in split->value; *found is false behind the last.
 * STATUS_INPUT, without a subject but with the line in split->value_line, when the file ends within
 * a value or array, when something stands where none may, and for a value beyond the limit. */
Status json_split_next(JsonSplit *split, bool *found, Error *error);

void json_split_free(JsonSplit *split);

#endif
