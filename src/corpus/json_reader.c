/* The objects of a JSON file as documents: one a line (JSON Lines), those of an array, or one
 * behind the other. */
#include "corpus/reader.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "corpus/json_split.h"
#include "corpus/names.h"
#include "corpus/notes.h"
#include "corpus/recognise.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct JsonReader {
    Reader reader;
    ReaderInput input;
    bool by_lines;
    JsonSplit split; /* where it is not by lines */
    int64_t lines;   /* so far, where it is */
    NameList texts;  /* the fields of the text; one that is usual, once it is found */
    const char *id;  /* the id's field, or NULL as long as it is not known */
    const char *usual_text;
    NameList seen;   /* the fields of the first object */
    int64_t objects; /* so far */
    bool any_text;   /* an object had a text */
    Buffer repaired; /* the bytes of an object as UTF-8, if they were not */
} JsonReader;

/* ---- fields ---- */

/* The member `name`, or if there is none and the name is `a.b`, the member b of the member a. */
static json_t *find_field(json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);
    for (const char *dot = strchr(name, '.'); dot && !value; dot = strchr(dot + 1, '.')) {
        char first[256];
        const size_t length = (size_t)(dot - name);
        if (length < sizeof first) {
            memcpy(first, name, length);
            first[length] = '\0';
            json_t *inner = json_object_get(object, first);
            value = json_is_object(inner) ? find_field(inner, dot + 1) : NULL;
        }
    }
    return value;
}

static json_t *find_usual(json_t *object, const char *const *names, const char **found)
{
    for (; *names; names++) {
        json_t *value = json_object_get(object, *names);
        if (value && !json_is_null(value)) {
            *found = *names;
            return value;
        }
    }
    return NULL;
}

static const char *type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array of other things than texts";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    default:
        return "something else";
    }
}

static Status append_string(Buffer *to, const json_t *value, Error *error)
{
    int64_t ignored = 0; /* jansson's texts are UTF-8 */
    return reader_append(to, json_string_value(value), json_string_length(value), &ignored, error);
}

/* Appends a text, or the texts of an array line by line; *fits is false if it is neither. */
static Status append_text(Buffer *to, const json_t *value, bool *fits, Error *error)
{
    *fits = true;
    Status status = to->length ? buffer_append_byte(to, '\n', error) : STATUS_OK;
    if (status || json_is_string(value)) {
        return status ? status : append_string(to, value, error);
    }
    *fits = json_is_array(value);
    for (size_t i = 0; *fits && i < json_array_size(value) && !status; i++) {
        const json_t *item = json_array_get(value, i);
        *fits = json_is_string(item);
        status = i && *fits ? buffer_append_byte(to, '\n', error) : STATUS_OK;
        status = !status && *fits ? append_string(to, item, error) : status;
    }
    return status;
}

