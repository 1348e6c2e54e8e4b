/* Tables, CSV and TSV, as grids. */
#include "corpus/grid_files.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "corpus/csv_reader.h"
#include "corpus/encoding.h"
#include "corpus/id_set.h"
#include "corpus/sniff.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct TableGrid {
    const char *path;
    const GridOptions *options;
    Grid *grid;
    CsvDialect dialect;
    NameList first; /* the fields of the first row */
    int64_t first_line;
    bool heading; /* it is a heading */
    bool named;   /* the first column holds names */
    size_t width; /* fields of a row */
    int *column;  /* owned, width: the number of each field's column in the grid, −1: not taken */
    bool *filled; /* owned, of each column: it has a value */
    IdSet names;
} TableGrid;

static Status set_at(const TableGrid *table, int64_t line, Error *error)
{
    char place[32];
    snprintf(place, sizeof place, "line %" PRId64, line);
    error_put_subject(error, place);
    return error_put_subject(error, table->path);
}

/* ---- names ---- */

Status grid_add_name(NameList *names, const char *bytes, Error *error)
{
    Buffer text = {0};
    int64_t repaired;
    bytes += strspn(bytes, " \t");
    size_t length = strlen(bytes);
    while (length > 0 && strchr(" \t", bytes[length - 1])) {
        length--;
    }
    Status status = length > 0 ? encoding_to_utf8(bytes, length, &text, &repaired, error)
                               : error_set(error, STATUS_INPUT, "a name is empty");
    status = status ? status : name_list_add(names, buffer_text(&text), error);
    buffer_free(&text);
    return status;
}

/* Adds the name of a row or a column, which no other has. */
static Status add_unique(TableGrid *table, NameList *names, const char *bytes, const char *what,
                         int64_t line, Error *error)
{
    bool added = true;
    IdPlace place;
    Status status = grid_add_name(names, bytes, error);
    if (status == STATUS_INPUT) {
        error_set(error, STATUS_INPUT, "a %s has no name", what);
        error_hint(error, "--names no and --header no number rows and columns");
    }
    const char *name = status ? "" : names->items[names->count - 1];
    status =
        status ? status : id_set_add(&table->names, name, table->path, line, &added, &place, error);
    if (!status && !added) {
        status = error_set(error, STATUS_INPUT, "a second %s is called '%.60s'", what, name);
        if (place.line != line) {
            error_hint(error, "the first is in line %" PRId64, place.line);
        }
    }
    return status ? set_at(table, line, error) : STATUS_OK;
}

/* ---- what is a heading, what a name ---- */

static bool is_word(const TableGrid *table, const char *field)
{
    double ignored;
    return grid_cell_read(field, table->dialect.delimiter, &ignored) == GRID_CELL_WORD;
}

/* Whether the cells behind the first one number the columns, from 0 or 1. */
static bool numbers_columns(const NameList *first)
{
    int64_t begin = 0, number;
    for (size_t i = 1; i < first->count; i++) {
        if (!number_parse_whole(first->items[i], &number) || (i == 1 && number > 1)) {
            return false;
        }
        begin = i == 1 ? number : begin;
        if (number != begin + (int64_t)i - 1) {
            return false;
        }
    }
    return first->count > 1;
}

/* `width` is that of the second row, if there is one. */
static bool has_heading(const TableGrid *table, size_t width)
{
    const NameList *first = &table->first;
    const CorpusHeader asked = table->options->corpus->header;
    if (asked != CORPUS_HEADER_AUTO) {
        return asked == CORPUS_HEADER_YES;
    }
    for (size_t i = first->count > 1; i < first->count; i++) {
        if (is_word(table, first->items[i])) {
            return true;
        }
    }
    return first->count + 1 == width || (first->items[0][0] == '\0' && numbers_columns(first));
}

/* `begins` is the first field below the heading, NULL if there is none. */
static bool has_names(const TableGrid *table, const char *begins, size_t width)
{
    const CorpusHeader asked = table->options->names;
    if (asked != CORPUS_HEADER_AUTO) {
        return asked == CORPUS_HEADER_YES;
    }
    const char *corner = table->heading ? table->first.items[0] : "x";
    const NameList above = {.items = (char **)&corner, .count = 1};
    return width > 1 && ((table->heading && table->first.count + 1 == width) || !corner[0] ||
                         name_list_find_usual(&above, names_of_id) != NAME_NOT_FOUND ||
                         name_list_find_usual(&above, names_of_date) != NAME_NOT_FOUND ||
                         (begins && is_word(table, begins)));
}

/* ---- columns ---- */

