#include "text/mail.h"

#include <string.h>

/* A line without its end. */
typedef struct Line {
    const char *bytes;
    size_t length; /* without LF or CRLF */
    size_t next;   /* where in the text the next one begins */
} Line;

static Line line_at(const char *text, size_t length, size_t at)
{
    const char *feed = at < length ? memchr(text + at, '\n', length - at) : NULL;
    Line line = {.bytes = text + at, .next = feed ? (size_t)(feed - text) + 1 : length};
    line.length = (feed ? (size_t)(feed - text) : length) - at;
    line.length -= line.length > 0 && line.bytes[line.length - 1] == '\r';
    return line;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static size_t leading_blanks(Line line)
{
    size_t count = 0;
    while (count < line.length && is_blank(line.bytes[count])) {
        count++;
    }
    return count;
}

static bool begins_with(Line line, const char *text)
{
    const size_t length = strlen(text);
    return line.length >= length && memcmp(line.bytes, text, length) == 0;
}

static bool ends_with(Line line, const char *text)
{
    const size_t length = strlen(text);
    while (line.length > 0 && is_blank(line.bytes[line.length - 1])) {
        line.length--;
    }
    return line.length >= length && memcmp(line.bytes + line.length - length, text, length) == 0;
}

/* ---- the header ---- */

/* `Name: value`, RFC 5322's field with a name of letters, digits and hyphens. */
static bool is_field(Line line)
{
    size_t at = 0;
    while (at < line.length && ((line.bytes[at] >= 'A' && line.bytes[at] <= 'Z') ||
                                (line.bytes[at] >= 'a' && line.bytes[at] <= 'z') ||
                                (at > 0 && ((line.bytes[at] >= '0' && line.bytes[at] <= '9') ||
                                            line.bytes[at] == '-')))) {
        at++;
    }
    return at > 0 && at < line.length && line.bytes[at] == ':' &&
           (at + 1 == line.length || is_blank(line.bytes[at + 1]));
}

/* The length of the header with the blank line behind it; 0 if the text has none. */
static size_t header_length(const char *text, size_t length)
{
    int fields = 0; /* of the lines so far that are not continued ones */
    for (size_t at = 0; at < length;) {
        const Line line = line_at(text, length, at);
        if (leading_blanks(line) == line.length) {
            return fields >= 2 ? line.next : 0;
        }
        const bool continued = at > 0 && is_blank(line.bytes[0]);
        if (fields < 2 && !continued) {
            if (!is_field(line) && !(at == 0 && begins_with(line, "From "))) {
                return 0;
            }
            fields++;
        }
        at = line.next;
    }
    return 0;
}

/* ---- the rest ---- */

static bool is_quoted(Line line)
{
    const size_t blanks = leading_blanks(line);
    return blanks < line.length && (line.bytes[blanks] == '>' || line.bytes[blanks] == '|');
}

static bool is_signature_mark(Line line)
{
    return begins_with(line, "--") &&
           (line.length == 2 || (line.length == 3 && line.bytes[2] == ' '));
}

static bool is_announcing(Line line)
{
    return ends_with(line, "wrote:") || ends_with(line, "writes:");
}

/* How many lines announce a quotation here: 0, 1 or 2. */
static int announcing_lines(const char *text, size_t length, Line line)
{
    const bool begins = begins_with(line, "In article ") || begins_with(line, "On ");
    const bool may = begins || (line.length > 0 && memchr(line.bytes, '@', line.length));
    if (!may) {
        return 0;
    }
    if (is_announcing(line)) {
        return 1;
    }
    const Line behind = line_at(text, length, line.next);
    return line.next < length && is_announcing(behind) ? 2 : 0;
}

/* Where the signature begins; `length` if there is none. */
static size_t signature_begin(const char *text, size_t length, size_t from)
{
    size_t begin = length;
    for (size_t at = from; at < length;) {
        const Line line = line_at(text, length, at);
        begin = is_signature_mark(line) ? at : begin;
        at = line.next;
    }
    return begin;
}

static bool holds(const char *text, size_t length, const char *what)
{
    return memmem(text, length, what, strlen(what)) != NULL;
}

/* Whether there could be anything to leave out behind the header; cheaper than line by line. */
static bool has_candidate(const char *text, size_t length)
{
    return memchr(text, '>', length) || memchr(text, '|', length) || holds(text, length, "--") ||
           holds(text, length, "wrote:") || holds(text, length, "writes:");
}

Status mail_strip(const char *text, size_t length, Buffer *stripped, bool *changed, Error *error)
{
    const size_t begin = header_length(text, length);
    *changed = begin > 0;
    if (length == 0 || (!*changed && !has_candidate(text, length))) {
        return STATUS_OK;
    }
    const size_t end = signature_begin(text, length, begin);
    *changed |= end < length;
    buffer_clear(stripped);
    Status status = buffer_reserve(stripped, length, error);
    size_t kept = begin; /* what stands from here on is still to be copied */
    for (size_t at = begin; at < end && !status;) {
        const Line line = line_at(text, end, at);
        const int announcing = announcing_lines(text, end, line);
        size_t next = line.next;
        if (announcing > 0 || is_quoted(line)) {
            next = announcing == 2 ? line_at(text, end, next).next : next;
            status = buffer_append(stripped, text + kept, at - kept, error);
            kept = next;
            *changed = true;
        }
        at = next;
    }
    return status ? status : buffer_append(stripped, text + kept, end - kept, error);
}
