#include "corpus/decoder.h"

#include "base/random.h"
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that are handed out a few at a time. */
typedef struct Source {
    const char *bytes;
    size_t length;
    size_t at;
    size_t step;
} Source;

static Status read_source(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    (void)error;
    Source *source = context;
    const size_t left = source->length - source->at;
    *length = source->step < room ? source->step : room;
    *length = *length < left ? *length : left;
    memcpy(bytes, source->bytes + source->at, *length);
    source->at += *length;
    return STATUS_OK;
}

/* What comes out, taken a few bytes at a time too; returns what was repaired. */
static int64_t decode(const char *name, const char *bytes, size_t length, size_t step, Buffer *text)
{
    Error error;
    Decoder decoder = {0};
    Source source = {.bytes = bytes, .length = length, .step = step};
    Stream stream = {0}, *decoded = &stream;
    stream_begin(&stream, read_source, &source);
    cr_assert_eq(decoder_begin(&decoder, name, &decoded, &error), STATUS_OK);
    for (size_t there = 1; there > 0;) {
        cr_assert_eq(stream_fill(decoded, step, &error), STATUS_OK);
        const char *ahead = stream_ahead(decoded, &there);
        there = there < step ? there : step;
        cr_assert_eq(buffer_append(text, ahead, there, &error), STATUS_OK);
        stream_skip(decoded, there);
    }
    const int64_t repaired = decoder.repaired;
    decoder_free(&decoder);
    stream_free(&stream);
    return repaired;
}

static void expect(const char *name, const char *bytes, size_t length, const char *expected,
                   int64_t repaired)
{
    static const size_t steps[] = {1, 2, 3, 7, 4096, 1 << 20};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        Buffer text = {0};
        const int64_t got = decode(name, bytes, length, steps[i], &text);
        cr_assert_str_eq(buffer_text(&text), expected, "'%s' instead of '%s'", buffer_text(&text),
                         expected);
        cr_assert_eq(got, repaired, "'%s': %d repaired", expected, (int)got);
        buffer_free(&text);
    }
}

Test(decoder, leaves_the_rest_alone)
{
    expect(NULL, "", 0, "", 0);
    expect(NULL, "caf\xC3\xA9 \xFF", 7, "café \xFF", 0);
}

Test(decoder, decodes_utf16)
{
    expect(NULL,
           "\xFF\xFE"
           "a\0\xE9\0\x4B\x4E\x3D\xD8\x00\xDE",
           12, "\uFEFFaé之😀", 0);
    expect(NULL, "\xFE\xFF\0a\0\xE9\x4E\x4B\xD8\x3D\xDE\x00", 12, "\uFEFFaé之😀", 0);
    expect(NULL, "a\0b\0c\0d\0", 8, "abcd", 0);
    expect(NULL, "\0a\0b\0c\0d", 8, "abcd", 0);
    expect("utf-16le", "\x4B\x4E", 2, "之", 0);
    expect("UTF-16BE", "\x4E\x4B", 2, "之", 0);
}

Test(decoder, replaces_what_has_no_partner)
{
    expect(NULL, "\xFF\xFE\x3D\xD8x\0", 6, "\uFEFF\uFFFDx", 1);              /* high alone */
    expect(NULL, "\xFF\xFE\x00\xDEx\0", 6, "\uFEFF\uFFFDx", 1);              /* low alone */
    expect(NULL, "\xFF\xFE\x3D\xD8\x3D\xD8\x00\xDE", 8, "\uFEFF\uFFFD😀", 1); /* high, then both */
    expect(NULL, "\xFF\xFEx\0\x3D\xD8", 6, "\uFEFFx\uFFFD", 1);              /* high at the end */
    expect(NULL, "\xFF\xFEx\0y", 5, "\uFEFFx\uFFFD", 1);                     /* half a unit */
}

Test(decoder, decodes_utf32)
{
    expect(NULL, "\xFF\xFE\0\0a\0\0\0\x00\xF6\x01\0", 12, "\uFEFFa😀", 0);
    expect(NULL, "\0\0\xFE\xFF\0\0\0a\0\x01\xF6\x00", 12, "\uFEFFa😀", 0);
    expect(NULL, "\0\0\xFE\xFF\0\x11\0\0\0\0\xD8\0\0\0\0a\0", 17, "\uFEFF\uFFFD\uFFFDa\uFFFD", 3);
}

Test(decoder, decodes_by_name)
{
    expect("windows-1252", "caf\xE9 \x80", 6, "café €", 0);
    expect("koi8-r", "\xCD\xC9\xD2", 3, "мир", 0);
    expect("shift_jis", "\x93\xFA\x96\x7B", 4, "日本", 0);
    expect("shift_jis", "\x93\xFA\x96", 3, "日\uFFFD", 1); /* cut short */
    expect("gb18030", "\xD6\xD0\xCE\xC4", 4, "中文", 0);
    expect("utf-8", "a\xFF\xC3\xA9", 4, "a\uFFFDé", 1);
    expect("iso-2022-jp", "\x1B$BF|K\\\x1B(B.", 11, "日本.", 0);
    /* iconv keeps a letter back for a mark that could follow. */
    expect("euc-jisx0213", "\xA4\xAB", 2, "か", 0);
}

Test(decoder, knows_names)
{
    static const char *const unknown[] = {"", "utf-9", "utf-8//IGNORE", "../x", "latin 1"};
    Error error;
    cr_assert_eq(decoder_check(NULL, &error), STATUS_OK);
    cr_assert_eq(decoder_check("latin1", &error), STATUS_OK);
    cr_assert_eq(decoder_check("UTF-32le", &error), STATUS_OK);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        cr_assert_eq(decoder_check(unknown[i], &error), STATUS_USAGE, "%s", unknown[i]);
    }
}

Test(decoder, makes_valid_utf8_of_any_bytes)
{
    static const char *const names[] = {"utf-16le", "utf-32be",    "gb18030",      "shift_jis",
                                        "utf-7",    "iso-2022-kr", "euc-jisx0213", NULL};
    for (uint64_t round = 0; round < 400; round++) {
        const size_t length = random_bits((RandomStream){.seed = 3}, round) % 300;
        char *bytes = malloc(length + 1);
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (char)random_bits((RandomStream){.seed = 4, .stream = round}, i);
        }
        for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
            Buffer whole = {0}, pieces = {0};
            const int64_t repaired = decode(names[n], bytes, length, 1 << 20, &whole);
            cr_assert_eq(decode(names[n], bytes, length, 1, &pieces), repaired, "%s", names[n]);
            cr_assert(whole.length == pieces.length &&
                          memcmp(buffer_text(&whole), buffer_text(&pieces), whole.length) == 0,
                      "%s", names[n]);
            cr_assert(!names[n] ||
                      utf8_valid_length(buffer_text(&whole), whole.length) == whole.length);
            buffer_free(&whole);
            buffer_free(&pieces);
        }
        free(bytes);
    }
}
