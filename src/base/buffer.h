/* A growable string of bytes. Start with an all-zero Buffer; `bytes` is NULL until something was
 * appended, afterwards always followed by a NUL that `length` does not count. */
#ifndef THEMATA_BASE_BUFFER_H
#define THEMATA_BASE_BUFFER_H

#include "base/error.h"

#include <stddef.h>

typedef struct Buffer {
    char *bytes; /* owned */
    size_t length;
    size_t capacity;
} Buffer;

/* Makes room for `extra` bytes more and the closing NUL, which stands there afterwards. */
Status buffer_reserve(Buffer *buffer, size_t extra, Error *error);

Status buffer_append(Buffer *buffer, const char *bytes, size_t length, Error *error);
Status buffer_append_text(Buffer *buffer, const char *text, Error *error);
Status buffer_append_byte(Buffer *buffer, char byte, Error *error);

/* Appends a formatted text. */
__attribute__((format(printf, 3, 4))) Status buffer_print(Buffer *buffer, Error *error,
                                                          const char *format, ...);

/* The contents as text: never NULL. */
const char *buffer_text(const Buffer *buffer);

/* Empties the buffer and keeps its room. */
void buffer_clear(Buffer *buffer);

/* Releases the bytes; the Buffer is empty and usable afterwards. */
void buffer_free(Buffer *buffer);

#endif
