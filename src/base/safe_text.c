#include "base/safe_text.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool is_unsafe(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) ||
           code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
           code_point == 0x2028 || code_point == 0x2029 ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

Status safe_text_append(Buffer *buffer, const char *text, Error *error)
{
    const size_t length = strlen(text);
    Status status = STATUS_OK;
    for (size_t at = 0; at < length && !status;) {
        uint32_t code_point;
        size_t size = utf8_decode(text + at, length - at, &code_point);
        if (size == 0) {
            status = buffer_print(buffer, error, "\\x%02x", (unsigned char)text[at]);
            size = 1;
        } else if (is_unsafe(code_point)) {
            status = code_point < 0x80 ? buffer_print(buffer, error, "\\x%02x", code_point)
                                       : buffer_print(buffer, error, "\\u%04x", code_point);
        } else {
            status = buffer_append(buffer, text + at, size, error);
        }
        at += size;
    }
    return status;
}
