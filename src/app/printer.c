#include "app/printer.h"

#include "base/buffer.h"
#include "base/safe_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { LABEL_WIDTH = 15 };

void printer_line(Printer *printer, const char *label, const char *format, ...)
{
    Buffer text = {0}, safe = {0};
    char *raw = NULL;
    va_list arguments;
    va_start(arguments, format);
    const int length = vasprintf(&raw, format, arguments);
    va_end(arguments);
    if (length < 0) {
        raw = NULL;
        error_set(printer->error, STATUS_FAILED, "out of memory: the report");
        printer->status = STATUS_FAILED;
    }
    if (!printer->status) {
        printer->status = buffer_append(&text, raw, (size_t)length, printer->error);
    }
    if (!printer->status) {
        printer->status = safe_text_append(&safe, text.bytes, printer->error);
    }
    if (!printer->status) {
        printf("%-*s %s\n", LABEL_WIDTH, label, buffer_text(&safe));
    }
    free(raw);
    buffer_free(&text);
    buffer_free(&safe);
}
