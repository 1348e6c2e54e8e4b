/* A sequence of bytes in a temporary file, written from beginning to end and read back so. Several
 * can be written to one file at once, since each is in pieces. */
#ifndef THEMATA_BASE_SPOOL_H
#define THEMATA_BASE_SPOOL_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/temporary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct SpoolPiece {
    int64_t place;
    size_t length;
} SpoolPiece;

/* Start with an all-zero Spool and set `piece_bytes`. */
typedef struct Spool {
    size_t piece_bytes; /* so many are written together, or a few more */
    Buffer waiting;     /* to be written */
    SpoolPiece *pieces;
    size_t piece_count;
    size_t piece_capacity;
} Spool;

/* Appends bytes. */
Status spool_write(Spool *spool, TemporaryFile *file, const void *bytes, size_t length,
                   Error *error);

/* Writes what waits, and gives back its memory: the spool can be read. */
Status spool_end(Spool *spool, TemporaryFile *file, Error *error);

void spool_free(Spool *spool);

/* Reading a spool. Start with an all-zero SpoolReader and set the first three; the first two are
 * borrowed. */
typedef struct SpoolReader {
    const Spool *spool;
    const TemporaryFile *file;
    size_t room_bytes; /* so many are read together, at most */
    Buffer room;
    size_t at;     /* in `room`: what was not taken yet */
    size_t piece;  /* the next one to be read */
    size_t inside; /* how much of it was read */
} SpoolReader;

/* Whether all of it was taken. */
bool spool_is_at_end(const SpoolReader *reader);

/* Takes the next `length` ≥ 1 bytes, which live until the next call; there are so many. */
Status spool_take(SpoolReader *reader, size_t length, const char **bytes, Error *error);

void spool_reader_free(SpoolReader *reader);

#endif
