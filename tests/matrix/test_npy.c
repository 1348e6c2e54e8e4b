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
