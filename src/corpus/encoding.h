/* From the bytes of a file to UTF-8 text. */
#ifndef THEMATA_CORPUS_ENCODING_H
#define THEMATA_CORPUS_ENCODING_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum Encoding {
    ENCODING_UTF8, /* or what is repaired byte by byte */
    ENCODING_UTF16_LITTLE,
    ENCODING_UTF16_BIG,
    ENCODING_UTF32_LITTLE,
    ENCODING_UTF32_BIG,
} Encoding;

enum { ENCODING_SAMPLE_BYTES = 4096 }; /* as many are enough to recognise one */

/* The encoding of a text that begins with these bytes: by its byte order mark; without one it is
 * UTF-16 if more than 30 % of the bytes at odd places, or of those at even places, are NULs, at
 * least four, and ten times as many as at the others, and no half unit is at the end. O(length),
 * without a NUL one memchr. */
Encoding encoding_recognise(const char *bytes, size_t length);

/* Why these bytes are no text that can be read ("binary: …", "a PDF document …"), or NULL if they
 * are.
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
