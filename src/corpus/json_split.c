#include "corpus/json_split.h"

#include <inttypes.h>
#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* How many blanks there are at the beginning. */
static size_t count_blanks(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && is_blank(bytes[at])) {
        at++;
    }
    return at;
}

/* ---- the extent of an object ---- */

/* How far the end of an object has been looked for; `at` is the position behind it once it is
 * complete. Brackets and braces are counted alike: which is which is for step (b). */
typedef struct Extent {
    size_t at;
    int64_t depth;
    bool in_text;
    bool complete;
} Extent;

/* Passes over the text that the position is in; the escape it may be cut off in is left. */
static bool leave_text(Extent *extent, const char *bytes, size_t length)
{
    while (extent->in_text) {
        extent->at += json_scan_text(bytes + extent->at, length - extent->at);
        const size_t left = length - extent->at;
        if (left == 0 || (left == 1 && bytes[extent->at] == '\\')) {
            return false;
        }
        extent->in_text = bytes[extent->at] != '"';
        extent->at += bytes[extent->at] == '\\' ? 2 : 1;
    }
    return true;
}

/* Goes on within the bytes of the object that are there by now. */
static void find_end(Extent *extent, const char *bytes, size_t length)
{
    while (leave_text(extent, bytes, length) && extent->at < length && !extent->complete) {
        const char byte = bytes[extent->at++];
        extent->in_text = byte == '"';
        extent->depth += byte == '{' || byte == '[';
        if (byte == '}' || byte == ']') {
            extent->complete = --extent->depth == 0;
        }
    }
}

/* ---- the stream ---- */

/* Takes bytes that are ahead. */
static void take(JsonSplit *split, size_t length)
{
    size_t there;
    const char *ahead = stream_ahead(split->stream, &there);
    split->place = json_place_behind(split->place, ahead, length);
    stream_skip(split->stream, length);
}

/* What comes next but blanks, which are taken; NULL at the end. */
static Status peek(JsonSplit *split, const char **ahead, size_t *length, Error *error)
{
    for (;;) {
        Status status = stream_fill(split->stream, 1, error);
        *ahead = stream_ahead(split->stream, length);
        if (status || *length == 0) {
            *ahead = NULL;
            return status;
        }
        const size_t blanks = count_blanks(*ahead, *length);
        take(split, blanks);
        if (blanks < *length) {
            *ahead += blanks;
            *length -= blanks;
            return STATUS_OK;
        }
    }
}

static Status set_line(JsonPlace place, Error *error)
{
    const Error inner = *error;
    return error_set(error, inner.status, "line %" PRId64 ": %.700s", place.line, inner.message);
}

static Status set_wrong(const JsonSplit *split, const char *expected, Error *error)
{
    size_t length;
    const char *ahead = stream_ahead(split->stream, &length);
    return json_set_wrong(split->place, ahead, length, expected, error);
}

static Status set_ended(JsonPlace begin, const char *what, Error *error)
{
    return error_set(error, STATUS_INPUT,
                     "line %" PRId64 ", column %" PRId64 ": the file ends within the %s that "
                     "begins here",
                     begin.line, begin.column, what);
}

/* ---- objects ---- */

/* Takes the object whose brace is ahead. */
static Status take_object(JsonSplit *split, JsonRecord *record, Error *error)
{
    Extent extent = {0};
    size_t length, before = 0;
    const char *ahead = stream_ahead(split->stream, &length);
    while (find_end(&extent, ahead, length), !extent.complete && extent.at <= split->limit) {
        before = length;
        Status status = stream_fill(split->stream, length + 1, error);
        if (status) {
            return set_line(split->place, error);
        }
        ahead = stream_ahead(split->stream, &length);
        if (length == before) {
            return set_ended(split->place, "object", error);
        }
    }
    if (extent.at > split->limit) {
        return error_set(error, STATUS_INPUT,
                         "line %" PRId64 ": the object that begins here is larger than %zu bytes",
                         split->place.line, split->limit);
    }
    *record = (JsonRecord){
        .bytes = ahead, .length = extent.at, .place = split->place, .number = ++split->objects};
    take(split, extent.at);
    return STATUS_OK;
}

/* The next line that is not blank. */
static Status next_line(JsonSplit *split, JsonRecord *record, Error *error)
{
    const char *line;
    size_t length;
    do {
        Status status = stream_line(split->stream, split->limit, &line, &length, error);
        if (status) {
            return set_line(split->place, error);
        }
        *record = (JsonRecord){
            .bytes = line, .length = length, .place = split->place, .number = split->place.line};
        split->place.line++;
    } while (line && count_blanks(line, length) == length);
    split->objects += line != NULL;
    return STATUS_OK;
}

