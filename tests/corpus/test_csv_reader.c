#include "corpus/csv_reader.h"

#include "base/buffer.h"
#include "base/csv_writer.h"
#include "base/file.h"
#include "base/random.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Writes each record as `number:[field][field]…` and a new line, so that a whole file can be
 * compared as one text. */
static Status describe(void *context, const CsvRecord *record, Error *error)
{
    Buffer *text = context;
    Status status = buffer_print(text, error, "%" PRId64 ":", record->number);
    for (size_t i = 0; i < record->count && !status; i++) {
        status = buffer_print(text, error, "[%s]", record->fields[i]);
    }
    return status ? status : buffer_append_byte(text, '\n', error);
}

static Status read_bytes(const char *bytes, size_t length, Buffer *text, Error *error)
{
    char *directory = support_directory(), path[200];
    support_write(directory, "file.csv", bytes, length);
    snprintf(path, sizeof path, "%s/file.csv", directory);
    *error = (Error){0};
    const Status status = csv_read_file(path, describe, text, error);
    cr_assert_eq(status, error->status);
    cr_assert(!status || strstr(error->message, path), "the file is not named: %s", error->message);
    free(directory);
    return status;
}

static void expect_records(const char *bytes, const char *expected)
{
    Buffer text = {0};
    Error error;
    cr_assert_eq(read_bytes(bytes, strlen(bytes), &text, &error), STATUS_OK, "%s", error.message);
    cr_assert_str_eq(buffer_text(&text), expected);
    buffer_free(&text);
}

/* `word` must stand in the message. */
static void expect_refusal(const char *bytes, size_t length, const char *word)
{
    Buffer text = {0};
    Error error;
    cr_assert_eq(read_bytes(bytes, length, &text, &error), STATUS_INPUT, "'%s'", bytes);
    cr_assert(strstr(error.message, word) != NULL, "'%s': no '%s' in: %s", bytes, word,
              error.message);
    buffer_free(&text);
}

Test(csv_reader, reads_records_and_numbers_them_from_1)
{
    expect_records("a,b\n1,2\n3,4\n", "1:[a][b]\n2:[1][2]\n3:[3][4]\n");
    expect_records("one\n", "1:[one]\n");
    expect_records("a,b,c\nd\n", "1:[a][b][c]\n2:[d]\n");
}

Test(csv_reader, takes_a_last_record_without_a_line_end)
{
    expect_records("a,b\nc,d", "1:[a][b]\n2:[c][d]\n");
    expect_records("a,b\nc,", "1:[a][b]\n2:[c][]\n");
    expect_records("a,b\nc,\"d\"", "1:[a][b]\n2:[c][d]\n");
    expect_records("a,b\nc,\"\"", "1:[a][b]\n2:[c][]\n");
    expect_records("\"say \"\"hi\"\"\"", "1:[say \"hi\"]\n");
}

Test(csv_reader, takes_lf_crlf_and_cr)
{
    expect_records("a,b\r\nc,d\r\n", "1:[a][b]\n2:[c][d]\n");
    expect_records("a,\"b\"\r\n\"c\",d\r\n", "1:[a][b]\n2:[c][d]\n");
    expect_records("a,b\rc,d\r", "1:[a][b]\n2:[c][d]\n");
    expect_records("a\r\nb\nc\rd", "1:[a]\n2:[b]\n3:[c]\n4:[d]\n");
}

Test(csv_reader, passes_over_empty_lines)
{
    expect_records("", "");
    expect_records("\n\n\r\n\r\r", "");
    expect_records("\na\n\n\nb\n\n", "1:[a]\n2:[b]\n");
    expect_records("a\r\n\r\nb\r\n", "1:[a]\n2:[b]\n");
}

Test(csv_reader, keeps_empty_fields)
{
    expect_records(",\n", "1:[][]\n");
    expect_records("a,,b\n,,\n", "1:[a][][b]\n2:[][][]\n");
    expect_records("\"\"\n", "1:[]\n");
    expect_records("\"\",\"\"\n", "1:[][]\n");
}

Test(csv_reader, reads_quoted_fields)
{
    expect_records("\"a,b\",\"c\"\n", "1:[a,b][c]\n");
    expect_records("\"say \"\"hi\"\"\"\n", "1:[say \"hi\"]\n");
    expect_records("\"\"\"\"\n", "1:[\"]\n");
    expect_records("\"\"\"\"\"\"\n", "1:[\"\"]\n");
    expect_records("\"two\nlines\",\"a\r\nb\",\"c\rd\"\nnext\n",
                   "1:[two\nlines][a\r\nb][c\rd]\n2:[next]\n");
    expect_records("\"\n\"\n", "1:[\n]\n");
}

