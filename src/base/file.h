/* Files that are complete or absent.
 *
 * A FILE opened here counts as written only when file_close has said so. An Output is a directory
 * that is built under a temporary name beside its place and renamed when it is complete. */
#ifndef THEMATA_BASE_FILE_H
#define THEMATA_BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

/* `directory/name`, or NULL without memory. */
char *file_join(const char *directory, const char *name, Error *error);

/* Reads a whole file of at most `limit` bytes behind what *contents holds. STATUS_INPUT when it
 * cannot be read or is larger. */
Status file_read(const char *path, size_t limit, Buffer *contents, Error *error);

/* Opens a new file for writing; NULL with *error filled when that fails. */
FILE *file_create(const char *path, Error *error);

/* Flushes, syncs to disk and closes; says whether every byte written so far arrived. `path` is for
 * the message. Call it on every road, also after a failed write. */
Status file_close(FILE *file, const char *path, Error *error);

/* An output directory in the making. Start with an all-zero Output. */
typedef struct Output {
    char *place; /* owned: the directory's final path */
    char *work;  /* owned: where it is built until output_commit */
} Output;

/* Says whether a directory can be made at `place`, before any long work: STATUS_INPUT when the
 * parent is missing, or `place` exists and is not an empty directory, unless `force` and it holds
 * a file `mark` (by which this program knows its own). */
Status output_check(const char *place, bool force, const char *mark, Error *error);

/* Creates the work directory. */
Status output_begin(Output *output, const char *place, Error *error);

/* Puts the finished directory in its place, instead of what stands there, which is removed. */
Status output_commit(Output *output, Error *error);

/* Removes what was not committed and frees the Output; takes an all-zero or committed one too. */
void output_end(Output *output);

#endif
