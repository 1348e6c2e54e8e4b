#include "matrix/npy.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *path_in(const char *directory, const char *name)
{
    char *path = malloc(strlen(directory) + strlen(name) + 2);
    sprintf(path, "%s/%s", directory, name);
    return path;
}

Test(npy, floats_come_back_as_they_were)
{
    static const float values[2 * 3] = {0.0F, 1.5F, -2.0F, 1e-30F, 3.25F, 1e30F};
    char *directory = support_directory(), *path = path_in(directory, "a.npy");
    Error error;
    cr_assert(npy_write_floats(path, values, 2, 3, &error) == STATUS_OK);
    float *back = npy_read_floats(path, 2, 3, &error);
    cr_assert(back != NULL, "%s", error.message);
    cr_assert(memcmp(back, values, sizeof values) == 0);
    free(back);
    free(path);
    free(directory);
}

Test(npy, header_is_aligned_and_is_what_numpy_writes)
{
    static const float values[2] = {1, 2};
    char *directory = support_directory(), *path = path_in(directory, "a.npy");
    Error error;
    cr_assert(npy_write_floats(path, values, 1, 2, &error) == STATUS_OK);
    size_t length;
    char *bytes = support_read(directory, "a.npy", &length);
    cr_assert(length == 128 + 8);
    cr_assert(memcmp(bytes, "\x93NUMPY\x01\x00\x76\x00", 10) == 0);
    cr_assert(strncmp(bytes + 10, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
                      59) == 0);
    cr_assert(bytes[127] == '\n');
    free(bytes);
    free(path);
    free(directory);
}

/* Every file that differs from a good one in one byte, or is cut, must be refused or be read as the
 * same shape with finite numbers: never crash, never give another size. */
Test(npy, survives_every_damage_of_one_byte_and_every_cut)
{
    static const float values[4] = {1, 2, 3, 4};
    char *directory = support_directory(), *path = path_in(directory, "a.npy");
    Error error;
    cr_assert(npy_write_floats(path, values, 2, 2, &error) == STATUS_OK);
    size_t length;
    char *good = support_read(directory, "a.npy", &length), *bad = malloc(length);
    for (size_t cut = 0; cut < length; cut++) {
        support_write(directory, "a.npy", good, cut);
        cr_assert(npy_read_floats(path, 2, 2, &error) == NULL, "cut at %zu", cut);
        cr_assert(error.status == STATUS_INPUT);
    }
    for (size_t at = 0; at < 128; at++) {
        memcpy(bad, good, length);
        bad[at] ^= 0x15;
        support_write(directory, "a.npy", bad, length);
        cr_assert(npy_read_floats(path, 2, 2, &error) == NULL, "header byte %zu", at);
    }
    free(good);
    free(bad);
    free(path);
    free(directory);
}

Test(npy, refuses_other_shapes_and_numbers_that_are_not_finite)
{
    float values[4] = {1, 2, 3, 4};
    char *directory = support_directory(), *path = path_in(directory, "a.npy");
    Error error;
    cr_assert(npy_write_floats(path, values, 2, 2, &error) == STATUS_OK);
    cr_assert(npy_read_floats(path, 4, 1, &error) == NULL);
    cr_assert(npy_read_floats(path, 2, 3, &error) == NULL);
    cr_assert(npy_read_floats(path, INT64_MAX, 2, &error) == NULL && error.status == STATUS_INPUT);
    values[2] = NAN;
    cr_assert(npy_write_floats(path, values, 2, 2, &error) == STATUS_OK);
    cr_assert(npy_read_floats(path, 2, 2, &error) == NULL);
    cr_assert(strstr(error.message, "element 2") != NULL, "%s", error.message);
    cr_assert(npy_read_floats("/nonexistent/x.npy", 1, 1, &error) == NULL);
    free(path);
    free(directory);
}

