#include "matrix/npy.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "matrix/npy_header.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HEADER_ALIGNMENT = 64, PREFIX_SIZE = 10 };

/* Magic and version; two bytes with the length of the rest follow. */
static const char magic[8] = "\x93NUMPY\x01";

/* ---- one array ---- */

Status npy_append_header(Buffer *header, const char *type, const char *shape, Error *error)
{
    const size_t begin = header->length;
    Status status = buffer_append(header, magic, sizeof magic, error);
    if (!status) {
        status = buffer_append(header, "\0\0", 2, error);
    }
    if (!status) {
        status = buffer_print(
            header, error, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type, shape);
    }
    while (!status && (header->length - begin + 1) % HEADER_ALIGNMENT != 0) {
        status = buffer_append_byte(header, ' ', error);
    }
    if (!status) {
        status = buffer_append_byte(header, '\n', error);
    }
    if (!status) {
        size_t length = header->length - begin - PREFIX_SIZE;
        header->bytes[begin + 8] = (char)(length & 0xFF);
        header->bytes[begin + 9] = (char)(length >> 8);
    }
    return status;
}

/* The header as it must begin a file whose array has this type and shape. Writers of NumPy order
 * and space the dictionary in this one way; only the padding may differ. Returns the number of
 * bytes of the whole header, or 0 when the file's is another. */
static size_t match_header(const char *bytes, size_t length, const char *type, const char *shape)
{
    char expected[160];
    const int text =
        snprintf(expected, sizeof expected,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type, shape);
    if (length < PREFIX_SIZE || memcmp(bytes, magic, sizeof magic) != 0) {
        return 0;
    }
    const size_t size =
        PREFIX_SIZE + ((unsigned char)bytes[8] | (size_t)(unsigned char)bytes[9] << 8);
    if (size > length || size < PREFIX_SIZE + (size_t)text + 1 ||
        memcmp(bytes + PREFIX_SIZE, expected, (size_t)text) != 0 || bytes[size - 1] != '\n') {
        return 0;
    }
    const char *padding = bytes + PREFIX_SIZE + text;
    while (padding < bytes + size - 1 && *padding == ' ') {
        padding++;
    }
    return padding == bytes + size - 1 ? size : 0;
}

Status npy_write_floats(const char *path, const float *values, int64_t rows, int64_t columns,
                        Error *error)
{
    char shape[64];
    snprintf(shape, sizeof shape, "%" PRId64 ", %" PRId64, rows, columns);
    Buffer header = {0};
    Status status = npy_append_header(&header, "<f4", shape, error);
    FILE *file = status ? NULL : file_create(path, error);
    if (!file) {
        buffer_free(&header);
        return error_status(error);
    }
    fwrite(header.bytes, 1, header.length, file);
    fwrite(values, sizeof *values, (size_t)rows * (size_t)columns, file);
    buffer_free(&header);
    return file_close(file, path, error);
}

Status npy_write_wide(const char *path, const float *values, const double *scales, int64_t rows,
                      int64_t columns, Error *error)
{
    char shape[64];
    snprintf(shape, sizeof shape, "%" PRId64 ", %" PRId64, rows, columns);
    Buffer header = {0};
    double *row = memory_new((size_t)columns, sizeof *row, error);
    Status status = row ? npy_append_header(&header, "<f8", shape, error) : error_status(error);
    FILE *file = status ? NULL : file_create(path, error);
    if (file) {
        fwrite(header.bytes, 1, header.length, file);
        for (int64_t r = 0; r < rows; r++) {
            for (int64_t c = 0; c < columns; c++) {
                row[c] = (double)values[r * columns + c] * scales[r];
            }
            fwrite(row, sizeof *row, (size_t)columns, file);
        }
        status = file_close(file, path, error);
    }
    buffer_free(&header);
    free(row);
    return file ? status : error_status(error);
}

float *npy_read_floats(const char *path, int64_t rows, int64_t columns, Error *error)
{
    float *values = NULL;
    Buffer contents = {0};
    char shape[64];
    snprintf(shape, sizeof shape, "%" PRId64 ", %" PRId64, rows, columns);
    size_t count, bytes, limit;
    if (__builtin_mul_overflow((size_t)rows, (size_t)columns, &count) ||
        __builtin_mul_overflow(count, sizeof *values, &bytes) ||
        __builtin_add_overflow(bytes, (size_t)1 << 16, &limit)) {
        error_set(error, STATUS_INPUT, "%s: its shape is too large", path);
        return NULL;
    }
    if (file_read(path, limit, &contents, error)) {
        goto cleanup;
    }
    size_t header = match_header(contents.bytes, contents.length, "<f4", shape);
    if (!header || contents.length - header != bytes) {
        error_set(error, STATUS_INPUT,
                  "%s: not an array of %" PRId64 " × %" PRId64 " float32 values", path, rows,
                  columns);
        goto cleanup;
    }
    values = memory_new(count, sizeof *values, error);
    if (!values) {
        goto cleanup;
    }
    memcpy(values, contents.bytes + header, bytes);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            error_set(error, STATUS_INPUT, "%s: element %zu is not a finite number", path, i);
            free(values);
            values = NULL;
            break;
        }
    }
