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

bool file_is_directory(const char *path);

/* Where the last component of a path begins; returns its length, slashes behind it not counted. */
size_t file_last_name(const char *path, const char **name);

/* Opens a regular file for reading; NULL with STATUS_INPUT in *error when it cannot be opened or is
 * something else, such as a FIFO, on which the program would wait for ever. */
FILE *file_open(const char *path, Error *error);

/* Reads a whole regular file of at most `limit` bytes behind what *contents holds. STATUS_INPUT
 * when it cannot be read or is larger. */
Status file_read(const char *path, size_t limit, Buffer *contents, Error *error);

/* The same for a FILE that is open, of any kind; `path` is for the message. */
Status file_read_stream(FILE *file, const char *path, size_t limit, Buffer *contents, Error *error);

/* Opens a new file for writing; NULL with *error filled when that fails. */
FILE *file_create(const char *path, Error *error);

/* Whether the file directory/name is there and begins with this text (at most 255 bytes). */
bool file_begins_with(const char *directory, const char *name, const char *text);

/* The same in a directory that is open. */
bool file_begins_with_at(int directory, const char *name, const char *text);

/* Flushes, syncs to disk and closes; says whether every byte written so far arrived. `path` is for
 * the message. Call it on every road, also after a failed write. */
Status file_close(FILE *file, const char *path, Error *error);

/* The same at the end of a function that has got as far as `status`, whose error, if it is one, is
 * the one to tell. */
Status file_finish(FILE *file, const char *path, Status status, Error *error);

/* An output directory in the making. Start with an all-zero Output but for the first four. */
typedef struct Output {
    const char *place; /* borrowed: the directory's final path */
    /* Borrowed: the name of a file by which this program knows its own results, and how that file
     * begins. */
    const char *mark;
    const char *mark_begin;
    bool force; /* whether such a result may be replaced */
    char *work; /* owned: where it is built until output_commit; hidden, beside its place */
} Output;

/* Says whether the directory can be made, before any long work. STATUS_INPUT when `place` exists
 * and is neither an empty directory nor, with `force`, one with the mark; when it is no name
 * of its own (`.`, `..`), or a mount point; and when nothing can be made in its parent, which is
 * tried. STATUS_USAGE when the name is empty. */
Status output_check(const Output *output, Error *error);

/* Creates the work directory. */
Status output_begin(Output *output, Error *error);

/* Puts the finished directory in its place, instead of what stands there, which is removed if
 * output_check would still allow it. If the place cannot be had any more, the directory gets a name
 * of its own (`place-2` …), which the error's hint tells. */
Status output_commit(Output *output, Error *error);

/* Removes what was not committed; takes an all-zero or committed Output too. */
void output_end(Output *output);

/* A single output file in the making, complete or absent like an Output. Start with an all-zero
 * OutputFile but for the first two. */
typedef struct OutputFile {
    const char *place; /* borrowed: its final path */
    bool force;        /* whether a file that is there may be replaced */
    char *work;        /* owned: its name until output_file_commit; hidden, beside its place */
    FILE *file;        /* what to write to; open from output_file_begin to output_file_commit */
} OutputFile;

/* Says whether the file can be made, before any long work. STATUS_INPUT when something stands in
 * its place that is not, with `force`, a regular file, and when nothing can be made in its
 * directory, which is tried. */
Status output_file_check(const OutputFile *output, Error *error);

Status output_file_begin(OutputFile *output, Error *error);

/* Syncs what was written, says whether it arrived, and puts the file in its place; without `force`
 * never instead of another that has come there meanwhile. */
Status output_file_commit(OutputFile *output, Error *error);

/* Removes what was not committed; takes an all-zero or committed OutputFile too. */
void output_file_end(OutputFile *output);

/* An error of writing names a file in the work directory, which nobody has heard of: makes it name
 * the place instead, with the reason. Other errors stay as they are. */
void output_explain(const Output *output, Error *error);

/* The whole way of a directory: begins it, has `fill` write its files into the work directory,
 * commits and ends it, and explains what went wrong. */
Status output_write(Output *output, Status (*fill)(void *context, const char *work, Error *error),
                    void *context, Error *error);

#endif
