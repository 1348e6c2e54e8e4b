/* Where one JSON object ends and the next begins, so that of a large file no more than one object
 * need be held: step (a) of corpus/json_record.h. What an object is made of is left to step (b). */
#ifndef THEMATA_CORPUS_JSON_SPLIT_H
#define THEMATA_CORPUS_JSON_SPLIT_H

#include "corpus/json_record.h"
#include "corpus/stream.h"

typedef enum JsonLayout {
    JSON_LINES,    /* an object a line */
    JSON_SEQUENCE, /* one behind the other, with blanks or nothing in between */
    JSON_ELEMENTS, /* the elements of one array */
} JsonLayout;

/* Start all-zero but for the first two. */
typedef struct JsonSplit {
    Stream *stream; /* borrowed */
    size_t limit;   /* bytes of one object */
    JsonLayout layout;
    bool wrapped;    /* the array is a member of an object */
    JsonPlace place; /* of what is taken next */
    int64_t objects; /* so far */
    bool ended;
} JsonSplit;

/* Finds out the layout from the first READER_SAMPLE_BYTES and passes over a byte order mark:
 *
 * Elements of the array of objects that is the first object's member `within` (may be NULL), if
 * that begins within the sample; lines if the file is `named_lines` or its first line is an object;
 * a sequence if its first object ends elsewhere; and elements if it begins with an array. */
Status json_split_open(JsonSplit *split, bool named_lines, const char *within, Error *error);

/* Takes the next object as it stands; record->bytes is NULL behind the last. STATUS_INPUT, with the
 * line in front but without a subject, when the file ends within an object or array, when something
 * else stands where one should, and for an object beyond the limit. O(length), without allocation
 * but for the stream's own. */
Status json_split_next(JsonSplit *split, JsonRecord *record, Error *error);

#endif
