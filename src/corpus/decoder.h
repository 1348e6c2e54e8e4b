/* A stream of bytes in another encoding as a stream of UTF-8, so that nothing behind it needs to
 * know. UTF-16 and UTF-32 are recognised and decoded here; what else is asked for by name, iconv
 * knows. */
#ifndef THEMATA_CORPUS_DECODER_H
#define THEMATA_CORPUS_DECODER_H

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/encoding.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Start all-zero; the same one can begin again and keeps its room. */
typedef struct Decoder {
    Stream *source; /* borrowed from decoder_begin to the end of `decoded` */
    Stream decoded;
    Encoding encoding;
    void *conversion; /* iconv's; NULL: none */
    const char *name; /* of the encoding, for people */
    Buffer ready;     /* UTF-8 that was not handed out yet */
    size_t taken;     /* of it */
    int64_t repaired; /* code units or bytes that mean nothing and became U+FFFD */
} Decoder;

/* STATUS_USAGE, naming --encoding, if nothing is known by this name (NULL: no name, which is well).
 */
Status decoder_check(const char *name, Error *error);

/* Looks at how *stream begins. If it is UTF-8, or nothing that is known, it stays as it is; or else
 * *stream is from here on that of the decoder, and what it was is not to be used otherwise. `name`
 * (borrowed) forces an encoding; NULL: recognised. Reads ahead; an error of that has no subject. */
Status decoder_begin(Decoder *decoder, const char *name, Stream **stream, Error *error);

/* Says what was repaired up to here as the reason of a note; false, and nothing, if nothing was. */
bool decoder_describe(const Decoder *decoder, char reason[160]);

void decoder_free(Decoder *decoder);

#endif
