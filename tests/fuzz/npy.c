/* `.npy` and `.npz`. What is read has the shape it was asked for and is in order; a matrix of
 * counts that is not in order is refused, one that is comes back as it was written.
 *
 * Input: a byte that chooses what the rest is: an .npy, an .npz, one member of an .npz whose others
 * are as they should be (so that no checksum of a zip is in the way), or a matrix to be written. */
#include "fuzz.h"

#include "matrix/npy.h"

#include <archive.h>
#include <archive_entry.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS = 5 };

/* ---- arrays ---- */

static void check_array(const char *path)
{
    Error error = {0};
    int64_t rows = 0, columns = 0;
    Status status = npy_read_shape(path, &rows, &columns, &error);
    REQUIRE(status == STATUS_OK || (status == STATUS_INPUT && strstr(error.message, path)));
    if (status) {
        rows = 2;
        columns = 3;
    }
    float *given = npy_read_given(path, rows, columns, &error);
    REQUIRE(!(given && status));
    REQUIRE(given || error.status == STATUS_INPUT);
    float *floats = npy_read_floats(path, rows, columns, &error);
    REQUIRE(floats || error.status == STATUS_INPUT);
    for (int64_t i = 0; given && i < rows * columns; i++) {
        REQUIRE(isfinite(given[i]) && given[i] >= 0.0F);
        REQUIRE(!floats || floats[i] == given[i]);
    }
    if (floats) {
        char again[4096];
        snprintf(again, sizeof again, "%s/again.npy", fuzz_directory());
        REQUIRE_OK(npy_write_floats(again, floats, rows, columns, &error), &error);
        float *second = npy_read_floats(again, rows, columns, &error);
        REQUIRE(second != NULL);
        REQUIRE(memcmp(second, floats, sizeof *floats * (size_t)(rows * columns)) == 0);
        free(second);
        remove(again);
    }
    free(given);
    free(floats);
}

/* ---- matrices ---- */

static bool is_in_order(const CountMatrix *counts)
{
    if (counts->starts[0] != 0) {
        return false;
    }
    for (int64_t row = 0; row < counts->rows; row++) {
        if (counts->starts[row] > counts->starts[row + 1]) {
            return false;
        }
    }
    for (int64_t row = 0; row < counts->rows; row++) {
        for (int64_t i = counts->starts[row]; i < counts->starts[row + 1]; i++) {
            if (counts->indices[i] >= counts->columns ||
                (i > counts->starts[row] && counts->indices[i - 1] >= counts->indices[i]) ||
                (counts->amounts ? !(isfinite(counts->amounts[i]) && counts->amounts[i] > 0.0)
                                 : counts->values[i] == 0)) {
                return false;
            }
        }
    }
    return true;
}

static void require_same(const CountMatrix *a, const CountMatrix *b)
{
    const size_t entries = (size_t)a->starts[a->rows];
    REQUIRE(a->rows == b->rows && a->columns == b->columns && !a->amounts == !b->amounts);
    REQUIRE(memcmp(a->starts, b->starts, sizeof *a->starts * (size_t)(a->rows + 1)) == 0);
    REQUIRE(entries == 0 || memcmp(a->indices, b->indices, sizeof *a->indices * entries) == 0);
    REQUIRE(entries == 0 || a->amounts ||
            memcmp(a->values, b->values, sizeof *a->values * entries) == 0);
    REQUIRE(entries == 0 || !a->amounts ||
            memcmp(a->amounts, b->amounts, sizeof *a->amounts * entries) == 0);
}

/* Reads an .npz; what is accepted must be in order and survive being written. */
static bool read_matrix(const char *path, CountMatrix *counts)
{
    Error error = {0};
    Status status = npz_read_counts(path, counts, &error);
    REQUIRE(status == STATUS_OK || status == STATUS_INPUT);
    REQUIRE(status == STATUS_OK || strstr(error.message, path));
    REQUIRE(status || is_in_order(counts));
    return !status;
}

static void check_matrix(const char *path)
{
    CountMatrix counts = {0};
    if (read_matrix(path, &counts)) {
        Error error;
        CountMatrix again = {0};
        char copy[4096];
        snprintf(copy, sizeof copy, "%s/again.npz", fuzz_directory());
        REQUIRE_OK(npz_write_counts(copy, &counts, &error), &error);
        REQUIRE(read_matrix(copy, &again));
        require_same(&counts, &again);
        count_matrix_free(&again);
        remove(copy);
    }
    count_matrix_free(&counts);
}

