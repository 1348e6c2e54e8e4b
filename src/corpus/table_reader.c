/* The rows of a table as documents. */
#include "corpus/reader.h"

#include "base/memory.h"
#include "base/number.h"
#include "corpus/csv_reader.h"
#include "corpus/metadata.h"
#include "corpus/names.h"
#include "corpus/notes.h"
#include "corpus/sniff.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct TableReader {
    Reader reader;
    ReaderInput input;
    CsvReader *csv;
    const CsvRecord *first; /* a first row that is no heading; NULL once it is taken */
    NameList columns;       /* the heading, or the first row */
    int64_t first_line;
    int *texts; /* owned: positions of the text's columns, in the order asked for */
    size_t text_count;
    int id; /* positions, or NAME_NOT_FOUND */
    int title;
    int date;
    NameList metadata; /* what each column is called as metadata; empty: it is something else */
    Buffer value;      /* room for one of it */
    int64_t rows;      /* so far */
} TableReader;

/* ---- the columns ---- */

/* The position of a column that is named, or numbered from 1. */
static Status find_column(const TableReader *table, const char *name, const char *option,
                          int *position, Error *error)
{
    int64_t number;
    *position = name_list_find(&table->columns, name);
    if (number_parse_whole(name, &number)) {
        *position = number >= 1 && number <= (int64_t)table->columns.count ? (int)number - 1
                                                                           : NAME_NOT_FOUND;
    }
    return *position == NAME_NOT_FOUND ? name_list_set_missing(&table->columns, table->input.path,
                                                               "column", name, option, error)
                                       : STATUS_OK;
}

static Status add_text(TableReader *table, int position, Error *error)
{
    if (!table->texts) {
        table->texts = memory_new(table->columns.count, sizeof *table->texts, error);
    }
    if (!table->texts) {
        return error_status(error);
    }
    for (size_t i = 0; i < table->text_count; i++) {
        if (table->texts[i] == position) {
            return STATUS_OK; /* asked for twice */
        }
    }
    table->texts[table->text_count++] = position;
    return STATUS_OK;
}

/* The columns that are asked for: one of that very name, or those between the commas. */
static Status find_asked_texts(TableReader *table, Error *error)
{
    const char *asked = table->input.options->text_column;
    const int whole = name_list_find(&table->columns, asked);
    if (whole != NAME_NOT_FOUND && strchr(asked, ',')) {
        return add_text(table, whole, error);
    }
    NameList names = {0};
    Status status = name_list_split(&names, asked, error);
    for (size_t i = 0; i < names.count && !status; i++) {
        int position;
        status = find_column(table, names.items[i], "--text-column", &position, error);
        status = status ? status : add_text(table, position, error);
    }
    name_list_free(&names);
    return status;
}

static Status find_texts(TableReader *table, bool has_heading, Error *error)
{
    if (table->input.options->rows) {
        return STATUS_OK;
    }
    if (table->input.options->text_column) {
        return find_asked_texts(table, error);
    }
    const int usual =
        has_heading ? name_list_find_usual(&table->columns, names_of_text) : NAME_NOT_FOUND;
    if (usual != NAME_NOT_FOUND) {
        return add_text(table, usual, error);
    }
    return table->columns.count == 1
               ? add_text(table, 0, error)
               : name_list_set_missing(&table->columns, table->input.path, "column", NULL,
                                       "--text-column, by its name or its number", error);
}

/* Whether every name in a list is a number. */
static bool are_numbers(const char *names)
{
    return !names || names[strspn(names, "0123456789,")] == '\0' || strcmp(names, "none") == 0;
}

static bool has_heading(const TableReader *table)
{
    const CorpusOptions *options = table->input.options;
    if (options->header != CORPUS_HEADER_AUTO) {
        return options->header == CORPUS_HEADER_YES;
    }
    return options->rows || !are_numbers(options->text_column) ||
           !are_numbers(options->id_column) || !are_numbers(options->date_column) ||
           name_list_is_heading(&table->columns);
}

/* The column that is asked for, or one with a usual name; none, if that is asked for or there is no
 * heading. */
