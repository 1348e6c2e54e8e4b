/* Lines `row column value` as grids: ratings, and the like. */
#include "corpus/grid_files.h"

#include "base/memory.h"
#include "corpus/csv_reader.h"
#include "corpus/decoder.h"
#include "corpus/encoding.h"
#include "corpus/id_set.h"
#include "corpus/packed_file.h"
#include "corpus/sniff.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LINE_BYTES = 1 << 16, FIELDS = 3 };

typedef struct Triple {
    uint32_t row;
    uint32_t column;
    double value;
    int64_t line;
} Triple;

typedef struct TripleReader {
    const char *path;
    const GridOptions *options;
    Grid *grid;
    const char *separator; /* "::" or " "; NULL: a character, and the file is read as CSV */
    char delimiter;
    bool begun; /* a line was read */
    IdSet rows;
    IdSet columns;
    Triple *items; /* owned */
    size_t count;
    size_t capacity;
} TripleReader;

/* ---- what is such a file ---- */

static bool begins_with(const char *field, const char *const *words)
{
    while (*words && strncasecmp(field, *words, strlen(*words)) != 0) {
        words++;
    }
    return *words != NULL;
}

/* Whether a heading is that of ratings: user…, item…, rating…, and what may follow. */
static bool is_heading(const char *line)
{
    static const char *const users[] = {"user", "row", NULL}, *const items[] = {"item",    "movie",
                                                                                "film",    "book",
                                                                                "product", "column",
                                                                                NULL},
                             *const values[] = {"rating", "value", "score", NULL};
    const char *second = line + strcspn(line, ",;\t:");
    second += strspn(second, ",;\t:\"");
    const char *third = second + strcspn(second, ",;\t:");
    third += strspn(third, ",;\t:\"");
    return begins_with(line + strspn(line, "\""), users) && begins_with(second, items) &&
           begins_with(third, values);
}

bool grid_is_triples(const char *path, const char *first_line)
{
    static const char *const names[] = {"u.data", "ratings.csv", "ratings.dat", NULL};
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    return begins_with(name, names) || is_heading(first_line);
}

/* ---- one line ---- */

static Status set_at(const TripleReader *reader, int64_t line, Error *error)
{
    char place[32];
    snprintf(place, sizeof place, "line %" PRId64, line);
    error_put_subject(error, place);
    return error_put_subject(error, reader->path);
}

/* The number of a name, which is new or was there before. */
static Status number_of(IdSet *set, NameList *names, const char *field, int64_t line,
                        uint32_t *number, Error *error)
{
    bool added;
    IdPlace place;
    Status status = grid_add_name(names, field, error);
    if (status) {
        return status;
    }
    char *name = names->items[names->count - 1];
    status = id_set_add(set, name, "", line, &added, &place, error);
    *number = (uint32_t)(names->count - 1);
    if (!status && !added) {
        *number = (uint32_t)id_set_number(set, name);
        free(name);
        names->count--;
    }
    return status;
}

static Status set_bad_value(GridCell kind, const char *field, Error *error)
{
    const char *wrong = kind == GRID_CELL_NEGATIVE   ? "is negative"
                        : kind == GRID_CELL_INFINITE ? "is not finite"
                        : kind == GRID_CELL_COMMA    ? "seems to have a decimal comma"
                                                     : "is no number that can be used";
    error_set(error, STATUS_INPUT, "the value '%.60s' %s", field, wrong);
    return error_hint(error, "each line says row, column and a value of 0 or more");
}

