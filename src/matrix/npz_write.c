/* The .npz archives of matrix/npy.h, written. */
#include "base/file.h"
#include "base/memory.h"
#include "matrix/npy.h"
#include "matrix/npy_header.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 18 }; /* written at a time */

/* ---- an archive and its members ---- */

typedef struct Writer {
    const char *path;
    struct archive *archive;
} Writer;

static Status set_failure(const Writer *writer, Error *error)
{
    const char *reason = archive_error_string(writer->archive);
    return error_set(error, STATUS_FAILED, "%s: %s", writer->path,
                     reason ? reason : "cannot be written");
}

static Status put(const Writer *writer, const void *bytes, size_t length, Error *error)
{
    return length && archive_write_data(writer->archive, bytes, length) < 0
               ? set_failure(writer, error)
               : STATUS_OK;
}

/* Begins a member: an array of this type and shape, of which `length` bytes are to follow. */
static Status begin_member(const Writer *writer, const char *name, const char *type,
                           const char *shape, size_t length, Error *error)
{
    Buffer header = {0};
    Status status = npy_append_header(&header, type, shape, error);
    struct archive_entry *entry = status ? NULL : archive_entry_new();
    if (!status && !entry) {
        status = error_set(error, STATUS_FAILED, "out of memory: %s", writer->path);
    }
    if (!status) {
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (int64_t)(header.length + length));
        status = archive_write_header(writer->archive, entry) == ARCHIVE_OK
                     ? put(writer, header.bytes, header.length, error)
                     : set_failure(writer, error);
    }
    archive_entry_free(entry);
    buffer_free(&header);
    return status;
}

/* An array of one dimension. */
static Status begin_array(const Writer *writer, const char *name, const char *type, size_t item,
                          size_t count, Error *error)
{
    char shape[32];
    snprintf(shape, sizeof shape, "%zu,", count);
    return begin_member(writer, name, type, shape, count * item, error);
}

/* Writes whole numbers as int32, or as int64 if `wide`. */
static Status write_whole_array(const Writer *writer, const char *name, const int64_t *numbers,
                                const uint32_t *numbers_32, size_t count, bool wide, Error *error)
{
    const size_t item = wide ? 8 : 4;
    Status status = begin_array(writer, name, wide ? "<i8" : "<i4", item, count, error);
    if (!status && wide == (numbers != NULL)) { /* already as it shall lie in the file */
        return put(writer, wide ? (const void *)numbers : (const void *)numbers_32, count * item,
                   error);
    }
    enum { BLOCK = 4096 };
    int64_t block[BLOCK];
    for (size_t begin = 0; begin < count && !status; begin += BLOCK) {
        const size_t length = count - begin < BLOCK ? count - begin : BLOCK;
        for (size_t i = 0; i < length; i++) {
            if (wide) {
                block[i] = numbers_32[begin + i];
            } else {
                ((int32_t *)block)[i] = (int32_t)numbers[begin + i];
            }
        }
        status = put(writer, block, length * item, error);
    }
    return status;
}

/* libarchive hands us bytes to write, so that file_create and file_close keep their word. */
static la_ssize_t write_bytes(struct archive *archive, void *context, const void *bytes,
                              size_t length)
{
    if (fwrite(bytes, 1, length, context) < length) {
        archive_set_error(archive, errno, "%s", strerror(errno));
        return -1;
    }
    return (la_ssize_t)length;
}

/* Makes an archive whose members `write` writes. */
static Status write_archive(const char *path,
                            Status (*write)(const Writer *, const void *, Error *),
                            const void *matrix, Error *error)
{
    FILE *file = file_create(path, error);
    if (!file) {
        return error_status(error);
    }
    Status status;
    const Writer writer = {.path = path, .archive = archive_write_new()};
    struct archive *archive = writer.archive;
    if (!archive) {
        status = error_set(error, STATUS_FAILED, "out of memory: %s", path);
    } else if (archive_write_set_format_zip(archive) != ARCHIVE_OK ||
               archive_write_zip_set_compression_store(archive) != ARCHIVE_OK ||
               archive_write_set_bytes_per_block(archive, BLOCK_BYTES) != ARCHIVE_OK ||
               archive_write_set_bytes_in_last_block(archive, 1) != ARCHIVE_OK ||
               archive_write_open(archive, file, NULL, write_bytes, NULL) != ARCHIVE_OK) {
        status = set_failure(&writer, error);
    } else {
        status = write(&writer, matrix, error);
        if (!status && archive_write_close(archive) != ARCHIVE_OK) {
            status = set_failure(&writer, error);
        }
    }
    archive_write_free(archive);
    return file_finish(file, path, status, error);
}

/* Starts, format and shape, which scipy writes between indices and values. scipy wants indices and
 * starts of one type. */
static Status write_structure(const Writer *writer, const int64_t *starts, int64_t rows,
                              int64_t columns, bool wide, Error *error)
{
    const int64_t shape[2] = {rows, columns};
    Status status =
        write_whole_array(writer, "indptr.npy", starts, NULL, (size_t)rows + 1, wide, error);
    if (!status) {
        status = begin_member(writer, "format.npy", "|S3", "", 3, error);
    }
    if (!status) {
        status = put(writer, "csr", 3, error);
    }
    return status ? status : write_whole_array(writer, "shape.npy", shape, NULL, 2, true, error);
}

