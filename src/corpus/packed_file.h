/* A single file as a stream, unpacked on the way if it is packed by gzip, bzip2, xz or Zstandard.
 */
#ifndef THEMATA_CORPUS_PACKED_FILE_H
#define THEMATA_CORPUS_PACKED_FILE_H

#include "base/error.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stdint.h>

/* What a packed file may hold, of each of its bytes: corpus_defaults.limits.ratio. */
enum { PACKED_FILE_RATIO = 250 };

typedef struct PackedFile {
    Stream *stream; /* the file's; errors of it have no subject */
    int64_t bytes;  /* of the file as it is */
    bool packed;
    struct Container *container; /* owned: the rest of this is its affair */
    void *notes;                 /* owned */
} PackedFile;

/* Opens a regular file; `path` is borrowed until it is closed. STATUS_INPUT, naming the file, when
 * it cannot be read, is none, or is an archive of several. */
Status packed_file_open(const char *path, PackedFile *file, Error *error);

void packed_file_close(PackedFile *file); /* takes an all-zero one */

#endif
