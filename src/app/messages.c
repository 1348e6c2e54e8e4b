#include "app/messages.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A message may hold a file's name, and that may hold anything: control characters, which a
 * terminal would obey, and marks that turn the direction of writing around. They are shown, not
 * sent. */
static bool is_unsafe(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) ||
           code_point == 0x2028 || code_point == 0x2029 ||
           (code_point >= 0x200E && code_point <= 0x200F) ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

static void put_safely(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t code_point;
        size_t size = utf8_decode(text + at, length - at, &code_point);
        if (size == 0) {
            fprintf(stderr, "\\x%02x", (unsigned char)text[at]);
            size = 1;
        } else if (is_unsafe(code_point)) {
            fprintf(stderr, code_point < 0x80 ? "\\x%02x" : "\\u%04x", code_point);
        } else {
            fwrite(text + at, 1, size, stderr);
        }
        at += size;
    }
}

static bool is_terminal(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && kind && strcmp(kind, "dumb") != 0;
}

/* Takes a progress line away, so that a message does not stand behind it. */
static void clear_line(void)
{
    if (is_terminal()) {
        fputs("\r\x1b[K", stderr);
    }
}

__attribute__((format(printf, 2, 0))) static void put_line(const char *prefix, const char *format,
                                                           va_list arguments)
{
    char text[4096];
    vsnprintf(text, sizeof text, format, arguments);
    clear_line();
    fputs(prefix, stderr);
    put_safely(text);
    putc('\n', stderr);
}

void message_error(const Error *error)
{
    clear_line();
    fputs("themata: error: ", stderr);
    put_safely(error->message);
    putc('\n', stderr);
    if (error->hint[0]) {
        fputs("  hint: ", stderr);
        put_safely(error->hint);
        putc('\n', stderr);
    }
}

void message_warning(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_line("themata: warning: ", format, arguments);
    va_end(arguments);
}

void message_line(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_line("", format, arguments);
    va_end(arguments);
}

void message_progress(const char *format, ...)
{
    if (!is_terminal()) {
        return;
    }
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    clear_line();
    put_safely(text);
    fflush(stderr);
}
