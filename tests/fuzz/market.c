/* Matrix Market files. What is read is a matrix in order, and written again it is read the same. */
#include "fuzz.h"

#include "matrix/market.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 1 << 16 };

static double value_at(const CountMatrix *counts, int64_t entry)
{
    return counts->amounts ? counts->amounts[entry] : (double)counts->values[entry];
}

/* Reads a file; false if it is refused. */
static bool read_counts(const char *path, CountMatrix *counts)
{
    Market *market = NULL;
    MarketSize size;
    Error error = {0};
    Status status = market_open(path, &market, &size, &error);
    REQUIRE(status == STATUS_OK || status == STATUS_INPUT);
    if (status) {
        return false;
    }
    REQUIRE(size.rows >= 0 && size.columns >= 0 && size.entries >= 0);
    REQUIRE(size.entries <= size.bytes);
    if (size.columns > COLUMNS_MAX) { /* who reads it has to believe them, as app/ does */
        market_close(market);
        return false;
    }
    status = market_read(market, counts, &error);
    market_close(market);
    REQUIRE(status == STATUS_OK || status == STATUS_INPUT);
    REQUIRE(status == STATUS_OK || strstr(error.message, path) != NULL);
    return status == STATUS_OK;
}

static void require_in_order(const CountMatrix *counts)
{
    REQUIRE(counts->starts[0] == 0 && (!counts->values || !counts->amounts));
    for (int64_t row = 0; row < counts->rows; row++) {
        REQUIRE(counts->starts[row] <= counts->starts[row + 1]);
        for (int64_t i = counts->starts[row]; i < counts->starts[row + 1]; i++) {
            REQUIRE(counts->indices[i] < counts->columns);
            REQUIRE(i == counts->starts[row] || counts->indices[i - 1] < counts->indices[i]);
            REQUIRE(isfinite(value_at(counts, i)) && value_at(counts, i) > 0.0);
        }
    }
}

/* The same as the sparse matrix whose columns are the documents, which is how it is written. */
static SparseMatrix *make_sparse(const CountMatrix *counts)
{
    Error error;
    const int64_t entries = counts->starts[counts->rows];
    SparseMatrix *matrix = sparse_new(counts->columns, counts->rows, entries, &error);
    REQUIRE(matrix != NULL);
    memcpy(matrix->own_starts, counts->starts, sizeof *matrix->starts * (size_t)(counts->rows + 1));
    for (int64_t i = 0; i < entries; i++) {
        matrix->own_rows[i] = counts->indices[i];
        matrix->values[i] = value_at(counts, i);
    }
    REQUIRE(sparse_is_valid(matrix));
    return matrix;
}

static void check_round_trip(const CountMatrix *counts)
{
    SparseMatrix *matrix = make_sparse(counts);
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    REQUIRE(file != NULL);
    market_write(file, matrix, "a comment");
    REQUIRE(fclose(file) == 0);
    CountMatrix again = {0};
    REQUIRE(read_counts(fuzz_write("again.mtx", text, length), &again));
    REQUIRE(again.rows == counts->rows && again.columns == counts->columns);
    REQUIRE(!again.amounts == !counts->amounts || counts->starts[counts->rows] == 0);
    for (int64_t row = 0; row <= counts->rows; row++) {
        REQUIRE(again.starts[row] == counts->starts[row]);
    }
    for (int64_t i = 0; i < counts->starts[counts->rows]; i++) {
        REQUIRE(again.indices[i] == counts->indices[i]);
        REQUIRE(value_at(&again, i) == value_at(counts, i));
    }
    count_matrix_free(&again);
    sparse_free(matrix);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CountMatrix counts = {0};
    if (read_counts(fuzz_write("x.mtx", data, size), &counts)) {
        require_in_order(&counts);
        check_round_trip(&counts);
    }
    count_matrix_free(&counts);
    return 0;
}
