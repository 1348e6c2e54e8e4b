/* Files of JSON as documents against what jansson makes of them.
 *
 *     json_agreement FIELD FILE…
 *
 * Every object of every file is taken off and compared, value by value; what becomes the text of
 * the document is the FIELD as jansson has it. Prints how many objects there were. */
#include "corpus/json_record.h"
#include "corpus/json_split.h"
#include "corpus/recognise.h"

#include "corpus/json_oracle.h"

#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

/* What is read, and with what. */
typedef struct Run {
    CorpusOptions options;
    ReaderInput input;
    JsonFields fields;
    JsonScratch scratch;
    Document document;
    int64_t objects;
} Run;

static void die(const Run *run, JsonPlace place, const char *what)
{
    fprintf(stderr, "%s: line %" PRId64 ": %s\n", run->input.path, place.line, what);
    exit(1);
}

/* The field by jansson: a text, or the texts of an array line by line. */
static void append_field(json_t *object, const char *field, Buffer *to)
{
    Error error;
    json_t *value = json_object_get(object, field);
    (void)buffer_append(to, json_string_value(value), json_string_length(value), &error);
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *item = json_array_get(value, i);
        (void)buffer_append_text(to, i ? "\n" : "", &error);
        (void)buffer_append(to, json_string_value(item), json_string_length(item), &error);
    }
}

static void compare_record(Run *run, const JsonRecord *record)
{
    Error error;
    JsonOutcome outcome;
    Buffer text = {0};
    bool known;
    if (oracle_compare(record->bytes, record->length, &error) != BOTH_TAKE) {
        die(run, record->place, "jansson has something else");
    }
    document_clear(&run->document);
    if (json_record_parse(&run->fields, &run->scratch, record, &run->document, &outcome, &error)) {
        die(run, record->place, error.message);
    }
    json_t *object = oracle_load(record->bytes, record->length, &known);
    append_field(object, run->options.text_field, &text);
    if (strcmp(buffer_text(&text), buffer_text(&run->document.text)) != 0) {
        die(run, record->place, "jansson has another text");
    }
    json_decref(object);
    buffer_free(&text);
    run->objects++;
}

static void compare_file(Run *run, const char *path)
{
    Stream stream = {0};
    JsonSplit split = {.stream = &stream, .limit = run->options.limits.document_bytes};
    JsonRecord record = {.bytes = ""};
    Error error;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    run->input.path = path;
    stream_begin(&stream, stream_read_descriptor, &descriptor);
    Status status = json_split_open(&split, name_is_of_json_lines(path), NULL, &error);
    while (!status && record.bytes) {
        status = json_split_next(&split, &record, &error);
        if (!status && record.bytes) {
            compare_record(run, &record);
        }
    }
    if (status) {
        die(run, split.place, error.message);
    }
    stream_free(&stream);
    close(descriptor);
}

int main(int count, char **arguments)
{
    Error error;
    Run run = {.options = corpus_defaults};
    if (count < 3) {
        fprintf(stderr, "usage: json_agreement FIELD FILE…\n");
        return 2;
    }
    run.options.text_field = arguments[1];
    run.input = (ReaderInput){.prefix = "", .options = &run.options};
    if (json_fields_init(&run.fields, &run.input, NULL, &error)) {
        return 1;
    }
    for (int i = 2; i < count; i++) {
        compare_file(&run, arguments[i]);
    }
    printf("%" PRId64 " objects\n", run.objects);
    json_fields_free(&run.fields);
    json_scratch_free(&run.scratch);
    document_free(&run.document);
    return 0;
}
