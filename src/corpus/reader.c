#include "corpus/reader.h"

#include "base/utf8.h"
#include "corpus/encoding.h"

#include <ctype.h>
#include <inttypes.h>
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
    return buffer_print(&document->id, error, "%s%" PRId64, input->prefix, number);
}

/* Whether a text begins with `pattern`, in which 0 stands for any digit. */
static bool begins_like(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == '0' ? !isdigit((unsigned char)*text) : *text != *pattern) {
            return false;
        }
    }
    return true;
}

void reader_check_date(Buffer *date)
{
    const char *text = buffer_text(date);
    const size_t length = date->length;
    const bool is_date =
        (length == 4 && begins_like(text, "0000")) ||
        (length == 7 && begins_like(text, "0000-00")) ||
        (length >= 10 && length <= 40 && begins_like(text, "0000-00-00") &&
         (length == 10 || begins_like(text + 10, "T00:00") || begins_like(text + 10, " 00:00")));
    if (!is_date) {
        buffer_clear(date);
    }
}

Status reader_set_subject(const ReaderInput *input, int64_t line, Error *error)
{
    const Error inner = *error;
    if (line) {
        error_set(error, inner.status, "%s: line %" PRId64 ": %.700s", input->path, line,
                  inner.message);
    } else {
        error_set(error, inner.status, "%s: %.700s", input->path, inner.message);
    }
    return inner.hint[0] ? error_hint(error, "%s", inner.hint) : error_status(error);
}
