#include "report/html_escape.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What stands in HTML for a character; NULL: it does. */
static const char *reference(uint32_t code_point)
{
    switch (code_point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Marks that embed or override a direction, or end that of an element around them. */
static bool turns_direction(uint32_t code_point)
{
    return (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

/* The character that is shown for one. */
static uint32_t shown(uint32_t code_point)
{
    if (code_point < 0x20) {
        return 0x2400 + code_point;
    }
    if (code_point == 0x7F) {
        return 0x2421;
    }
    return (code_point >= 0x80 && code_point <= 0x9F) || turns_direction(code_point) ? 0xFFFD
                                                                                     : code_point;
}

void html_escape(FILE *file, const char *text)
{
    const size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t code_point;
        char bytes[4];
        size_t size = utf8_decode(text + at, length - at, &code_point);
        if (size == 0) {
            code_point = 0xFFFD;
            size = 1;
        }
        const char *instead = reference(code_point);
        if (instead) {
            fputs(instead, file);
        } else {
            fwrite(bytes, 1, utf8_encode(shown(code_point), bytes), file);
        }
        at += size;
    }
}

void html_escape_isolated(FILE *file, const char *text)
{
    fputs("<bdi>", file);
    html_escape(file, text);
    fputs("</bdi>", file);
}