static Status find_asked(const TableReader *table, const char *asked, const char *option,
                         const char *const *usual, int *position, Error *error)
{
    *position = asked || !usual ? NAME_NOT_FOUND : name_list_find_usual(&table->columns, usual);
    return asked && strcmp(asked, "none") != 0 ? find_column(table, asked, option, position, error)
                                               : STATUS_OK;
}

static Status find_columns(TableReader *table, bool heading, Error *error)
{
    const CorpusOptions *options = table->input.options;
    const NameList *columns = &table->columns;
    const bool has_names = heading && !options->values;
    Status status = find_texts(table, heading, error);
    if (!status && !options->rows) {
        status = find_asked(table, options->id_column, "--id-column", heading ? names_of_id : NULL,
                            &table->id, error);
    }
    if (!status) {
        status = find_asked(table, options->date_column, "--date-column",
                            has_names ? names_of_date : NULL, &table->date, error);
    }
    table->title = has_names ? name_list_find_usual(columns, options->rows ? names_of_row_title
                                                                           : names_of_title)
                             : NAME_NOT_FOUND;
    table->reader.id_option = table->id == NAME_NOT_FOUND ? NULL : "--id-column";
    return status;
}

static bool is_text(const TableReader *table, int position)
{
    for (size_t i = 0; i < table->text_count; i++) {
        if (table->texts[i] == position) {
            return true;
        }
    }
    return false;
}

/* What every column is called as metadata, once it is known which are something else. */
static Status name_metadata(TableReader *table, bool heading, Error *error)
{
    Status status = STATUS_OK;
    int named = 0;
    for (int c = 0; c < (int)table->columns.count && !status; c++) {
        const char *name = heading ? table->columns.items[c] : "";
        if (c == table->id || c == table->title || c == table->date || is_text(table, c)) {
            status = name_list_add(&table->metadata, "", error);
        } else if (named == METADATA_COLUMNS) { /* it will be counted, whatever its name */
            status = name_list_add(&table->metadata, "beyond", error);
        } else {
            status = name_list_add_unique(&table->metadata, name, c + 1, error);
            named++;
        }
    }
    return status;
}

static Status take_columns(TableReader *table, const CsvRecord *record, Error *error)
{
    Status status = STATUS_OK;
    int64_t ignored = 0;
    Buffer name = {0};
    for (size_t i = 0; i < record->count && !status; i++) {
        buffer_clear(&name);
        const char *field = record->fields[i];
        status = reader_append(&name, field, strlen(field), &ignored, error);
        status = status ? status : name_list_add(&table->columns, buffer_text(&name), error);
    }
    buffer_free(&name);
    table->first_line = record->line;
    return status;
}

/* ---- rows ---- */

/* What may be wrong when the dialect was not found out. */
static Status add_hint(const TableReader *table, Error *error)
{
    return error->hint[0] || error->status != STATUS_INPUT || table->input.options->rows
               ? error_status(error)
               : error_hint(error, "--delimiter and --quote say what separates and what quotes "
                                   "fields; --quote none: nothing does");
}

static Status append_field(const CsvRecord *record, int position, Buffer *to, int64_t *repaired,
                           Error *error)
{
    if (position == NAME_NOT_FOUND) {
        return STATUS_OK;
    }
    const char *field = record->fields[position];
    return reader_append(to, field, strlen(field), repaired, error);
}

static Status append_texts(const TableReader *table, const CsvRecord *record, Buffer *text,
                           int64_t *repaired, Error *error)
{
    Status status = buffer_reserve(text, 0, error);
    for (size_t i = 0; i < table->text_count && !status; i++) {
        status = i ? buffer_append_byte(text, '\n', error) : STATUS_OK;
        status = status ? status : append_field(record, table->texts[i], text, repaired, error);
    }
    return status;
}

