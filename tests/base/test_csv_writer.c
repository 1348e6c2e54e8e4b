#include "base/csv_writer.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* A CsvWriter into memory. */
typedef struct Sink {
    CsvWriter csv;
    char *text;
    size_t length;
} Sink;

static void open_sink(Sink *sink)
{
    *sink = (Sink){0};
    sink->csv.file = open_memstream(&sink->text, &sink->length);
    cr_assert(sink->csv.file != NULL);
}

static void expect_written(Sink *sink, const char *expected)
{
    cr_assert_eq(fclose(sink->csv.file), 0);
    cr_assert_str_eq(sink->text, expected);
    free(sink->text);
}

Test(csv_writer, puts_commas_between_fields_and_a_line_feed_behind_a_record)
{
    Sink sink;
    open_sink(&sink);
    csv_text(&sink.csv, "topic");
    csv_text(&sink.csv, "label");
    csv_end_line(&sink.csv);
    csv_whole(&sink.csv, 1);
    csv_text(&sink.csv, "two words");
    csv_end_line(&sink.csv);
    expect_written(&sink, "topic,label\n1,two words\n");
}

Test(csv_writer, quotes_fields_only_where_they_must_be)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"plain", "plain"},
        {"a,b", "\"a,b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"\"", "\"\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"carriage\rreturn", "\"carriage\rreturn\""},
        {"both\r\n", "\"both\r\n\""},
        {" blanks around ", " blanks around "},
        {"semi;colon\ttab", "semi;colon\ttab"},
        {"it's", "it's"},
        {"naïve 日本", "naïve 日本"},
        {"=1+1", "=1+1"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Sink sink;
        char expected[200];
        open_sink(&sink);
        csv_text(&sink.csv, "x");
        csv_text(&sink.csv, cases[i].text);
        csv_text(&sink.csv, "y");
        csv_end_line(&sink.csv);
        snprintf(expected, sizeof expected, "x,%s,y\n", cases[i].written);
        expect_written(&sink, expected);
    }
}

Test(csv_writer, a_lone_empty_field_does_not_leave_an_empty_line)
{
    Sink sink;
    open_sink(&sink);
    csv_empty(&sink.csv);
    csv_end_line(&sink.csv);
    csv_text(&sink.csv, "");
    csv_end_line(&sink.csv);
    expect_written(&sink, "\"\"\n\"\"\n");
}

Test(csv_writer, a_missing_value_is_nothing_between_commas)
{
    Sink sink;
    open_sink(&sink);
    csv_whole(&sink.csv, 1);
    csv_empty(&sink.csv);
    csv_empty(&sink.csv);
    csv_number(&sink.csv, 2.5);
    csv_empty(&sink.csv);
    csv_end_line(&sink.csv);
    expect_written(&sink, "1,,,2.5,\n");
}

Test(csv_writer, writes_numbers_in_their_shortest_form)
{
    Sink sink;
    open_sink(&sink);
    csv_whole(&sink.csv, INT64_MIN);
    csv_whole(&sink.csv, INT64_MAX);
    csv_whole(&sink.csv, 0);
    csv_number(&sink.csv, 0.1);
    csv_number(&sink.csv, 1.0 / 3.0);
    csv_number(&sink.csv, -1e300);
    csv_number_float(&sink.csv, 0.1f);
    csv_number_float(&sink.csv, 16777216.0f);
    csv_end_line(&sink.csv);
    expect_written(&sink, "-9223372036854775808,9223372036854775807,0,0.1,0.3333333333333333,"
                          "-1e+300,0.1,16777216\n");
}

Test(csv_writer, disarms_for_spreadsheets_what_they_would_calculate_but_no_number)
{
    static const struct {
        const char *text;
        bool is_formula;
    } cases[] = {
        {"=1+1", true}, {"+1+1", true}, {"-1+1", true}, {"@SUM(A1)", true}, {"\t=1", true},
        {"\r=1", true}, {"\n=1", true}, {"＝1", true},  {"＋1", true},      {"－1", true},
        {"＠a", true},  {"-", true},    {"-1", false},  {"-1.5e-3", false}, {"+1", true},
        {"1=1", false}, {"", false},    {" =1", false}, {"'=1", false},     {"ー", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert_eq(csv_is_formula(cases[i].text), cases[i].is_formula, "%s", cases[i].text);
    }
    Sink sink;
    open_sink(&sink);
    sink.csv.guarded = true;
    csv_text(&sink.csv, "=1");
    csv_text(&sink.csv, "=\"a\",b");
    csv_text(&sink.csv, "-1");
    csv_number(&sink.csv, -2.5);
    csv_whole(&sink.csv, -3);
    csv_end_line(&sink.csv);
    expect_written(&sink, "'=1,\"'=\"\"a\"\",b\",-1,-2.5,-3\r\n");
}
