/* Objects taken off streams of every layout that come in small pieces. */
#include "corpus/json_split.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { OBJECTS = 10000, LIMIT = 1 << 20 };

/* Some bytes that are handed out a few at a time. */
typedef struct Source {
    const Buffer *bytes;
    size_t at;
    uint64_t pieces;
} Source;

static Status read_piece(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    Source *source = context;
    (void)error;
    const size_t left = source->bytes->length - source->at;
    const RandomStream stream = {.seed = 1, .stream = 1};
    *length = 1 + (size_t)(random_bits(stream, source->pieces++) % 40);
    *length = *length > room ? room : *length;
    *length = *length > left ? left : *length;
    memcpy(bytes, source->bytes->bytes + source->at, *length);
    source->at += *length;
    return STATUS_OK;
}

static void append(Buffer *to, const char *text)
{
    Error error;
    cr_assert_eq(buffer_append_text(to, text, &error), STATUS_OK);
}

/* An object whose end is not easily found; `lines` puts a new line in some. */
static void append_object(Buffer *to, int number, bool lines)
{
    static const char *const values[] = {
        "\"}\"",       "\"\\\"}\"",
        "\"\\\\\"",    "[\"]\", {}, [[{\"a\": \"\\\\\\\"\"}]]]",
        "\"ä 😀 {[\"",  "{\"b\": {\"c\": null}}",
        "\"\\u007d\"",
    };
    enum { VALUES = sizeof values / sizeof *values };
    Error error;
    cr_assert_eq(buffer_print(to, &error, "{\"n\":%s%d, \"v\": %s, \"w\": %s}",
                              lines && number % 3 == 0 ? "\n" : " ", number,
                              values[number % VALUES], values[number / VALUES % VALUES]),
                 STATUS_OK);
}

/* A file of OBJECTS objects, and where in it each of them begins and ends. */
typedef struct File {
    Buffer bytes;
    size_t begins[OBJECTS];
    size_t ends[OBJECTS];
} File;

static void make_file(File *file, JsonLayout layout, bool wrapped)
{
    static const char *const between[] = {",", " ,\n ", ",\r\n\t", "\n,"};
    *file = (File){0};
    append(&file->bytes, "\xEF\xBB\xBF");
    append(&file->bytes, wrapped                   ? "{\"n\": [1], \"data\": ["
                         : layout == JSON_ELEMENTS ? " [\n"
                                                   : "");
    for (int i = 0; i < OBJECTS; i++) {
        if (layout == JSON_SEQUENCE) {
            append(&file->bytes, i % 2 ? "" : "\n ");
        } else if (layout == JSON_ELEMENTS && i) {
            append(&file->bytes, between[i % 4]);
        }
        file->begins[i] = file->bytes.length;
        append_object(&file->bytes, i, layout != JSON_LINES);
        file->ends[i] = file->bytes.length;
        if (layout == JSON_LINES) {
            append(&file->bytes, i % 5 == 4 ? " \r\n\n \t\n" : i % 2 ? "\r\n" : "\n");
        }
    }
    append(&file->bytes, wrapped                   ? " ] , \"more\": {\"data\": [{}]}}\n"
                         : layout == JSON_ELEMENTS ? "]"
                                                   : "");
}

/* The place of a position, counted one byte after the other. */
static JsonPlace count_place(const Buffer *bytes, JsonPlace place, size_t from, size_t to)
{
    for (; from < to; from++) {
        place.column += (bytes->bytes[from] & 0xC0) != 0x80;
        if (bytes->bytes[from] == '\n') {
            place = (JsonPlace){.line = place.line + 1, .column = 1};
        }
    }
    return place;
}

static void expect_objects(JsonLayout layout, bool wrapped)
{
    File *file = malloc(sizeof *file);
    make_file(file, layout, wrapped);
    Source source = {.bytes = &file->bytes};
    Stream stream = {0};
    JsonSplit split = {.stream = &stream, .limit = LIMIT};
    JsonRecord record;
    JsonPlace place = {.line = 1, .column = 1};
    size_t counted = 3; /* behind the mark */
    Error error;
    stream_begin(&stream, read_piece, &source);
    cr_assert_eq(json_split_open(&split, false, "data", &error), STATUS_OK);
    cr_assert_eq(split.layout, layout);
    cr_assert_eq(split.wrapped, wrapped);
    for (int i = 0; i < OBJECTS; i++) {
        const size_t length = file->ends[i] - file->begins[i];
        cr_assert_eq(json_split_next(&split, &record, &error), STATUS_OK, "%s", error.message);
        cr_assert(record.bytes && record.length >= length, "object %d", i);
        cr_assert_arr_eq(record.bytes, file->bytes.bytes + file->begins[i], length, "object %d", i);
        cr_assert(layout == JSON_LINES || record.length == length, "object %d", i);
        place = count_place(&file->bytes, place, counted, file->begins[i]);
        counted = file->begins[i];
        cr_assert_eq(record.place.line, place.line, "object %d", i);
        cr_assert_eq(record.place.column, place.column, "object %d", i);
        cr_assert_eq(record.number, layout == JSON_LINES ? place.line : i + 1, "object %d", i);
    }
    for (int again = 0; again < 2; again++) {
        cr_assert_eq(json_split_next(&split, &record, &error), STATUS_OK, "%s", error.message);
        cr_assert_null(record.bytes);
    }
    cr_assert_eq(split.objects, OBJECTS);
    stream_free(&stream);
    buffer_free(&file->bytes);
    free(file);
}

