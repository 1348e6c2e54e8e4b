/* Writing JSON as it comes, without holding it in memory: strings escaped, numbers in the shortest
 * form that reads back the same (which jansson, the reader, does not offer). Errors stay on the
 * FILE and are reported by file_close. */
#ifndef THEMATA_BASE_JSON_WRITER_H
#define THEMATA_BASE_JSON_WRITER_H

#include "base/base64.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { JSON_DEPTH_MAX = 32 };

/* Start with all zero but the first two. */
typedef struct JsonWriter {
    FILE *file;    /* borrowed */
    bool embedded; /* in a script element of HTML: without white space, and with `<`, U+2028 and
                      U+2029 escaped */
    int depth;
    bool filled[JSON_DEPTH_MAX]; /* whether something stands in the object or array of this depth */
    Base64 base64;               /* of the text that is being written */
} JsonWriter;

/* The name of the next value, in an object. */
void json_key(JsonWriter *json, const char *name);

void json_open_object(JsonWriter *json);
void json_close_object(JsonWriter *json);
void json_open_array(JsonWriter *json);
void json_close_array(JsonWriter *json);

/* Values. Texts are valid UTF-8; numbers are finite. */
void json_text(JsonWriter *json, const char *text);
void json_whole(JsonWriter *json, int64_t value);
void json_number(JsonWriter *json, double value);
void json_number_float(JsonWriter *json, float value);
void json_boolean(JsonWriter *json, bool value);
void json_nothing(JsonWriter *json); /* null */

/* Bytes as a text of base64, in any number of portions. */
void json_begin_base64(JsonWriter *json);
void json_more_base64(JsonWriter *json, const void *bytes, size_t length);
void json_end_base64(JsonWriter *json);

/* The name and the value of a member of an object. */
void json_key_text(JsonWriter *json, const char *name, const char *text);
void json_key_whole(JsonWriter *json, const char *name, int64_t value);
void json_key_number(JsonWriter *json, const char *name, double value);

/* Ends the document with a new line. */
void json_end(JsonWriter *json);

#endif
