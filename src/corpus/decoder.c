#include "corpus/decoder.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    CHUNK = 1 << 14,     /* what is decoded at a time */
    UNIT_BYTES_MAX = 64, /* no character, with what switches to its alphabet, is longer */
};

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* ---- names ---- */

/* The names of what is decoded here. */
static bool find_encoding(const char *name, Encoding *encoding)
{
    static const struct {
        const char *name;
        Encoding encoding;
    } names[] = {
        {"utf-16le", ENCODING_UTF16_LITTLE}, {"utf-16be", ENCODING_UTF16_BIG},
        {"utf-32le", ENCODING_UTF32_LITTLE}, {"utf-32be", ENCODING_UTF32_BIG},
        {"utf16le", ENCODING_UTF16_LITTLE},  {"utf16be", ENCODING_UTF16_BIG},
        {"utf32le", ENCODING_UTF32_LITTLE},  {"utf32be", ENCODING_UTF32_BIG},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcasecmp(name, names[i].name) == 0) {
            *encoding = names[i].encoding;
            return true;
        }
    }
    return false;
}

/* What iconv takes for an order rather than a name (//IGNORE) is none. */
static void *open_conversion(const char *name)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-_.:()+";
    if (name[0] == '\0' || name[strspn(name, plain)]) {
        return NULL;
    }
    iconv_t conversion = iconv_open("UTF-8", name);
    return conversion == (iconv_t)-1 ? NULL : (void *)conversion;
}

Status decoder_check(const char *name, Error *error)
{
    Encoding ignored;
    void *conversion = name && !find_encoding(name, &ignored) ? open_conversion(name) : NULL;
    if (!name || conversion || find_encoding(name, &ignored)) {
        if (conversion) {
            iconv_close((iconv_t)conversion);
        }
        return STATUS_OK;
    }
    error_set(error, STATUS_USAGE, "--encoding: '%.100s' is no encoding that is known", name);
    return error_hint(error, "names are those of iconv, such as utf-8, windows-1252, koi8-r, "
                             "shift_jis, gb18030, utf-16le; iconv -l lists them");
}

/* ---- UTF-16 and UTF-32 ---- */

static bool is_big(Encoding encoding)
{
    return encoding == ENCODING_UTF16_BIG || encoding == ENCODING_UTF32_BIG;
}

static size_t unit_size(Encoding encoding)
{
    return encoding == ENCODING_UTF16_LITTLE || encoding == ENCODING_UTF16_BIG ? 2 : 4;
}

/* One code unit. */
static uint32_t read_unit(const char *bytes, Encoding encoding)
{
    const size_t size = unit_size(encoding);
    uint32_t unit = 0;
    for (size_t i = 0; i < size; i++) {
        unit = unit << 8 | (unsigned char)bytes[is_big(encoding) ? i : size - 1 - i];
    }
    return unit;
}