Test(json_split, takes_lines)
{
    expect_objects(JSON_LINES, false);
}

Test(json_split, takes_objects_one_behind_the_other)
{
    expect_objects(JSON_SEQUENCE, false);
}

Test(json_split, takes_elements_of_an_array)
{
    expect_objects(JSON_ELEMENTS, false);
}

Test(json_split, takes_elements_of_an_array_in_an_object)
{
    expect_objects(JSON_ELEMENTS, true);
}

static JsonLayout layout_of(const char *text, const char *within, bool *wrapped)
{
    Stream stream = {0};
    JsonSplit split = {.stream = &stream, .limit = LIMIT};
    Error error;
    cr_assert_eq(stream_begin_memory(&stream, text, strlen(text), &error), STATUS_OK);
    cr_assert_eq(json_split_open(&split, false, within, &error), STATUS_OK);
    stream_free(&stream);
    *wrapped = split.wrapped;
    return split.layout;
}

Test(json_split, finds_out_the_layout)
{
    static const struct {
        const char *text;
        JsonLayout layout;
        bool wrapped;
    } cases[] = {
        {"", JSON_LINES, false},
        {"{\"a\": 1}", JSON_LINES, false},
        {"\n {\"a\": 1} \r\n{\"a\": 2}", JSON_LINES, false},
        {"{\"a\": 1}{\"a\": 2}", JSON_SEQUENCE, false},
        {"{\"a\": 1} , {\"a\": 2}", JSON_SEQUENCE, false},
        {"{\n\"a\": 1}\n", JSON_SEQUENCE, false},
        {"{\"a\": 1", JSON_SEQUENCE, false},
        {" [", JSON_ELEMENTS, false},
        {"[{\"data\": [{}]}]", JSON_ELEMENTS, false},
        {"{\"data\": [{\"a\": 1}]}\n", JSON_ELEMENTS, true},
        {"{\"data\":\n[\n{", JSON_ELEMENTS, true},
        {"{\"data\": [{\"a\": 1}]}\n{\"data\": []}", JSON_ELEMENTS, true},
        {"{\"data\": [1]}", JSON_LINES, false},
        {"{\"data\": {\"data\": [{}]}}", JSON_LINES, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool wrapped;
        cr_assert_eq(layout_of(cases[i].text, "data", &wrapped), cases[i].layout, "'%s'",
                     cases[i].text);
        cr_assert_eq(wrapped, cases[i].wrapped, "'%s'", cases[i].text);
    }
}

/* The first error of a stream of which the objects may have `limit` bytes. */
static void expect_wrong(const char *text, size_t limit, const char *message)
{
    Stream stream = {0};
    JsonSplit split = {.stream = &stream, .limit = limit};
    JsonRecord record = {.bytes = ""};
    Error error;
    Status status = stream_begin_memory(&stream, text, strlen(text), &error);
    status = status ? status : json_split_open(&split, false, "data", &error);
    while (!status && record.bytes) {
        status = json_split_next(&split, &record, &error);
    }
    cr_assert_eq(status, STATUS_INPUT, "'%s'", text);
    cr_assert_str_eq(error.message, message);
    stream_free(&stream);
}

Test(json_split, says_what_is_wrong_between_objects)
{
    expect_wrong(
        "[{\"a\": 1},]", LIMIT,
        "line 1, column 11: is read as JSON, but ']' stands here (an object, in {}, was expected)");
    expect_wrong("[{\"a\": 1},\n{\"b\": \"]}", LIMIT,
                 "line 2, column 1: the file ends within the object that begins here");
    expect_wrong("[{\"a\": 1}", LIMIT,
                 "line 1, column 10: is read as JSON, but it ends here (, or ] was expected)");
    expect_wrong("[", LIMIT,
                 "line 1, column 2: is read as JSON, but it ends here (an object, in {}, or ] was "
                 "expected)");
    expect_wrong(
        "[{}]\n[{}]", LIMIT,
        "line 2, column 1: is read as JSON, but '[' stands here (nothing more behind the array "
        "was expected)");
    expect_wrong(
        "{\n}\n7", LIMIT,
        "line 3, column 1: is read as JSON, but '7' stands here (another object, in {}, was "
        "expected)");
    expect_wrong("{\n\"a\": \"0123456789\"}", 10,
                 "line 1: the object that begins here is larger than 10 bytes");
    expect_wrong("[{\"a\": \"0123456789\"}]", 10,
                 "line 1: the object that begins here is larger than 10 bytes");
}

Test(json_split, reads_what_is_around_an_array)
{
    expect_wrong("{\"data\": [{}] \n x}", LIMIT,
                 "line 2, column 2: is read as JSON, but 'x' stands here (, or } was expected)");
    expect_wrong(
        "{\"data\": [{}], x}", LIMIT,
        "line 1, column 16: is read as JSON, but 'x' stands here (a name in \"\" was expected)");
    expect_wrong(
        "{\"data\": [{}]}\n{}", LIMIT,
        "line 2, column 1: is read as JSON, but '{' stands here (nothing more behind the object "
        "was expected)");
    expect_wrong("{\"data\": [{}]", LIMIT,
                 "line 1, column 14: is read as JSON, but it ends here (, or } was expected)");
    expect_wrong("{\"data\": [{}], \"b\": [1]}", 10, "line 1: more than 10 bytes behind the array");
}