/* Where a field stands in the heading, which may have no cell above the names. */
static size_t in_heading(const TableGrid *table, size_t field)
{
    return field - (table->width - table->first.count);
}

/* Whether this is a column's name, or its number, which counts all of the file from 1. */
static bool is_called(const TableGrid *table, size_t field, const char *name)
{
    int64_t number;
    const bool titled = table->heading && field >= table->width - table->first.count;
    return (titled && strcasecmp(name, table->first.items[in_heading(table, field)]) == 0) ||
           (number_parse_whole(name, &number) && number == (int64_t)field + 1);
}

static bool is_asked_for(const TableGrid *table, const NameList *asked, size_t field)
{
    size_t i = 0;
    while (i < asked->count && !is_called(table, field, asked->items[i])) {
        i++;
    }
    return asked->count == 0 || i < asked->count;
}

/* Every column that is asked for must be one of numbers. */
static Status check_asked(const TableGrid *table, const NameList *asked, Error *error)
{
    for (size_t i = 0; i < asked->count; i++) {
        size_t field = table->named;
        while (field < table->width && !is_called(table, field, asked->items[i])) {
            field++;
        }
        if (field == table->width) {
            return name_list_set_missing(&table->first, table->path, "column", asked->items[i],
                                         "--columns", error);
        }
    }
    return STATUS_OK;
}

/* Numbers the columns that are taken and names them. */
static Status choose_columns(TableGrid *table, Error *error)
{
    NameList asked = {0};
    Grid *grid = table->grid;
    Status status = table->options->columns
                        ? name_list_split(&asked, table->options->columns, error)
                        : STATUS_OK;
    table->column = memory_new(table->width, sizeof *table->column, error);
    table->filled = memory_new(table->width, sizeof *table->filled, error);
    status = status ? status : table->column && table->filled ? STATUS_OK : error_status(error);
    status = status ? status : check_asked(table, &asked, error);
    for (size_t i = 0; i < table->width && !status; i++) {
        const bool taken = !(table->named && i == 0) && is_asked_for(table, &asked, i);
        table->column[i] = taken ? (int)grid->columns++ : -1;
        if (taken && table->heading) {
            status =
                add_unique(table, &grid->column_names, table->first.items[in_heading(table, i)],
                           "column", table->first_line, error);
        }
    }
    id_set_free(&table->names); /* rows may be called as columns are */
    if (!status && grid->columns == 0) {
        error_set(error, STATUS_INPUT, "%s: has no columns of numbers", table->path);
        status = error_hint(error, "--delimiter says what separates columns, --names no that the "
                                   "first one holds numbers");
    }
    name_list_free(&asked);
    return status;
}

/* ---- rows ---- */

static Status set_bad_cell(const TableGrid *table, GridCell kind, const char *field, size_t at,
                           int64_t line, Error *error)
{
    char column[96];
    snprintf(column, sizeof column, "column %zu", at + 1);
    if (table->heading && at >= table->width - table->first.count) {
        snprintf(column, sizeof column, "column '%.60s'",
                 table->first.items[in_heading(table, at)]);
    }
    const char *wrong = kind == GRID_CELL_NEGATIVE   ? "is negative"
                        : kind == GRID_CELL_INFINITE ? "is not finite"
                        : kind == GRID_CELL_BEYOND   ? "is neither 0 nor from 1e-100 to 1e100"
                        : kind == GRID_CELL_COMMA    ? "seems to have a decimal comma"
                                                     : "is no number";
    error_set(error, STATUS_INPUT, "%s: '%.60s' %s", column, field, wrong);
    if (kind == GRID_CELL_COMMA) {
        error_hint(error, "write decimals with a point; commas may set thousands apart, in a table "
                          "that commas or tabs separate");
    } else if (kind == GRID_CELL_WORD) {
        error_hint(error, "empty cells, /, -, ?, NA and NaN are missing values; --columns takes "
                          "some columns only, --header and --names say what is a name");
    } else if (kind == GRID_CELL_BEYOND) {
        error_hint(error, "give the table in another unit");
    } else {
        error_hint(error, "a factorisation needs numbers that are 0 or more");
    }
    return set_at(table, line, error);
}

