#include "report/number_table.h"

#include "base/memory.h"
#include "base/number.h"
#include "corpus/csv_reader.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
    const char *path;
    const char *const *names;
    size_t *places; /* owned: of each column in a record */
    size_t fields;  /* of every record */
    NumberTable *table;
} Reader;

static Status take_heading(Reader *reader, const CsvRecord *record, Error *error)
{
    reader->fields = record->count;
    for (int c = 0; c < reader->table->columns; c++) {
        size_t at = 0;
        while (at < record->count && strcmp(record->fields[at], reader->names[c]) != 0) {
            at++;
        }
        if (at == record->count) {
            return error_set(error, STATUS_INPUT, "%s: has no column '%s'", reader->path,
                             reader->names[c]);
        }
        reader->places[c] = at;
    }
    return STATUS_OK;
}

static Status take_record(void *context, const CsvRecord *record, Error *error)
{
    Reader *reader = context;
    NumberTable *table = reader->table;
    if (record->number == 1) {
        return take_heading(reader, record, error);
    }
    const size_t filled = (size_t)(table->rows * table->columns);
    Status status = memory_reserve(&table->values, &table->capacity,
                                   filled + (size_t)table->columns, sizeof *table->values, error);
    for (int c = 0; c < table->columns && !status; c++) {
        double *value = table->values + filled + c;
        const char *text =
            record->count == reader->fields ? record->fields[reader->places[c]] : "too few";
        *value = NAN;
        if (text[0] && !number_parse(text, value)) {
            status = error_set(error, STATUS_INPUT, "%s: record %" PRId64 " is not as it must be",
                               reader->path, record->number);
        }
    }
    table->rows += !status;
    return status;
}

Status number_table_read(const char *path, const char *const *names, int count, NumberTable *table,
                         Error *error)
{
    Reader reader = {.path = path, .names = names, .table = table};
    table->columns = count;
    reader.places = memory_new((size_t)count, sizeof *reader.places, error);
    Status status =
        reader.places ? csv_read_file(path, take_record, &reader, error) : error_status(error);
    if (!status && reader.fields == 0) {
        status = error_set(error, STATUS_INPUT, "%s: is empty", path);
    }
    free(reader.places);
    return status;
}

void number_table_free(NumberTable *table)
{
    free(table->values);
    *table = (NumberTable){0};
}