/* A file as NumPy writes it: this header, then `length` bytes. */
static char *write_array(const char *directory, const char *dictionary, const void *bytes,
                         size_t length)
{
    char file[512];
    const int text = snprintf(file + 10, 256, "%-117s\n", dictionary);
    memcpy(file, "\x93NUMPY\x01\x00", 8);
    file[8] = (char)text;
    file[9] = 0;
    memcpy(file + 10 + text, bytes, length);
    support_write(directory, "given.npy", file, 10 + (size_t)text + length);
    return path_in(directory, "given.npy");
}

Test(npy, given_arrays_are_float32_or_float64)
{
    static const float narrow[6] = {0.0F, 1.5F, 2.0F, 1e-30F, 3.25F, 1e30F};
    static const double wide[6] = {0.0, 1.5, 2.0, 1e-30, 3.25, 1e30};
    char *directory = support_directory();
    for (int is_wide = 0; is_wide < 2; is_wide++) {
        char *path =
            write_array(directory,
                        is_wide ? "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"
                                : "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
                        is_wide ? (const void *)wide : (const void *)narrow,
                        is_wide ? sizeof wide : sizeof narrow);
        Error error;
        int64_t rows, columns;
        cr_assert(npy_read_shape(path, &rows, &columns, &error) == STATUS_OK, "%s", error.message);
        cr_assert(rows == 2 && columns == 3);
        float *back = npy_read_given(path, 2, 3, &error);
        cr_assert(back != NULL, "%s", error.message);
        cr_assert(memcmp(back, narrow, sizeof narrow) == 0);
        free(back);
        cr_assert(npy_read_given(path, 3, 2, &error) == NULL && error.status == STATUS_INPUT);
        free(path);
    }
    free(directory);
}

Test(npy, given_arrays_of_other_kinds_are_refused_with_their_kind)
{
    static const float values[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    static const struct {
        const char *dictionary;
        size_t length;
        const char *expected;
    } cases[] = {
        {"{'descr': '<i8', 'fortran_order': False, 'shape': (2, 2), }", 32, "type '<i8'"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", 16, "type '|O'"},
        {"{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", 16, "Fortran order"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", 16, "two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (), }", 4, "two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 2), }", 16, "two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 2), }", 16, "two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 2), }", 16,
         "two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", 15, "its size is not"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", 17, "its size is not"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387905, 4), }", 16,
         "its size is not"},
        {"{'shape': (2, 2)}", 16, "no array of NumPy's"},
    };
    char *directory = support_directory();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = write_array(directory, cases[i].dictionary, values, cases[i].length);
        Error error;
        int64_t rows, columns;
        cr_assert(npy_read_shape(path, &rows, &columns, &error) == STATUS_INPUT, "case %zu", i);
        cr_assert(strstr(error.message, cases[i].expected) != NULL, "case %zu: %s", i,
                  error.message);
        free(path);
    }
    free(directory);
}

Test(npy, given_numbers_are_finite_and_not_negative)
{
    static const struct {
        double value;
        const char *expected;
    } cases[] = {
        {NAN, "element 1 is not a finite"},       {INFINITY, "element 1 is not a finite"},
        {-INFINITY, "element 1 is not a finite"}, {1e300, "element 1 is not a finite"},
        {-1e-300, "element 1 is negative"},
    };
    char *directory = support_directory();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double values[2] = {1, cases[i].value};
        char *path =
            write_array(directory, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }",
                        values, sizeof values);
        Error error;
        cr_assert(npy_read_given(path, 1, 2, &error) == NULL, "case %zu", i);
        cr_assert(error.status == STATUS_INPUT && strstr(error.message, cases[i].expected) != NULL,
                  "case %zu: %s", i, error.message);
        free(path);
    }
    free(directory);
}

static int64_t good_starts[4] = {0, 2, 2, 3};
static uint32_t good_indices[3] = {0, 4, 1};
static uint32_t good_values[3] = {7, 1, 2000000000};

static CountMatrix good_counts(void)
{
    return (CountMatrix){.rows = 3,
                         .columns = 5,
                         .starts = good_starts,
                         .indices = good_indices,
                         .values = good_values};
}

