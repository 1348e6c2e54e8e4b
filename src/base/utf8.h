/* UTF-8 by the Unicode standard, table 3-7: no overlong forms, no surrogates, nothing above
 * U+10FFFF. */
#ifndef THEMATA_BASE_UTF8_H
#define THEMATA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length in bytes of the well-formed sequence at `bytes`, 1 to 4, or 0 when there is none
 * within `length` bytes; *code_point (if not NULL) gets its value. */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *code_point);

/* The number of bytes at the beginning that are well-formed: `length` if all are. */
size_t utf8_valid_length(const char *bytes, size_t length);

/* The number of bytes of the first `characters` characters, all if there are no more. A byte that
 * is not well-formed counts as one. */
size_t utf8_prefix(const char *bytes, size_t length, int64_t characters);

/* Whether a whole text is well-formed. */
bool utf8_is_valid(const char *text);

/* Writes a code point (not a surrogate, at most U+10FFFF); returns its 1 to 4 bytes. */
size_t utf8_encode(uint32_t code_point, char bytes[4]);

#endif