static Status add_triple(TripleReader *reader, const char *const *fields, size_t count,
                         int64_t line, Error *error)
{
    Triple triple = {.line = line};
    const bool first = !reader->begun;
    reader->begun = true;
    if (count < FIELDS) {
        error_set(error, STATUS_INPUT, "has %zu field%s (row, column and value were expected)",
                  count, count == 1 ? "" : "s");
        return set_at(reader, line, error);
    }
    const GridCell kind = grid_cell_read(fields[2], reader->delimiter, &triple.value);
    if (kind == GRID_CELL_WORD && first && reader->options->corpus->header != CORPUS_HEADER_NO) {
        return STATUS_OK; /* a heading */
    }
    if (kind == GRID_CELL_MISSING) {
        return STATUS_OK; /* says no more than its absence */
    }
    Status status = kind == GRID_CELL_NUMBER ? STATUS_OK : set_bad_value(kind, fields[2], error);
    status = status ? status
                    : number_of(&reader->rows, &reader->grid->row_names, fields[0], line,
                                &triple.row, error);
    status = status ? status
                    : number_of(&reader->columns, &reader->grid->column_names, fields[1], line,
                                &triple.column, error);
    if (status) {
        return set_at(reader, line, error);
    }
    status = memory_reserve(&reader->items, &reader->capacity, reader->count + 1,
                            sizeof *reader->items, error);
    if (!status) {
        reader->items[reader->count++] = triple;
    }
    return status;
}

/* ---- all lines ---- */

/* Cuts a line at a separator, blanks as many as there are; returns the number of fields. */
static size_t cut(char *line, const char *separator, const char *fields[FIELDS])
{
    const size_t length = strlen(separator);
    size_t count = 0;
    char *at = line;
    while (count < FIELDS) {
        at += *separator == ' ' ? strspn(at, " ") : 0;
        if (*at == '\0' && count > 0) {
            break;
        }
        fields[count++] = at;
        char *end = strstr(at, separator);
        if (!end) {
            break;
        }
        *end = '\0';
        at = end + length;
    }
    return count;
}

static Status read_lines(TripleReader *reader, Stream *stream, Error *error)
{
    Status status = STATUS_OK;
    const char *line;
    size_t length;
    for (int64_t number = 1; !status; number++) {
        status = stream_line(stream, LINE_BYTES, &line, &length, error);
        if (status) {
            return set_at(reader, number, error);
        }
        if (!line) {
            return STATUS_OK;
        }
        if (length == 0) {
            continue;
        }
        const char *fields[FIELDS];
        char *copy = memory_copy_text(line, length, error);
        status =
            copy ? add_triple(reader, fields, cut(copy, reader->separator, fields), number, error)
                 : error_status(error);
        free(copy);
    }
    return status;
}

static Status read_records(TripleReader *reader, Stream *stream, CsvDialect dialect, Error *error)
{
    const CsvRecord *record = NULL;
    CsvReader *csv = csv_reader_new(stream, reader->path, dialect, LINE_BYTES, error);
    Status status = csv ? csv_reader_next(csv, &record, error) : error_status(error);
    while (!status && record) {
        status = add_triple(reader, record->fields, record->count, record->line, error);
        status = status ? status : csv_reader_next(csv, &record, error);
    }
    csv_reader_free(csv);
    return status;
}

/* ---- into rows ---- */

static int compare_triples(const void *a, const void *b)
{
    const Triple *left = a, *right = b;
    return left->row != right->row ? (left->row < right->row ? -1 : 1)
           : left->column != right->column
               ? (left->column < right->column ? -1 : 1)
               : (left->line > right->line) - (left->line < right->line);
}

static Status build(TripleReader *reader, Error *error)
{
    Grid *grid = reader->grid;
    Status status = STATUS_OK;
    qsort(reader->items, reader->count, sizeof *reader->items, compare_triples);
    for (size_t i = 0; i < reader->count && !status; i++) {
        const Triple *item = &reader->items[i];
        if (i > 0 && item[-1].row == item->row && item[-1].column == item->column) {
            error_set(error, STATUS_INPUT, "a second value for '%.60s' and '%.60s'",
                      grid->row_names.items[item->row], grid->column_names.items[item->column]);
            error_hint(error, "the first is in line %" PRId64, item[-1].line);
            return set_at(reader, item->line, error);
        }
        while (grid->rows < item->row && !status) {
            status = grid_end_row(grid, error);
        }
        status = status ? status : grid_add(grid, item->column, item->value, error);
    }
    if (!status) {
        status = grid_end_row(grid, error);
    }
    if (!status) {
        grid_end(grid, (int64_t)grid->column_names.count);
    }
    return status;
}

