/* A JSON file becomes documents in two steps, so that several threads can share the work:
 *
 * (a) json_split_next takes the next object off the stream as it stands, a JsonRecord. Cheap, in
 *     order, one caller at a time (a lock). What depends on the order is decided here: number and
 *     place of the record, and by json_record_settle which of the usual fields is the text.
 * (b) json_record_parse makes a Document of a JsonRecord. All the work, in any order, by any number
 *     of threads: the JsonFields are const, and each thread has a JsonScratch of its own.
 *
 * Then, in order again: json_record_note keeps what is to be noted. */
#ifndef THEMATA_CORPUS_JSON_RECORD_H
#define THEMATA_CORPUS_JSON_RECORD_H

#include "corpus/corpus.h"
#include "corpus/json_scan.h"
#include "corpus/names.h"
#include "corpus/reader.h"

/* One object as it stands in its file, not yet known to be JSON. */
typedef struct JsonRecord {
    const char *bytes; /* borrowed from the stream until the next step (a); copied by whoever goes
                          on before it is parsed */
    size_t length;
    JsonPlace place; /* of its first byte */
    int64_t number;  /* the id of a document without one: its line, or how many objects there are up
                        to it */
    const char *usual_text; /* where no field is asked for: one of names_of_text, or NULL as long as
                               no object had one */
} JsonRecord;

/* A field that is asked for by its name, or by "none". */
typedef struct JsonField {
    const char *name; /* NULL: the first of its usual names in each object */
    bool none;
} JsonField;

/* Which fields hold what, as it is asked for. Start all-zero and json_fields_init. */
typedef struct JsonFields {
    const ReaderInput *input; /* borrowed: the subject of messages, the prefix of numbers */
    NameList texts; /* as asked for; `a.b` is b of the object a, or, if a is an array, b of
                       every object in it */
    JsonField id;
    JsonField date;
} JsonFields;

/* What one thread needs for itself. Start all-zero. */
typedef struct JsonScratch {
    JsonMembers members;
    Buffer repaired; /* the bytes of a record as UTF-8, if they were not */
    Buffer name;     /* of a field that becomes metadata, */
    Buffer value;    /* and what it says */
} JsonScratch;

enum { JSON_METADATA_FIELDS = 256 };

/* What there is to say of one record. */
typedef struct JsonOutcome {
    int64_t line;      /* where the record begins */
    bool has_text;     /* it has a field of the text, though it may hold none */
    char skipped[160]; /* why it is no document; empty if it is one */
    int64_t repaired;  /* bytes that were not UTF-8 */
    int64_t replaced;  /* escapes in what was taken that are no character */
} JsonOutcome;

/* `within` (NULL: nothing): the array whose elements the records are; `within.a` is then their a.
 */
Status json_fields_init(JsonFields *fields, const ReaderInput *input, const char *within,
                        Error *error);
void json_fields_free(JsonFields *fields);

/* Step (a): gives the record its usual_text, which is *settled; as long as that is NULL, this
 * record may settle it. One that is no JSON does not; step (b) has the message. */
Status json_record_settle(const JsonFields *fields, JsonScratch *scratch, const char **settled,
                          JsonRecord *record, Error *error);

/* Appends the names of a record's fields to `names`, of nested objects too, as `a.b`, and of the
 * first object in an array, as `a[].b`; each behind `before`. */
Status json_record_names(JsonScratch *scratch, const JsonRecord *record, const char *before,
                         NameList *names, Error *error);

/* Step (b): fills a document that was emptied. Its metadata are the fields that are nothing else
 * and hold a text, a number, true, false, null or an array of these, whose items are joined by ";
 * "; of an object the first JSON_METADATA_FIELDS are looked at, the others counted as beyond. Of a
 * name that is there twice the last one counts, in the place of the first. STATUS_INPUT, naming
 * file, line and column, for what is no JSON object. */
Status json_record_parse(const JsonFields *fields, JsonScratch *scratch, const JsonRecord *record,
                         Document *document, JsonOutcome *outcome, Error *error);

/* Notes what is to be noted of a record, in the order of the records. */
Status json_record_note(const ReaderInput *input, const JsonOutcome *outcome, Error *error);

void json_scratch_free(JsonScratch *scratch);

#endif
