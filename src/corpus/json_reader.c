/* The objects of a JSON file as documents: the two steps of corpus/json_record.h, one after the
 * other. */
#include "corpus/reader.h"

#include "base/memory.h"
#include "corpus/json_record.h"
#include "corpus/json_split.h"
#include "corpus/recognise.h"

#include <stdlib.h>
#include <string.h>

typedef struct JsonReader {
    Reader reader;
    ReaderInput input;
    char *within; /* the array that is asked for, `within[].a`; NULL: none */
    JsonSplit split;
    JsonFields fields;
    JsonScratch scratch;
    const char *usual_text; /* once an object had it */
    NameList seen;          /* the fields of the first object */
    bool any_text;          /* an object had a text */
} JsonReader;

/* All is read: was there a text at all? */
static Status check_text(JsonReader *json, Error *error)
{
    if (json->any_text || json->split.objects == 0 || !json->input.single) {
        return STATUS_OK;
    }
    return name_list_set_missing(&json->seen, json->input.path, "field",
                                 json->input.options->text_field, "--text-field", error);
}

static Status remember_fields(JsonReader *json, const JsonRecord *record, Error *error)
{
    Buffer before = {0};
    Status status =
        json->split.wrapped ? buffer_print(&before, error, "%s[].", json->within) : STATUS_OK;
    if (!status) {
        status =
            json_record_names(&json->scratch, record, buffer_text(&before), &json->seen, error);
    }
    buffer_free(&before);
    return status;
}

/* Step (a). */
static Status take_record(JsonReader *json, JsonRecord *record, Error *error)
{
    Status status = json_split_next(&json->split, record, error);
    if (status) {
        return reader_set_subject(&json->input, 0, error);
    }
    json->reader.line = record->place.line;
    if (record->bytes && json->split.objects == 1) {
        status = remember_fields(json, record, error);
    }
    if (record->bytes && !status) {
        status =
            json_record_settle(&json->fields, &json->scratch, &json->usual_text, record, error);
    }
    return status;
}

static Status next_document(Reader *reader, Document *document, bool *found, Error *error)
{
    JsonReader *json = (JsonReader *)reader;
    JsonRecord record;
    JsonOutcome outcome;
    *found = false;
    while (!*found) {
        Status status = take_record(json, &record, error);
        if (status || !record.bytes) {
            return status ? status : check_text(json, error);
        }
        document_clear(document);
        status =
            json_record_parse(&json->fields, &json->scratch, &record, document, &outcome, error);
        if (!status) {
            status = json_record_note(&json->input, &outcome, error);
        }
        if (status) {
            return status;
        }
        json->any_text = json->any_text || outcome.has_text;
        *found = !outcome.skipped[0];
    }
    return STATUS_OK;
}

static void free_json(Reader *reader)
{
    JsonReader *json = (JsonReader *)reader;
    json_fields_free(&json->fields);
    json_scratch_free(&json->scratch);
    name_list_free(&json->seen);
    free(json->within);
    free(json);
}

/* What stands before the first `[].` of the fields that are asked for, if it is the same in all. */
static Status find_within(JsonReader *json, Error *error)
{
    const char *asked = json->input.options->text_field;
    const char *bracket = asked ? strstr(asked, "[].") : NULL;
    const size_t length = bracket ? (size_t)(bracket - asked) + 3 : 0;
    for (const char *at = bracket ? asked : NULL; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, asked, length) != 0) {
            return STATUS_OK;
        }
    }
    json->within = bracket ? memory_copy_text(asked, length - 3, error) : NULL;
    return !bracket || json->within ? STATUS_OK : error_status(error);
}

static Status open_json(JsonReader *json, Error *error)
{
    const ReaderInput *input = &json->input;
    Status status = find_within(json, error);
    if (status) {
        return status;
    }
    json->split.stream = input->stream;
    json->split.limit = input->options->limits.document_bytes;
    status = json_split_open(&json->split, name_is_of_json_lines(input->name), json->within, error);
    if (status) {
        return reader_set_subject(input, 0, error);
    }
    return json_fields_init(&json->fields, input, json->split.wrapped ? json->within : NULL, error);
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
    if (open_json(json, error)) {
        free_json(&json->reader);
        return NULL;
    }
    json->reader.id_option = json->fields.id.none ? NULL : "--id-field";
    return &json->reader;
}
