/* JSON by RFC 8259, validated and cut into slices where it stands: nothing is copied or allocated
 * but the list of an object's members, which keeps its room. Texts are unescaped by whoever wants
 * them. Every function is pure but for what it is given, so threads may share none of it.
 *
 * The bytes are UTF-8 already (corpus/encoding.h repairs what is not). Beyond the standard's
 * grammar: objects and arrays stand at most JSON_SCAN_DEPTH_MAX deep, a name may stand twice in an
 * object, and numbers are not computed, so none is too large. */
#ifndef THEMATA_CORPUS_JSON_SCAN_H
#define THEMATA_CORPUS_JSON_SCAN_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_SCAN_DEPTH_MAX = 512 };

typedef enum JsonKind {
    JSON_KIND_NULL,
    JSON_KIND_BOOLEAN,
    JSON_KIND_NUMBER,
    JSON_KIND_TEXT,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT,
} JsonKind;

/* A value where it stands. */
typedef struct JsonValue {
    const char *bytes; /* borrowed; of a text what is between its quotes */
    size_t length;
    JsonKind kind;
    bool escaped; /* a text with a backslash in it */
} JsonValue;

typedef struct JsonMember {
    JsonValue name; /* a text */
    JsonValue value;
} JsonMember;

/* The members of an object in their order. Start all-zero; the room is kept from one object to the
 * next. */
typedef struct JsonMembers {
    JsonMember *items; /* owned */
    size_t count;
    size_t capacity;
} JsonMembers;

void json_members_free(JsonMembers *members);

/* ---- validating ---- */

/* Where a value stands in its file, both from 1; a column is a character. */
typedef struct JsonPlace {
    int64_t line;
    int64_t column;
} JsonPlace;

/* Validates all of an object, with blanks around it and nothing else, and lists its members.
 * STATUS_INPUT, `line L, column C: is read as JSON, but X stands here (Y was expected)`, for
 * anything else. O(length), above 1 GB/s on long texts. */
Status json_scan_object(const char *bytes, size_t length, JsonPlace place, JsonMembers *members,
                        Error *error);

/* The place behind `bytes`, which begin at `place`. */
JsonPlace json_place_behind(JsonPlace place, const char *bytes, size_t length);

/* Fills *error for what stands at `bytes`, or for the end if `length` is 0. */
Status json_set_wrong(JsonPlace place, const char *bytes, size_t length, const char *expected,
                      Error *error);

/* The first `"`, `\` or control character within `length` bytes; `length` if there is none. */
size_t json_scan_text(const char *bytes, size_t length);

/* Where in an object, which may be cut off behind it, the array of objects of the member `name`
 * begins: the position behind its bracket, or 0 if there is none before the first mistake. */
size_t json_scan_find_array(const char *bytes, size_t length, const char *name);

/* ---- slices of what was validated ---- */

/* Whether a text is the `length` bytes at `other`, unescaped. */
bool json_text_equals(const JsonValue *text, const char *other, size_t length);

/* Appends a text, unescaped. What is no character, one half of a surrogate pair, becomes U+FFFD and
 * is counted in *replaced, and so becomes U+0000, which is not counted. */
Status json_text_append(const JsonValue *text, Buffer *to, int64_t *replaced, Error *error);

/* Goes through an array or an object. */
typedef struct JsonCursor {
    const char *at;
    const char *end;
} JsonCursor;

JsonCursor json_cursor(const JsonValue *value);

/* The next item of an array; false behind the last. */
bool json_cursor_item(JsonCursor *cursor, JsonValue *item);

/* The next member of an object; false behind the last. */
bool json_cursor_member(JsonCursor *cursor, JsonMember *member);

#endif