static Status add_row(TableGrid *table, const char *const *fields, size_t count, int64_t line,
                      Error *error)
{
    Grid *grid = table->grid;
    if (count != table->width) {
        error_set(error, STATUS_INPUT, "has %zu field%s (%zu were expected, as above)", count,
                  count == 1 ? "" : "s", table->width);
        return set_at(table, line, error);
    }
    Status status = table->named
                        ? add_unique(table, &grid->row_names, fields[0], "row", line, error)
                        : STATUS_OK;
    int64_t cells = 0;
    for (size_t i = 0; i < count && !status; i++) {
        double value = 0.0;
        if (table->column[i] < 0) {
            continue;
        }
        const GridCell kind = grid_cell_read(fields[i], table->dialect.delimiter, &value);
        if (kind == GRID_CELL_NUMBER) {
            table->filled[table->column[i]] = true;
            status = grid_add(grid, table->column[i], value, error);
            cells++;
        } else if (kind != GRID_CELL_MISSING) {
            status = set_bad_cell(table, kind, fields[i], i, line, error);
        }
    }
    if (!status && cells == 0) {
        error_set(error, STATUS_INPUT, "the row has no value at all");
        error_hint(error, "leave it out");
        status = set_at(table, line, error);
    }
    return status ? status : grid_end_row(grid, error);
}

/* Decides what the first row is; `second` is the one below, NULL if there is none. */
static Status settle(TableGrid *table, const CsvRecord *second, Error *error)
{
    table->width = second ? second->count : table->first.count;
    table->heading = has_heading(table, table->width);
    if (table->first.count + (table->heading && second) < table->width ||
        table->first.count > table->width) {
        error_set(error, STATUS_INPUT, "has %zu fields (%zu were expected, as above)", table->width,
                  table->first.count);
        return set_at(table, second->line, error);
    }
    const char *begins =
        table->heading ? (second ? second->fields[0] : NULL) : table->first.items[0];
    table->named = has_names(table, begins, table->width);
    Status status = choose_columns(table, error);
    return status || table->heading ? status
                                    : add_row(table, (const char *const *)table->first.items,
                                              table->first.count, table->first_line, error);
}

static Status take_first(TableGrid *table, const CsvRecord *record, Error *error)
{
    Status status = STATUS_OK;
    table->first_line = record->line;
    for (size_t i = 0; i < record->count && !status; i++) {
        status = name_list_add(&table->first, record->fields[i], error);
    }
    return status;
}

static Status read_rows(TableGrid *table, CsvReader *csv, Error *error)
{
    const CsvRecord *record;
    Status status = csv_reader_next(csv, &record, error);
    if (!status && record) {
        status = take_first(table, record, error);
        status = status ? status : csv_reader_next(csv, &record, error);
        status = status ? status : settle(table, record, error);
    }
    while (!status && record) {
        status = add_row(table, record->fields, record->count, record->line, error);
        status = status ? status : csv_reader_next(csv, &record, error);
    }
    return status;
}

static Status finish(TableGrid *table, Error *error)
{
    Grid *grid = table->grid;
    if (grid->rows == 0) {
        error_set(error, STATUS_INPUT, "%s: holds no rows of numbers", table->path);
        return table->heading ? error_hint(error, "--header no takes the first row for numbers")
                              : error_status(error);
    }
    for (int64_t c = 0; c < grid->columns; c++) {
        if (!table->filled[c]) {
            error_set(error, STATUS_INPUT, "%s: column '%.60s' has no value at all", table->path,
                      grid->column_names.count ? grid->column_names.items[c] : "");
            if (!grid->column_names.count) {
                error_set(error, STATUS_INPUT, "%s: column %" PRId64 " has no value at all",
                          table->path, c + 1);
            }
            return error_hint(error, "leave it out, or say which to take with --columns");
        }
    }
    grid_end(grid, grid->columns);
    return STATUS_OK;
}

/* numpy.savetxt sets numbers apart by blanks; in no other table do they. */
static bool has_blanks_alone(Stream *stream)
{
    size_t length;
    const char *ahead = stream_ahead(stream, &length);
    char line[256];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(ahead, "\r\n"), ahead);
    return strchr(line, ' ') && !strpbrk(line, "\t,;|\"");
}

Status grid_read_table(const char *path, const GridOptions *options, Stream *stream, Grid *grid,
                       Error *error)
{
    TableGrid table = {.path = path, .options = options, .grid = grid};
    Status status = sniff_dialect(options->corpus, path, stream, &table.dialect, error);
    if (status) {
        return error_put_subject(error, path);
    }
    if (!options->corpus->delimiter && has_blanks_alone(stream)) {
        table.dialect.delimiter = ' ';
    }
    CsvReader *csv =
        csv_reader_new(stream, path, table.dialect, options->corpus->limits.document_bytes, error);
    status = csv ? read_rows(&table, csv, error) : error_status(error);
    status = status ? status : finish(&table, error);
    csv_reader_free(csv);
    name_list_free(&table.first);
    id_set_free(&table.names);
    free(table.column);
    free(table.filled);
    return status;
}
