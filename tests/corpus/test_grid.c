#include "corpus/grid.h"
#include "corpus/grid_files.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- cells ---- */

static void expect(const char *text, char delimiter, GridCell kind, double value)
{
    double got = 0.0;
    const GridCell found = grid_cell_read(text, delimiter, &got);
    cr_expect(found == kind, "'%s' is of kind %d (%d was expected)", text, found, kind);
    cr_expect(kind != GRID_CELL_NUMBER || got == value, "'%s' is %.17g", text, got);
}

Test(grid, numbers_as_they_are_written)
{
    expect("0", ',', GRID_CELL_NUMBER, 0.0);
    expect("12.5", ',', GRID_CELL_NUMBER, 12.5);
    expect("1e3", ',', GRID_CELL_NUMBER, 1000.0);
    expect(" +7\t", ',', GRID_CELL_NUMBER, 7.0);
    expect("4,227,300", ',', GRID_CELL_NUMBER, 4227300.0);
    expect("4,227,300.25", '\t', GRID_CELL_NUMBER, 4227300.25);
    expect("4 227 300", ',', GRID_CELL_NUMBER, 4227300.0);
    expect("4'227'300", ',', GRID_CELL_NUMBER, 4227300.0);
    expect("4\xC2\xA0"
           "227",
           ',', GRID_CELL_NUMBER, 4227.0);
    expect("1,234", ',', GRID_CELL_NUMBER, 1234.0);
    expect("1,234,567", ';', GRID_CELL_NUMBER, 1234567.0);
    expect("1e-100", ',', GRID_CELL_NUMBER, 1e-100);
}

Test(grid, decimal_commas_are_seen)
{
    expect("1,5", ',', GRID_CELL_COMMA, 0.0);
    expect("0,123", '\t', GRID_CELL_COMMA, 0.0);
    expect("12,34", ';', GRID_CELL_COMMA, 0.0);
    expect("1,234", ';', GRID_CELL_COMMA, 0.0);
    expect("1.234,5", ',', GRID_CELL_COMMA, 0.0);
    expect("1,2345", ',', GRID_CELL_COMMA, 0.0);
    expect("1,5e3", ';', GRID_CELL_COMMA, 0.0);
}

Test(grid, what_cannot_be_used)
{
    expect("-1", ',', GRID_CELL_NEGATIVE, 0.0);
    expect("-1,000", ',', GRID_CELL_NEGATIVE, 0.0);
    expect("-0", ',', GRID_CELL_NUMBER, 0.0);
    expect("inf", ',', GRID_CELL_INFINITE, 0.0);
    expect("-Infinity", ',', GRID_CELL_INFINITE, 0.0);
    expect("1e101", ',', GRID_CELL_BEYOND, 0.0);
    expect("1e-101", ',', GRID_CELL_BEYOND, 0.0);
    expect("one", ',', GRID_CELL_WORD, 0.0);
    expect("1 apple", ',', GRID_CELL_WORD, 0.0);
    expect("2014-01-02", ',', GRID_CELL_WORD, 0.0);
    expect("0x10", ',', GRID_CELL_WORD, 0.0);
    expect("1,23,456", ',', GRID_CELL_WORD, 0.0);
    expect("1,234,56", ',', GRID_CELL_WORD, 0.0);
    expect("1,234'567", ',', GRID_CELL_WORD, 0.0);
    expect("12345678901234567890123456789012345678901234567890123456789012345", ',', GRID_CELL_WORD,
           0.0);
}

Test(grid, what_is_missing)
{
    static const char *const texts[] = {"",   " ",   "/",   "-",    "?",   ".",
                                        "NA", "n/a", "NaN", "null", "None"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect(texts[i], ',', GRID_CELL_MISSING, 0.0);
    }
}

/* ---- grids ---- */

static const double missing = -1.0;

/* Builds a grid of all its cells, of which `missing` ones are not there. */
static void build(Grid *grid, int64_t rows, int64_t columns, const double *values)
{
    Error error;
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t c = 0; c < columns; c++) {
            const double value = values[r * columns + c];
            cr_assert(value == missing || grid_add(grid, c, value, &error) == STATUS_OK);
        }
        cr_assert(grid_end_row(grid, &error) == STATUS_OK);
    }
    grid_end(grid, columns);
}

static double cell(const Grid *grid, int64_t row, int64_t column)
{
    for (int64_t p = grid->starts[row]; p < grid->starts[row + 1]; p++) {
        if (grid->indices[p] == column) {
            return grid->values[p];
        }
    }
    return missing;
}

Test(grid, zeros_are_left_out_if_nothing_is_missing)
{
    static const double values[] = {0, 1, 2, 0, 0, 0};
    Grid grid = {0};
    build(&grid, 2, 3, values);
    cr_expect(grid.absent == GRID_ABSENT_ZERO && grid_cells(&grid) == 2);
    cr_expect(cell(&grid, 0, 1) == 1.0 && cell(&grid, 0, 2) == 2.0);
    cr_expect(grid.starts[1] == 2 && grid.starts[2] == 2);
    grid_free(&grid);
}