Test(npz, counts_come_back_as_they_were)
{
    char *directory = support_directory(), *path = path_in(directory, "c.npz");
    Error error;
    CountMatrix counts = good_counts(), back = {0};
    for (int wide = 0; wide < 2; wide++) {
        good_values[2] = wide ? 3000000000U : 2000000000U; /* needs int64 the second time */
        cr_assert(npz_write_counts(path, &counts, &error) == STATUS_OK, "%s", error.message);
        cr_assert(npz_read_counts(path, &back, &error) == STATUS_OK, "%s", error.message);
        cr_assert(back.rows == 3 && back.columns == 5);
        cr_assert(memcmp(back.starts, good_starts, sizeof good_starts) == 0);
        cr_assert(memcmp(back.indices, good_indices, sizeof good_indices) == 0);
        cr_assert(memcmp(back.values, good_values, sizeof good_values) == 0);
        count_matrix_free(&back);
    }
    free(path);
    free(directory);
}

Test(npz, values_that_are_not_whole_come_back_as_they_were)
{
    static double amounts[3] = {0.5, 1e-30, 1e30};
    char *directory = support_directory(), *path = path_in(directory, "c.npz");
    Error error;
    CountMatrix counts = good_counts(), back = {0};
    counts.values = NULL;
    counts.amounts = amounts;
    cr_assert(npz_write_counts(path, &counts, &error) == STATUS_OK, "%s", error.message);
    cr_assert(npz_read_counts(path, &back, &error) == STATUS_OK, "%s", error.message);
    cr_assert(back.values == NULL && memcmp(back.amounts, amounts, sizeof amounts) == 0);
    cr_assert(memcmp(back.indices, good_indices, sizeof good_indices) == 0);
    count_matrix_free(&back);
    static const double bad[] = {0.0, -1.0, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        amounts[1] = bad[i];
        cr_assert(npz_write_counts(path, &counts, &error) == STATUS_OK);
        cr_assert(npz_read_counts(path, &back, &error) == STATUS_INPUT, "%g", bad[i]);
    }
    free(path);
    free(directory);
}

Test(npz, equal_matrices_are_equal_files_in_any_time_zone)
{
    char *directory = support_directory(), *path = path_in(directory, "c.npz");
    Error error;
    CountMatrix counts = good_counts();
    size_t first_length, second_length;
    setenv("TZ", "Asia/Kolkata", 1);
    cr_assert(npz_write_counts(path, &counts, &error) == STATUS_OK);
    char *first = support_read(directory, "c.npz", &first_length);
    setenv("TZ", "America/Anchorage", 1);
    cr_assert(npz_write_counts(path, &counts, &error) == STATUS_OK);
    char *second = support_read(directory, "c.npz", &second_length);
    cr_assert(first_length == second_length && memcmp(first, second, first_length) == 0);
    free(first);
    free(second);
    free(path);
    free(directory);
}

Test(npz, refuses_rows_that_are_not_sound)
{
    char *directory = support_directory(), *path = path_in(directory, "c.npz");
    Error error;
    for (int mistake = 0; mistake < 4; mistake++) {
        int64_t starts[4] = {0, 2, 2, 3};
        uint32_t indices[3] = {0, 4, 1}, values[3] = {7, 1, 2};
        switch (mistake) {
        case 0:
            indices[1] = 5; /* beyond the columns */
            break;
        case 1:
            indices[1] = 0; /* twice */
            break;
        case 2:
            values[2] = 0; /* not stored */
            break;
        case 3:
            starts[1] = 3; /* falls afterwards */
            break;
        }
        CountMatrix counts = {
            .rows = 3, .columns = 5, .starts = starts, .indices = indices, .values = values};
        CountMatrix back = {0};
        cr_assert(npz_write_counts(path, &counts, &error) == STATUS_OK);
        cr_assert(npz_read_counts(path, &back, &error) == STATUS_INPUT, "mistake %d", mistake);
    }
    free(path);
    free(directory);
}

