#include "base/json_writer.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* A JsonWriter into memory. */
typedef struct Sink {
    JsonWriter json;
    char *text;
    size_t length;
} Sink;

static void open_sink(Sink *sink)
{
    *sink = (Sink){0};
    sink->json.file = open_memstream(&sink->text, &sink->length);
    cr_assert(sink->json.file != NULL);
}

static void expect_written(Sink *sink, const char *expected)
{
    cr_assert_eq(fclose(sink->json.file), 0);
    cr_assert_str_eq(sink->text, expected);
    free(sink->text);
}

Test(json_writer, writes_one_value_and_a_new_line)
{
    Sink sink;
    open_sink(&sink);
    json_text(&sink.json, "alone");
    json_end(&sink.json);
    expect_written(&sink, "\"alone\"\n");
}

Test(json_writer, writes_empty_objects_and_arrays)
{
    Sink sink;
    open_sink(&sink);
    json_open_array(&sink.json);
    json_open_object(&sink.json);
    json_close_object(&sink.json);
    json_open_array(&sink.json);
    json_close_array(&sink.json);
    json_close_array(&sink.json);
    json_end(&sink.json);
    expect_written(&sink, "[\n  {},\n  []\n]\n");

    open_sink(&sink);
    json_open_object(&sink.json);
    json_close_object(&sink.json);
    json_end(&sink.json);
    expect_written(&sink, "{}\n");
}

Test(json_writer, nests_and_separates_values_of_every_kind)
{
    Sink sink;
    open_sink(&sink);
    JsonWriter *json = &sink.json;
    json_open_object(json);
    json_key(json, "text");
    json_text(json, "words");
    json_key(json, "list");
    json_open_array(json);
    json_whole(json, -1);
    json_open_array(json);
    json_close_array(json);
    json_number(json, 0.25);
    json_open_object(json);
    json_key(json, "in");
    json_nothing(json);
    json_close_object(json);
    json_boolean(json, true);
    json_close_array(json);
    json_key(json, "object");
    json_open_object(json);
    json_key(json, "a");
    json_open_object(json);
    json_close_object(json);
    json_key(json, "b");
    json_boolean(json, false);
    json_close_object(json);
    json_key(json, "last");
    json_number_float(json, 0.1f);
    json_close_object(json);
    json_end(json);
    expect_written(&sink, "{\n"
                          "  \"text\": \"words\",\n"
                          "  \"list\": [\n"
                          "    -1,\n"
                          "    [],\n"
                          "    0.25,\n"
                          "    {\n"
                          "      \"in\": null\n"
                          "    },\n"
                          "    true\n"
                          "  ],\n"
                          "  \"object\": {\n"
                          "    \"a\": {},\n"
                          "    \"b\": false\n"
                          "  },\n"
                          "  \"last\": 0.1\n"
                          "}\n");
}

Test(json_writer, escapes_quotes_backslashes_and_control_characters)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"", ""},
        {"say \"hi\"", "say \\\"hi\\\""},
        {"back\\slash", "back\\\\slash"},
        {"C:\\new", "C:\\\\new"},
        {"new\nline\ttab", "new\\nline\\ttab"},
        {"\r", "\\u000d"},
        {"\x01\x1F\x7F", "\\u0001\\u001f\\u007f"},
        {"a/b", "a/b"},
        {"naïve 日本 😀", "naïve 日本 😀"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Sink sink;
        char expected[200];
        open_sink(&sink);
        json_text(&sink.json, cases[i].text);
        snprintf(expected, sizeof expected, "\"%s\"", cases[i].written);
        expect_written(&sink, expected);
    }
}

Test(json_writer, leaves_no_control_character_bare)
{
    for (int c = 1; c < 0x20; c++) {
        const char text[2] = {(char)c, '\0'};
        Sink sink;
        open_sink(&sink);
        json_text(&sink.json, text);
        cr_assert_eq(fclose(sink.json.file), 0);
        cr_assert(sink.length >= 4 && sink.text[1] == '\\', "0x%02x: %s", c, sink.text);
        if (sink.text[2] == 'u') {
            cr_assert_eq(strtol(sink.text + 3, NULL, 16), c, "%s", sink.text);
            cr_assert_eq(sink.length, 8);
        }
        free(sink.text);
    }
}

