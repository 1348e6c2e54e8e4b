#include "corpus/stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

void stream_begin(Stream *stream, StreamRead *read, void *context)
{
    buffer_clear(&stream->bytes);
    stream->read = read;
    stream->context = context;
    stream->at = 0;
    stream->ended = false;
}

Status stream_begin_memory(Stream *stream, const char *bytes, size_t length, Error *error)
{
    stream_begin(stream, NULL, NULL);
    stream->ended = true;
    return buffer_append(&stream->bytes, bytes, length, error);
}

void stream_free(Stream *stream)
{
    buffer_free(&stream->bytes);
    *stream = (Stream){0};
}

/* Moves what is not taken to the front. */
static void compact(Stream *stream)
{
    Buffer *bytes = &stream->bytes;
    if (stream->at > 0) {
        bytes->length -= stream->at;
        memmove(bytes->bytes, bytes->bytes + stream->at, bytes->length + 1);
        stream->at = 0;
    }
}

Status stream_fill(Stream *stream, size_t wanted, Error *error)
{
    Buffer *bytes = &stream->bytes;
    if (stream->ended || bytes->length - stream->at >= wanted) {
        return STATUS_OK;
    }
    compact(stream);
    while (!stream->ended && bytes->length < wanted) {
        size_t length = 0;
        size_t room = bytes->capacity > bytes->length ? bytes->capacity - bytes->length - 1 : 0;
        Status status = room ? STATUS_OK : buffer_reserve(bytes, CHUNK, error);
        if (!status) {
            room = bytes->capacity - bytes->length - 1;
            status =
                stream->read(stream->context, bytes->bytes + bytes->length, room, &length, error);
        }
        if (status) {
            return status;
        }
        bytes->length += length;
        bytes->bytes[bytes->length] = '\0';
        stream->ended = length == 0;
    }
    return STATUS_OK;
}

const char *stream_ahead(const Stream *stream, size_t *length)
{
    *length = stream->bytes.length - stream->at;
    return buffer_text(&stream->bytes) + stream->at;
}

void stream_skip(Stream *stream, size_t length)
{
    assert(length <= stream->bytes.length - stream->at);
    stream->at += length;
}

Status stream_line(Stream *stream, size_t limit, const char **line, size_t *length, Error *error)
{
    size_t searched = 0;
    for (;;) {
        size_t there;
        const char *ahead = stream_ahead(stream, &there);
        const char *end =
            there > searched ? memchr(ahead + searched, '\n', there - searched) : NULL;
        const size_t found = end ? (size_t)(end - ahead) : there;
        if (found > limit) {
            return error_set(error, STATUS_INPUT, "longer than %zu bytes", limit);
        }
        if (end || (stream->ended && there > 0)) {
            *line = ahead;
            *length = found - (found > 0 && ahead[found - 1] == '\r');
            stream_skip(stream, found + (end != NULL));
            return STATUS_OK;
        }
        if (stream->ended) {
            *line = NULL;
            *length = 0;
            return STATUS_OK;
        }
        searched = there;
        Status status = stream_fill(stream, there + 1, error);
        if (status) {
            return status;
        }
    }
}

Status stream_read_descriptor(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    const int *descriptor = context;
    ssize_t got;
    do {
        got = read(*descriptor, bytes, room);
    } while (got < 0 && errno == EINTR);
    *length = got > 0 ? (size_t)got : 0;
    return got < 0 ? error_set(error, STATUS_INPUT, "%s", strerror(errno)) : STATUS_OK;
}
