#include "corpus/encoding.h"

#include "base/utf8.h"

#include <string.h>

static bool starts_with(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

typedef uint8_t Bytes __attribute__((vector_size(16)));

/* −1 for each byte that no text has, 0 for the others. */
static inline Bytes find_controls(Bytes bytes)
{
    return (Bytes)(((bytes < 0x20) & (bytes != '\t') & (bytes != '\n') & (bytes != '\f') &
                    (bytes != '\r') & (bytes != 0x1B)) |
                   (bytes == 0x7F));
}

/* How many bytes no text has. */
static size_t count_controls(const char *bytes, size_t length)
{
    size_t controls = 0, at = 0;
    while (length - at >= sizeof(Bytes)) {
        Bytes sums = {0}, next;
        for (int i = 0; i < UINT8_MAX && length - at >= sizeof next; i++, at += sizeof next) {
            memcpy(&next, bytes + at, sizeof next);
            sums -= find_controls(next);
        }
        for (size_t i = 0; i < sizeof sums; i++) {
            controls += sums[i];
        }
    }
    for (; at < length; at++) {
        controls += find_controls((Bytes){(uint8_t)bytes[at]})[0] != 0;
    }
    return controls;
}

const char *encoding_refusal(const char *bytes, size_t length)
{
    enum { HEAD = 8192 };
    if (starts_with(bytes, length, "\xFF\xFE\0\0", 4) ||
        starts_with(bytes, length, "\0\0\xFE\xFF", 4)) {
        return "UTF-32 text, only UTF-8 is read";
    }
    if (starts_with(bytes, length, "\xFF\xFE", 2) || starts_with(bytes, length, "\xFE\xFF", 2)) {
        return "UTF-16 text, only UTF-8 is read";
    }
    if (length && memchr(bytes, '\0', length < HEAD ? length : HEAD)) {
        return "binary: has NUL bytes";
    }
    return count_controls(bytes, length) > length / 10
               ? "binary: more than a tenth is control characters"
               : NULL;
}

/* Windows-1252 for 0x80 to 0x9F; above that it equals Latin-1. Source: the table CP1252.TXT of the
 * Unicode consortium. 0: no meaning. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static uint32_t from_windows_1252(unsigned char byte)
{
    if (byte < 0x80 || byte > 0x9F) {
        return byte;
    }
    uint32_t code_point = windows_1252[byte - 0x80];
    return code_point ? code_point : 0xFFFD;
}

Status encoding_to_utf8(const char *bytes, size_t length, Buffer *text, int64_t *repaired,
                        Error *error)
{
    *repaired = 0;
    size_t at = starts_with(bytes, length, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (at < length) {
        size_t valid = utf8_valid_length(bytes + at, length - at);
        Status status = buffer_append(text, bytes + at, valid, error);
        at += valid;
        if (!status && at < length) {
            char encoded[4];
            size_t size = utf8_encode(from_windows_1252((unsigned char)bytes[at]), encoded);
            status = buffer_append(text, encoded, size, error);
            at++;
            ++*repaired;
        }
        if (status) {
            return status;
        }
    }
    return STATUS_OK;
}
