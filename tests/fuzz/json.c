/* JSON as documents. Whatever the bytes: the same documents and errors whether they come one at a
 * time or all at once; an array is accepted when jansson, given all of it, accepts it; and what was
 * read, written as JSON, is read again as it was.
 *
 * Input: a byte that chooses options, then the file. */
#include "documents.h"

#include "base/json_writer.h"
#include "corpus/encoding.h"
#include "corpus/json_oracle.h"

#include <stdlib.h>

static const CorpusLimits limits = {
    .document_bytes = 1 << 20, .entries = 100, .unpacked_free = 1 << 20, .ratio = 100.0};

/* The file as jansson is to be given it: UTF-8, without a byte order mark and without escapes that
 * it refuses. */
static json_t *parse_whole(FuzzInput bytes, json_error_t *mistake)
{
    Buffer text = {0}, prepared = {0};
    int64_t repaired = 0;
    Error error;
    const size_t mark = bytes.length >= 3 && memcmp(bytes.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    REQUIRE_OK(reader_append(&text, (const char *)bytes.bytes + mark, bytes.length - mark,
                             &repaired, &error),
               &error);
    oracle_prepare(buffer_text(&text), text.length, &prepared, &error);
    json_t *value = json_loadb(buffer_text(&prepared), prepared.length, JSON_DECODE_ANY, mistake);
    if (!value && json_error_code(mistake) == json_error_numeric_overflow) {
        value = json_loadb(buffer_text(&prepared), prepared.length,
                           JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, mistake);
    }
    buffer_free(&text);
    buffer_free(&prepared);
    return value;
}

/* Whether the file begins as an array. */
static bool is_array(FuzzInput bytes)
{
    const char *text = (const char *)bytes.bytes;
    size_t at = bytes.length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < bytes.length && text[at] && strchr(" \t\r\n", text[at])) {
        at++;
    }
    return at < bytes.length && text[at] == '[';
}

/* Every element is an object with a text. */
static bool is_all_texts(const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (!json_is_string(json_object_get(json_array_get(array, i), "text"))) {
            return false;
        }
    }
    return json_array_size(array) > 0;
}

static void compare_with_jansson(FuzzInput bytes, const Reading *reading)
{
    json_error_t mistake;
    json_t *whole = parse_whole(bytes, &mistake);
    if (!whole) {
        /* Of a value that is too deep or two that overflow, the whole may be refused. */
        REQUIRE(reading->status == STATUS_INPUT ||
                json_error_code(&mistake) == json_error_stack_overflow ||
                json_error_code(&mistake) == json_error_numeric_overflow);
    } else if (is_all_texts(whole) && !strstr(reading->error.message, "objects and arrays deep")) {
        REQUIRE_OK(reading->status, &reading->error);
        REQUIRE(reading->count == (int64_t)json_array_size(whole));
    }
    json_decref(whole);
}

/* The documents as one JSON array; freed by the caller. */
static char *write_documents(const Reading *reading, size_t *length)
{
    static const char *const fields[] = {"id", "title", "date", "text"};
    char *bytes = NULL;
    JsonWriter json = {.file = open_memstream(&bytes, length)};
    REQUIRE(json.file != NULL);
    json_open_array(&json);
    const char *at = buffer_text(&reading->documents);
    for (int64_t d = 0; d < reading->count; d++) {
        json_open_object(&json);
        for (int i = 0; i < 4; i++) {
            json_key(&json, fields[i]);
            json_text(&json, at);
            at += strlen(at) + 1;
        }
        json_close_object(&json);
    }
    json_close_array(&json);
    json_end(&json);
    REQUIRE(fclose(json.file) == 0);
    return bytes;
}

static void check_round_trip(const Reading *reading)
{
    const CorpusOptions options = {.limits = limits};
    size_t length;
    Reading again;
    char *bytes = write_documents(reading, &length);
    read_documents(json_reader_new, "x.json", (FuzzInput){(const uint8_t *)bytes, length}, length,
                   &options, &again);
    REQUIRE_OK(again.status, &again.error);
    REQUIRE(again.count == reading->count);
    REQUIRE(again.documents.length <= reading->documents.length); /* without notes */
    REQUIRE(again.documents.length == 0 ||
            memcmp(again.documents.bytes, reading->documents.bytes, again.documents.length) == 0);
    reading_free(&again);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput input = {data, size};
    const uint8_t choice = fuzz_byte(&input);
    const bool by_lines = choice & 1;
    const CorpusOptions options = {
        .text_field = (choice & 2)   ? "text"
                      : (choice & 4) ? "a.b,text"
                                     : NULL,
        .id_field = (choice & 8)    ? "none"
                    : (choice & 16) ? "a.id"
                                    : NULL,
        .limits = limits,
    };
    const char *name = by_lines ? "x.jsonl" : "x.json";
    Reading whole, slow;
    read_documents(json_reader_new, name, input, 1 << 20, &options, &whole);
    read_documents(json_reader_new, name, input, 1 + choice / 32, &options, &slow);
    require_same_reading(&whole, &slow);
    /* NULs are repaired in an object that is not UTF-8, and refused elsewhere. */
    if (!by_lines && (choice & 2) && is_array(input) && !memchr(input.bytes, '\0', input.length)) {
        compare_with_jansson(input, &whole);
    }
    check_round_trip(&whole);
    reading_free(&whole);
    reading_free(&slow);
    return 0;
}
