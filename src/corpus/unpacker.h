/* A packed file (gzip, bzip2, xz, Zstandard) that stands in a directory or an archive, as a stream
 * of what is in it. An archive in it is not gone into. */
#ifndef THEMATA_CORPUS_UNPACKER_H
#define THEMATA_CORPUS_UNPACKER_H

#include "base/error.h"
#include "corpus/corpus.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stdint.h>

struct archive;

/* Start all-zero but for the limits; the same one serves file after file. */
typedef struct Unpacker {
    const CorpusLimits *limits; /* borrowed; they hold for all of its files together */
    Stream *source;             /* borrowed while `unpacked` is read */
    Stream unpacked;
    struct archive *archive; /* owned; NULL: the file at hand is not packed */
    size_t given;            /* bytes ahead in the source that libarchive is at */
    int64_t taken;           /* bytes of all files so far, as they are packed */
    int64_t made;            /* and unpacked */
} Unpacker;

/* Looks at how *stream begins. If it is packed, *stream is from here on that of the unpacker, and
 * what it was is not to be used otherwise. Reads ahead. Errors, also those of the stream, have no
 * subject: STATUS_INPUT where the packing is damaged or a limit is reached. */
Status unpacker_begin(Unpacker *unpacker, Stream **stream, Error *error);

void unpacker_free(Unpacker *unpacker);

#endif
