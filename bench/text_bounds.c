/* What each stage of reading and counting costs alone, and what it cannot be faster than.
 *
 *     bench_text_bounds FOLDER
 *
 * FOLDER holds texts, below it no folder that is a result. Prints as JSON, for each part, the
 * median over five rounds of seconds of processor and of wall clock, and over how many bytes and
 * things (files, runs, pairs) it went:
 *
 * - listing: the names of all files, in their order
 * - reading: open, read and close of each into the same room, as the folder lists them: what no
 *   program that reads them can do without
 * - corpus: the same files as documents, as the program reads them
 * - validating: UTF-8, of all texts in memory
 * - splitting: where runs begin and end
 * - probing: that, and each run looked up in a table that has it, nothing counted
 * - warm: counting, by a counter that has met every word before
 * - cold: counting, by a new one
 * - collecting: one vocabulary and one matrix of what the new one counted */
#include "base/clock.h"
#include "base/json_writer.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "corpus/corpus.h"
#include "text/collect.h"
#include "text/counter.h"
#include "text/tokenizer.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 5, FILE_BYTES_MAX = 64 << 20, AHEAD = 64 };

/* What every part works on. A part sets `bytes` and `things`. */
typedef struct Bench {
    const char *folder;
    Buffer names; /* paths with NULs between */
    size_t files;
    char *room;     /* for one file */
    Buffer texts;   /* of all documents, one behind the other */
    size_t *starts; /* documents + 1 */
    size_t documents;
    Tokenizer *tokenizer;
    Counter counter; /* a new one in each round of `cold` */
    Counter warm;
    int64_t pairs; /* of documents with words */
    int64_t bytes;
    int64_t things;
} Bench;

static void check(Status status, const Error *error)
{
    if (status) {
        fprintf(stderr, "bench_text_bounds: %s\n", error->message);
        exit(1);
    }
}

static void fail(const char *path)
{
    fprintf(stderr, "bench_text_bounds: %s: %s\n", path, strerror(errno));
    exit(1);
}

/* ---- files ---- */

static void list(Bench *bench)
{
    Error error;
    Corpus *corpus;
    check(corpus_open(bench->folder, &corpus_defaults, NULL, &corpus, &error), &error);
    bench->things = corpus_size(corpus);
    bench->bytes = 0;
    corpus_free(corpus);
}

static void read_files(Bench *bench)
{
    const char *path = bench->names.bytes;
    bench->bytes = 0;
    bench->things = (int64_t)bench->files;
    for (size_t f = 0; f < bench->files; f++, path += strlen(path) + 1) {
        const int file = open(path, O_RDONLY | O_CLOEXEC);
        const ssize_t length = file < 0 ? -1 : read(file, bench->room, FILE_BYTES_MAX);
        if (length < 0 || close(file)) {
            fail(path);
        }
        bench->bytes += length;
    }
}

static void read_corpus(Bench *bench)
{
    Corpus *corpus;
    Document document = {0};
    Error error;
    bool found = true;
    bench->bytes = bench->things = 0;
    check(corpus_open(bench->folder, &corpus_defaults, NULL, &corpus, &error), &error);
    while (found) {
        check(corpus_next(corpus, &document, &found, &error), &error);
        bench->bytes += found ? (int64_t)document.text.length : 0;
        bench->things += found;
    }
    document_free(&document);
    corpus_free(corpus);
}

/* ---- texts in memory ---- */

static const char *text_of(const Bench *bench, size_t document, size_t *length)
{
    *length = bench->starts[document + 1] - bench->starts[document];
    return bench->texts.bytes + bench->starts[document];
}

static void validate(Bench *bench)
{
    bench->things = 0;
    for (size_t d = 0; d < bench->documents; d++) {
        size_t length;
        const char *text = text_of(bench, d, &length);
        bench->things += utf8_valid_length(text, length) == length;
    }
}

/* Looks up those runs that lie within one part of a text: all but one in some hundred. */
static int64_t probe(const RunCache *cache, const char *text, size_t length, const uint32_t *edges,
                     size_t runs)
{
    RunProbe probes[AHEAD];
    int64_t found = 0;
    for (size_t from = 0; from < runs; from += AHEAD) {
        const size_t count = runs - from < AHEAD ? runs - from : AHEAD;
        for (size_t i = 0; i < count; i++) {
            const uint32_t begin = edges[2 * (from + i)], end = edges[2 * (from + i) + 1];
            run_cache_aim(cache, text + begin, end - begin, length - begin, &probes[i]);
        }
        for (size_t i = 0; i < count; i++) {
            found += run_cache_find(cache, &probes[i]) != NULL;
        }
    }
    return found;
}

/* Goes through the runs of all texts; looks them up, if there is a cache. */
static void split_texts(Bench *bench, const RunCache *cache)
{
    uint32_t edges[RUN_EDGES_MAX];
    bench->things = 0;
    for (size_t d = 0; d < bench->documents; d++) {
        size_t length;
        const char *text = text_of(bench, d, &length);
        for (size_t at = 0; at < length; at += RUN_SPLIT_BYTES) {
            const size_t part = length - at < RUN_SPLIT_BYTES ? length - at : RUN_SPLIT_BYTES;
            bool inside = false;
            const size_t count =
                run_split(&bench->warm.splitter, text, at, part, &inside, edges) / 2;
            bench->things += cache ? probe(cache, text, length, edges, count) : (int64_t)count;
        }
    }
}

static void split(Bench *bench)
{
    split_texts(bench, NULL);
}

static void split_and_probe(Bench *bench)
{
    split_texts(bench, &bench->warm.runs);
}

