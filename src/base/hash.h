/* 64-bit content hashes: XXH3 (Y. Collet). They guard against damage and serve tables; they are no
 * defence against forgery. */
#ifndef THEMATA_BASE_HASH_H
#define THEMATA_BASE_HASH_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum { HASH_TEXT_SIZE = 17 }; /* 16 hexadecimal digits and the NUL */

uint64_t hash_bytes(const void *bytes, size_t length);

/* Hash and size in bytes of a whole file. STATUS_INPUT when it cannot be read. */
Status hash_file(const char *path, uint64_t *hash, int64_t *size, Error *error);

/* The hash as 16 lower-case hexadecimal digits. */
void hash_format(uint64_t hash, char text[HASH_TEXT_SIZE]);

#endif
