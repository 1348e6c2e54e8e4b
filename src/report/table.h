/* A table as every format writes it: columns, and a function that fills in one row. Nothing is
 * held but the row at hand, so a table may have any number of rows.
 *
 * What a table says is decided where it is made (report/tables.h); how it looks, in the format. */
#ifndef THEMATA_REPORT_TABLE_H
#define THEMATA_REPORT_TABLE_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef enum ColumnKind {
    COLUMN_TEXT,
    COLUMN_WHOLE,
    COLUMN_NUMBER,
    COLUMN_SHARE, /* a number from 0 to 1; people see per cent */
} ColumnKind;

typedef struct Column {
    const char *name; /* snake_case, as in files */
    ColumnKind kind;
    bool only_files; /* left out where people read */
    int decimals;    /* COLUMN_NUMBER: digits behind the point where people read */
} Column;

enum { TABLE_COLUMNS_MAX = 128 };

/* One cell. Text is UTF-8 and lives until the next row is filled. */
typedef struct Value {
    bool missing;
    const char *text;
    int64_t whole;
    double number;   /* for COLUMN_NUMBER and COLUMN_SHARE */
    bool is_float32; /* the number was float32: its shortest form is that of a float32 */
} Value;

typedef struct Table {
    const char *name; /* "topics": file name, and schema "themata.topics/1" */
    const Column *columns;
    int column_count;
    int64_t row_count;
    /* Fills values[0..column_count − 1] of row 0..row_count − 1; all are zero before. */
    void (*fill)(void *context, int64_t row, Value *values);
    void *context;
    void (*release)(void *context); /* frees the context; NULL: it is borrowed */
} Table;

/* Releases what the function that made the table allocated. */
void table_free(Table *table);

/* One row. */
static inline void table_row(const Table *table, int64_t row, Value values[TABLE_COLUMNS_MAX])
{
    memset(values, 0, (size_t)table->column_count * sizeof *values);
    table->fill(table->context, row, values);
}

/* The number of a COLUMN_NUMBER or COLUMN_SHARE as a float64: of a float32 the one that is nearest
 * to its shortest form, so that every format says the same number as CSV does. */
double value_number(const Value *value);

/* How a table is written; errors stay on the FILE. */
typedef struct TableFormat {
    const char *name; /* the option that asks for it: "csv" for --csv */
    Status (*write)(const Table *table, FILE *file, Error *error);
} TableFormat;

/* Every format; the first is the one for people. Ends with a NULL name. */
extern const TableFormat table_formats[];

#endif
