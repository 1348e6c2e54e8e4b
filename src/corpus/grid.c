#include "corpus/grid.h"

#include "base/memory.h"
#include "base/number.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- building ---- */

static Status begin(Grid *grid, Error *error)
{
    if (grid->starts) {
        return STATUS_OK;
    }
    Status status =
        memory_reserve(&grid->starts, &grid->starts_capacity, 2, sizeof *grid->starts, error);
    if (!status) {
        grid->starts[0] = grid->starts[1] = 0;
    }
    return status;
}

Status grid_add(Grid *grid, int64_t column, double value, Error *error)
{
    Status status = begin(grid, error);
    const size_t at = status ? 0 : (size_t)grid->starts[grid->rows + 1];
    if (!status) {
        status = memory_reserve(&grid->indices, &grid->indices_capacity, at + 1,
                                sizeof *grid->indices, error);
    }
    if (!status) {
        status = memory_reserve(&grid->values, &grid->values_capacity, at + 1, sizeof *grid->values,
                                error);
    }
    if (!status) {
        grid->indices[at] = (uint32_t)column;
        grid->values[at] = value == 0.0 ? 0.0 : value; /* −0 is 0 */
        grid->starts[grid->rows + 1]++;
    }
    return status;
}

/* starts[rows + 1] is the end of the row that is being built. */
Status grid_end_row(Grid *grid, Error *error)
{
    Status status = begin(grid, error);
    if (!status) {
        status = memory_reserve(&grid->starts, &grid->starts_capacity, (size_t)grid->rows + 3,
                                sizeof *grid->starts, error);
    }
    if (!status) {
        grid->rows++;
        grid->starts[grid->rows + 1] = grid->starts[grid->rows];
    }
    return status;
}

static void leave_out_zeros(Grid *grid)
{
    int64_t kept = 0, from = 0;
    for (int64_t r = 0; r < grid->rows; r++) {
        const int64_t end = grid->starts[r + 1];
        for (; from < end; from++) {
            if (grid->values[from] != 0.0) {
                grid->values[kept] = grid->values[from];
                grid->indices[kept++] = grid->indices[from];
            }
        }
        grid->starts[r + 1] = kept;
    }
}

void grid_end(Grid *grid, int64_t columns)
{
    grid->columns = columns;
    grid->absent = GRID_ABSENT_MISSING;
    if (grid_absent_cells(grid) == 0.0) {
        leave_out_zeros(grid);
        grid->absent = GRID_ABSENT_ZERO;
    }
}

int64_t grid_cells(const Grid *grid)
{
    return grid->starts ? grid->starts[grid->rows] : 0;
}

double grid_absent_cells(const Grid *grid)
{
    return (double)grid->rows * (double)grid->columns - (double)grid_cells(grid);
}

Status grid_transpose(Grid *grid, Error *error)
{
    const size_t cells = (size_t)grid_cells(grid);
    Grid turned = {.rows = grid->columns,
                   .columns = grid->rows,
                   .row_names = grid->column_names,
                   .column_names = grid->row_names,
                   .absent = grid->absent,
                   .passed_over = grid->passed_over};
    turned.starts = memory_new((size_t)turned.rows + 2, sizeof *turned.starts, error);
    turned.indices = memory_new(cells, sizeof *turned.indices, error);
    turned.values = memory_new(cells, sizeof *turned.values, error);
    if (!turned.starts || !turned.indices || !turned.values) {
        free(turned.starts);
        free(turned.indices);
        free(turned.values);
        return error_status(error);
    }
    int64_t *next = turned.starts + 1; /* where the next cell of a row goes, in the end its end */
    for (size_t p = 0; p < cells; p++) {
        turned.starts[grid->indices[p] + 2]++;
    }
    for (int64_t r = 1; r <= turned.rows; r++) {
        turned.starts[r + 1] += turned.starts[r];
    }
    for (int64_t r = 0; r < grid->rows; r++) {
        for (int64_t p = grid->starts[r]; p < grid->starts[r + 1]; p++) {
            const int64_t at = next[grid->indices[p]]++;
            turned.indices[at] = (uint32_t)r;
            turned.values[at] = grid->values[p];
        }
    }
    free(grid->starts);
    free(grid->indices);
    free(grid->values);
    *grid = turned;
    return STATUS_OK;
}