cleanup:
    buffer_free(&contents);
    return values;
}

/* ---- arrays of the user's ---- */

/* What the header of such an array says. */
typedef struct GivenHeader {
    int64_t rows;
    int64_t columns;
    size_t item; /* bytes of a value: 4 or 8 */
} GivenHeader;

static bool skip_text(const char **at, const char *text)
{
    const size_t length = strlen(text);
    if (strncmp(*at, text, length) != 0) {
        return false;
    }
    *at += length;
    return true;
}

static bool skip_whole(const char **at, int64_t *number)
{
    const char *begin = *at;
    int64_t value = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) {
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, **at - '0', &value)) {
            return false;
        }
    }
    *number = value;
    return *at > begin;
}

static Status set_no_array(const char *path, Error *error)
{
    error_set(error, STATUS_INPUT, "%s: is no array of NumPy's (.npy, version 1.0)", path);
    return error_hint(error, "numpy.save writes such a file");
}

/* Reads the dictionary, which writers of NumPy order and space in one way. */
static Status parse_dictionary(const char *path, const char *text, GivenHeader *header,
                               Error *error)
{
    const char *at = text;
    if (!skip_text(&at, "{'descr': '")) {
        return set_no_array(path, error);
    }
    const char *type = at;
    const int length = (int)strcspn(type, "'");
    header->item = strncmp(type, "<f4'", 4) == 0 ? 4 : strncmp(type, "<f8'", 4) == 0 ? 8 : 0;
    at += length;
    if (header->item == 0) {
        return error_set(error, STATUS_INPUT,
                         "%s: holds values of type '%.*s' (float32 or float64, '<f4' or '<f8', was "
                         "expected)",
                         path, length < 20 ? length : 20, type);
    }
    if (skip_text(&at, "', 'fortran_order': True")) {
        error_set(error, STATUS_INPUT, "%s: is in Fortran order (C order was expected)", path);
        return error_hint(error, "save numpy.ascontiguousarray(…)");
    }
    if (!skip_text(&at, "', 'fortran_order': False, 'shape': (")) {
        return set_no_array(path, error);
    }
    if (!skip_whole(&at, &header->rows) || !skip_text(&at, ", ") ||
        !skip_whole(&at, &header->columns) || !skip_text(&at, "), }")) {
        return error_set(error, STATUS_INPUT, "%s: is no array of two dimensions", path);
    }
    return STATUS_OK;
}

/* Reads the header; the FILE then stands at the first value. */
static Status read_given_header(FILE *file, const char *path, GivenHeader *header, Error *error)
{
    unsigned char prefix[PREFIX_SIZE];
    struct stat facts;
    if (fread(prefix, 1, sizeof prefix, file) < sizeof prefix ||
        memcmp(prefix, magic, sizeof magic) != 0) {
        return set_no_array(path, error);
    }
    const size_t length = prefix[8] | (size_t)prefix[9] << 8;
    char *text = memory_new(length + 1, 1, error);
    if (!text) {
        return error_status(error);
    }
    Status status = fread(text, 1, length, file) == length
                        ? parse_dictionary(path, text, header, error)
                        : set_no_array(path, error);
    free(text);
    size_t bytes;
    if (!status &&
        (__builtin_mul_overflow((size_t)header->rows, (size_t)header->columns, &bytes) ||
         __builtin_mul_overflow(bytes, header->item, &bytes) || fstat(fileno(file), &facts) != 0 ||
         bytes > (size_t)facts.st_size || bytes + length + PREFIX_SIZE != (size_t)facts.st_size)) {
        status = error_set(error, STATUS_INPUT,
                           "%s: its size is not that of %" PRId64 " × %" PRId64 " values", path,
                           header->rows, header->columns);
    }
    return status;
}

Status npy_read_shape(const char *path, int64_t *rows, int64_t *columns, Error *error)
{
    FILE *file = file_open(path, error);
    if (!file) {
        return error_status(error);
    }
    GivenHeader header = {0};
    Status status = read_given_header(file, path, &header, error);
    fclose(file);
    *rows = header.rows;
    *columns = header.columns;
    return status;
}

