/* JSON against jansson on odd and broken objects, and what the scanner alone does. */
#include "corpus/json_scan.h"

#include "corpus/json_oracle.h"

#include <criterion/criterion.h>

static const JsonPlace FIRST = {.line = 1, .column = 1};

static Agreement compare(const char *bytes, size_t length)
{
    Error error;
    char *exact = malloc(length + 1); /* so that a sanitizer sees whoever reads beyond */
    memcpy(exact, bytes, length);
    const Agreement agreement = oracle_compare(exact, length, &error);
    cr_assert_neq(agreement, DISAGREE, "'%.*s'", (int)length, bytes);
    free(exact);
    return agreement;
}

static void expect_agreement(const char *text, Agreement expected)
{
    cr_assert_eq(compare(text, strlen(text)), expected, "'%s'", text);
}

static void expect_wrong(const char *text, const char *message)
{
    JsonMembers members = {0};
    Error error;
    cr_assert_eq(json_scan_object(text, strlen(text), FIRST, &members, &error), STATUS_INPUT,
                 "'%s' is taken", text);
    cr_assert_str_eq(error.message, message);
    json_members_free(&members);
}

/* The text of the only member of an object, and how many of its escapes are no character. */
static void expect_text(const char *object, const char *text, int64_t replaced)
{
    JsonMembers members = {0};
    Buffer got = {0};
    Error error;
    int64_t count = 0;
    cr_assert_eq(json_scan_object(object, strlen(object), FIRST, &members, &error), STATUS_OK, "%s",
                 error.message);
    cr_assert_eq(members.count, 1u);
    cr_assert_eq(json_text_append(&members.items[0].value, &got, &count, &error), STATUS_OK);
    cr_assert_str_eq(buffer_text(&got), text);
    cr_assert_eq(count, replaced, "'%s'", object);
    cr_assert(json_text_equals(&members.items[0].value, text, strlen(text)), "'%s'", object);
    buffer_free(&got);
    json_members_free(&members);
}

/* ---- against jansson ---- */

static const char *const samples[] = {
    "{}",
    " {\"a\" : \"b\" , \"c\":\"\"}\r\n\t",
    "{\"id\": 7, \"text\": \"one\\ntwo \\\"three\\\" \\\\ \\/ \\b\\f\\r\\t\", \"year\": 1984}",
    "{\"a\": [1, -0, 0.5, 1e3, -1.25E-2, 10E+5], \"b\": [true, false, null], \"c\": []}",
    "{\"a\": {\"b\": {\"c\": [[], [{}], [[1]]]}, \"d\": {}}, \"e\": [{\"f\": null}]}",
    "{\"\\u0041\\u00e9\\u4e2d\\ud83d\\ude00\": \"\\u0000\\uD83D\\uDE00\\ufffd\"}",
    "{\"text\": \"naïve — 日本語 😀\", \"ä\": \"ö\"}",
    "{\"a\": 1, \"b\": 2, \"a\": {\"a\": 3, \"a\": 4}, \"\\u0061\": [5]}",
    "{\"\": \"\", \" \": [\"\", \" \"], \"long\": \"a text that is longer than one register of "
    "sixteen bytes, and than four of them, which are sixty-four bytes\"}",
    "{\"n\": 123456789012345678901234567890, \"m\": 9223372036854775807, \"k\": -1e-400}",
};

enum { SAMPLES = sizeof samples / sizeof *samples };

/* What bytes are replaced by, or put between others. */
static const char odd[] = "\0\x01\t\n\r\x1F !\"#'+,-./059:;AEFUX[\\]^abefnrtuxz{|}~\x7F\x80\xBF\xC3"
                          "\xA9\xE2\xED\xF0\xFF";

Test(json_oracle, takes_the_samples)
{
    for (int s = 0; s < SAMPLES; s++) {
        expect_agreement(samples[s], BOTH_TAKE);
    }
}

Test(json_oracle, agrees_on_what_is_cut_off)
{
    for (int s = 0; s < SAMPLES; s++) {
        for (size_t length = 0; length < strlen(samples[s]); length++) {
            compare(samples[s], length);
        }
    }
}

