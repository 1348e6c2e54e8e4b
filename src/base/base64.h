/* Base64 as RFC 4648 has it, with padding and without line breaks, written as the bytes come.
 * Errors stay on the FILE. */
#ifndef THEMATA_BASE_BASE64_H
#define THEMATA_BASE_BASE64_H

#include <stddef.h>
#include <stdio.h>

/* Start with all zero but `file`. */
typedef struct Base64 {
    FILE *file; /* borrowed */
    unsigned char kept[3];
    int kept_count; /* bytes that wait for the others of their three */
} Base64;

void base64_write(Base64 *base64, const void *bytes, size_t length);

/* Writes what waits, padded. More may be written afterwards: a text of its own. */
void base64_end(Base64 *base64);

#endif
