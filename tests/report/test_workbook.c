#include "report/workbook.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char long_text[3 * WORKBOOK_TEXT + 1]; /* of two-unit and one-unit characters */

static const Column columns[] = {
    {"name", COLUMN_TEXT, false, 0},
    {"count", COLUMN_WHOLE, false, 0},
    {"share", COLUMN_SHARE, false, 0},
};

static void fill(void *context, int64_t row, Value *values)
{
    values[0].text = context ? context : "=1+1";
    values[1].whole = row;
    values[2] = (Value){.number = (double)0.1F, .is_float32 = true};
}

static char *path_in(const char *directory)
{
    char *path = malloc(strlen(directory) + 16);
    sprintf(path, "%s/book.xlsx", directory);
    return path;
}

/* Writes a table of `rows` rows, at most `rows_most` a sheet; returns how many sheets there are. */
static int write_book(const char *path, int64_t rows, int64_t rows_most, char *text, int64_t *cut)
{
    const Table table = {.name = "things",
                         .columns = columns,
                         .column_count = 3,
                         .row_count = rows,
                         .fill = fill,
                         .context = text};
    Workbook workbook = {0};
    Error error = {0};
    int sheets = 0;
    cr_assert(workbook_begin(&workbook, path, "book", &error) == STATUS_OK, "%s", error.message);
    cr_assert(workbook_table(&workbook, "Things", &table, NULL, rows_most, &sheets, &error) ==
                  STATUS_OK,
              "%s", error.message);
    cr_assert(workbook_finish(&workbook, &error) == STATUS_OK, "%s", error.message);
    *cut = workbook.cut;
    workbook_end(&workbook);
    return sheets;
}

Test(workbook, goes_on_to_another_sheet_where_one_has_no_more_rows)
{
    char *directory = support_directory(), *path = path_in(directory);
    int64_t cut;
    cr_assert_eq(write_book(path, 0, 3, NULL, &cut), 1);
    cr_assert_eq(write_book(path, 2, 3, NULL, &cut), 1);
    cr_assert_eq(write_book(path, 3, 3, NULL, &cut), 2);
    cr_assert_eq(write_book(path, 5, 3, NULL, &cut), 3);
    cr_assert_eq(cut, 0);
    free(path);
    free(directory);
}

Test(workbook, is_the_same_bytes_for_the_same_tables)
{
    char *directory = support_directory(), *path = path_in(directory);
    int64_t cut;
    size_t first_length, second_length;
    write_book(path, 5, 3, NULL, &cut);
    char *first = support_read(directory, "book.xlsx", &first_length);
    sleep(1); /* a time within would differ */
    write_book(path, 5, 3, NULL, &cut);
    char *second = support_read(directory, "book.xlsx", &second_length);
    cr_assert_eq(first_length, second_length);
    cr_assert(memcmp(first, second, first_length) == 0);
    free(first);
    free(second);
    free(path);
    free(directory);
}

/* A cell has room for WORKBOOK_TEXT units of UTF-16, and the library refuses more characters. */
Test(workbook, counts_the_texts_that_it_cuts)
{
    char *directory = support_directory(), *path = path_in(directory);
    int64_t cut;
    memset(long_text, 'a', WORKBOOK_TEXT);
    write_book(path, 2, 10, long_text, &cut);
    cr_assert_eq(cut, 0);
    long_text[WORKBOOK_TEXT] = 'a';
    write_book(path, 2, 10, long_text, &cut);
    cr_assert_eq(cut, 2);
    for (int i = 0; i < WORKBOOK_TEXT / 2 + 1; i++) {
        memcpy(long_text + 4 * i, "\xF0\x9F\x98\x80", 5); /* two units each */
    }
    write_book(path, 1, 10, long_text, &cut);
    cr_assert_eq(cut, 1);
    free(path);
    free(directory);
}

Test(workbook, that_was_cut_off_is_told)
{
    char *directory = support_directory(), *path = path_in(directory);
    int64_t cut;
    size_t length;
    write_book(path, 50, 100, NULL, &cut);
    cr_assert(workbook_is_whole(path, 3 * 51));
    cr_assert_not(workbook_is_whole(path, 3 * 51 + 1));
    char *whole = support_read(directory, "book.xlsx", &length);
    for (size_t part = 0; part < length; part += 97) {
        support_write(directory, "book.xlsx", whole, part);
        cr_assert_not(workbook_is_whole(path, 3 * 51), "%zu of %zu bytes", part, length);
    }
    free(whole);
    free(path);
    free(directory);
}

Test(workbook, refuses_a_name_that_no_sheet_can_have)
{
    char *directory = support_directory(), *path = path_in(directory);
    Workbook workbook = {0};
    Error error = {0};
    cr_assert(workbook_begin(&workbook, path, "book", &error) == STATUS_OK);
    cr_assert(workbook_sheet(&workbook, "a/b", &error) == STATUS_FAILED);
    workbook_end(&workbook);
    free(path);
    free(directory);
}
