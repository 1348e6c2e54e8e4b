/* Tables of numbers that the program has written (tables/convergence.csv, tables/sweep.csv), read
 * back. */
#ifndef THEMATA_REPORT_NUMBER_TABLE_H
#define THEMATA_REPORT_NUMBER_TABLE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Start all-zero. */
typedef struct NumberTable {
    int columns;
    int64_t rows;
    double *values; /* owned, rows × columns; NAN where a field is empty */
    size_t capacity;
} NumberTable;

/* Reads the columns of these names (at least one), in this order; others are passed over.
 * STATUS_INPUT, naming the file, when it cannot be read, is no CSV, lacks one of them or holds what
 * is no number in it. */
Status number_table_read(const char *path, const char *const *names, int count, NumberTable *table,
                         Error *error);

static inline double number_table_at(const NumberTable *table, int64_t row, int column)
{
    return table->values[row * table->columns + column];
}

void number_table_free(NumberTable *table);

#endif