/* Says how the fields are separated, from the first line. */
static Status choose_separator(TripleReader *reader, Stream *stream, CsvDialect *dialect,
                               Error *error)
{
    size_t length;
    Status status = stream_fill(stream, LINE_BYTES, error);
    const char *ahead = stream_ahead(stream, &length);
    const size_t line = strcspn(ahead, "\r\n");
    const char *asked = reader->options->corpus->delimiter;
    char first[256];
    snprintf(first, sizeof first, "%.*s", (int)(line < 255 ? line : 255), ahead);
    if (!asked && strstr(first, "::")) {
        reader->separator = "::";
    } else if (!asked && !strpbrk(first, "\t,;|")) {
        reader->separator = " ";
    } else if (!status) {
        status = sniff_dialect(reader->options->corpus, reader->path, stream, dialect, error);
        reader->delimiter = dialect->delimiter;
    }
    return status ? error_put_subject(error, reader->path) : STATUS_OK;
}

Status grid_read_triples(const char *path, const GridOptions *options, Stream *stream, Grid *grid,
                         Error *error)
{
    TripleReader reader = {.path = path, .options = options, .grid = grid};
    CsvDialect dialect = csv_rfc4180;
    Status status = choose_separator(&reader, stream, &dialect, error);
    if (!status) {
        status = reader.separator ? read_lines(&reader, stream, error)
                                  : read_records(&reader, stream, dialect, error);
    }
    if (!status && reader.count == 0) {
        status =
            error_set(error, STATUS_INPUT, "%s: holds no lines of row, column and value", path);
    }
    if (!status) {
        status = build(&reader, error);
    }
    free(reader.items);
    id_set_free(&reader.rows);
    id_set_free(&reader.columns);
    return status;
}

/* ---- a file ---- */

/* Whether to read a stream as triples: it is asked for, or it looks so. */
static Status are_triples(const char *path, const GridOptions *options, Stream *stream,
                          bool *triples, Error *error)
{
    size_t length;
    char line[256];
    Status status = stream_fill(stream, sizeof line, error);
    const char *ahead = stream_ahead(stream, &length);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(ahead, "\r\n"), ahead);
    *triples = options->triples || grid_is_triples(path, line);
    return status ? error_put_subject(error, path) : STATUS_OK;
}

/* A file that is binary is told so before it is taken for a table. */
static Status check_text(const char *path, Stream *stream, Error *error)
{
    size_t length;
    Status status = stream_fill(stream, 8192, error);
    const char *ahead = stream_ahead(stream, &length);
    const char *refusal = status ? NULL : encoding_refusal(ahead, length < 8192 ? length : 8192);
    if (refusal) {
        error_set(error, STATUS_INPUT, "%s: %s", path, refusal);
        return error_hint(error, "tables are CSV or TSV, Matrix Market, .npy, .npz, ratings or a "
                                 "directory of PGM images");
    }
    return status ? error_put_subject(error, path) : STATUS_OK;
}

Status grid_read_text(const char *path, const GridOptions *options, Grid *grid, Error *error)
{
    PackedFile file;
    Decoder decoder = {0};
    bool triples = false;
    Status status = packed_file_open(path, &file, error);
    if (status) {
        return status;
    }
    Stream *stream = file.stream;
    if (decoder_begin(&decoder, options->corpus->encoding, &stream, error)) {
        status = error_put_subject(error, path);
    }
    status = status ? status : check_text(path, stream, error);
    status = status ? status : are_triples(path, options, stream, &triples, error);
    if (!status) {
        status = triples ? grid_read_triples(path, options, stream, grid, error)
                         : grid_read_table(path, options, stream, grid, error);
    }
    decoder_free(&decoder);
    packed_file_close(&file);
    return status;
}