/* Reads `count` values of `item` bytes as float32. */
static Status read_given_values(FILE *file, const char *path, size_t item, float *values,
                                size_t count, Error *error)
{
    for (size_t i = 0; i < count; i++) {
        float narrow;
        double value;
        if (fread(item == 4 ? (void *)&narrow : (void *)&value, item, 1, file) != 1) {
            return error_set(error, STATUS_INPUT, "%s: ends early", path);
        }
        value = item == 4 ? (double)narrow : value;
        if (!(value >= 0.0 && value <= (double)FLT_MAX)) {
            return error_set(error, STATUS_INPUT, "%s: element %zu is %s", path, i,
                             value < 0.0 && isfinite(value) ? "negative" : "not a finite number");
        }
        values[i] = (float)value;
    }
    return STATUS_OK;
}

float *npy_read_given(const char *path, int64_t rows, int64_t columns, Error *error)
{
    FILE *file = file_open(path, error);
    if (!file) {
        return NULL;
    }
    GivenHeader header = {0};
    float *values = NULL;
    Status status = read_given_header(file, path, &header, error);
    if (!status && (header.rows != rows || header.columns != columns)) {
        status = error_set(error, STATUS_INPUT,
                           "%s: its shape is %" PRId64 " × %" PRId64 " (%" PRId64 " × %" PRId64
                           " was expected)",
                           path, header.rows, header.columns, rows, columns);
    }
    if (!status) {
        const size_t count = (size_t)rows * (size_t)columns; /* as the file's size has shown */
        values = memory_new(count, sizeof *values, error);
        status = values ? read_given_values(file, path, header.item, values, count, error)
                        : error_status(error);
    }
    fclose(file);
    if (status) {
        free(values);
        return NULL;
    }
    return values;
}

/* ---- reading it back ---- */

static Status set_damaged(Error *error, const char *path)
{
    return error_set(error, STATUS_INPUT,
                     "%s: not a sparse matrix of counts as this program "
                     "writes it",
                     path);
}

/* Reads `count` whole numbers of a member into `wide` or `narrow`, whichever is not NULL. The
 * member's size must be exactly what its header promises. */
static bool take_whole_array(const Buffer *member, size_t count, int64_t *wide, uint32_t *narrow)
{
    char shape[32];
    snprintf(shape, sizeof shape, "%zu,", count);
    const bool is_wide = match_header(member->bytes, member->length, "<i8", shape) != 0;
    size_t header = match_header(member->bytes, member->length, is_wide ? "<i8" : "<i4", shape);
    const size_t size = is_wide ? 8 : 4;
    if (!header || (member->length - header) / size != count ||
        (member->length - header) % size != 0) {
        return false;
    }
    const char *at = member->bytes + header;
    for (size_t i = 0; i < count; i++, at += size) {
        int64_t number;
        if (is_wide) {
            memcpy(&number, at, 8);
        } else {
            int32_t number_32;
            memcpy(&number_32, at, 4);
            number = number_32;
        }
        if (number < 0 || (narrow && number > UINT32_MAX)) {
            return false;
        }
        if (wide) {
            wide[i] = number;
        } else {
            narrow[i] = (uint32_t)number;
        }
    }
    return true;
}

/* Reads the values: into `amounts` if they are float64, into `values` otherwise. */
static Status take_values(const char *path, const Buffer *member, size_t count, CountMatrix *counts,
                          Error *error)
{
    char shape[32];
    snprintf(shape, sizeof shape, "%zu,", count);
    const size_t header = match_header(member->bytes, member->length, "<f8", shape);
    if (!header) {
        counts->values = memory_new(count, sizeof *counts->values, error);
        return !counts->values                                         ? error_status(error)
               : take_whole_array(member, count, NULL, counts->values) ? STATUS_OK
                                                                       : set_damaged(error, path);
    }
    const size_t length = member->length - header;
    if (length % sizeof *counts->amounts != 0 || length / sizeof *counts->amounts != count) {
        return set_damaged(error, path);
    }
    counts->amounts = memory_new(count, sizeof *counts->amounts, error);
    if (!counts->amounts) {
        return error_status(error);
    }
    memcpy(counts->amounts, member->bytes + header, length);
    return STATUS_OK;
}

enum { MEMBERS = 5 };
static const char *const member_names[MEMBERS] = {"indices.npy", "indptr.npy", "format.npy",
                                                  "shape.npy", "data.npy"};

