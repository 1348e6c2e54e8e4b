#include "corpus/reader.h"

#include "base/utf8.h"
#include "corpus/encoding.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TITLE_CHARACTERS_MAX = 120 };

void reader_free(Reader *reader)
{
    if (reader) {
        reader->free(reader);
    }
}

Status reader_find_title(const Buffer *text, Buffer *title, Error *error)
{
    buffer_clear(title);
    const char *begin = buffer_text(text);
    begin += strspn(begin, " \t\r\n\f");
    size_t length = strcspn(begin, "\r\n");
    while (length > 0 && (begin[length - 1] == ' ' || begin[length - 1] == '\t')) {
        length--;
    }
    size_t characters = length <= 4 * TITLE_CHARACTERS_MAX ? 0 : TITLE_CHARACTERS_MAX + 1;
    for (size_t i = 0; i < length && characters <= TITLE_CHARACTERS_MAX; i++) {
        characters += ((unsigned char)begin[i] & 0xC0) != 0x80;
    }
    if (characters > TITLE_CHARACTERS_MAX) {
        return STATUS_OK;
    }
    return buffer_append(title, begin, length, error);
}

Status reader_append(Buffer *to, const char *bytes, size_t length, int64_t *repaired, Error *error)
{
    Status status = STATUS_OK;
    for (size_t at = 0; at <= length && !status;) {
        const char *nul = memchr(bytes + at, '\0', length - at);
        const size_t piece = nul ? (size_t)(nul - bytes) - at : length - at;
        int64_t count;
        status = encoding_to_utf8(bytes + at, piece, to, &count, error);
        *repaired += count;
        if (!status && nul) {
            status = buffer_append_text(to, "\xEF\xBF\xBD", error);
        }
        at += piece + 1;
    }
    return status;
}

Status reader_number(const ReaderInput *input, int64_t number, Document *document, Error *error)
{
    char digits[20]; /* of a number that is not negative; printf takes longer than to read a text */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    Status status = buffer_append_text(&document->id, input->prefix, error);
    return status ? status : buffer_append(&document->id, digits + at, sizeof digits - at, error);
}

Status reader_set_subject(const ReaderInput *input, int64_t line, Error *error)
{
    char place[32];
    snprintf(place, sizeof place, "line %" PRId64, line);
    if (line) {
        error_put_subject(error, place);
    }
    return error_put_subject(error, input->path);
}