Test(json_writer, escapes_keys_like_texts)
{
    Sink sink;
    open_sink(&sink);
    json_open_object(&sink.json);
    json_key(&sink.json, "a\"b\n");
    json_text(&sink.json, "c");
    json_close_object(&sink.json);
    expect_written(&sink, "{\n  \"a\\\"b\\n\": \"c\"\n}");
}

Test(json_writer, nests_deeply_and_comes_back_in_order)
{
    enum { DEPTH = JSON_DEPTH_MAX - 2 };
    Sink sink;
    open_sink(&sink);
    for (int i = 0; i < DEPTH; i++) {
        json_open_array(&sink.json);
        json_whole(&sink.json, i);
    }
    for (int i = DEPTH; i-- > 0;) {
        json_whole(&sink.json, i);
        json_close_array(&sink.json);
    }
    json_end(&sink.json);
    cr_assert_eq(fclose(sink.json.file), 0);
    int depth = 0, numbers = 0, commas = 0;
    for (const char *at = sink.text; *at; at++) {
        depth += (*at == '[') - (*at == ']');
        commas += *at == ',';
        numbers += *at >= '0' && *at <= '9' && !(at[1] >= '0' && at[1] <= '9');
        cr_assert(depth >= 0 && depth <= DEPTH);
    }
    cr_assert_eq(depth, 0);
    cr_assert_eq(numbers, 2 * DEPTH);
    /* Each level holds its number, the next level and the number again; the innermost no level. */
    cr_assert_eq(commas, 2 * (DEPTH - 1) + 1);
    free(sink.text);
}

Test(json_writer, writes_numbers_in_their_shortest_form)
{
    Sink sink;
    open_sink(&sink);
    json_open_array(&sink.json);
    json_whole(&sink.json, INT64_MIN);
    json_whole(&sink.json, INT64_MAX);
    json_number(&sink.json, 0.1);
    json_number(&sink.json, 1e-300);
    json_number(&sink.json, 3.0);
    json_number_float(&sink.json, 1.0f / 3.0f);
    json_close_array(&sink.json);
    expect_written(&sink, "[\n  -9223372036854775808,\n  9223372036854775807,\n  0.1,\n  1e-300,\n"
                          "  3,\n  0.33333334\n]");
}

Test(json_writer, escapes_for_a_script_element_and_leaves_no_blanks)
{
    Sink sink;
    open_sink(&sink);
    sink.json.embedded = true;
    json_open_object(&sink.json);
    json_key_text(&sink.json, "</script>", "<!--\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA\xE2");
    json_key(&sink.json, "list");
    json_open_array(&sink.json);
    json_whole(&sink.json, 1);
    json_open_object(&sink.json);
    json_close_object(&sink.json);
    json_close_array(&sink.json);
    json_close_object(&sink.json);
    expect_written(&sink, "{\"\\u003c/script>\":\"\\u003c!--\\u2028\\u2029\xE2\x80\xAA\xE2\","
                          "\"list\":[1,{}]}");
}

Test(json_writer, leaves_them_as_they_are_elsewhere)
{
    Sink sink;
    open_sink(&sink);
    json_text(&sink.json, "<\xE2\x80\xA8");
    expect_written(&sink, "\"<\xE2\x80\xA8\"");
}

Test(json_writer, writes_base64_in_portions)
{
    Sink sink;
    open_sink(&sink);
    json_open_array(&sink.json);
    for (int i = 0; i < 2; i++) {
        json_begin_base64(&sink.json);
        json_more_base64(&sink.json, "fo", 2);
        json_more_base64(&sink.json, "ob", 2);
        json_end_base64(&sink.json);
    }
    json_close_array(&sink.json);
    expect_written(&sink, "[\n  \"Zm9vYg==\",\n  \"Zm9vYg==\"\n]");
}