/* An index is at most columns − 1. */
static bool needs_wide(int64_t entries, int64_t columns)
{
    return entries > INT32_MAX || columns > INT32_MAX;
}

/* ---- counts ---- */

/* The values: whole numbers, or float64. */
static Status write_values(const Writer *writer, const CountMatrix *counts, size_t entries,
                           Error *error)
{
    static const char name[] = "data.npy";
    if (!counts->amounts) {
        uint32_t largest = 0;
        for (size_t i = 0; i < entries; i++) {
            largest = counts->values[i] > largest ? counts->values[i] : largest;
        }
        return write_whole_array(writer, name, NULL, counts->values, entries, largest > INT32_MAX,
                                 error);
    }
    Status status = begin_array(writer, name, "<f8", sizeof(double), entries, error);
    return status ? status : put(writer, counts->amounts, entries * sizeof(double), error);
}

static Status write_counts(const Writer *writer, const void *matrix, Error *error)
{
    const CountMatrix *counts = matrix;
    const size_t entries = (size_t)counts->starts[counts->rows];
    const bool wide = needs_wide((int64_t)entries, counts->columns);
    Status status =
        write_whole_array(writer, "indices.npy", NULL, counts->indices, entries, wide, error);
    if (!status) {
        status =
            write_structure(writer, counts->starts, counts->rows, counts->columns, wide, error);
    }
    return status ? status : write_values(writer, counts, entries, error);
}

Status npz_write_counts(const char *path, const CountMatrix *counts, Error *error)
{
    return write_archive(path, write_counts, counts, error);
}

/* ---- rows on demand ---- */

typedef struct RowBuffers {
    uint32_t *indices; /* owned: one row */
    double *values;    /* owned: one row */
    char *block;       /* owned: what is still to be written; room for BLOCK_BYTES and a row */
    size_t filled;
} RowBuffers;

static void append_item(RowBuffers *rows, const void *item, size_t size)
{
    memcpy(rows->block + rows->filled, item, size);
    rows->filled += size;
}

static void append_index(RowBuffers *rows, int64_t i, bool wide)
{
    const int64_t index = rows->indices[i];
    const int32_t narrow = (int32_t)index;
    append_item(rows, wide ? (const void *)&index : (const void *)&narrow, wide ? 8 : 4);
}

static void append_value(RowBuffers *rows, int64_t i, bool is_float32)
{
    const float narrow = (float)rows->values[i];
    append_item(rows, is_float32 ? (const void *)&narrow : (const void *)&rows->values[i],
                is_float32 ? 4 : 8);
}

/* All indices, or all values. */
static Status write_entries(const Writer *writer, const SparseRows *matrix, RowBuffers *rows,
                            bool indices, bool wide, Error *error)
{
    Status status = STATUS_OK;
    rows->filled = 0;
    for (int64_t r = 0; r < matrix->rows && !status; r++) {
        const int64_t count = matrix->starts[r + 1] - matrix->starts[r];
        matrix->fill(matrix->context, r, indices ? rows->indices : NULL,
                     indices ? NULL : rows->values);
        for (int64_t i = 0; i < count; i++) {
            if (indices) {
                append_index(rows, i, wide);
            } else {
                append_value(rows, i, matrix->is_float32);
            }
        }
        if (rows->filled >= BLOCK_BYTES || r + 1 == matrix->rows) {
            status = put(writer, rows->block, rows->filled, error);
            rows->filled = 0;
        }
    }
    return status;
}

static Status write_all_rows(const Writer *writer, const SparseRows *matrix, RowBuffers *rows,
                             Error *error)
{
    const size_t entries = (size_t)matrix->starts[matrix->rows];
    const bool wide = needs_wide((int64_t)entries, matrix->columns);
    Status status =
        begin_array(writer, "indices.npy", wide ? "<i8" : "<i4", wide ? 8 : 4, entries, error);
    if (!status) {
        status = write_entries(writer, matrix, rows, true, wide, error);
    }
    if (!status) {
        status =
            write_structure(writer, matrix->starts, matrix->rows, matrix->columns, wide, error);
    }
    if (!status) {
        status = begin_array(writer, "data.npy", matrix->is_float32 ? "<f4" : "<f8",
                             matrix->is_float32 ? 4 : 8, entries, error);
    }
    return status ? status : write_entries(writer, matrix, rows, false, wide, error);
}

static Status write_rows(const Writer *writer, const void *opaque, Error *error)
{
    const SparseRows *matrix = opaque;
    int64_t longest = 0;
    for (int64_t r = 0; r < matrix->rows; r++) {
        const int64_t count = matrix->starts[r + 1] - matrix->starts[r];
        longest = count > longest ? count : longest;
    }
    RowBuffers rows = {
        .indices = memory_new((size_t)longest, sizeof *rows.indices, error),
        .values = memory_new((size_t)longest, sizeof *rows.values, error),
        .block = memory_new(BLOCK_BYTES + (size_t)longest * 8, 1, error),
    };
    Status status = rows.indices && rows.values && rows.block
                        ? write_all_rows(writer, matrix, &rows, error)
                        : error_status(error);
    free(rows.indices);
    free(rows.values);
    free(rows.block);
    return status;
}

Status npz_write_rows(const char *path, const SparseRows *matrix, Error *error)
{
    return write_archive(path, write_rows, matrix, error);
}
