/* What it costs to read JSON, part by part.
 *
 *     bench_json FILE.jsonl
 *
 * For a file of JSON Lines, each object with a field `text`, it prints MB/s of processor time, the
 * median of five rounds on one core: jansson parsing every line; step (a) alone, the lines; step
 * (b) alone, with the file in memory: validated UTF-8, then scanned, then as a document; and the
 * corpus as a whole, read from the file to documents. */
#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"
#include "corpus/json_record.h"
#include "corpus/json_split.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 5 };

/* What every part works on; `texts` adds up bytes, so that nothing is left out by the compiler. */
typedef struct Bench {
    const char *path;
    Buffer file;
    JsonRecord *records;
    size_t count;
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

static void split(Bench *bench)
{
    const char *at = bench->file.bytes, *end = at + bench->file.length, *newline;
    for (; at < end && (newline = memchr(at, '\n', (size_t)(end - at))); at = newline + 1) {
        bench->texts += (size_t)(newline - at);
    }
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
    Document document = {0};
    Error error;
    check(json_fields_init(&fields, &input, NULL, &error), &error);
    for (size_t i = 0; i < bench->count; i++) {
        check(json_fields_settle(&fields, &scratch, &bench->records[i], &error), &error);
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

static void load(Bench *bench)
{
    enum { FILE_BYTES_MAX = 1 << 30 };
    Stream stream = {0};
    JsonSplit split = {.stream = &stream, .limit = FILE_BYTES_MAX};
    Error error;
    check(file_read(bench->path, FILE_BYTES_MAX, &bench->file, &error), &error);
    const size_t lines_max = bench->file.length / 2 + 1;
    bench->records = calloc(lines_max, sizeof *bench->records);
    check(stream_begin_memory(&stream, bench->file.bytes, bench->file.length, &error), &error);
    check(json_split_open(&split, true, NULL, &error), &error);
    for (JsonRecord record = {.bytes = ""}; bench->records && record.bytes;) {
        check(json_split_next(&split, &record, &error), &error);
        if (record.bytes) { /* where the same bytes stand in our own copy */
            size_t left;
            (void)stream_ahead(&stream, &left);
            record.bytes = bench->file.bytes + (record.bytes - stream.bytes.bytes);
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
        fprintf(stderr, "usage: bench_json FILE.jsonl\n");
        return 2;
    }
    Bench bench = {.path = arguments[1]};
    load(&bench);
    printf("%zu objects, %.1f MB\n\n| part | MB/s |\n| --- | --- |\n", bench.count,
           (double)bench.file.length / 1e6);
    measure(&bench, "jansson, every line", parse_with_jansson);
    measure(&bench, "lines", split);
    measure(&bench, "UTF-8 validated", validate);
    measure(&bench, "JSON scanned", scan);
    measure(&bench, "line to document", parse);
    measure(&bench, "file to documents", read_corpus);
    buffer_free(&bench.file);
    free(bench.records);
    return bench.texts == 0;
}
