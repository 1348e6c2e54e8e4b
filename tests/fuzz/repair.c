/* UTF-8 repair: whatever the bytes, the result is UTF-8, equals what a naive reading of the
 * standard gives, and is left alone when it is repaired again. Other encodings: the same text
 * whether the bytes come at once or a few at a time. */
#include "fuzz.h"

#include "base/safe_text.h"
#include "base/utf8.h"
#include "corpus/corpus.h"
#include "corpus/decoder.h"
#include "corpus/encoding.h"
#include "corpus/notes.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The length of the sequence at `bytes` by the definition of UTF-8: take the bits, then ask whether
 * they could have been had with fewer bytes, are a surrogate, or are too large. 0: none. */
static size_t naive_length(const uint8_t *bytes, size_t length, uint32_t *code_point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const uint8_t lead = bytes[0];
    const size_t size = lead < 0x80             ? 1
                        : (lead & 0xE0) == 0xC0 ? 2
                        : (lead & 0xF0) == 0xE0 ? 3
                        : (lead & 0xF8) == 0xF0 ? 4
                                                : 0;
    if (size == 0 || size > length) {
        return 0;
    }
    uint32_t value = size == 1 ? lead : lead & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3F);
    }
    *code_point = value;
    return value >= least[size] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) ? size
                                                                                           : 0;
}

/* Compares the decoder with the naive one at every position; returns the bytes that begin no
 * sequence when the text is read from `at` on. */
static int64_t count_stray(const uint8_t *data, size_t size, size_t at)
{
    int64_t stray = 0;
    while (at < size) {
        uint32_t expected = 0, got = 0;
        const size_t length = naive_length(data + at, size - at, &expected);
        REQUIRE(utf8_decode((const char *)data + at, size - at, &got) == length);
        REQUIRE(length == 0 || got == expected);
        if (length) {
            char again[4];
            REQUIRE(utf8_encode(expected, again) == length);
            REQUIRE(memcmp(again, data + at, length) == 0);
        }
        stray += length == 0;
        at += length ? length : 1;
    }
    return stray;
}

static size_t mark_length(const char *bytes, size_t length)
{
    return length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static void check_repair(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    Buffer text = {0}, again = {0};
    Error error;
    int64_t repaired, ignored;
    encoding_refusal(bytes, size);
    REQUIRE_OK(encoding_to_utf8(bytes, size, &text, &repaired, &error), &error);
    const size_t mark = mark_length(bytes, size);
    REQUIRE(repaired == count_stray(data, size, mark));
    REQUIRE(utf8_valid_length(buffer_text(&text), text.length) == text.length);
    if (repaired == 0) {
        REQUIRE(text.length == size - mark);
        REQUIRE(memcmp(buffer_text(&text), bytes + mark, size - mark) == 0);
    }
    REQUIRE_OK(encoding_to_utf8(buffer_text(&text), text.length, &again, &ignored, &error), &error);
    REQUIRE(ignored == 0);
    REQUIRE(again.length == text.length - mark_length(buffer_text(&text), text.length));
    buffer_free(&text);
    buffer_free(&again);
}

/* Names as they are shown: UTF-8 on one line, nothing that a terminal would obey. */
static void check_names(const uint8_t *data, size_t size)
{
    char *name = fuzz_text((FuzzInput){data, size});
    Buffer shown = {0}, utf8 = {0};
    Error error;
    REQUIRE_OK(safe_text_append(&shown, name, &error), &error);
    REQUIRE(utf8_is_valid(buffer_text(&shown)));
    for (size_t i = 0; i < shown.length; i++) {
        REQUIRE((uint8_t)shown.bytes[i] >= 0x20 && shown.bytes[i] != 0x7F);
    }
    REQUIRE_OK(name_append(&utf8, name, &error), &error);
    REQUIRE(utf8_is_valid(buffer_text(&utf8)));
    buffer_free(&shown);
    buffer_free(&utf8);
    free(name);
}

/* Decodes all of it, arriving `step` bytes at a time; returns whether it is in another encoding. */
static bool decode(FuzzInput bytes, size_t step, const char *encoding, Buffer *text)
{
    FuzzStream source = {0};
    Decoder decoder = {0};
    Error error;
    size_t length;
    fuzz_stream_begin(&source, bytes.bytes, bytes.length, step);
    Stream *stream = &source.stream;
    REQUIRE_OK(decoder_begin(&decoder, encoding, &stream, &error), &error);
    const bool decoded = stream != &source.stream;
    for (bool more = decoded; more;) {
        REQUIRE_OK(stream_fill(stream, step, &error), &error);
        const char *ahead = stream_ahead(stream, &length);
        REQUIRE_OK(buffer_append(text, ahead, length, &error), &error);
        stream_skip(stream, length);
        more = length > 0;
    }
    char reason[160];
    REQUIRE(decoder_describe(&decoder, reason) == (decoder.repaired > 0));
    decoder_free(&decoder);
    stream_free(&source.stream);
    return decoded;
}

/* What is not UTF-8: the same whether it comes at once or not, and UTF-8 where that is decoded
 * here; of iconv no more is asked than that it ends. */
static void check_decoder(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL,       "utf-16le",  "utf-16be",    "utf-32le",
                                            "utf-32be", "shift_jis", "iso-2022-jp", "utf-7"};
    enum { OURS = 5 };
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        Buffer whole = {0}, slow = {0};
        const FuzzInput input = {data, size};
        const bool decoded = decode(input, size + 1, encodings[i], &whole);
        REQUIRE(decoded == decode(input, 1 + size % 7, encodings[i], &slow));
        REQUIRE(whole.length == slow.length);
        REQUIRE(memcmp(buffer_text(&whole), buffer_text(&slow), whole.length) == 0);
        REQUIRE(i >= OURS || utf8_valid_length(buffer_text(&whole), whole.length) == whole.length);
        REQUIRE(i == 0 || decoded);
        buffer_free(&whole);
        buffer_free(&slow);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_repair(data, size);
    check_names(data, size);
    check_decoder(data, size);
    return 0;
}
