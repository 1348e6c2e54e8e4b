#include "corpus/json_split.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The next byte that is no blank, not taken; 0 at the end. */
static Status peek(JsonSplit *split, char *byte, Error *error)
{
    *byte = '\0';
    for (;;) {
        size_t length, at = 0;
        Status status = stream_fill(split->stream, 1, error);
        const char *ahead = stream_ahead(split->stream, &length);
        if (status || length == 0) {
            return status;
        }
        while (at < length && is_blank(ahead[at])) {
            split->line += ahead[at++] == '\n';
        }
        stream_skip(split->stream, at);
        if (at < length) {
            *byte = ahead[at];
            return STATUS_OK;
        }
    }
}

static bool has_more(const JsonSplit *split)
{
    size_t length;
    (void)stream_ahead(split->stream, &length);
    return length > 0;
}

/* Takes the byte that was peeked at. */
static void take(JsonSplit *split)
{
    stream_skip(split->stream, 1);
}

static Status set_wrong(JsonSplit *split, const char *what, Error *error)
{
    split->value_line = split->line + 1;
    return error_set(error, STATUS_INPUT, "%s", what);
}

/* ---- a value ---- */

/* Where the scanner is within a value. */
typedef struct Scan {
    int64_t depth;
    bool in_text;
    bool escaped;
    bool complete;
} Scan;

/* Looks at one byte; false if it stands behind the value and is not part of it. */
static bool scan_byte(Scan *scan, char byte, bool is_array)
{
    if (scan->in_text) {
        scan->in_text = byte != '"' || scan->escaped;
        scan->escaped = byte == '\\' && !scan->escaped;
        return true;
    }
    if (scan->depth == 0 && is_array && (byte == ',' || byte == ']')) {
        scan->complete = true;
        return false;
    }
    scan->in_text = byte == '"';
    scan->depth += byte == '{' || byte == '[';
    if (byte == '}' || byte == ']') {
        scan->depth--;
        scan->complete = !is_array && scan->depth <= 0;
    }
    return true;
}

static Status take_value(JsonSplit *split, Error *error)
{
    Scan scan = {0};
    buffer_clear(&split->value);
    split->value_line = split->line + 1;
    while (!scan.complete) {
        size_t length, at = 0;
        Status status = stream_fill(split->stream, 1, error);
        const char *ahead = stream_ahead(split->stream, &length);
        if (status) {
            return status;
        }
        if (length == 0) {
            return error_set(error, STATUS_INPUT,
                             "the file ends within the value that begins here");
        }
        while (at < length && !scan.complete) {
            const bool is_part = scan_byte(&scan, ahead[at], split->is_array);
            split->line += is_part && ahead[at] == '\n';
            at += is_part;
        }
        status = buffer_append(&split->value, ahead, at, error);
        stream_skip(split->stream, at);
        if (status) {
            return status;
        }
        if (split->value.length > split->limit) {
            return error_set(error, STATUS_INPUT,
                             "the value that begins here is larger than %zu bytes", split->limit);
        }
    }
    return STATUS_OK;
}

/* ---- between values ---- */

static Status end_array(JsonSplit *split, Error *error)
{
    char byte;
    take(split);
    split->ended = true;
    Status status = peek(split, &byte, error);
    return !status && has_more(split) ? set_wrong(split, "something stands behind the array", error)
                                      : status;
}

/* Goes to the next value of the array, if there is one. */
static Status next_of_array(JsonSplit *split, bool *found, Error *error)
{
    char byte;
    Status status = peek(split, &byte, error);
    const bool first = !split->begun;
    split->begun = true;
    if (!status && first) { /* the array's own bracket */
        take(split);
        status = peek(split, &byte, error);
    }
    if (status) {
        return status;
    }
    if (byte == ']') {
        return end_array(split, error);
    }
    if (!first) {
        if (byte != ',') { /* a value ends at a comma or bracket only */
            return set_wrong(split, "the file ends within the array", error);
        }
        take(split);
        status = peek(split, &byte, error);
        if (!status && (byte == ']' || byte == ',')) {
            return set_wrong(split, "a value is missing in the array", error);
        }
    }
    *found = !status;
    return status;
}

Status json_split_next(JsonSplit *split, bool *found, Error *error)
{
    *found = false;
    if (split->ended) {
        return STATUS_OK;
    }
    Status status;
    if (split->is_array) {
        status = next_of_array(split, found, error);
    } else {
        char byte;
        status = peek(split, &byte, error);
        *found = !status && has_more(split);
        if (*found && byte != '{' && byte != '[') {
            status = set_wrong(split, "is not JSON (an object was expected)", error);
        }
    }
    *found = *found && !status;
    return *found ? take_value(split, error) : status;
}

void json_split_free(JsonSplit *split)
{
    buffer_free(&split->value);
    *split = (JsonSplit){0};
}