Test(json_oracle, agrees_on_every_byte_replaced)
{
    int taken = 0, refused = 0;
    for (int s = 0; s < SAMPLES; s++) {
        const size_t length = strlen(samples[s]);
        char *changed = strdup(samples[s]);
        for (size_t at = 0; at < length; at++) {
            for (size_t o = 0; o < sizeof odd - 1; o++) {
                changed[at] = odd[o];
                const Agreement agreement = compare(changed, length);
                taken += agreement == BOTH_TAKE;
                refused += agreement == BOTH_REFUSE;
            }
            changed[at] = samples[s][at];
        }
        free(changed);
    }
    cr_assert(taken > 10000 && refused > 10000, "%d taken, %d refused", taken, refused);
}

Test(json_oracle, agrees_on_every_byte_put_in_or_left_out)
{
    for (int s = 0; s < SAMPLES; s++) {
        const size_t length = strlen(samples[s]);
        char *changed = calloc(length + 2, 1);
        for (size_t at = 0; at <= length; at++) {
            memcpy(changed, samples[s], at);
            memcpy(changed + at + 1, samples[s] + at, length - at);
            for (size_t o = 0; o < sizeof odd - 1; o++) {
                changed[at] = odd[o];
                compare(changed, length + 1);
            }
            if (at < length) {
                memcpy(changed + at, samples[s] + at + 1, length - at - 1);
                compare(changed, length - 1);
            }
        }
        free(changed);
    }
}

Test(json_oracle, agrees_on_numbers_and_words)
{
    static const char *const values[] = {
        "0",
        "-0",
        "00",
        "01",
        "-01",
        "+1",
        "1.",
        ".5",
        "1.5",
        "1.5.5",
        "1e5",
        "1E5",
        "1e+5",
        "1e-5",
        "1e",
        "1e+",
        "1e5.5",
        "-",
        "--1",
        "- 1",
        "1 2",
        "0x10",
        "1_000",
        "Infinity",
        "NaN",
        "-Infinity",
        "1f",
        "0.0e0",
        "-0.0",
        "1e308",
        "1e-999",
        "0e999",
        "True",
        "TRUE",
        "tru",
        "truee",
        "nul",
        "nulll",
        "None",
        "false ",
        "undefined",
        "'a'",
        "/* */ 1",
        "1 // 2",
        "\"a\" \"b\"",
        "9223372036854775808",
        "-9223372036854775809",
        "0.1e1",
        "1.0E+0",
        "1a",
        "0b",
        "00.5",
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[80];
        snprintf(text, sizeof text, "{\"a\": %s}", values[i]);
        compare(text, strlen(text));
        snprintf(text, sizeof text, "{\"a\": [%s,%s]}", values[i], values[i]);
        compare(text, strlen(text));
    }
    expect_agreement("{\"a\": 1e999}", NOT_COMPARED);
    JsonMembers members = {0};
    Error error;
    cr_assert_eq(json_scan_object("{\"a\": 1e999}", 12, FIRST, &members, &error), STATUS_OK);
    json_members_free(&members);
}

Test(json_oracle, agrees_on_every_escape)
{
    char text[64];
    for (int byte = 0; byte < 256; byte++) {
        const int length = snprintf(text, sizeof text, "{\"a\": \"x\\%c0041\"}", byte);
        compare(text, (size_t)length);
        snprintf(text, sizeof text, "{\"a\": \"x%c\"}", byte ? byte : 1);
        compare(text, strlen(text));
    }
    for (unsigned unit = 0; unit <= 0xFFFF; unit += unit % 64 == 7 ? 50 : 1) {
        snprintf(text, sizeof text, "{\"a\": \"\\u%04x\", \"\\u%04X\": \"\\\\u%04x\"}", unit, unit,
                 unit);
        expect_agreement(text, BOTH_TAKE);
    }
    static const unsigned units[] = {0,      0x41,   0xD7FF, 0xD800, 0xD801, 0xDBFF,
                                     0xDC00, 0xDC01, 0xDFFF, 0xE000, 0xFFFF};
    enum { UNITS = sizeof units / sizeof *units };
    for (int i = 0; i < UNITS * UNITS * UNITS; i++) {
        snprintf(text, sizeof text, "{\"a\": \"\\u%04x\\u%04x%s\\u%04x\"}", units[i % UNITS],
                 units[i / UNITS % UNITS], i % 2 ? "" : "u", units[i / UNITS / UNITS]);
        expect_agreement(text, BOTH_TAKE);
    }
}

