#include "matrix/grid_arrays.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "corpus/corpus.h"
#include "matrix/array.h"
#include "matrix/market.h"
#include "matrix/npy_header.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const int64_t side_most = UINT32_MAX - 1; /* rows, or columns */

static Status set_bad_value(const char *path, double value, int64_t row, int64_t column,
                            Error *error)
{
    static const char *const wrong[] = {
        [GRID_CELL_MISSING] = "is not a number",
        [GRID_CELL_NEGATIVE] = "is negative",
        [GRID_CELL_INFINITE] = "is not finite",
        [GRID_CELL_BEYOND] = "is neither 0 nor from 1e-100 to 1e100",
    };
    const GridCell kind = grid_number_kind(value);
    error_set(error, STATUS_INPUT, "%s: the value of row %" PRId64 ", column %" PRId64 ", %g, %s",
              path, row + 1, column + 1, value, wrong[kind]);
    return error_hint(error, kind == GRID_CELL_MISSING ? "values that are missing: leave their "
                                                         "cells empty in a CSV file"
                             : kind == GRID_CELL_BEYOND
                                 ? "give the table in another unit"
                                 : "a factorisation needs numbers that are 0 or more");
}

/* Adds a value, if it can be used. */
static Status add(const char *path, Grid *grid, int64_t column, double value, Error *error)
{
    return grid_number_kind(value) == GRID_CELL_NUMBER
               ? grid_add(grid, column, value, error)
               : set_bad_value(path, value, grid->rows, column, error);
}

/* ---- .npy ---- */

static Status fill_dense(const char *path, const Array *array, Grid *grid, Error *error)
{
    const int64_t rows = array->shape[0], columns = array->dimensions > 1 ? array->shape[1] : 1;
    Status status = STATUS_OK;
    for (int64_t r = 0; r < rows && !status; r++) {
        for (int64_t c = 0; c < columns && !status; c++) {
            const int64_t at = array->fortran ? c * rows + r : r * columns + c;
            status = add(path, grid, c, array_number(array, (size_t)at), error);
        }
        status = status ? status : grid_end_row(grid, error);
    }
    if (!status) {
        grid_end(grid, columns);
    }
    return status;
}

Status grid_read_npy(const char *path, Grid *grid, Error *error)
{
    Buffer contents = {0};
    Array array;
    Status status = file_read(path, SIZE_MAX / 2, &contents, error);
    status =
        status ? status : array_open(path, buffer_text(&contents), contents.length, &array, error);
    if (!status && (array.dimensions == 0 || strchr("SU", array.kind))) {
        error_set(error, STATUS_INPUT, "%s: is no table of numbers", path);
        status = error_hint(error, "an array of two dimensions was expected");
    }
    if (!status && (array.count == 0 || array.shape[0] > side_most ||
                    (array.dimensions > 1 && array.shape[1] > side_most))) {
        status = error_set(
            error, STATUS_INPUT,
            array.count == 0 ? "%s: has no values" : "%s: has too many rows or columns", path);
    }
    status = status ? status : fill_dense(path, &array, grid, error);
    buffer_free(&contents);
    return status;
}

/* ---- .npz ---- */

enum { MEMBER_FORMAT, MEMBER_SHAPE, MEMBER_STARTS, MEMBER_INDICES, MEMBER_DATA, MEMBERS };

static const char *const member_names[MEMBERS] = {"format.npy", "shape.npy", "indptr.npy",
                                                  "indices.npy", "data.npy"};

static Status set_no_sparse(const char *path, const char *wrong, Error *error)
{
    error_set(error, STATUS_INPUT, "%s: %s", path, wrong);
    return error_hint(error, "scipy.sparse.save_npz writes such a file, of a CSR or CSC matrix");
}

/* What a file may unpack to. */
static double unpacked_most(const char *path)
{
    struct stat facts;
    const CorpusLimits *limits = &corpus_defaults.limits;
    return stat(path, &facts) == 0
               ? (double)limits->unpacked_free + limits->ratio * (double)facts.st_size
               : 0.0;
}

