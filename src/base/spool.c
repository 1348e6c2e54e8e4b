#include "base/spool.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static Status write_piece(Spool *spool, TemporaryFile *file, Error *error)
{
    Status status = memory_reserve(&spool->pieces, &spool->piece_capacity, spool->piece_count + 1,
                                   sizeof *spool->pieces, error);
    if (status) {
        return status;
    }
    SpoolPiece *piece = &spool->pieces[spool->piece_count];
    piece->length = spool->waiting.length;
    status = temporary_append(file, spool->waiting.bytes, piece->length, &piece->place, error);
    spool->piece_count += !status;
    buffer_clear(&spool->waiting);
    return status;
}

Status spool_write(Spool *spool, TemporaryFile *file, const void *bytes, size_t length,
                   Error *error)
{
    Status status = buffer_append(&spool->waiting, bytes, length, error);
    return status || spool->waiting.length < spool->piece_bytes ? status
                                                                : write_piece(spool, file, error);
}

Status spool_end(Spool *spool, TemporaryFile *file, Error *error)
{
    Status status = spool->waiting.length ? write_piece(spool, file, error) : STATUS_OK;
    buffer_free(&spool->waiting);
    return status;
}

void spool_free(Spool *spool)
{
    buffer_free(&spool->waiting);
    free(spool->pieces);
    *spool = (Spool){.piece_bytes = spool->piece_bytes};
}

bool spool_is_at_end(const SpoolReader *reader)
{
    return reader->at == reader->room.length && reader->piece == reader->spool->piece_count;
}

/* Reads on, behind what is in the room. */
static Status read_some(SpoolReader *reader, Error *error)
{
    assert(reader->piece < reader->spool->piece_count);
    const SpoolPiece *piece = &reader->spool->pieces[reader->piece];
    size_t length = piece->length - reader->inside;
    length = length < reader->room_bytes ? length : reader->room_bytes;
    Status status = buffer_reserve(&reader->room, length, error);
    if (!status) {
        status = temporary_read(reader->file, piece->place + (int64_t)reader->inside,
                                reader->room.bytes + reader->room.length, length, error);
    }
    if (!status) {
        reader->room.length += length;
        reader->inside += length;
        if (reader->inside == piece->length) {
            reader->piece++;
            reader->inside = 0;
        }
    }
    return status;
}

Status spool_take(SpoolReader *reader, size_t length, const char **bytes, Error *error)
{
    Status status = STATUS_OK;
    assert(length > 0);
    if (reader->room.length - reader->at < length) {
        const size_t left = reader->room.length - reader->at;
        if (left) {
            memmove(reader->room.bytes, reader->room.bytes + reader->at, left);
        }
        reader->room.length = left;
        reader->at = 0;
    }
    while (!status && reader->room.length - reader->at < length) {
        status = read_some(reader, error);
    }
    *bytes = reader->room.bytes + reader->at;
    reader->at += status ? 0 : length;
    return status;
}

void spool_reader_free(SpoolReader *reader)
{
    buffer_free(&reader->room);
}
