#include "report/number_table.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"b", "a"};

/* Reads this text as a table of b and a. */
static Status read_text(const char *text, NumberTable *table, Error *error)
{
    char *directory = support_directory();
    char path[500];
    support_write_text(directory, "table.csv", text);
    snprintf(path, sizeof path, "%s/table.csv", directory);
    const Status status = number_table_read(path, names, 2, table, error);
    free(directory);
    return status;
}

Test(number_table, takes_columns_by_their_names)
{
    NumberTable table = {0};
    Error error = {0};
    cr_assert_eq(read_text("a,text,b\n1,x,2.5\n-3,y,\n", &table, &error), STATUS_OK);
    cr_assert_eq(table.rows, 2);
    cr_expect_eq(number_table_at(&table, 0, 0), 2.5);
    cr_expect_eq(number_table_at(&table, 0, 1), 1.0);
    cr_expect(isnan(number_table_at(&table, 1, 0)));
    cr_expect_eq(number_table_at(&table, 1, 1), -3.0);
    number_table_free(&table);
}

Test(number_table, may_have_no_rows)
{
    NumberTable table = {0};
    Error error = {0};
    cr_assert_eq(read_text("a,b\n", &table, &error), STATUS_OK);
    cr_expect_eq(table.rows, 0);
    number_table_free(&table);
}

Test(number_table, refuses_what_is_damaged)
{
    static const char *const texts[] = {
        "",             /* nothing */
        "a,c\n1,2\n",   /* another heading */
        "a,b\n1\n",     /* a field too few */
        "a,b\n1,2,3\n", /* one too many */
        "a,b\n1,two\n", /* no number */
        "a,b\n1,nan\n", /* nor this */
        "a,b\n1,\"2\n", /* no CSV */
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        NumberTable table = {0};
        Error error = {0};
        cr_expect_eq(read_text(texts[i], &table, &error), STATUS_INPUT, "%s", texts[i]);
        cr_expect(strstr(error.message, "table.csv") != NULL, "%s", error.message);
        number_table_free(&table);
    }
    NumberTable table = {0};
    Error error = {0};
    cr_expect_eq(number_table_read("/nowhere/table.csv", names, 2, &table, &error), STATUS_INPUT);
    number_table_free(&table);
}
