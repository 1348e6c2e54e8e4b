/* From the bytes of a file to UTF-8 text. */
#ifndef THEMATA_CORPUS_ENCODING_H
#define THEMATA_CORPUS_ENCODING_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why these bytes are no text that can be read ("UTF-16 text", "binary: …"), or NULL if they are.
 *
 * A file is binary when more than 10 % of its bytes are control characters that text does not use
 * (NUL and the rest of C0 but tab, line feed, form feed, carriage return, escape; DEL), or a NUL
 * stands among its first 8,192 bytes. O(length). */
const char *encoding_refusal(const char *bytes, size_t length);

/* Appends the bytes as UTF-8 to *text: a byte order mark is dropped; each byte that is not part of
 * a well-formed sequence is read as Windows-1252 (the five bytes without meaning there become
 * U+FFFD), and *repaired counts them. */
Status encoding_to_utf8(const char *bytes, size_t length, Buffer *text, int64_t *repaired,
                        Error *error);

#endif