/* A matrix that need not be in order, in arrays of just the size; the shape is. */
static void make_matrix(FuzzInput input, CountMatrix *counts)
{
    const bool whole = fuzz_byte(&input) & 1;
    counts->rows = fuzz_byte(&input) % 8;
    counts->columns = fuzz_byte(&input) % 8;
    const size_t entries = fuzz_byte(&input) % 16;
    counts->starts = calloc((size_t)counts->rows + 1, sizeof *counts->starts);
    counts->indices = calloc(entries + 1, sizeof *counts->indices);
    counts->values = whole ? calloc(entries + 1, sizeof *counts->values) : NULL;
    counts->amounts = whole ? NULL : calloc(entries + 1, sizeof *counts->amounts);
    for (int64_t row = 0; row < counts->rows; row++) {
        counts->starts[row] = (int8_t)fuzz_byte(&input) % 32;
    }
    counts->starts[counts->rows] = (int64_t)entries;
    for (size_t i = 0; i < entries; i++) {
        counts->indices[i] = fuzz_byte(&input) % 10;
        if (whole) {
            counts->values[i] = fuzz_byte(&input) % 4u;
        } else {
            uint8_t bytes[sizeof(double)];
            for (size_t b = 0; b < sizeof bytes; b++) {
                bytes[b] = fuzz_byte(&input);
            }
            memcpy(&counts->amounts[i], bytes, sizeof bytes);
        }
    }
}

static void check_writing(FuzzInput input)
{
    CountMatrix counts = {0}, again = {0};
    Error error;
    char path[4096];
    make_matrix(input, &counts);
    snprintf(path, sizeof path, "%s/made.npz", fuzz_directory());
    REQUIRE_OK(npz_write_counts(path, &counts, &error), &error);
    const bool accepted = read_matrix(path, &again);
    REQUIRE(accepted == is_in_order(&counts));
    if (accepted) {
        require_same(&counts, &again);
    }
    count_matrix_free(&counts);
    count_matrix_free(&again);
    remove(path);
}

/* ---- members ---- */

typedef struct Member {
    char name[32];
    char bytes[256];
    size_t length;
} Member;

/* The members of a small matrix as the program writes it. */
static const Member *good_members(void)
{
    static Member members[MEMBERS];
    static bool made;
    if (made) {
        return members;
    }
    int64_t starts[] = {0, 2, 3};
    uint32_t indices[] = {0, 2, 1}, values[] = {1, 2, 3};
    const CountMatrix counts = {
        .rows = 2, .columns = 3, .starts = starts, .indices = indices, .values = values};
    Error error;
    struct archive_entry *entry;
    char path[4096];
    snprintf(path, sizeof path, "%s/good.npz", fuzz_directory());
    REQUIRE_OK(npz_write_counts(path, &counts, &error), &error);
    struct archive *archive = archive_read_new();
    archive_read_support_format_zip(archive);
    REQUIRE(archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK);
    for (int i = 0; i < MEMBERS; i++) {
        REQUIRE(archive_read_next_header(archive, &entry) == ARCHIVE_OK);
        snprintf(members[i].name, sizeof members[i].name, "%s", archive_entry_pathname(entry));
        const la_ssize_t length =
            archive_read_data(archive, members[i].bytes, sizeof members[i].bytes);
        REQUIRE(length > 0 && (size_t)length < sizeof members[i].bytes);
        members[i].length = (size_t)length;
    }
    archive_read_free(archive);
    made = true;
    return members;
}

static void write_member(struct archive *archive, const char *name, const void *bytes,
                         size_t length)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (int64_t)length);
    REQUIRE(archive_write_header(archive, entry) == ARCHIVE_OK);
    REQUIRE(archive_write_data(archive, bytes, length) == (la_ssize_t)length);
    archive_entry_free(entry);
}

/* The good matrix with one member replaced. */
static void check_member(int replaced, FuzzInput bytes)
{
    const Member *members = good_members();
    char path[4096];
    snprintf(path, sizeof path, "%s/member.npz", fuzz_directory());
    struct archive *archive = archive_write_new();
    archive_write_set_format_zip(archive);
    archive_write_zip_set_compression_store(archive);
    REQUIRE(archive_write_open_filename(archive, path) == ARCHIVE_OK);
    for (int i = 0; i < MEMBERS; i++) {
        if (i == replaced) {
            write_member(archive, members[i].name, bytes.bytes, bytes.length);
        } else {
            write_member(archive, members[i].name, members[i].bytes, members[i].length);
        }
    }
    REQUIRE(archive_write_close(archive) == ARCHIVE_OK);
    archive_write_free(archive);
    if (replaced == MEMBERS) { /* none: the others are good */
        CountMatrix counts = {0};
        REQUIRE(read_matrix(path, &counts));
        count_matrix_free(&counts);
    }
    check_matrix(path);
    remove(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput input = {data, size};
    const uint8_t choice = fuzz_byte(&input) % (3 + MEMBERS + 1);
    if (choice == 0) {
        check_array(fuzz_write("x.npy", input.bytes, input.length));
    } else if (choice == 1) {
        check_matrix(fuzz_write("x.npz", input.bytes, input.length));
    } else if (choice == 2) {
        check_writing(input);
    } else {
        check_member(choice - 3, input);
    }
    return 0;
}
