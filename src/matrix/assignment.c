#include "matrix/assignment.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

/* The problem with the smaller side first, as costs; both sides are counted from 1, 0 stands for
 * "none". Throughout, cost(r, c) ≥ row_price[r] + column_price[c], with equality for partners. */
typedef struct Search {
    const double *scores;
    int rows; /* the smaller side */
    int columns;
    bool turned; /* rows and columns of `scores` have changed places */
    double *row_price;
    double *column_price;
    double *distance; /* of each column from the row that looks for a partner */
    int *row_of;      /* of each column: its partner */
    int *previous;    /* of each column: the one before it on the shortest path */
    bool *settled;
} Search;

static double cost(const Search *search, int row, int column)
{
    const int r = row - 1, c = column - 1;
    return search->turned ? -search->scores[(size_t)c * (size_t)search->rows + (size_t)r]
                          : -search->scores[(size_t)r * (size_t)search->columns + (size_t)c];
}

static Status search_new(Search *search, Error *error)
{
    const size_t rows = (size_t)search->rows + 1, columns = (size_t)search->columns + 1;
    search->row_price = memory_new(rows, sizeof *search->row_price, error);
    search->column_price = memory_new(columns, sizeof *search->column_price, error);
    search->distance = memory_new(columns, sizeof *search->distance, error);
    search->row_of = memory_new(columns, sizeof *search->row_of, error);
    search->previous = memory_new(columns, sizeof *search->previous, error);
    search->settled = memory_new(columns, sizeof *search->settled, error);
    return search->row_price && search->column_price && search->distance && search->row_of &&
                   search->previous && search->settled
               ? STATUS_OK
               : error_status(error);
}

static void search_free(Search *search)
{
    free(search->row_price);
    free(search->column_price);
    free(search->distance);
    free(search->row_of);
    free(search->previous);
    free(search->settled);
}

/* Goes on from `column`, just settled, and returns the nearest column that is not. */
static int settle(Search *search, int column)
{
    const int row = search->row_of[column];
    double least = 0.0;
    int nearest = 0;
    search->settled[column] = true;
    for (int c = 1; c <= search->columns; c++) {
        if (search->settled[c]) {
            continue;
        }
        const double reduced =
            cost(search, row, c) - search->row_price[row] - search->column_price[c];
        if (search->previous[c] < 0 || reduced < search->distance[c]) {
            search->distance[c] = reduced;
            search->previous[c] = column;
        }
        if (nearest == 0 || search->distance[c] < least) {
            least = search->distance[c];
            nearest = c;
        }
    }
    for (int c = 0; c <= search->columns; c++) {
        if (search->settled[c]) {
            search->row_price[search->row_of[c]] += least;
            search->column_price[c] -= least;
        } else {
            search->distance[c] -= least;
        }
    }
    return nearest;
}

/* Gives `row` a partner, along the cheapest chain of changes. Column 0 stands for the row's wish.
 */
static void find_partner(Search *search, int row)
{
    for (int c = 0; c <= search->columns; c++) {
        search->previous[c] = -1;
        search->settled[c] = false;
    }
    search->row_of[0] = row;
    int column = 0;
    while (column == 0 || search->row_of[column] != 0) {
        column = settle(search, column);
    }
    while (column != 0) {
        search->row_of[column] = search->row_of[search->previous[column]];
        column = search->previous[column];
    }
}

Status assignment_solve(const double *scores, int rows, int columns, int *partner, Error *error)
{
    const bool turned = rows > columns;
    Search search = {
        .scores = scores,
        .rows = turned ? columns : rows,
        .columns = turned ? rows : columns,
        .turned = turned,
    };
    Status status = search_new(&search, error);
    for (int r = 1; r <= search.rows && !status; r++) {
        find_partner(&search, r);
    }
    for (int r = 0; r < rows; r++) {
        partner[r] = -1;
    }
    for (int c = 1; c <= search.columns && !status; c++) {
        if (turned) {
            partner[c - 1] = search.row_of[c] - 1;
        } else if (search.row_of[c] != 0) {
            partner[search.row_of[c] - 1] = c - 1;
        }
    }
    search_free(&search);
    return status;
}
