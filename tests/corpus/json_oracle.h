/* The scanner of JSON against jansson, which is slow and known to be right: whether both take an
 * object or neither does, and whether it is the same, value by value.
 *
 * They are given the same bytes but for what they are meant to differ in, so that all else must be
 * alike: an escape that is half of a surrogate pair or U+0000 is written as \ufffd for jansson,
 * which refuses the first everywhere and the second in names. What jansson refuses because a number
 * does not fit into a double, or because it stands more than 2048 deep, is not compared; from 513
 * deep on the scanner refuses it as well. A NUL is no JSON; jansson overlooks it behind a number.
 */
#ifndef THEMATA_TESTS_JSON_ORACLE_H
#define THEMATA_TESTS_JSON_ORACLE_H

#include "base/utf8.h"
#include "corpus/json_scan.h"
#include "corpus/reader.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum Agreement { BOTH_TAKE, BOTH_REFUSE, NOT_COMPARED, DISAGREE } Agreement;

/* The code unit of a \uXXXX within `left` bytes, or −1. */
static inline long oracle_unit(const char *at, size_t left)
{
    char digits[5] = "";
    if (left < 6 || at[0] != '\\' || at[1] != 'u') {
        return -1;
    }
    memcpy(digits, at + 2, 4);
    for (int i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)digits[i])) {
            return -1;
        }
    }
    return strtol(digits, NULL, 16);
}

/* Appends the bytes with such escapes made \ufffd. */
static inline void oracle_prepare(const char *bytes, size_t length, Buffer *to, Error *error)
{
    for (size_t at = 0; at < length;) {
        const long unit = oracle_unit(bytes + at, length - at);
        const long next = unit >= 0 ? oracle_unit(bytes + at + 6, length - at - 6) : -1;
        size_t size = bytes[at] == '\\' && at + 1 < length ? 2 : 1;
        if (unit >= 0xD800 && unit <= 0xDBFF && next >= 0xDC00 && next <= 0xDFFF) {
            size = 12;
        } else if (unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF)) {
            (void)buffer_append_text(to, "\\ufffd", error);
            at += 6;
            continue;
        }
        (void)buffer_append(to, bytes + at, size, error);
        at += size;
    }
}

static inline bool oracle_is_text(const JsonValue *ours, const char *bytes, size_t length)
{
    Error error;
    Buffer text = {0};
    int64_t replaced = 0;
    const bool same = ours->kind == JSON_KIND_TEXT &&
                      json_text_append(ours, &text, &replaced, &error) == STATUS_OK &&
                      text.length == length && memcmp(buffer_text(&text), bytes, length) == 0 &&
                      json_text_equals(ours, bytes, length);
    buffer_free(&text);
    return same;
}

static inline bool oracle_is_number(const JsonValue *ours, const json_t *theirs)
{
    char *text = calloc(ours->length + 1, 1);
    memcpy(text, ours->bytes, ours->length);
    const bool same = json_is_integer(theirs)
                          ? strtoll(text, NULL, 10) == (long long)json_integer_value(theirs)
                          : !(strtod(text, NULL) != json_real_value(theirs));
    free(text);
    return same && ours->kind == JSON_KIND_NUMBER;
}

static inline bool oracle_is_same(const JsonValue *ours, json_t *theirs);

/* The last of our members of a name is theirs; a name is there as often as it is. */
static inline bool oracle_is_object(const JsonValue *ours, json_t *theirs)
{
    JsonMember member;
    bool same = ours->kind == JSON_KIND_OBJECT;
    JsonCursor cursor = same ? json_cursor(ours) : (JsonCursor){0};
    while (same && json_cursor_member(&cursor, &member)) {
        Buffer name = {0};
        Error error;
        int64_t replaced = 0;
        (void)json_text_append(&member.name, &name, &replaced, &error);
        same = json_object_get(theirs, buffer_text(&name)) != NULL;
        buffer_free(&name);
    }
    const char *name;
    json_t *value;
    json_object_foreach(theirs, name, value)
    {
        JsonValue last = {.kind = JSON_KIND_NULL};
        bool found = false;
        cursor = same ? json_cursor(ours) : (JsonCursor){0};
        while (same && json_cursor_member(&cursor, &member)) {
            if (json_text_equals(&member.name, name, strlen(name))) {
                last = member.value;
                found = true;
            }
        }
        same = same && found && oracle_is_same(&last, value);
    }
    return same;
}