struct archive *npz_open(const char *path, Error *error)
{
    struct archive *archive = archive_read_new();
    if (archive && archive_read_support_format_zip(archive) == ARCHIVE_OK &&
        archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK) {
        return archive;
    }
    const char *reason = archive ? archive_error_string(archive) : NULL;
    error_set(error, STATUS_INPUT, "%s: %s", path, reason ? reason : "cannot be read");
    archive_read_free(archive);
    return NULL;
}

/* Reads the five members; each at most once, nothing else, and not more than `limit` bytes. */
static Status read_members(const char *path, Buffer members[MEMBERS], size_t limit, Error *error)
{
    struct archive *archive = npz_open(path, error);
    if (!archive) {
        return error_status(error);
    }
    Status status = STATUS_OK;
    struct archive_entry *entry;
    size_t total = 0;
    int code = ARCHIVE_OK;
    while (!status && (code = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        int member = 0;
        const char *name = archive_entry_pathname(entry);
        while (member < MEMBERS && (!name || strcmp(name, member_names[member]) != 0)) {
            member++;
        }
        if (member == MEMBERS || members[member].length) {
            status = set_damaged(error, path);
            break;
        }
        const void *block;
        size_t length;
        la_int64_t offset;
        while (!status &&
               (code = archive_read_data_block(archive, &block, &length, &offset)) == ARCHIVE_OK) {
            total += length;
            status = total > limit || (size_t)offset != members[member].length
                         ? set_damaged(error, path)
                         : buffer_append(&members[member], block, length, error);
        }
        if (!status && code != ARCHIVE_EOF) {
            status = set_damaged(error, path);
        }
    }
    if (!status && code != ARCHIVE_EOF) {
        status = set_damaged(error, path);
    }
    archive_read_free(archive);
    return status;
}

static bool rows_are_sound(const CountMatrix *counts, size_t entries)
{
    bool sound = counts->starts[0] == 0 && counts->starts[counts->rows] == (int64_t)entries;
    for (int64_t r = 0; r < counts->rows && sound; r++) {
        sound = counts->starts[r] <= counts->starts[r + 1];
    }
    for (int64_t r = 0; r < counts->rows && sound; r++) {
        for (int64_t p = counts->starts[r]; p < counts->starts[r + 1] && sound; p++) {
            const double value = counts->amounts ? counts->amounts[p] : (double)counts->values[p];
            sound = counts->indices[p] < counts->columns && isfinite(value) &&
                    (value > 0.0 || (value == 0.0 && counts->has_zeros)) &&
                    (p == counts->starts[r] || counts->indices[p - 1] < counts->indices[p]);
        }
    }
    return sound;
}

static Status decode_members(const char *path, const Buffer members[MEMBERS], CountMatrix *counts,
                             Error *error)
{
    const Buffer *indices = &members[0], *starts = &members[1], *format = &members[2],
                 *shape = &members[3], *data = &members[4];
    int64_t sizes[2];
    size_t header = match_header(format->bytes, format->length, "|S3", "");
    if (!format->bytes || !header || format->length != header + 3 ||
        memcmp(format->bytes + header, "csr", 3) != 0 || !take_whole_array(shape, 2, sizes, NULL) ||
        sizes[0] > (int64_t)(starts->length / 4)) {
        return set_damaged(error, path);
    }
    counts->rows = sizes[0];
    counts->columns = sizes[1];
    counts->starts = memory_new((size_t)counts->rows + 1, sizeof *counts->starts, error);
    if (!counts->starts) {
        return error_status(error);
    }
    if (!take_whole_array(starts, (size_t)counts->rows + 1, counts->starts, NULL)) {
        return set_damaged(error, path);
    }
    size_t entries = (size_t)counts->starts[counts->rows];
    if (entries > indices->length / 4) {
        return set_damaged(error, path);
    }
    counts->indices = memory_new(entries, sizeof *counts->indices, error);
    if (!counts->indices) {
        return error_status(error);
    }
    if (!take_whole_array(indices, entries, NULL, counts->indices)) {
        return set_damaged(error, path);
    }
    Status status = take_values(path, data, entries, counts, error);
    return status || rows_are_sound(counts, entries) ? status : set_damaged(error, path);
}

Status npz_read_counts(const char *path, CountMatrix *counts, Error *error)
{
    Buffer members[MEMBERS] = {0};
    struct stat facts;
    if (stat(path, &facts) != 0) {
        return error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
    }
    /* Members are stored uncompressed, so an honest file unpacks to less than its own size. */
    Status status = read_members(path, members, (size_t)facts.st_size, error);
    if (!status) {
        status = decode_members(path, members, counts, error);
    }
    for (int i = 0; i < MEMBERS; i++) {
        buffer_free(&members[i]);
    }
    if (status) {
        count_matrix_free(counts);
    }
    return status;
}