/* Appends a text or a number; nothing for anything else. */
static Status append_name(Buffer *to, const json_t *value, Error *error)
{
    char number[NUMBER_TEXT_SIZE];
    if (json_is_string(value)) {
        return append_string(to, value, error);
    }
    if (json_is_integer(value)) {
        return buffer_print(to, error, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    }
    if (json_is_real(value)) {
        number_format(json_real_value(value), number);
        return buffer_append_text(to, number, error);
    }
    return STATUS_OK;
}

/* ---- one object ---- */

/* Appends the text; *reason says why there can be none. An object without the field is an empty
 * document. */
static Status append_texts(JsonReader *json, json_t *object, Buffer *text, char reason[160],
                           Error *error)
{
    const bool usual = !json->input.options->text_field;
    if (usual && !json->usual_text) {
        find_usual(object, names_of_text, &json->usual_text);
    }
    Status status = buffer_reserve(text, 0, error);
    const size_t count = usual ? json->usual_text != NULL : json->texts.count;
    for (size_t i = 0; i < count && !status; i++) {
        const char *name = usual ? json->usual_text : json->texts.items[i];
        const json_t *value = find_field(object, name);
        json->any_text = json->any_text || value;
        if (!value || json_is_null(value)) {
            continue;
        }
        bool fits;
        status = append_text(text, value, &fits, error);
        if (!fits) {
            snprintf(reason, 160,
                     "the field '%.60s' is %s (a text or an array of texts was expected)", name,
                     type_name(value));
        }
    }
    return status;
}

static Status append_id(JsonReader *json, json_t *object, Buffer *id, Error *error)
{
    const char *asked = json->input.options->id_field;
    if (asked && strcmp(asked, "none") == 0) {
        return STATUS_OK;
    }
    if (!asked && !json->id) {
        find_usual(object, names_of_id, &json->id);
    }
    const char *name = asked ? asked : json->id;
    return name ? append_name(id, find_field(object, name), error) : STATUS_OK;
}

static json_t *find_date(const JsonReader *json, json_t *object)
{
    const char *asked = json->input.options->date_field, *ignored;
    return !asked                       ? find_usual(object, names_of_date, &ignored)
           : strcmp(asked, "none") == 0 ? NULL
                                        : find_field(object, asked);
}

static Status fill_document(JsonReader *json, json_t *object, Document *document, char reason[160],
                            Error *error)
{
    const char *ignored;
    Status status = append_texts(json, object, &document->text, reason, error);
    if (!status) {
        status = append_id(json, object, &document->id, error);
    }
    if (!status && document->id.length == 0) {
        status = reader_number(&json->input, json->by_lines ? json->lines : json->objects, document,
                               error);
    }
    if (!status) {
        status = append_name(&document->title, find_usual(object, names_of_title, &ignored), error);
    }
    if (!status && document->title.length == 0) {
        status = reader_find_title(&document->text, &document->title, error);
    }
    if (!status) {
        status = append_name(&document->date, find_date(json, object), error);
    }
    return status;
}

/* ---- parsing ---- */

/* Parses one value; NULL with *error filled, its line counted from that of the file. */
static json_t *parse(JsonReader *json, const char *bytes, size_t length, int64_t line, Error *error)
{
    const ReaderInput *input = &json->input;
    if (utf8_valid_length(bytes, length) < length) {
        int64_t repaired = 0;
        buffer_clear(&json->repaired);
        if (reader_append(&json->repaired, bytes, length, &repaired, error) ||
            notes_add_repair(input->notes, input->name, line, repaired, error)) {
            return NULL;
        }
        bytes = buffer_text(&json->repaired);
        length = json->repaired.length;
    }
    json_error_t mistake;
    json_t *value = json_loadb(bytes, length, JSON_ALLOW_NUL, &mistake);
    if (!value && json_error_code(&mistake) == json_error_numeric_overflow) {
        value = json_loadb(bytes, length, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &mistake);
    }
    if (!value) {
        error_set(error, STATUS_INPUT, "%s: line %" PRId64 ": is not JSON (%s)", input->path,
                  line + (mistake.line > 0 ? mistake.line - 1 : 0), mistake.text);
    } else if (!json_is_object(value)) {
        error_set(error, STATUS_INPUT,
                  "%s: line %" PRId64 ": is JSON, but no object ({…} was expected)", input->path,
                  line);
        json_decref(value);
        value = NULL;
    }
    return value;
}

static Status remember_fields(JsonReader *json, json_t *object, Error *error)
{
    const char *name;
    json_t *value;
    Status status = STATUS_OK;
    json_object_foreach(object, name, value)
    {
        status = status ? status : name_list_add(&json->seen, name, error);
        const char *inner;
        json_t *ignored;
        json_object_foreach(value, inner, ignored)
        {
            Buffer both = {0};
            status = status ? status : buffer_print(&both, error, "%s.%s", name, inner);
            status = status ? status : name_list_add(&json->seen, both.bytes, error);
            buffer_free(&both);
        }
    }
    return status;
}

/* The next line that is not blank; *bytes is NULL behind the last. */
static Status next_line(JsonReader *json, const char **bytes, size_t *length, Error *error)
{
    const ReaderInput *input = &json->input;
    size_t blanks;
    do {
        Status status =
            stream_line(input->stream, input->options->limits.document_bytes, bytes, length, error);
        json->reader.line = ++json->lines;
        if (status) {
            return reader_set_subject(input, json->lines, error);
        }
        for (blanks = 0; blanks < *length && strchr(" \t\r", (*bytes)[blanks]);) {
            blanks += (*bytes)[blanks] ? 1 : *length;
        }
    } while (*bytes && blanks == *length);
    return STATUS_OK;
}

/* The next value of an array or a sequence, likewise. */
static Status next_value(JsonReader *json, const char **bytes, size_t *length, Error *error)
{
    bool found;
    Status status = json_split_next(&json->split, &found, error);
    *bytes = found ? buffer_text(&json->split.value) : NULL;
    *length = json->split.value.length;
    json->reader.line = json->split.value_line;
    return status ? reader_set_subject(&json->input, json->split.value_line, error) : STATUS_OK;
}

/* The next object, parsed, NULL behind the last. */
static Status next_object(JsonReader *json, json_t **object, Error *error)
{
    const char *bytes;
    size_t length;
    *object = NULL;
    Status status = json->by_lines ? next_line(json, &bytes, &length, error)
                                   : next_value(json, &bytes, &length, error);
    if (status || !bytes) {
        return status;
    }
    json->objects++;
    *object = parse(json, bytes, length, json->reader.line, error);
    return *object ? STATUS_OK : error_status(error);
}

/* All is read: was there a text at all? */
static Status check_text(JsonReader *json, Error *error)
{
    if (json->any_text || json->objects == 0 || !json->input.single) {
        return STATUS_OK;
    }
    return name_list_set_missing(&json->seen, json->input.path, "field",
                                 json->input.options->text_field, "--text-field", error);
}

static Status next_document(Reader *reader, Document *document, bool *found, Error *error)
{
    JsonReader *json = (JsonReader *)reader;
    *found = false;
    for (;;) {
        json_t *object;
        Status status = next_object(json, &object, error);
        if (status || !object) {
            return status ? status : check_text(json, error);
        }
        char reason[160] = "";
        status = json->objects == 1 ? remember_fields(json, object, error) : STATUS_OK;
        if (!status) {
            status = fill_document(json, object, document, reason, error);
        }
        json_decref(object);
        *found = !status && !reason[0];
        if (!status && reason[0]) {
            document_clear(document);
            status = notes_add(json->input.notes, CORPUS_SKIPPED, json->input.name, reader->line,
                               reason, error);
        }
        if (status || *found) {
            return status;
        }
    }
}

static void free_json(Reader *reader)
{
    JsonReader *json = (JsonReader *)reader;
    json_split_free(&json->split);
    name_list_free(&json->texts);
    name_list_free(&json->seen);
    buffer_free(&json->repaired);
    free(json);
}

/* ---- opening ---- */

/* Whether the first line is an object by itself, as in JSON Lines. */
static bool line_is_object(const char *bytes, size_t length)
{
    int64_t depth = 0;
    bool in_text = false, escaped = false;
    for (size_t i = 0; i < length && bytes[i] != '\n'; i++) {
        if (in_text) {
            in_text = bytes[i] != '"' || escaped;
            escaped = bytes[i] == '\\' && !escaped;
        } else {
            in_text = bytes[i] == '"';
            depth += bytes[i] == '{' || bytes[i] == '[';
            depth -= bytes[i] == '}' || bytes[i] == ']';
        }
    }
    return depth == 0;
}

/* Finds out which of the three kinds it is. */
static Status open_json(JsonReader *json, Error *error)
{
    const ReaderInput *input = &json->input;
    size_t length;
    Status status = stream_fill(input->stream, READER_SAMPLE_BYTES, error);
    const char *bytes = stream_ahead(input->stream, &length);
    if (status) {
        return reader_set_subject(input, 0, error);
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        stream_skip(input->stream, 3);
        bytes += 3;
        length -= 3;
    }
    size_t at = 0;
    while (at < length && strchr(" \t\r\n", bytes[at]) && bytes[at]) {
        at++;
    }
    json->split.stream = input->stream;
    json->split.limit = input->options->limits.document_bytes;
    json->split.is_array = at < length && bytes[at] == '[';
    json->by_lines = name_is_of_json_lines(input->name) ||
                     (!json->split.is_array && line_is_object(bytes + at, length - at));
    return input->options->text_field
               ? name_list_split(&json->texts, input->options->text_field, error)
               : STATUS_OK;
}

Reader *json_reader_new(const ReaderInput *input, Error *error)
{
    JsonReader *json = memory_new(1, sizeof *json, error);
    if (!json) {
        return NULL;
    }
    json->reader = (Reader){
        .next = next_document,
        .free = free_json,
        .expectation = "every object is a document",
    };
    json->input = *input;
    const char *id = input->options->id_field;
    json->reader.id_option = id && strcmp(id, "none") == 0 ? NULL : "--id-field";
    if (open_json(json, error)) {
        free_json(&json->reader);
        return NULL;
    }
    return &json->reader;
}
