/* Tables for people, by libsmartcols. */
#include "report/table_formats.h"

#include "base/buffer.h"
#include "base/safe_text.h"

#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Status set_no_memory(Error *error)
{
    return error_set(error, STATUS_FAILED, "out of memory: a table for the terminal");
}

/* A number with so many decimals; what rounds to zero has no sign. */
static Status format_number(double number, int decimals, Buffer *text, Error *error)
{
    Status status = buffer_print(text, error, "%.*f", decimals, number);
    if (status || text->bytes[0] != '-' || strspn(text->bytes, "-0.") < text->length) {
        return status;
    }
    buffer_clear(text);
    return buffer_print(text, error, "%.*f", decimals, 0.0);
}

/* The text of one cell. */
static Status format_cell(const Column *column, const Value *value, Buffer *text, Error *error)
{
    buffer_clear(text);
    if (value->missing) {
        return buffer_append_text(text, "", error);
    }
    switch (column->kind) {
    case COLUMN_TEXT:
        return safe_text_append(text, value->text, error);
    case COLUMN_WHOLE:
        return buffer_print(text, error, "%lld", (long long)value->whole);
    case COLUMN_NUMBER:
        return format_number(value->number, column->decimals, text, error);
    case COLUMN_SHARE:
        return buffer_print(text, error, "%.1f %%", 100.0 * value->number);
    }
    __builtin_unreachable();
}

static Status add_columns(const Table *table, struct libscols_table *lines, Error *error)
{
    for (int c = 0; c < table->column_count; c++) {
        const Column *column = &table->columns[c];
        if (column->only_files) {
            continue;
        }
        const bool is_text = column->kind == COLUMN_TEXT;
        const int flags = is_text ? SCOLS_FL_TRUNC : SCOLS_FL_RIGHT;
        if (!scols_table_new_column(lines, column->name, 0, flags)) {
            return set_no_memory(error);
        }
    }
    return STATUS_OK;
}

static Status add_rows(const Table *table, struct libscols_table *lines, Error *error)
{
    Buffer text = {0};
    Status status = STATUS_OK;
    for (int64_t row = 0; row < table->row_count && !status; row++) {
        Value values[TABLE_COLUMNS_MAX];
        table_row(table, row, values);
        struct libscols_line *line = scols_table_new_line(lines, NULL);
        if (!line) {
            status = set_no_memory(error);
        }
        size_t shown = 0;
        for (int c = 0; c < table->column_count && !status; c++) {
            if (table->columns[c].only_files) {
                continue;
            }
            status = format_cell(&table->columns[c], &values[c], &text, error);
            if (!status && scols_line_set_data(line, shown++, buffer_text(&text)) != 0) {
                status = set_no_memory(error);
            }
        }
    }
    buffer_free(&text);
    return status;
}

/* libsmartcols pads the last column too; nobody wants blanks at the end of a line. */
static void print_trimmed(const char *text, FILE *file)
{
    while (*text) {
        const size_t length = strcspn(text, "\n");
        size_t kept = length;
        while (kept > 0 && text[kept - 1] == ' ') {
            kept--;
        }
        fwrite(text, 1, kept, file);
        putc('\n', file);
        text += length + (text[length] == '\n');
    }
}

/* libsmartcols can print into a text itself, but crashes when there is no memory for it. NULL then;
 * freed by the caller. */
static char *print_lines(struct libscols_table *lines)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) {
        return NULL;
    }
    scols_table_set_stream(lines, stream);
    const bool printed = scols_print_table(lines) == 0 && !ferror(stream);
    if (fclose(stream) != 0 || !printed) {
        free(text);
        return NULL;
    }
    return text;
}

Status table_write_terminal(const Table *table, FILE *file, Error *error)
{
    Status status = STATUS_OK;
    struct libscols_table *lines = scols_new_table();
    if (!lines) {
        return set_no_memory(error);
    }
    scols_table_enable_noencoding(lines, 1); /* cells are safe already */
    status = add_columns(table, lines, error);
    if (!status) {
        status = add_rows(table, lines, error);
    }
    char *text = status ? NULL : print_lines(lines);
    if (!status && !text) {
        status = set_no_memory(error);
    }
    if (!status) {
        print_trimmed(text, file);
    }
    free(text);
    scols_unref_table(lines);
    return status;
}