static bool is_high(uint32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(uint32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Reads one code point; returns its bytes, 0 if it is not complete. One that means nothing is
 * 0xFFFD, and *sound false. */
static size_t read_code_point(const Decoder *decoder, const char *bytes, size_t length,
                              uint32_t *code_point, bool *sound)
{
    const size_t size = unit_size(decoder->encoding);
    *sound = true;
    if (length < size) {
        return 0;
    }
    *code_point = read_unit(bytes, decoder->encoding);
    if (size == 2 && is_high(*code_point)) {
        if (length < 2 * size) {
            return 0;
        }
        const uint32_t low = read_unit(bytes + size, decoder->encoding);
        if (is_low(low)) {
            *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (low - 0xDC00);
            return 2 * size;
        }
    }
    *sound = *code_point <= 0x10FFFF && !is_high(*code_point) && !is_low(*code_point);
    *code_point = *sound ? *code_point : 0xFFFD;
    return size;
}

/* Decodes all that is complete; *used bytes are. */
static Status decode_units(Decoder *decoder, const char *bytes, size_t length, size_t *used,
                           Error *error)
{
    Status status = STATUS_OK;
    for (*used = 0; !status;) {
        uint32_t code_point;
        bool sound;
        char encoded[4];
        const size_t size =
            read_code_point(decoder, bytes + *used, length - *used, &code_point, &sound);
        if (size == 0) {
            break;
        }
        decoder->repaired += !sound;
        *used += size;
        status = buffer_append(&decoder->ready, encoded, utf8_encode(code_point, encoded), error);
    }
    return status;
}

/* ---- iconv ---- */

/* The same by iconv; a byte that means nothing becomes U+FFFD. */
static Status decode_named(Decoder *decoder, const char *bytes, size_t length, size_t *used,
                           Error *error)
{
    char *in = (char *)bytes;
    size_t left = length;
    Status status = STATUS_OK;
    bool complete = true;
    while (!status && left > 0 && complete) {
        char out[4096];
        char *at = out;
        size_t room = sizeof out;
        const bool failed =
            iconv((iconv_t)decoder->conversion, &in, &left, &at, &room) == (size_t)-1;
        const int reason = failed ? errno : 0;
        status = buffer_append(&decoder->ready, out, (size_t)(at - out), error);
        complete = reason != EINVAL;
        if (!status && reason == EILSEQ) {
            in++;
            left--;
            decoder->repaired++;
            status = buffer_append_text(&decoder->ready, replacement, error);
        }
    }
    *used = length - left;
    return status;
}

/* What iconv has kept back at the end, for a mark that could have followed. */
static Status flush_named(Decoder *decoder, Error *error)
{
    char out[UNIT_BYTES_MAX];
    char *at = out;
    size_t room = sizeof out;
    if (!decoder->conversion) {
        return STATUS_OK;
    }
    (void)iconv((iconv_t)decoder->conversion, NULL, NULL, &at, &room);
    return buffer_append(&decoder->ready, out, (size_t)(at - out), error);
}

/* ---- the stream ---- */

/* Decodes some more of the source; nothing is ready afterwards only at its end. */
static Status decode_more(Decoder *decoder, Error *error)
{
    buffer_clear(&decoder->ready);
    decoder->taken = 0;
    while (decoder->ready.length == 0) {
        size_t length, used;
        Status status = stream_fill(decoder->source, UNIT_BYTES_MAX, error);
        const char *bytes = stream_ahead(decoder->source, &length);
        if (status || length == 0) {
            return status ? status : flush_named(decoder, error);
        }
        length = length < CHUNK ? length : CHUNK;
        status = decoder->conversion ? decode_named(decoder, bytes, length, &used, error)
                                     : decode_units(decoder, bytes, length, &used, error);
        if (!status && used == 0) { /* cut short by the end; or iconv cannot go on */
            used = decoder->source->ended && length <= UNIT_BYTES_MAX ? length : 1;
            decoder->repaired++;
            status = buffer_append_text(&decoder->ready, replacement, error);
        }
        stream_skip(decoder->source, used);
        if (status) {
            return status;
        }
    }
    return STATUS_OK;
}

static Status read_decoded(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    Decoder *decoder = context;
    Status status = STATUS_OK;
    if (decoder->taken == decoder->ready.length) {
        status = decode_more(decoder, error);
    }
    const size_t there = decoder->ready.length - decoder->taken;
    *length = status ? 0 : there < room ? there : room;
    if (*length > 0) {
        memcpy(bytes, decoder->ready.bytes + decoder->taken, *length);
        decoder->taken += *length;
    }
    return status;
}

static void close_conversion(Decoder *decoder)
{
    if (decoder->conversion) {
        iconv_close((iconv_t)decoder->conversion);
        decoder->conversion = NULL;
    }
}

Status decoder_begin(Decoder *decoder, const char *name, Stream **stream, Error *error)
{
    static const char *const names[] = {"UTF-8", "UTF-16", "UTF-16", "UTF-32", "UTF-32"};
    close_conversion(decoder);
    decoder->repaired = 0;
    decoder->encoding = ENCODING_UTF8;
    size_t length;
    Status status = stream_fill(*stream, ENCODING_SAMPLE_BYTES, error);
    const char *bytes = stream_ahead(*stream, &length);
    if (status) {
        return status;
    }
    if (!name) {
        decoder->encoding = encoding_recognise(bytes, length);
    } else if (!find_encoding(name, &decoder->encoding)) {
        decoder->conversion = open_conversion(name);
        if (!decoder->conversion) {
            return decoder_check(name, error);
        }
    }
    if (decoder->encoding == ENCODING_UTF8 && !decoder->conversion) {
        return STATUS_OK;
    }
    decoder->name = name ? name : names[decoder->encoding];
    decoder->source = *stream;
    decoder->taken = 0;
    buffer_clear(&decoder->ready);
    stream_begin(&decoder->decoded, read_decoded, decoder);
    *stream = &decoder->decoded;
    return STATUS_OK;
}

bool decoder_describe(const Decoder *decoder, char reason[160])
{
    if (decoder->repaired > 0) {
        snprintf(reason, 160, "read as %.60s: %" PRId64 " %s%s became U+FFFD", decoder->name,
                 decoder->repaired, decoder->conversion ? "byte" : "code unit",
                 decoder->repaired == 1 ? "" : "s");
    }
    return decoder->repaired > 0;
}

void decoder_free(Decoder *decoder)
{
    close_conversion(decoder);
    buffer_free(&decoder->ready);
    stream_free(&decoder->decoded);
    *decoder = (Decoder){0};
}
