/* A table of numbers with names, whatever file it stands in: the cells that are there, row by row.
 * Nothing is known of what rows and columns mean. */
#ifndef THEMATA_CORPUS_GRID_H
#define THEMATA_CORPUS_GRID_H

#include "base/error.h"
#include "corpus/names.h"

#include <stddef.h>
#include <stdint.h>

/* What a cell is that is not there. */
typedef enum GridAbsent {
    GRID_ABSENT_ZERO,    /* 0: every cell of the file has a value, and zeros are left out here */
    GRID_ABSENT_MISSING, /* not known */
    GRID_ABSENT_EITHER,  /* one or the other: a sparse file does not say */
} GridAbsent;

/* Start all-zero. */
typedef struct Grid {
    int64_t rows;
    int64_t columns;       /* below 2^32, as the rows */
    NameList row_names;    /* one for each, or none at all */
    NameList column_names; /* likewise */
    int64_t *starts;       /* owned, rows + 1: where each row begins */
    uint32_t *indices;     /* owned, starts[rows]: columns, ascending within a row, none twice */
    double *values;        /* owned, beside `indices`: finite and ≥ 0 */
    GridAbsent absent;
    int64_t passed_over; /* files of a directory that are no images */
    size_t starts_capacity;
    size_t indices_capacity;
    size_t values_capacity;
} Grid;

/* Building a grid row by row, columns ascending: any number of grid_add, then grid_end_row. */
Status grid_add(Grid *grid, int64_t column, double value, Error *error);
Status grid_end_row(Grid *grid, Error *error);

/* Ends the building of a grid whose absent cells are missing: `columns` is set, and if every cell
 * is there the zeros are left out from here on. */
void grid_end(Grid *grid, int64_t columns);

/* Cells that are there. */
int64_t grid_cells(const Grid *grid);

/* Cells that are not: rows · columns less those that are; as a float64, which cannot overflow. */
double grid_absent_cells(const Grid *grid);

/* Makes rows of the columns and columns of the rows. O(rows + columns + cells). */
Status grid_transpose(Grid *grid, Error *error);

void grid_free(Grid *grid);

/* ---- a cell as text ---- */

typedef enum GridCell {
    GRID_CELL_NUMBER,
    GRID_CELL_MISSING,  /* empty, /, -, ?, ., NA, N/A, NaN, null, none */
    GRID_CELL_NEGATIVE, /* a number, but below 0 */
    GRID_CELL_INFINITE,
    GRID_CELL_BEYOND, /* neither 0 nor from 1e-100 to 1e100 */
    GRID_CELL_COMMA,  /* a number with a decimal comma, or what may be one */
    GRID_CELL_WORD,   /* anything else */
} GridCell;

/* What a number is, which is 0 or from 1e-100 to 1e100 if it can be used: GRID_CELL_NUMBER,
 * _NEGATIVE, _INFINITE, _BEYOND, or _MISSING for NaN. */
GridCell grid_number_kind(double value);

/* Reads a cell; blanks around it count for nothing. Thousands may be set apart by commas, blanks or
 * apostrophes (1,234,567.5), in every group of three digits or in none. In a table whose columns a
 * semicolon separates, 1,234 may be meant either way and is GRID_CELL_COMMA. *value is set for
 * GRID_CELL_NUMBER alone. */
GridCell grid_cell_read(const char *text, char delimiter, double *value);

#endif