static Status add_metadata(TableReader *table, const CsvRecord *record, Document *document,
                           int64_t *repaired, Error *error)
{
    Status status = STATUS_OK;
    for (size_t c = 0; c < table->metadata.count && !status; c++) {
        const char *name = table->metadata.items[c];
        if (name[0]) {
            buffer_clear(&table->value);
            status = append_field(record, (int)c, &table->value, repaired, error);
            status = status ? status
                            : metadata_add(&document->metadata, name, buffer_text(&table->value),
                                           table->value.length, error);
        }
    }
    return status;
}

static Status fill_document(TableReader *table, const CsvRecord *record, Document *document,
                            Error *error)
{
    const ReaderInput *input = &table->input;
    int64_t repaired = 0;
    Status status = append_texts(table, record, &document->text, &repaired, error);
    if (!status) {
        status = append_field(record, table->id, &document->id, &repaired, error);
    }
    if (!status && document->id.length == 0) {
        status = reader_number(input, table->rows, document, error);
    }
    if (!status) {
        status = append_field(record, table->title, &document->title, &repaired, error);
    }
    if (!status && document->title.length == 0) {
        status = reader_find_title(&document->text, &document->title, error);
    }
    if (!status) {
        status = append_field(record, table->date, &document->date, &repaired, error);
    }
    if (!status) {
        status = add_metadata(table, record, document, &repaired, error);
    }
    return status ? status
                  : notes_add_repair(input->notes, input->name, record->line, repaired, error);
}

static Status note_ragged(const TableReader *table, const CsvRecord *record, Error *error)
{
    char reason[96];
    snprintf(reason, sizeof reason, "%zu field%s (%zu were expected, as in line %" PRId64 ")",
             record->count, record->count == 1 ? "" : "s", table->columns.count, table->first_line);
    return notes_add(table->input.notes, CORPUS_SKIPPED, table->input.name, record->line, reason,
                     error);
}

static Status next_row(Reader *reader, Document *document, bool *found, Error *error)
{
    TableReader *table = (TableReader *)reader;
    *found = false;
    while (!*found) {
        const CsvRecord *record = table->first;
        table->first = NULL;
        Status status = record ? STATUS_OK : csv_reader_next(table->csv, &record, error);
        if (status) {
            return add_hint(table, error);
        }
        if (!record) {
            return STATUS_OK;
        }
        table->rows++;
        reader->line = record->line;
        *found = record->count == table->columns.count;
        status = *found ? fill_document(table, record, document, error)
                        : note_ragged(table, record, error);
        if (status) {
            return status;
        }
    }
    return STATUS_OK;
}

static void free_table(Reader *reader)
{
    TableReader *table = (TableReader *)reader;
    csv_reader_free(table->csv);
    name_list_free(&table->columns);
    name_list_free(&table->metadata);
    buffer_free(&table->value);
    free(table->texts);
    free(table);
}

/* ---- opening ---- */

static Status open_table(TableReader *table, Error *error)
{
    const ReaderInput *input = &table->input;
    CsvDialect dialect;
    Status status = sniff_dialect(input->options, input->name, input->stream, &dialect, error);
    if (status) {
        return reader_set_subject(input, 0, error);
    }
    table->csv = csv_reader_new(input->stream, input->path, dialect,
                                input->options->limits.document_bytes, error);
    const CsvRecord *record = NULL;
    status = table->csv ? csv_reader_next(table->csv, &record, error) : error_status(error);
    if (status) {
        return add_hint(table, error);
    }
    if (!record) {
        return STATUS_OK; /* an empty file: no rows */
    }
    status = take_columns(table, record, error);
    if (!status) {
        const bool heading = has_heading(table);
        table->first = heading ? NULL : record;
        status = find_columns(table, heading, error);
        status = status ? status : name_metadata(table, heading, error);
    }
    return status;
}

Reader *table_reader_new(const ReaderInput *input, Error *error)
{
    TableReader *table = memory_new(1, sizeof *table, error);
    if (!table) {
        return NULL;
    }
    table->reader = (Reader){
        .next = next_row,
        .free = free_table,
        .expectation = "every row behind the heading is a document",
    };
    table->input = *input;
    table->id = table->title = table->date = NAME_NOT_FOUND;
    if (open_table(table, error)) {
        free_table(&table->reader);
        return NULL;
    }
    return &table->reader;
}
