#include "base/buffer.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Status buffer_reserve(Buffer *buffer, size_t extra, Error *error)
{
    size_t needed;
    if (__builtin_add_overflow(buffer->length, extra, &needed) || needed == SIZE_MAX) {
        return error_set(error, STATUS_FAILED, "out of memory: a text of %zu + %zu bytes",
                         buffer->length, extra);
    }
    Status status = memory_reserve(&buffer->bytes, &buffer->capacity, needed + 1, 1, error);
    if (!status) {
        buffer->bytes[buffer->length] = '\0';
    }
    return status;
}

Status buffer_append(Buffer *buffer, const char *bytes, size_t length, Error *error)
{
    Status status = buffer_reserve(buffer, length, error);
    if (status) {
        return status;
    }
    if (length) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
    }
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
    return STATUS_OK;
}

Status buffer_append_text(Buffer *buffer, const char *text, Error *error)
{
    return buffer_append(buffer, text, strlen(text), error);
}

Status buffer_append_byte(Buffer *buffer, char byte, Error *error)
{
    return buffer_append(buffer, &byte, 1, error);
}

Status buffer_print(Buffer *buffer, Error *error, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    Status status = length < 0 ? error_set(error, STATUS_FAILED, "a text cannot be formatted")
                               : buffer_reserve(buffer, (size_t)length, error);
    if (!status) {
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
    return status;
}

const char *buffer_text(const Buffer *buffer)
{
    return buffer->bytes ? buffer->bytes : "";
}

void buffer_clear(Buffer *buffer)
{
    buffer->length = 0;
    if (buffer->bytes) {
        buffer->bytes[0] = '\0';
    }
}

void buffer_free(Buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (Buffer){0};
}
