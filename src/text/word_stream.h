/* The words of several spills, one after the other: in byte order, each once, with what all spills
 * that have it say of it. */
#ifndef THEMATA_TEXT_WORD_STREAM_H
#define THEMATA_TEXT_WORD_STREAM_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/spool.h"
#include "base/temporary.h"
#include "text/vocabulary.h"
#include "text/word_spill.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A spill, as far as it was read. */
typedef struct WordSource {
    SpoolReader reader;
    WordRecord record; /* the next one */
    const char *word;
} WordSource;

/* A spill that has the current word, and its number there. */
typedef struct WordMember {
    size_t spill;
    WordId number;
} WordMember;

/* Start with an all-zero WordStream. */
typedef struct WordStream {
    WordSource *sources;
    size_t source_count;
    size_t *heap; /* of those that are not at their end, that of the smallest word on top */
    size_t heap_count;

    Buffer word; /* the current one */
    int64_t documents;
    double tokens;
    Buffer spellings; /* SpellingRecord, bytes and a NUL, one after the other */
    WordMember *members;
    size_t member_count;
} WordStream;

/* Opens spills, which are borrowed as the file is; `room` bytes are read of each together. */
Status word_stream_open(const WordSpill *spills, size_t count, const TemporaryFile *file,
                        size_t room, WordStream *stream, Error *error);

/* Goes on to the next word; *found is false if there is none. O(log spills) for each that has it.
 */
Status word_stream_next(WordStream *stream, bool *found, Error *error);

void word_stream_close(WordStream *stream);

#endif