void grid_free(Grid *grid)
{
    name_list_free(&grid->row_names);
    name_list_free(&grid->column_names);
    free(grid->starts);
    free(grid->indices);
    free(grid->values);
    *grid = (Grid){0};
}

/* ---- a cell as text ---- */

GridCell grid_number_kind(double value)
{
    static const double least = 1e-100, most = 1e100;
    return isnan(value)                                      ? GRID_CELL_MISSING
           : isinf(value)                                    ? GRID_CELL_INFINITE
           : value < 0.0                                     ? GRID_CELL_NEGATIVE
           : value != 0.0 && (value < least || value > most) ? GRID_CELL_BEYOND
                                                             : GRID_CELL_NUMBER;
}

static bool is_one_of(const char *text, const char *const *words)
{
    while (*words && strcasecmp(text, *words) != 0) {
        words++;
    }
    return *words != NULL;
}

/* The length of a mark that sets thousands apart: a comma, a blank, an apostrophe, a no-break blank
 * (U+00A0) or a narrow one (U+202F); 0 if there is none. */
static size_t group_mark(const char *text)
{
    static const char *const marks[] = {",", " ", "'", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strncmp(text, marks[i], strlen(marks[i])) == 0) {
            return strlen(marks[i]);
        }
    }
    return 0;
}

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* Copies a number without the marks that set its thousands apart; false if they do not stand where
 * they should: one to three digits, not beginning with 0, then groups of three behind the same
 * mark. */
static bool drop_groups(const char *text, char *plain, size_t room, bool *grouped)
{
    const char *at = text + (*text == '-');
    const size_t first = digits(at);
    const size_t mark = group_mark(at + first);
    *grouped = mark > 0;
    if (strlen(text) >= room) {
        return false;
    }
    if (!mark) {
        strcpy(plain, text);
        return true;
    }
    const char *sign = at + first;
    if (first < 1 || first > 3 || *at == '0') {
        return false;
    }
    size_t length = (size_t)(sign - text);
    memcpy(plain, text, length);
    for (at = sign; strncmp(at, sign, mark) == 0; at += mark + 3) {
        if (digits(at + mark) < 3) {
            return false;
        }
        memcpy(plain + length, at + mark, 3);
        length += 3;
    }
    strcpy(plain + length, at);
    return !isdigit((unsigned char)*at) && !group_mark(at);
}

/* Whether this is a number but for one comma where a point would be: 1,5 or 1.234,56. */
static bool has_decimal_comma(const char *text)
{
    const char *at = text + (*text == '-');
    const size_t whole = strspn(at, "0123456789. '");
    if (at[whole] != ',' || whole == 0) {
        return false;
    }
    const size_t behind = digits(at + whole + 1);
    return behind > 0 && (at[whole + 1 + behind] == '\0' || at[whole + 1 + behind] == 'e' ||
                          at[whole + 1 + behind] == 'E');
}

static GridCell read_plain(const char *text, char delimiter, double *value)
{
    static const char *const missing[] = {"",    "/",    "-",    "?",    ".",       "na", "n/a",
                                          "nan", "-nan", "null", "none", "missing", NULL};
    static const char *const infinite[] = {"inf", "-inf", "infinity", "-infinity", NULL};
    char plain[64];
    bool grouped;
    if (is_one_of(text, missing)) {
        return GRID_CELL_MISSING;
    }
    if (is_one_of(text, infinite)) {
        return GRID_CELL_INFINITE;
    }
    double number;
    if (drop_groups(text, plain, sizeof plain, &grouped) && number_parse(plain, &number)) {
        if (grouped && delimiter == ';' && has_decimal_comma(text)) {
            return GRID_CELL_COMMA;
        }
        *value = number;
        return grid_number_kind(number);
    }
    return has_decimal_comma(text) ? GRID_CELL_COMMA : GRID_CELL_WORD;
}

GridCell grid_cell_read(const char *text, char delimiter, double *value)
{
    char cell[64];
    text += strspn(text, " \t");
    text += *text == '+' && isdigit((unsigned char)text[1]);
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        length--;
    }
    if (length >= sizeof cell) {
        return GRID_CELL_WORD;
    }
    memcpy(cell, text, length);
    cell[length] = '\0';
    return read_plain(cell, delimiter, value);
}