Test(json_oracle, agrees_wherever_something_stands_in_a_long_text)
{
    enum { LONG = 200 };
    static const char *const pieces[] = {"\\\"", "\\u00e9", "\"", "\\",
                                         "\x1F", "\x7F",    "é",  "\xE9"};
    char text[LONG + 64];
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        const size_t size = strlen(pieces[p]);
        for (size_t at = 0; at <= LONG; at++) {
            memset(text, 'a', sizeof text);
            memcpy(text, "{\"a\": \"", 7);
            memcpy(text + 7 + at, pieces[p], size);
            memcpy(text + 7 + LONG + size, "\"}", 2);
            compare(text, 7 + LONG + size + 2);
        }
    }
}

/* An object in which others stand `depth` deep, or arrays. */
static void append_deep(Buffer *text, int depth, bool arrays)
{
    Error error;
    for (int i = 0; i < depth; i++) {
        cr_assert_eq(buffer_append_text(text, i && arrays ? "[" : "{\"a\":", &error), STATUS_OK);
    }
    for (int i = depth; i-- > 0;) {
        const char *inner = i == depth - 1 ? "1" : "";
        cr_assert_eq(buffer_print(text, &error, "%s%s", inner, i && arrays ? "]" : "}"), STATUS_OK);
    }
}

Test(json_oracle, agrees_on_depth_up_to_the_limit)
{
    for (int i = 0; i < 10; i++) {
        const int depth = JSON_SCAN_DEPTH_MAX - 2 + i / 2;
        Buffer text = {0};
        Error error;
        JsonMembers members = {0};
        append_deep(&text, depth, i % 2 == 0);
        const Status status = json_scan_object(text.bytes, text.length, FIRST, &members, &error);
        cr_assert_eq(status, depth <= JSON_SCAN_DEPTH_MAX ? STATUS_OK : STATUS_INPUT, "%d", depth);
        if (status) {
            cr_assert(strstr(error.message, "512 objects and arrays deep") != NULL, "%s",
                      error.message);
        } else {
            expect_agreement(text.bytes, BOTH_TAKE);
        }
        json_members_free(&members);
        buffer_free(&text);
    }
}

/* ---- alone ---- */

Test(json_scan, unescapes_texts)
{
    expect_text("{\"a\": \"\"}", "", 0);
    expect_text("{\"a\": \"plain\"}", "plain", 0);
    expect_text("{\"a\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "\"\\/\b\f\n\r\t", 0);
    expect_text("{\"a\": \"\\u00e9\\u20AC\\ud83d\\ude00\"}", "é€😀", 0);
    expect_text("{\"a\": \"a longer text before \\u00e9 and a longer one behind it\"}",
                "a longer text before é and a longer one behind it", 0);
    expect_text("{\"a\": \"\\u0000\"}", "\xEF\xBF\xBD", 0);
    expect_text("{\"a\": \"x\\ud83dy\"}", "x\xEF\xBF\xBDy", 1);
    expect_text("{\"a\": \"\\ude00\\ud83d\"}", "\xEF\xBF\xBD\xEF\xBF\xBD", 2);
    expect_text("{\"a\": \"\\ud83d\\ud83d\\ude00\"}", "\xEF\xBF\xBD😀", 1);
    expect_text("{\"a\": \"\\ud83d\\u0041\"}",
                "\xEF\xBF\xBD"
                "A",
                1);
}