Test(grid, zeros_stay_beside_what_is_missing)
{
    static const double values[] = {0, missing, 2, 3, 0, missing};
    Grid grid = {0};
    build(&grid, 3, 2, values);
    cr_expect(grid.absent == GRID_ABSENT_MISSING && grid_absent_cells(&grid) == 2.0);
    cr_expect(cell(&grid, 0, 0) == 0.0 && cell(&grid, 0, 1) == missing);
    grid_free(&grid);
}

Test(grid, turned_twice_is_as_it_was)
{
    static const double values[] = {0, missing, 2, 3, 0, missing, 7, missing};
    Grid grid = {0};
    Error error;
    build(&grid, 2, 4, values);
    cr_assert(grid_transpose(&grid, &error) == STATUS_OK);
    cr_assert(grid.rows == 4 && grid.columns == 2);
    for (int64_t i = 0; i < 8; i++) {
        cr_expect(cell(&grid, i % 4, i / 4) == values[i]);
    }
    cr_assert(grid_transpose(&grid, &error) == STATUS_OK);
    for (int64_t i = 0; i < 8; i++) {
        cr_expect(cell(&grid, i / 4, i % 4) == values[i]);
    }
    grid_free(&grid);
}

/* ---- files ---- */

static Status read_text(const char *text, const GridOptions *options, Grid *grid, Error *error)
{
    char *directory = support_directory(), path[512];
    support_write_text(directory, "table.csv", text);
    snprintf(path, sizeof path, "%s/table.csv", directory);
    free(directory);
    return grid_read_text(path, options, grid, error);
}

/* What is taken for names: rows and columns of the grid, and the first name of each. */
static void expect_names(const char *text, int64_t rows, int64_t columns, const char *row,
                         const char *column)
{
    const GridOptions options = {.corpus = &corpus_defaults};
    Grid grid = {0};
    Error error;
    cr_assert(read_text(text, &options, &grid, &error) == STATUS_OK, "%s: %s", text, error.message);
    cr_expect(grid.rows == rows && grid.columns == columns, "%s: %d × %d", text, (int)grid.rows,
              (int)grid.columns);
    cr_expect(row ? grid.row_names.count == (size_t)rows && !strcmp(grid.row_names.items[0], row)
                  : grid.row_names.count == 0,
              "%s", text);
    cr_expect(column ? grid.column_names.count == (size_t)columns &&
                           !strcmp(grid.column_names.items[0], column)
                     : grid.column_names.count == 0,
              "%s", text);
    grid_free(&grid);
}

Test(grid, headings_and_names_are_found)
{
    expect_names("1,2\n3,4\n", 2, 2, NULL, NULL);
    expect_names("a,b\n3,4\n", 1, 2, NULL, "a");
    expect_names(",a,b\n1,3,4\n", 1, 2, "1", "a");
    expect_names("x,3,4\ny,5,6\n", 2, 2, "x", NULL);
    expect_names("name,b\nx,4\n", 1, 1, "x", "b");
    expect_names("id,b\n7,4\n8,5\n", 2, 1, "7", "b");
    expect_names("date,b\n20140102,4\n", 1, 1, "20140102", "b");
    expect_names("a,b\nx,1,2\n", 1, 2, "x", "a");
    expect_names(",0,1\n0,5,6\n1,7,8\n", 2, 2, "0", "0");
    expect_names("volume\n5\n6\n", 2, 1, NULL, "volume");
    expect_names("5\n6\n", 2, 1, NULL, NULL);
    expect_names("user,book,rating\n7,9,1\n", 1, 1, "7", "9");
}

Test(grid, headings_and_names_can_be_said)
{
    CorpusOptions corpus = corpus_defaults;
    corpus.header = CORPUS_HEADER_YES;
    GridOptions options = {.corpus = &corpus, .names = CORPUS_HEADER_YES};
    Grid grid = {0};
    Error error;
    cr_assert(read_text("1,2,3\n4,5,6\n", &options, &grid, &error) == STATUS_OK);
    cr_expect(grid.rows == 1 && grid.columns == 2 && grid.values[0] == 5.0);
    cr_expect_str_eq(grid.row_names.items[0], "4");
    cr_expect_str_eq(grid.column_names.items[1], "3");
    grid_free(&grid);
    options = (GridOptions){.corpus = &corpus_defaults, .columns = "3,b"};
    cr_assert(read_text("n,a,b,c\nx,1,2,3\ny,4,5,6\n", &options, &grid, &error) == STATUS_OK);
    cr_expect(grid.columns == 1 && grid.column_names.count == 1 && grid.values[1] == 5.0);
    grid_free(&grid);
}

Test(grid, triples_become_rows)
{
    const GridOptions options = {.corpus = &corpus_defaults, .triples = true};
    Grid grid = {0};
    Error error;
    cr_assert(read_text("u::a::0::9\nv::b::2\nu::c::3\n", &options, &grid, &error) == STATUS_OK,
              "%s", error.message);
    cr_expect(grid.rows == 2 && grid.columns == 3 && grid_cells(&grid) == 3);
    cr_expect(grid.absent == GRID_ABSENT_MISSING && cell(&grid, 0, 0) == 0.0 &&
              cell(&grid, 1, 1) == 2.0 && cell(&grid, 0, 2) == 3.0);
    grid_free(&grid);
    cr_assert(read_text("u a 1\nu b\n", &options, &grid, &error) == STATUS_INPUT);
    cr_expect(strstr(error.message, "line 2") != NULL, "%s", error.message);
    grid_free(&grid);
}