static void count(Bench *bench, Counter *counter)
{
    Error error;
    for (size_t d = 0; d < bench->documents; d++) {
        size_t length;
        const char *text = text_of(bench, d, &length);
        check(counter_add(counter, bench->tokenizer, text, length, &error), &error);
    }
}

/* ---- what is timed, and what goes before ---- */

static void count_warm(Bench *bench)
{
    count(bench, &bench->warm);
}

static void empty_warm(Bench *bench)
{
    CountBlock block = {0};
    Error error;
    check(counter_take(&bench->warm, &block, &error), &error);
    count_block_free(&block);
}

static void renew(Bench *bench)
{
    counter_free(&bench->counter);
}

static void count_cold(Bench *bench)
{
    count(bench, &bench->counter);
}

static void renew_and_count(Bench *bench)
{
    renew(bench);
    count_cold(bench);
}

static void collect(Bench *bench)
{
    Error error;
    CollectedBlock block = {0};
    CollectedWords words = {0};
    Counts counts = {0};
    check(counter_take(&bench->counter, &block.block, &error), &error);
    check(collect_words(&bench->counter, 1, &words, &error), &error);
    const CollectedLayer layer = {.blocks = &block, .numbers = words.numbers};
    check(collect_counts(&layer, 1, 1, words.words.count, 1, &counts, &error), &error);
    bench->things = bench->pairs = counts_pairs(&counts);
    counts_free(&counts);
    collected_words_free(&words);
    count_block_free(&block.block);
}

typedef struct Part {
    const char *name;
    const char *thing;
    void (*prepare)(Bench *bench); /* NULL: nothing */
    void (*run)(Bench *bench);
    bool of_runs; /* as many things as runs were split */
} Part;

static const Part parts[] = {
    {"listing", "file", NULL, list, false},
    {"reading", "file", NULL, read_files, false},
    {"corpus", "file", NULL, read_corpus, false},
    {"validating", "text", NULL, validate, false},
    {"splitting", "run", NULL, split, false},
    {"probing", "run", NULL, split_and_probe, false},
    {"warm", "run", empty_warm, count_warm, true},
    {"cold", "run", renew, count_cold, true},
    {"collecting", "pair", renew_and_count, collect, false},
};

/* ---- */

static Bench *being_listed; /* nftw hands nothing on */

static int add_name(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    Error error;
    (void)facts;
    (void)place;
    if (kind == FTW_F) {
        check(buffer_append(&being_listed->names, path, strlen(path) + 1, &error), &error);
        being_listed->files++;
    }
    return 0;
}

static void load(Bench *bench)
{
    Corpus *corpus;
    Document document = {0};
    Error error;
    size_t capacity = 0;
    bool found = true;
    being_listed = bench;
    if (nftw(bench->folder, add_name, 16, FTW_PHYS)) {
        fail(bench->folder);
    }
    bench->room = memory_new(FILE_BYTES_MAX, 1, &error);
    check(bench->room ? STATUS_OK : error_status(&error), &error);
    check(corpus_open(bench->folder, &corpus_defaults, NULL, &corpus, &error), &error);
    while (found) {
        check(memory_reserve(&bench->starts, &capacity, bench->documents + 2, sizeof *bench->starts,
                             &error),
              &error);
        bench->starts[bench->documents] = bench->texts.length;
        check(corpus_next(corpus, &document, &found, &error), &error);
        if (found) {
            check(buffer_append(&bench->texts, buffer_text(&document.text), document.text.length,
                                &error),
                  &error);
            bench->documents++;
        }
    }
    document_free(&document);
    corpus_free(corpus);
    check(tokenizer_new(&tokenizer_defaults, &bench->tokenizer, &error), &error);
    count(bench, &bench->warm);
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, compare);
    return values[ROUNDS / 2];
}

static void measure(Bench *bench, const Part *part, int64_t *runs, JsonWriter *json)
{
    double cpu_s[ROUNDS], wall_s[ROUNDS];
    bench->bytes = (int64_t)bench->texts.length;
    for (int round = 0; round < ROUNDS; round++) {
        if (part->prepare) {
            part->prepare(bench);
        }
        const Moment begin = clock_now();
        part->run(bench);
        const Moment spent = clock_between(begin, clock_now());
        cpu_s[round] = spent.cpu_s;
        wall_s[round] = spent.wall_s;
    }
    *runs = part->run == split ? bench->things : *runs;
    json_open_object(json);
    json_key(json, "part");
    json_text(json, part->name);
    json_key(json, "cpu_s");
    json_number(json, median(cpu_s));
    json_key(json, "wall_s");
    json_number(json, median(wall_s));
    json_key(json, "bytes");
    json_whole(json, bench->bytes);
    json_key(json, "things");
    json_whole(json, part->of_runs ? *runs : bench->things);
    json_key(json, "thing");
    json_text(json, part->thing);
    json_close_object(json);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 2) {
        fprintf(stderr, "usage: bench_text_bounds FOLDER\n");
        return 2;
    }
    Bench bench = {.folder = arguments[1]};
    int64_t runs = 0;
    load(&bench);
    JsonWriter json = {.file = stdout};
    json_open_array(&json);
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        measure(&bench, &parts[p], &runs, &json);
    }
    json_close_array(&json);
    json_end(&json);
    counter_free(&bench.counter);
    counter_free(&bench.warm);
    tokenizer_free(bench.tokenizer);
    buffer_free(&bench.names);
    buffer_free(&bench.texts);
    free(bench.starts);
    free(bench.room);
    return 0;
}