static inline bool oracle_is_array(const JsonValue *ours, json_t *theirs)
{
    JsonValue item;
    size_t count = 0;
    bool same = ours->kind == JSON_KIND_ARRAY;
    JsonCursor cursor = same ? json_cursor(ours) : (JsonCursor){0};
    for (; same && json_cursor_item(&cursor, &item); count++) {
        same =
            count < json_array_size(theirs) && oracle_is_same(&item, json_array_get(theirs, count));
    }
    return same && count == json_array_size(theirs);
}

static inline bool oracle_is_same(const JsonValue *ours, json_t *theirs)
{
    switch (json_typeof(theirs)) {
    case JSON_OBJECT:
        return oracle_is_object(ours, theirs);
    case JSON_ARRAY:
        return oracle_is_array(ours, theirs);
    case JSON_STRING:
        return oracle_is_text(ours, json_string_value(theirs), json_string_length(theirs));
    case JSON_INTEGER:
    case JSON_REAL:
        return oracle_is_number(ours, theirs);
    case JSON_TRUE:
        return ours->kind == JSON_KIND_BOOLEAN && ours->length == 4;
    case JSON_FALSE:
        return ours->kind == JSON_KIND_BOOLEAN && ours->length == 5;
    default:
        return ours->kind == JSON_KIND_NULL && ours->length == 4;
    }
}

/* jansson's object, or NULL; *known is false where it cannot say. Freed with json_decref. */
static json_t *oracle_load(const char *bytes, size_t length, bool *known)
{
    Error error;
    Buffer prepared = {0};
    json_error_t mistake;
    oracle_prepare(bytes, length, &prepared, &error);
    json_t *object = json_loadb(buffer_text(&prepared), prepared.length, 0, &mistake);
    if (!object && json_error_code(&mistake) == json_error_numeric_overflow) {
        object =
            json_loadb(buffer_text(&prepared), prepared.length, JSON_DECODE_INT_AS_REAL, &mistake);
    }
    *known = object || (json_error_code(&mistake) != json_error_numeric_overflow &&
                        json_error_code(&mistake) != json_error_stack_overflow);
    buffer_free(&prepared);
    if (object && !json_is_object(object)) {
        json_decref(object);
        object = NULL;
    }
    return object;
}

/* Compares what both make of the bytes, of which those that are no UTF-8 are repaired before. The
 * scanner's message is left in *error. */
static inline Agreement oracle_compare(const char *bytes, size_t length, Error *error)
{
    Buffer repaired = {0};
    JsonMembers members = {0};
    int64_t count = 0;
    if (utf8_valid_length(bytes, length) < length) {
        (void)reader_append(&repaired, bytes, length, &count, error);
        bytes = buffer_text(&repaired);
        length = repaired.length;
    }
    bool known = true;
    json_t *theirs = memchr(bytes, '\0', length) ? NULL : oracle_load(bytes, length, &known);
    const Status status =
        json_scan_object(bytes, length, (JsonPlace){.line = 1, .column = 1}, &members, error);
    Agreement agreement = theirs ? DISAGREE : known ? BOTH_REFUSE : NOT_COMPARED;
    if (theirs && !status) {
        const char *begin = memchr(bytes, '{', length), *end = bytes + length;
        while (end > begin && end[-1] != '}') {
            end--;
        }
        const JsonValue whole = {
            .bytes = begin, .length = (size_t)(end - begin), .kind = JSON_KIND_OBJECT};
        agreement = oracle_is_same(&whole, theirs) ? BOTH_TAKE : DISAGREE;
    } else if (!theirs && !status && known) {
        agreement = DISAGREE;
    }
    json_decref(theirs);
    json_members_free(&members);
    buffer_free(&repaired);
    return agreement;
}

#endif
