#include "report/table_formats.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Column columns[] = {
    {"name", COLUMN_TEXT, false, 0},
    {"count", COLUMN_WHOLE, false, 0},
    {"share", COLUMN_SHARE, false, 0},
    {"value", COLUMN_NUMBER, true, 0},
};

static const char *const names[] = {"plain", "a,\"b\"\nc", "\x1b[31mred\xc2\x9b", "日本"};

static void fill(void *context, int64_t row, Value *values)
{
    (void)context;
    values[0] = (Value){.text = names[row]};
    values[1] = (Value){.whole = row * 1000};
    values[2] =
        row == 3 ? (Value){.missing = true} : (Value){.number = (double)0.1F, .is_float32 = true};
    values[3] = (Value){.number = 0.1};
}

static const Table table = {
    .name = "things", .columns = columns, .column_count = 4, .row_count = 4, .fill = fill};

static char *write(Status (*format)(const Table *, FILE *, Error *))
{
    char *text = NULL;
    size_t length;
    Error error;
    FILE *file = open_memstream(&text, &length);
    cr_assert(format(&table, file, &error) == STATUS_OK);
    fclose(file);
    return text;
}

Test(table, csv_quotes_and_writes_numbers_in_their_shortest_form)
{
    char *text = write(table_write_csv);
    cr_assert(strcmp(text, "name,count,share,value\n"
                           "plain,0,0.1,0.1\n"
                           "\"a,\"\"b\"\"\nc\",1000,0.1,0.1\n"
                           "\x1b[31mred\xc2\x9b,2000,0.1,0.1\n"
                           "日本,3000,,0.1\n") == 0,
              "%s", text);
    free(text);
}

Test(table, json_names_its_schema_and_escapes)
{
    char *text = write(table_write_json);
    cr_assert(strstr(text, "\"schema\": \"themata.things/1\"") != NULL);
    cr_assert(strstr(text, "\"name\": \"a,\\\"b\\\"\\nc\"") != NULL, "%s", text);
    cr_assert(strstr(text, "\\u001b[31mred") != NULL);
    cr_assert(strstr(text, "\"share\": null") != NULL);
    cr_assert(strchr(text, '\x1b') == NULL);
    free(text);
}

static const Column small_columns[] = {{"small", COLUMN_NUMBER, false, 2}};

static void fill_small(void *context, int64_t row, Value *values)
{
    static const double numbers[] = {-0.004, -0.0, -0.006, 0.004, -1.0};
    (void)context;
    values[0] = (Value){.number = numbers[row]};
}

Test(table, terminal_has_no_negative_zero)
{
    const Table small = {.name = "small",
                         .columns = small_columns,
                         .column_count = 1,
                         .row_count = 5,
                         .fill = fill_small};
    char *text = NULL;
    size_t length;
    Error error;
    FILE *file = open_memstream(&text, &length);
    cr_assert(table_write_terminal(&small, file, &error) == STATUS_OK);
    fclose(file);
    cr_assert_str_eq(text, "small\n 0.00\n 0.00\n-0.01\n 0.00\n-1.00\n");
    free(text);
}

Test(table, terminal_shows_control_characters_and_never_sends_them)
{
    char *text = write(table_write_terminal);
    cr_assert(strchr(text, '\x1b') == NULL && strstr(text, "\xc2\x9b") == NULL, "%s", text);
    int lines = 0;
    for (const char *at = text; *at; at++) {
        lines += *at == '\n';
        cr_assert((unsigned char)*at >= 0x20 || *at == '\n');
    }
    cr_assert(lines == 5, "heading and four rows:\n%s", text);
    cr_assert(strstr(text, "10.0 %") != NULL && strstr(text, "value") == NULL,
              "per cent for people, no column that is for files only");
    free(text);
}