Test(csv_reader, preserves_blanks)
{
    expect_records(" a , b \n", "1:[ a ][ b ]\n");
    expect_records("\" a \",\"\tb\t\"\n", "1:[ a ][\tb\t]\n");
    expect_records(" , \n", "1:[ ][ ]\n");
    expect_records(" \n\t\n", "1:[ ]\n2:[\t]\n");
    expect_records("\xC2\xA0x\xC2\xA0\n", "1:[\xC2\xA0x\xC2\xA0]\n");
}

Test(csv_reader, leaves_other_separators_and_letters_alone)
{
    expect_records("a;b\tc|d,naïve 日本 😀,'x'\n", "1:[a;b\tc|d][naïve 日本 😀]['x']\n");
    expect_records("a\\,b\n", "1:[a\\][b]\n");
}

Test(csv_reader, refuses_what_is_not_csv_and_names_the_record)
{
    static const struct {
        const char *bytes, *record;
    } cases[] = {
        {"a\"b\n", "1"},         /* a quote within a bare field */
        {"ok\nok\na\"b\n", "3"}, /* the same further down */
        {"ok\n\"a\"b\n", "2"},   /* something behind the closing quote */
        {"ok\n\"a\" ,b\n", "2"}, /* even a blank */
        {"ok\n \"a\",b\n", "2"}, /* or before the opening one */
        {"ok\n\"a\"\"b\"c\n", "2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char word[32];
        snprintf(word, sizeof word, "record %s", cases[i].record);
        expect_refusal(cases[i].bytes, strlen(cases[i].bytes), word);
    }
}

Test(csv_reader, refuses_an_unterminated_quote)
{
    static const char *const cases[] = {
        "\"", "\"abc", "\"abc\n", "a,\"b", "a,\"b\nc,d\ne,f\n", "\"a\"\"", "\"a\"\"\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_refusal(cases[i], strlen(cases[i]), "quote");
    }
}

Test(csv_reader, names_the_record_in_which_a_quote_is_not_closed)
{
    static const char bytes[] = "id,text\n1,\"open\n2,x\n3,y\n";
    expect_refusal(bytes, sizeof bytes - 1, "record 2");
}

Test(csv_reader, refuses_a_nul)
{
    expect_refusal("a\0b\n", 4, "NUL");
    expect_refusal("a,b\n\"c\0\",d\n", 11, "NUL");
    expect_refusal("\0", 1, "NUL");
    const size_t length = 200000;
    char *bytes = malloc(length);
    memset(bytes, 'a', length);
    bytes[length - 1] = '\0';
    expect_refusal(bytes, length, "NUL");
    free(bytes);
}

Test(csv_reader, says_that_a_file_cannot_be_read)
{
    char *directory = support_directory(), missing[200];
    snprintf(missing, sizeof missing, "%s/missing.csv", directory);
    const char *const paths[] = {missing, directory};
    for (size_t i = 0; i < 2; i++) {
        Buffer text = {0};
        Error error = {0};
        cr_assert_eq(csv_read_file(paths[i], describe, &text, &error), STATUS_INPUT);
        cr_assert(strstr(error.message, paths[i]) != NULL, "%s", error.message);
        cr_assert_eq(text.length, 0);
        buffer_free(&text);
    }
    free(directory);
}

/* Ends the reading at the third record. */
static Status stop_at_third(void *context, const CsvRecord *record, Error *error)
{
    int *calls = context;
    ++*calls;
    return record->number == 3 ? error_set(error, STATUS_USAGE, "enough") : STATUS_OK;
}

Test(csv_reader, stops_with_the_status_of_the_function)
{
    char *directory = support_directory(), path[200];
    snprintf(path, sizeof path, "%s/file.csv", directory);
    Buffer csv = {0};
    Error error;
    for (int i = 0; i < 50000; i++) {
        cr_assert_eq(buffer_append_text(&csv, "a,b\n", &error), STATUS_OK);
    }
    support_write(directory, "file.csv", csv.bytes, csv.length);
    int calls = 0;
    cr_assert_eq(csv_read_file(path, stop_at_third, &calls, &error), STATUS_USAGE);
    cr_assert_eq(calls, 3);
    cr_assert_str_eq(error.message, "enough");
    /* Also when the third record is the last and has no line end. */
    support_write_text(directory, "file.csv", "a\nb\nc");
    calls = 0;
    cr_assert_eq(csv_read_file(path, stop_at_third, &calls, &error), STATUS_USAGE);
    cr_assert_eq(calls, 3);
    buffer_free(&csv);
    free(directory);
}

Test(csv_reader, reads_long_fields_and_many_of_them)
{
    char *directory = support_directory(), path[200];
    snprintf(path, sizeof path, "%s/file.csv", directory);
    Buffer csv = {0}, expected = {0}, text = {0};
    Error error;
    Status status = buffer_append_text(&expected, "1:", &error);
    for (int field = 0; field < 5000 && !status; field++) {
        status |= buffer_print(&csv, &error, "%s%d", field ? "," : "", field);
        status |= buffer_print(&expected, &error, "[%d]", field);
    }
    status |= buffer_append_text(&csv, "\n\"", &error);
    status |= buffer_append_text(&expected, "\n2:[", &error);
    for (int i = 0; i < 300000 && !status; i++) {
        status |= buffer_append_text(&csv, i % 10 ? "x" : "\"\"", &error);
        status |= buffer_append_byte(&expected, i % 10 ? 'x' : '"', &error);
    }
    status |= buffer_append_text(&csv, "\"\n", &error);
    status |= buffer_append_text(&expected, "]\n", &error);
    cr_assert_eq(status, STATUS_OK);
    support_write(directory, "file.csv", csv.bytes, csv.length);
    cr_assert_eq(csv_read_file(path, describe, &text, &error), STATUS_OK, "%s", error.message);
    cr_assert(text.length == expected.length &&
              memcmp(text.bytes, expected.bytes, text.length) == 0);
    buffer_free(&csv);
    buffer_free(&expected);
    buffer_free(&text);
    free(directory);
}

/* ---- what base/csv_writer writes is read back ---- */

enum { RECORDS = 4000, FIELDS_MAX = 5, FIELD_SIZE = 64 };

/* Field `index` of record `number`: hostile pieces, one behind the other. The same on every call.
 */
static void make_field(int64_t number, size_t index, char field[FIELD_SIZE])
{
    static const char *const pieces[] = {",",  "\"", "\r",   "\n", "\r\n", " ",    "\t",
                                         "a",  "é",  ";",    "\\", "'",    "\"\"", "b c",
                                         "日", "#",  "\x01", "=",  "\x7F", "0.1"};
    const RandomStream stream = {.seed = (uint64_t)number, .stream = index};
    const uint64_t count = random_bits(stream, 0) % 8;
    field[0] = '\0';
    for (uint64_t i = 1; i <= count; i++) {
        strcat(field, pieces[random_bits(stream, i) % (sizeof pieces / sizeof *pieces)]);
    }
}

static size_t count_fields(int64_t number)
{
    return 1 + (size_t)(random_bits((RandomStream){.seed = 99, .stream = 0}, (uint64_t)number) %
                        FIELDS_MAX);
}

static Status compare(void *context, const CsvRecord *record, Error *error)
{
    (void)error;
    int64_t *read = context;
    ++*read;
    cr_assert_eq(record->number, *read);
    cr_assert_eq(record->count, count_fields(record->number), "record %d", (int)record->number);
    for (size_t i = 0; i < record->count; i++) {
        char expected[FIELD_SIZE];
        make_field(record->number, i, expected);
        cr_assert_str_eq(record->fields[i], expected, "record %d, field %zu", (int)record->number,
                         i);
    }
    return STATUS_OK;
}

Test(csv_reader, reads_back_what_the_writer_wrote)
{
    char *directory = support_directory(), path[200];
    snprintf(path, sizeof path, "%s/file.csv", directory);
    Error error;
    CsvWriter csv = {.file = file_create(path, &error)};
    cr_assert(csv.file != NULL);
    for (int64_t number = 1; number <= RECORDS; number++) {
        for (size_t i = 0; i < count_fields(number); i++) {
            char field[FIELD_SIZE];
            make_field(number, i, field);
            csv_text(&csv, field);
        }
        csv_end_line(&csv);
    }
    cr_assert_eq(file_close(csv.file, path, &error), STATUS_OK);
    int64_t read = 0;
    cr_assert_eq(csv_read_file(path, compare, &read, &error), STATUS_OK, "%s", error.message);
    cr_assert_eq(read, RECORDS);
    free(directory);
}
