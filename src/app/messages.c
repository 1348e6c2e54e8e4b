#include "app/messages.h"

#include "base/safe_text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Without memory, which may be what the message is about, all but plain ASCII is shown as ?. */
static void put_safely(const char *text)
{
    Buffer safe = {0};
    Error ignored;
    if (!safe_text_append(&safe, text, &ignored)) {
        fputs(buffer_text(&safe), stderr);
    } else {
        for (; *text; text++) {
            putc(*text >= ' ' && *text <= '~' ? *text : '?', stderr);
        }
    }
    buffer_free(&safe);
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

bool message_progress(bool due, const char *format, ...)
{
    if (!is_terminal() && !due) {
        return false;
    }
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (!is_terminal()) {
        message_line("%s", text);
        return true;
    }
    clear_line();
    put_safely(text);
    fflush(stderr);
    return true;
}