static Status read_member(struct archive *archive, const char *path, double *left, Buffer *member,
                          Error *error)
{
    const void *block;
    size_t length;
    la_int64_t offset;
    Status status = STATUS_OK;
    int code = ARCHIVE_OK;
    while (!status &&
           (code = archive_read_data_block(archive, &block, &length, &offset)) == ARCHIVE_OK) {
        *left -= (double)length;
        status = *left < 0.0 || (size_t)offset != member->length
                     ? set_no_sparse(path, "unpacks to more than it should", error)
                     : buffer_append(member, block, length, error);
    }
    return status || code == ARCHIVE_EOF ? status : set_no_sparse(path, "is damaged", error);
}

static Status read_members(const char *path, Buffer members[MEMBERS], Error *error)
{
    struct archive *archive = npz_open(path, error);
    struct archive_entry *entry;
    double left = unpacked_most(path);
    int code = ARCHIVE_FATAL;
    if (!archive) {
        return error_status(error);
    }
    Status status = STATUS_OK;
    while (!status && (code = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        for (int i = 0; i < MEMBERS && name && !status; i++) {
            if (strcmp(name, member_names[i]) == 0 && members[i].length == 0) {
                status = read_member(archive, path, &left, &members[i], error);
            }
        }
    }
    if (!status && code != ARCHIVE_EOF) {
        status = set_no_sparse(path, "is damaged", error);
    }
    archive_read_free(archive);
    return status;
}

/* Columns without an entry take memory that no byte of the file stands for. */
enum { WIDTH_FREE = 1 << 20, WIDTH_RATIO = 64 };

/* The arrays of a compressed matrix: `slices` are its rows (CSR) or columns (CSC). */
typedef struct Compressed {
    Array arrays[MEMBERS];
    bool by_columns;
    int64_t slices;
    int64_t width;
    size_t entries;
} Compressed;

static Status open_compressed(const char *path, const Buffer members[MEMBERS], Compressed *matrix,
                              Error *error)
{
    for (int i = 0; i < MEMBERS; i++) {
        char subject[512];
        if (members[i].length == 0) {
            return set_no_sparse(path, "is no sparse matrix of scipy's", error);
        }
        snprintf(subject, sizeof subject, "%.400s: %s", path, member_names[i]);
        Status status =
            array_open(subject, members[i].bytes, members[i].length, &matrix->arrays[i], error);
        if (status) {
            return status;
        }
    }
    const Array *format = &matrix->arrays[MEMBER_FORMAT], *shape = &matrix->arrays[MEMBER_SHAPE];
    const size_t step = format->kind == 'U' ? 4 : 1; /* its letters are ASCII */
    char name[4] = "";
    for (size_t i = 0; i < 3 && (i + 1) * step <= format->count * format->size; i++) {
        name[i] = format->values[i * step];
    }
    if (strcmp(name, "csr") != 0 && strcmp(name, "csc") != 0) {
        return set_no_sparse(path, "is neither CSR nor CSC", error);
    }
    if (shape->count != 2 || array_whole(shape, 0, side_most) < 1 ||
        array_whole(shape, 1, side_most) < 1) {
        return set_no_sparse(path, "has a shape that cannot be", error);
    }
    matrix->by_columns = name[2] == 'c';
    matrix->slices = array_whole(shape, matrix->by_columns, side_most);
    matrix->width = array_whole(shape, !matrix->by_columns, side_most);
    matrix->entries = matrix->arrays[MEMBER_DATA].count;
    return matrix->entries == 0 ||
                   matrix->width > WIDTH_FREE + WIDTH_RATIO * (int64_t)matrix->entries
               ? set_no_sparse(path, "has too few entries for its shape", error)
               : STATUS_OK;
}

typedef struct Entry {
    int64_t column;
    double value;
} Entry;

static int compare_entries(const void *a, const void *b)
{
    const Entry *left = a, *right = b;
    return (left->column > right->column) - (left->column < right->column);
}

/* Adds one slice; scipy's may be in any order. */
static Status add_slice(const char *path, const Compressed *matrix, size_t begin, size_t end,
                        Entry *entries, Grid *grid, Error *error)
{
    for (size_t p = begin; p < end; p++) {
        Entry *entry = &entries[p - begin];
        entry->column = array_whole(&matrix->arrays[MEMBER_INDICES], p, matrix->width - 1);
        entry->value = array_number(&matrix->arrays[MEMBER_DATA], p);
        if (entry->column < 0) {
            return set_no_sparse(path, "has an index outside of its shape", error);
        }
    }
    qsort(entries, end - begin, sizeof *entries, compare_entries);
    Status status = STATUS_OK;
    for (size_t i = 0; i < end - begin && !status; i++) {
        status = i > 0 && entries[i].column == entries[i - 1].column
                     ? set_no_sparse(path, "has an entry twice (sum_duplicates joins them)", error)
                     : add(path, grid, entries[i].column, entries[i].value, error);
    }
    return status ? status : grid_end_row(grid, error);
}

static Status fill_sparse(const char *path, const Compressed *matrix, Grid *grid, Error *error)
{
    const Array *starts = &matrix->arrays[MEMBER_STARTS];
    const size_t entries = matrix->entries;
    if (starts->count != (size_t)matrix->slices + 1 ||
        matrix->arrays[MEMBER_INDICES].count != entries || array_whole(starts, 0, 0) != 0 ||
        array_whole(starts, (size_t)matrix->slices, INT64_MAX / 2) != (int64_t)entries) {
        return set_no_sparse(path, "has arrays that do not fit together", error);
    }
    Entry *room = memory_new(entries, sizeof *room, error);
    Status status = room ? STATUS_OK : error_status(error);
    int64_t begin = 0;
    for (int64_t s = 0; s < matrix->slices && !status; s++) {
        const int64_t end = array_whole(starts, (size_t)s + 1, (int64_t)entries);
        status = end < begin
                     ? set_no_sparse(path, "has arrays that do not fit together", error)
                     : add_slice(path, matrix, (size_t)begin, (size_t)end, room, grid, error);
        begin = end;
    }
    free(room);
    if (!status) {
        grid->columns = matrix->width;
        grid->absent = GRID_ABSENT_EITHER;
    }
    return !status && matrix->by_columns ? grid_transpose(grid, error) : status;
}

Status grid_read_npz(const char *path, Grid *grid, Error *error)
{
    Buffer members[MEMBERS] = {0};
    Compressed matrix = {0};
    Status status = read_members(path, members, error);
    status = status ? status : open_compressed(path, members, &matrix, error);
    status = status ? status : fill_sparse(path, &matrix, grid, error);
    for (int i = 0; i < MEMBERS; i++) {
        buffer_free(&members[i]);
    }
    return status;
}

/* ---- Matrix Market ---- */

Status grid_read_market(const char *path, Grid *grid, Error *error)
{
    Market *market = NULL;
    MarketSize size;
    CountMatrix counts = {0}; /* columns of the file are its rows */
    Status status = market_open(path, &market, &size, error);
    if (!status && (size.rows > size.bytes || size.columns > size.bytes || size.entries == 0)) {
        status = error_set(error, STATUS_INPUT,
                           "%s: %" PRId64 " × %" PRId64 " with %" PRId64
                           " entries is no table to factor in a file of %" PRId64 " bytes",
                           path, size.rows, size.columns, size.entries, size.bytes);
    }
    status = status ? status : market_read(market, &counts, error);
    market_close(market);
    for (int64_t r = 0; r < counts.rows && !status; r++) {
        for (int64_t p = counts.starts[r]; p < counts.starts[r + 1] && !status; p++) {
            status = grid_add(grid, counts.indices[p],
                              counts.amounts ? counts.amounts[p] : (double)counts.values[p], error);
        }
        status = status ? status : grid_end_row(grid, error);
    }
    grid->columns = counts.columns;
    grid->absent = GRID_ABSENT_EITHER;
    count_matrix_free(&counts);
    return status ? status : grid_transpose(grid, error);
}
