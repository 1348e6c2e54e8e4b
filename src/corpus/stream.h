/* Bytes in order, whatever they come from: a file, a pipe, an entry of an archive, memory. A Stream
 * reads ahead, so that what stands in it can be recognised before it is taken. */
#ifndef THEMATA_CORPUS_STREAM_H
#define THEMATA_CORPUS_STREAM_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Reads up to `room` (at least 1) bytes; *length is 0 at the end, and only there. */
typedef Status StreamRead(void *context, char *bytes, size_t room, size_t *length, Error *error);

/* Start with an all-zero Stream and stream_begin; the same one can begin again and keeps its room.
 */
typedef struct Stream {
    StreamRead *read;
    void *context; /* borrowed */
    Buffer bytes;  /* what was read ahead */
    size_t at;     /* how much of it is taken */
    bool ended;
} Stream;

void stream_begin(Stream *stream, StreamRead *read, void *context);

/* Puts a copy of `bytes` into a stream of its own. */
Status stream_begin_memory(Stream *stream, const char *bytes, size_t length, Error *error);

void stream_free(Stream *stream);

/* Reads ahead until at least `wanted` bytes are there, or the end is. */
Status stream_fill(Stream *stream, size_t wanted, Error *error);

/* What is there, read ahead but not taken; lives until the next call but stream_skip. */
const char *stream_ahead(const Stream *stream, size_t *length);

/* Takes `length` of the bytes ahead. */
void stream_skip(Stream *stream, size_t length);

/* Takes the next line: without its LF or CRLF, in place until the next call. *line is NULL behind
 * the last one. A line of more than `limit` bytes is STATUS_INPUT, without a subject. */
Status stream_line(Stream *stream, size_t limit, const char **line, size_t *length, Error *error);

/* A StreamRead of a file descriptor, to which the context points. What cannot be read is
 * STATUS_INPUT with the reason alone. */
Status stream_read_descriptor(void *context, char *bytes, size_t room, size_t *length,
                              Error *error);

#endif
