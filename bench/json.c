/* What it costs to read JSON, part by part.
 *
 *     bench_json FILE
 *
 * For a file of JSON objects with a field `text` it prints MB/s of processor time, the median of
 * five rounds: jansson parsing every object; step (a), objects taken off a stream in memory; of
 * step (b) UTF-8 validated, objects scanned, and all of it, objects as documents; and the corpus as
 * a whole, from the file to documents. */
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "corpus/json_record.h"
#include "corpus/json_split.h"
#include "corpus/recognise.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 5, FILE_BYTES_MAX = 1 << 30 };

/* What every part works on; `texts` adds up bytes, so that nothing is left out by the compiler. */
typedef struct Bench {
    const char *path;
    Buffer file;
    JsonRecord *records;
    size_t count;
    size_t taken; /* of the file by a stream */
    size_t texts;
} Bench;

static void check(Status status, const Error *error)
{
    if (status) {
        fprintf(stderr, "bench_json: %s\n", error->message);
        exit(1);
    }
}

static void parse_with_jansson(Bench *bench)
{
    for (size_t i = 0; i < bench->count; i++) {
        json_t *value =
            json_loadb(bench->records[i].bytes, bench->records[i].length, JSON_ALLOW_NUL, NULL);
        bench->texts += json_string_length(json_object_get(value, "text"));
        json_decref(value);
    }
}

/* A StreamRead of the file in memory. */
static Status read_memory(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    Bench *bench = context;
    (void)error;
    const size_t left = bench->file.length - bench->taken;
    *length = left < room ? left : room;
    memcpy(bytes, bench->file.bytes + bench->taken, *length);
    bench->taken += *length;
    return STATUS_OK;
}

static void open_split(Bench *bench, Stream *stream, JsonSplit *split)
{
    Error error;
    *split = (JsonSplit){.stream = stream, .limit = FILE_BYTES_MAX};
    bench->taken = 0;
    stream_begin(stream, read_memory, bench);
    check(json_split_open(split, name_is_of_json_lines(bench->path), NULL, &error), &error);
}

static void split(Bench *bench)
{
    Stream stream = {0};
    JsonSplit objects;
    Error error;
    open_split(bench, &stream, &objects);
    for (JsonRecord record = {.bytes = ""}; record.bytes;) {
        check(json_split_next(&objects, &record, &error), &error);
        bench->texts += record.length;
    }
    stream_free(&stream);
}

static void validate(Bench *bench)
{
    for (size_t i = 0; i < bench->count; i++) {
        bench->texts += utf8_valid_length(bench->records[i].bytes, bench->records[i].length);
    }
}

static void scan(Bench *bench)
{
    JsonMembers members = {0};
    Error error;
    for (size_t i = 0; i < bench->count; i++) {
        const JsonRecord *record = &bench->records[i];
        check(json_scan_object(record->bytes, record->length, record->place, &members, &error),
              &error);
        bench->texts += members.count;
    }
    json_members_free(&members);
}

static void parse(Bench *bench)
{
    const ReaderInput input = {.path = bench->path, .prefix = "", .options = &corpus_defaults};
    JsonFields fields;
    JsonScratch scratch = {0};
    JsonOutcome outcome;
    const char *usual_text = NULL;
    Document document = {0};
    Error error;
    check(json_fields_init(&fields, &input, NULL, &error), &error);
    for (size_t i = 0; i < bench->count; i++) {
        check(json_record_settle(&fields, &scratch, &usual_text, &bench->records[i], &error),
              &error);
        document_clear(&document);
        check(json_record_parse(&fields, &scratch, &bench->records[i], &document, &outcome, &error),
              &error);
        bench->texts += document.text.length;
    }
    document_free(&document);
    json_scratch_free(&scratch);
    json_fields_free(&fields);
}

static void read_corpus(Bench *bench)
{
    Corpus *corpus;
    Document document = {0};
    Error error;
    bool found = true;
    check(corpus_open(bench->path, &corpus_defaults, NULL, &corpus, &error), &error);
    while (found) {
        check(corpus_next(corpus, &document, &found, &error), &error);
        bench->texts += found ? document.text.length : 0;
    }
    document_free(&document);
    corpus_free(corpus);
}

/* ---- */

/* The file, and where in it each object stands. */
static void load(Bench *bench)
{
    Stream stream = {0};
    JsonSplit objects;
    Error error;
    size_t capacity = 0;
    check(file_read(bench->path, FILE_BYTES_MAX, &bench->file, &error), &error);
    open_split(bench, &stream, &objects);
    for (JsonRecord record = {.bytes = ""}; record.bytes;) {
        check(json_split_next(&objects, &record, &error), &error);
        if (record.bytes) {
            const size_t ahead = stream.bytes.length - (size_t)(record.bytes - stream.bytes.bytes);
            record.bytes = bench->file.bytes + bench->taken - ahead;
            check(
                memory_reserve(&bench->records, &capacity, bench->count + 1, sizeof record, &error),
                &error);
            bench->records[bench->count++] = record;
        }
    }
    stream_free(&stream);
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void measure(Bench *bench, const char *part, void (*run)(Bench *bench))
{
    double seconds[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        const double begin = clock_now().cpu_s;
        run(bench);
        seconds[round] = clock_now().cpu_s - begin;
    }
    qsort(seconds, ROUNDS, sizeof *seconds, compare);
    printf("| %s | %.0f |\n", part, (double)bench->file.length / seconds[ROUNDS / 2] / 1e6);
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: bench_json FILE\n");
        return 2;
    }
    Bench bench = {.path = arguments[1]};
    load(&bench);
    printf("%zu objects, %.1f MB\n\n| part | MB/s |\n| --- | --- |\n", bench.count,
           (double)bench.file.length / 1e6);
    measure(&bench, "jansson", parse_with_jansson);
    measure(&bench, "(a) objects off a stream", split);
    measure(&bench, "UTF-8 validated", validate);
    measure(&bench, "objects scanned", scan);
    measure(&bench, "(b) objects to documents", parse);
    measure(&bench, "file to documents", read_corpus);
    buffer_free(&bench.file);
    free(bench.records);
    return bench.texts == 0;
}
