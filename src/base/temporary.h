/* A file for what memory has no room for. It has no name, so nothing is left of it when the program
 * ends, however it ends. */
#ifndef THEMATA_BASE_TEMPORARY_H
#define THEMATA_BASE_TEMPORARY_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct TemporaryFile TemporaryFile;

/* In the directory TMPDIR, or else /tmp, as the first thing is written. NULL without memory. */
TemporaryFile *temporary_new(Error *error);

/* Appends bytes and says where they are. By several threads at once. STATUS_FAILED, naming the
 * directory, when they cannot be written. */
Status temporary_append(TemporaryFile *file, const void *bytes, size_t length, int64_t *place,
                        Error *error);

/* Reads back what was appended at that place. By several threads at once. */
Status temporary_read(const TemporaryFile *file, int64_t place, void *bytes, size_t length,
                      Error *error);

/* Bytes appended so far. */
int64_t temporary_length(const TemporaryFile *file);

void temporary_free(TemporaryFile *file); /* takes NULL */

#endif