Test(npz, survives_every_damage_of_one_byte_and_every_cut)
{
    char *directory = support_directory(), *path = path_in(directory, "c.npz");
    Error error;
    CountMatrix counts = good_counts(), back = {0};
    cr_assert(npz_write_counts(path, &counts, &error) == STATUS_OK);
    size_t length;
    char *good = support_read(directory, "c.npz", &length), *bad = malloc(length);
    for (size_t at = 0; at < length; at += 3) {
        memcpy(bad, good, length);
        bad[at] ^= 0x41;
        support_write(directory, "c.npz", bad, length);
        if (npz_read_counts(path, &back, &error) == STATUS_OK) {
            cr_assert(back.rows == 3); /* a byte without meaning */
            count_matrix_free(&back);
        }
        support_write(directory, "c.npz", good, at);
        if (npz_read_counts(path, &back, &error) == STATUS_OK) {
            count_matrix_free(&back); /* the directory at the end of a zip is not needed */
        }
    }
    free(good);
    free(bad);
    free(path);
    free(directory);
}

/* A matrix whose entry (r, c) is r + c / 10 where r + c is even. */
static void fill_chessboard(const void *context, int64_t row, uint32_t *indices, double *values)
{
    const int64_t columns = *(const int64_t *)context;
    int filled = 0;
    for (int64_t c = row % 2; c < columns; c += 2, filled++) {
        if (indices) {
            indices[filled] = (uint32_t)c;
        } else {
            values[filled] = (double)row + (double)c / 10.0 + 1.0;
        }
    }
}

Test(npy, rows_on_demand_are_the_archive_that_a_matrix_in_memory_is)
{
    enum { ROWS = 300, COLUMNS = 501, HALF = 251 };
    static int64_t starts[ROWS + 1];
    static uint32_t indices[ROWS * HALF];
    static double amounts[ROWS * HALF];
    const int64_t columns = COLUMNS;
    for (int64_t r = 0; r < ROWS; r++) {
        fill_chessboard(&columns, r, indices + starts[r], NULL);
        fill_chessboard(&columns, r, NULL, amounts + starts[r]);
        starts[r + 1] = starts[r] + (COLUMNS + 1 - r % 2) / 2;
    }
    const CountMatrix counts = {
        .rows = ROWS, .columns = COLUMNS, .starts = starts, .indices = indices, .amounts = amounts};
    SparseRows rows = {.rows = ROWS,
                       .columns = COLUMNS,
                       .starts = starts,
                       .fill = fill_chessboard,
                       .context = &columns};
    char *directory = support_directory();
    char *held = path_in(directory, "held.npz"), *made = path_in(directory, "made.npz");
    char *narrow = path_in(directory, "narrow.npz");
    size_t held_length, made_length, narrow_length;
    Error error;
    cr_assert(npz_write_counts(held, &counts, &error) == STATUS_OK);
    cr_assert(npz_write_rows(made, &rows, &error) == STATUS_OK);
    rows.is_float32 = true;
    cr_assert(npz_write_rows(narrow, &rows, &error) == STATUS_OK);
    char *a = support_read(directory, "held.npz", &held_length);
    char *b = support_read(directory, "made.npz", &made_length);
    char *c = support_read(directory, "narrow.npz", &narrow_length);
    cr_assert_eq(held_length, made_length);
    cr_assert(memcmp(a, b, held_length) == 0);
    cr_assert_eq(narrow_length, held_length - 4 * (size_t)starts[ROWS]);
    free(a);
    free(b);
    free(c);
    free(held);
    free(made);
    free(narrow);
    free(directory);
}

Test(npy, wide_floats_are_scaled_by_row)
{
    static const float values[2 * 2] = {0.5F, 0.25F, 1.0F, 2.0F};
    static const double scales[2] = {1.0, 0.1};
    char *directory = support_directory(), *path = path_in(directory, "a.npy");
    Error error;
    size_t length;
    double read[4];
    cr_assert(npy_write_wide(path, values, scales, 2, 2, &error) == STATUS_OK);
    char *bytes = support_read(directory, "a.npy", &length);
    cr_assert_eq(length, 128 + sizeof read);
    cr_assert(strncmp(bytes + 10, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }",
                      59) == 0);
    memcpy(read, bytes + 128, sizeof read);
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(read[i], (double)values[i] * scales[i / 2]);
    }
    free(bytes);
    free(path);
    free(directory);
}
