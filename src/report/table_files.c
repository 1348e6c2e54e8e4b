/* Tables for programs: CSV and JSON. */
#include "report/table_formats.h"

#include "base/csv_writer.h"
#include "base/json_writer.h"
#include "base/number.h"

double value_number(const Value *value)
{
    return value->is_float32 ? number_shorten_float((float)value->number) : value->number;
}

static void write_csv_cell(CsvWriter *csv, const Column *column, const Value *value)
{
    if (value->missing) {
        csv_empty(csv);
        return;
    }
    switch (column->kind) {
    case COLUMN_TEXT:
        csv_text(csv, value->text);
        break;
    case COLUMN_WHOLE:
        csv_whole(csv, value->whole);
        break;
    case COLUMN_NUMBER:
    case COLUMN_SHARE:
        if (value->is_float32) {
            csv_number_float(csv, (float)value->number);
        } else {
            csv_number(csv, value->number);
        }
        break;
    }
}

static Status write_csv(const Table *table, CsvWriter csv)
{
    for (int c = 0; c < table->column_count; c++) {
        csv_text(&csv, table->columns[c].name);
    }
    csv_end_line(&csv);
    for (int64_t row = 0; row < table->row_count; row++) {
        Value values[TABLE_COLUMNS_MAX];
        table_row(table, row, values);
        for (int c = 0; c < table->column_count; c++) {
            write_csv_cell(&csv, &table->columns[c], &values[c]);
        }
        csv_end_line(&csv);
    }
    return STATUS_OK;
}

Status table_write_csv(const Table *table, FILE *file, Error *error)
{
    (void)error;
    return write_csv(table, (CsvWriter){.file = file});
}

Status table_write_excel_csv(const Table *table, FILE *file, Error *error)
{
    (void)error;
    fputs("\xEF\xBB\xBF", file); /* a byte order mark, by which it is known as UTF-8 */
    return write_csv(table, (CsvWriter){.file = file, .guarded = true});
}

static void write_json_cell(JsonWriter *json, const Column *column, const Value *value)
{
    json_key(json, column->name);
    if (value->missing) {
        json_nothing(json);
        return;
    }
    switch (column->kind) {
    case COLUMN_TEXT:
        json_text(json, value->text);
        break;
    case COLUMN_WHOLE:
        json_whole(json, value->whole);
        break;
    case COLUMN_NUMBER:
    case COLUMN_SHARE:
        if (value->is_float32) {
            json_number_float(json, (float)value->number);
        } else {
            json_number(json, value->number);
        }
        break;
    }
}

void table_write_json_rows(const Table *table, JsonWriter *json)
{
    json_open_array(json);
    for (int64_t row = 0; row < table->row_count; row++) {
        Value values[TABLE_COLUMNS_MAX] = {0};
        table->fill(table->context, row, values);
        json_open_object(json);
        for (int c = 0; c < table->column_count; c++) {
            write_json_cell(json, &table->columns[c], &values[c]);
        }
        json_close_object(json);
    }
    json_close_array(json);
}

Status table_write_json(const Table *table, FILE *file, Error *error)
{
    (void)error;
    JsonWriter json = {.file = file};
    char schema[64];
    snprintf(schema, sizeof schema, "themata.%s/1", table->name);
    json_open_object(&json);
    json_key(&json, "schema");
    json_text(&json, schema);
    json_key(&json, "rows");
    table_write_json_rows(table, &json);
    json_close_object(&json);
    json_end(&json);
    return STATUS_OK;
}