static Status next_of_sequence(JsonSplit *split, JsonRecord *record, Error *error)
{
    const char *ahead;
    size_t length;
    Status status = peek(split, &ahead, &length, error);
    if (status || !ahead) {
        return status ? set_line(split->place, error) : STATUS_OK;
    }
    return *ahead == '{' ? take_object(split, record, error)
                         : set_wrong(split, "another object, in {},", error);
}

/* ---- the elements of an array ---- */

/* Behind the array that is a member of an object: the rest of that object. It is put behind a
 * beginning of its own and is then a whole one. */
static Status end_wrapping(JsonSplit *split, Error *error)
{
    static const char begin[] = "{\"\":0";
    const size_t begin_length = sizeof begin - 1;
    Buffer rest = {0};
    JsonMembers members = {0};
    JsonPlace place = split->place;
    place.column -= (int64_t)begin_length;
    Status status = buffer_append(&rest, begin, begin_length, error);
    for (size_t length = 1; length > 0 && !status;) {
        status = stream_fill(split->stream, 1, error);
        const char *ahead = stream_ahead(split->stream, &length);
        status = status ? status : buffer_append(&rest, ahead, length, error);
        take(split, length);
        if (!status && rest.length > split->limit) {
            error_set(error, STATUS_INPUT, "more than %zu bytes behind the array", split->limit);
            status = set_line(place, error);
        }
    }
    if (!status) {
        status = json_scan_object(rest.bytes, rest.length, place, &members, error);
    }
    json_members_free(&members);
    buffer_free(&rest);
    return status;
}

/* At the bracket that closes the array. */
static Status end_array(JsonSplit *split, Error *error)
{
    const char *ahead;
    size_t length;
    take(split, 1);
    split->ended = true;
    if (split->wrapped) {
        return end_wrapping(split, error);
    }
    Status status = peek(split, &ahead, &length, error);
    if (status) {
        return set_line(split->place, error);
    }
    return ahead ? set_wrong(split, "nothing more behind the array", error) : STATUS_OK;
}

/* Within the array, whose opening bracket is taken. */
static Status next_element(JsonSplit *split, JsonRecord *record, Error *error)
{
    const char *ahead;
    size_t length;
    const bool first = split->objects == 0;
    Status status = peek(split, &ahead, &length, error);
    if (!status && ahead && *ahead == ']') {
        return end_array(split, error);
    }
    if (!status && !first) {
        if (!ahead || *ahead != ',') {
            return set_wrong(split, ", or ]", error);
        }
        take(split, 1);
        status = peek(split, &ahead, &length, error);
    }
    if (status) {
        return set_line(split->place, error);
    }
    if (ahead && *ahead == '{') {
        return take_object(split, record, error);
    }
    return set_wrong(split, first ? "an object, in {}, or ]" : "an object, in {},", error);
}

Status json_split_next(JsonSplit *split, JsonRecord *record, Error *error)
{
    *record = (JsonRecord){0};
    if (split->ended) {
        return STATUS_OK;
    }
    switch (split->layout) {
    case JSON_LINES:
        return next_line(split, record, error);
    case JSON_SEQUENCE:
        return next_of_sequence(split, record, error);
    case JSON_ELEMENTS:
        break;
    }
    return next_element(split, record, error);
}

/* ---- the layout ---- */

/* Whether the first object is a line by itself. */
static bool is_line(const char *bytes, size_t length, size_t end)
{
    const char *newline = memchr(bytes + end, '\n', length - end);
    const size_t line = newline ? (size_t)(newline - bytes) : length;
    return !memchr(bytes, '\n', end) && end + count_blanks(bytes + end, line - end) == line;
}

/* `bytes` begin with what is no blank. */
static JsonLayout find_layout(const char *bytes, size_t length)
{
    Extent extent = {0};
    if (length && *bytes == '[') {
        return JSON_ELEMENTS;
    }
    if (length && *bytes == '{') {
        find_end(&extent, bytes, length);
        return extent.complete && is_line(bytes, length, extent.at) ? JSON_LINES : JSON_SEQUENCE;
    }
    return JSON_LINES;
}

Status json_split_open(JsonSplit *split, bool named_lines, const char *within, Error *error)
{
    size_t length;
    split->place = (JsonPlace){.line = 1, .column = 1};
    Status status = stream_fill(split->stream, READER_SAMPLE_BYTES, error);
    const char *bytes = stream_ahead(split->stream, &length);
    if (status) {
        return status;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        stream_skip(split->stream, 3);
        bytes += 3;
        length -= 3;
    }
    const size_t blanks = count_blanks(bytes, length);
    const size_t behind =
        within ? json_scan_find_array(bytes + blanks, length - blanks, within) : 0;
    split->wrapped = behind > 0;
    split->layout = split->wrapped ? JSON_ELEMENTS
                    : named_lines  ? JSON_LINES
                                   : find_layout(bytes + blanks, length - blanks);
    if (split->layout == JSON_ELEMENTS) {
        take(split, blanks + (split->wrapped ? behind : 1));
    }
    return STATUS_OK;
}