Test(json_scan, compares_names_as_they_are_meant)
{
    const JsonValue name = {
        .bytes = "a\\u00e9\\n", .length = 9, .kind = JSON_KIND_TEXT, .escaped = true};
    cr_assert(json_text_equals(&name, "aé\n", 4));
    cr_assert_not(json_text_equals(&name, "aé\nb", 5));
    cr_assert_not(json_text_equals(&name, "aé", 3));
    cr_assert_not(json_text_equals(&name, "aè\n", 4));
}

Test(json_scan, says_what_was_expected_and_where)
{
    expect_wrong(
        "", "line 1, column 1: is read as JSON, but it ends here (an object, in {}, was expected)");
    expect_wrong("[]",
                 "line 1, column 1: is read as JSON, but '[' stands here (an object, in {}, was "
                 "expected)");
    expect_wrong("{\n \"ä\": \"ö\", }",
                 "line 2, column 12: is read as JSON, but '}' stands here (a name in "
                 "\"\" was expected)");
    expect_wrong("{\"a\" 1}",
                 "line 1, column 6: is read as JSON, but '1' stands here (a : behind the name "
                 "was expected)");
    expect_wrong("{\"a\": é}",
                 "line 1, column 7: is read as JSON, but 'é' stands here (a value was "
                 "expected)");
    expect_wrong("{\"a\": 1 2}",
                 "line 1, column 9: is read as JSON, but '2' stands here (, or } was "
                 "expected)");
    expect_wrong("{\"a\": [1 2]}",
                 "line 1, column 10: is read as JSON, but '2' stands here (, or ] was "
                 "expected)");
    expect_wrong("{\"a\": 1.}",
                 "line 1, column 9: is read as JSON, but '}' stands here (a digit was "
                 "expected)");
    expect_wrong("{\"a\": \"b\n\"}",
                 "line 1, column 9: is read as JSON, but the byte 0x0A stands here (an "
                 "escape such as \\n, or \" to close the text, was expected)");
    expect_wrong("{\"a\": \"\\x\"}",
                 "line 1, column 9: is read as JSON, but 'x' stands here (an escape such "
                 "as \\n, \\\\ or \\u00e9 was expected)");
    expect_wrong("{\"a\": \"\\u00g\"}",
                 "line 1, column 12: is read as JSON, but 'g' stands here (one of the "
                 "four hexadecimal digits of \\u was expected)");
    expect_wrong("{} {}",
                 "line 1, column 4: is read as JSON, but '{' stands here (nothing more behind the "
                 "object was expected)");
}

Test(json_scan, finds_an_array_in_what_is_cut_off)
{
    static const char text[] = "{\"v\": [1], \"w\": {\"data\": [{}]}, \"d\\u0061ta\" : [ {\"a\": ";
    cr_assert_eq(json_scan_find_array(text, sizeof text - 1, "data"),
                 (size_t)(strstr(text, "[ {") + 1 - text));
    cr_assert_eq(json_scan_find_array(text, sizeof text - 1, "v"), 0u); /* of no objects */
    cr_assert_eq(json_scan_find_array(text, sizeof text - 1, "w"), 0u);
    cr_assert_eq(json_scan_find_array(text, 40, "data"), 0u);
    cr_assert_eq(json_scan_find_array("[{}]", 4, "data"), 0u);
    cr_assert_eq(json_scan_find_array("{\"a\": x, \"data\": [{}]}", 22, "data"), 0u);
}

Test(json_scan, counts_lines_and_characters)
{
    enum { LONG = 10000 };
    Buffer text = {0};
    Error error;
    for (int i = 0; i < LONG; i++) {
        cr_assert_eq(buffer_append_text(&text, "a", &error), STATUS_OK);
    }
    cr_assert_eq(buffer_append_text(&text, "\n\n", &error), STATUS_OK);
    for (int i = 0; i < LONG; i++) {
        cr_assert_eq(buffer_append_text(&text, i < LONG / 2 ? "é" : "日", &error), STATUS_OK);
        const JsonPlace place = json_place_behind(FIRST, text.bytes, text.length);
        cr_assert_eq(place.line, 3);
        cr_assert_eq(place.column, i + 2);
    }
    buffer_free(&text);
}
