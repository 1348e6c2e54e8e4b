#include "corpus/csv_reader.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"

#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libcsv reports field by field; the record is gathered here. Its callbacks cannot return an error,
 * so the first one is kept in `status` and everything after it is ignored. */
typedef struct Gatherer {
    CsvRecordFunction *function;
    void *context;
    Error *error;
    Status status;
    Buffer text;    /* the record's fields, each with a NUL behind it */
    size_t *starts; /* where each field begins in `text` */
    size_t starts_capacity;
    const char **fields;
    size_t fields_capacity;
    size_t count;
    int64_t number;
} Gatherer;

static void take_field(void *bytes, size_t length, void *context)
{
    Gatherer *g = context;
    if (g->status) {
        return;
    }
    g->status =
        memory_reserve(&g->starts, &g->starts_capacity, g->count + 1, sizeof *g->starts, g->error);
    if (g->status) {
        return;
    }
    g->starts[g->count] = g->text.length;
    g->status = buffer_append(&g->text, bytes, length, g->error);
    if (!g->status) {
        g->status = buffer_append_byte(&g->text, '\0', g->error);
        g->count++;
    }
}

static void take_record_end(int terminator, void *context)
{
    (void)terminator;
    Gatherer *g = context;
    if (g->status) {
        return;
    }
    g->number++;
    g->status =
        memory_reserve(&g->fields, &g->fields_capacity, g->count, sizeof *g->fields, g->error);
    if (g->status) {
        return;
    }
    for (size_t i = 0; i < g->count; i++) {
        g->fields[i] = g->text.bytes + g->starts[i];
    }
    CsvRecord record = {.number = g->number, .count = g->count, .fields = g->fields};
    g->status = g->function(g->context, &record, g->error);
    g->count = 0;
    buffer_clear(&g->text);
}

static int never_a_blank(unsigned char byte)
{
    (void)byte;
    return 0; /* libcsv would otherwise strip blanks around fields */
}

static Status parse_file(FILE *file, const char *path, struct csv_parser *parser, Gatherer *g)
{
    char chunk[1 << 16];
    size_t length = fread(chunk, 1, 3, file);
    if (length == 3 && memcmp(chunk, "\xEF\xBB\xBF", 3) == 0) {
        length = 0; /* the byte order mark that spreadsheets put in front */
    }
    for (; length > 0 || (length = fread(chunk, 1, sizeof chunk, file)) > 0; length = 0) {
        if (memchr(chunk, '\0', length)) {
            return error_set(g->error, STATUS_INPUT, "%s: a NUL byte near record %" PRId64, path,
                             g->number + 1);
        }
        size_t parsed = csv_parse(parser, chunk, length, take_field, take_record_end, g);
        if (g->status) {
            return g->status;
        }
        if (parsed < length) {
            return error_set(g->error, STATUS_INPUT, "%s: record %" PRId64 " is not CSV (%s)", path,
                             g->number + 1, csv_strerror(csv_error(parser)));
        }
    }
    if (ferror(file)) {
        return error_set(g->error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
    }
    if (csv_fini(parser, take_field, take_record_end, g) != 0) {
        return error_set(g->error, STATUS_INPUT,
                         "%s: ends inside a quoted field of record %" PRId64, path, g->number + 1);
    }
    return g->status;
}

Status csv_read_file(const char *path, CsvRecordFunction *function, void *context, Error *error)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        return error_set(error, STATUS_FAILED, "the CSV reader cannot be set up");
    }
    csv_set_space_func(&parser, never_a_blank);
    Gatherer gatherer = {.function = function, .context = context, .error = error};
    Status status;
    FILE *file = file_open(path, error);
    if (file) {
        status = parse_file(file, path, &parser, &gatherer);
        fclose(file);
    } else {
        status = error_status(error);
    }
    csv_free(&parser);
    buffer_free(&gatherer.text);
    free(gatherer.starts);
    free(gatherer.fields);
    return status;
}
