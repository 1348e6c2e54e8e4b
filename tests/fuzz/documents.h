/* The documents of one file as one text, for targets that compare two readings of it. */
#ifndef THEMATA_TESTS_FUZZ_DOCUMENTS_H
#define THEMATA_TESTS_FUZZ_DOCUMENTS_H

#include "fuzz.h"

#include "base/utf8.h"
#include "corpus/metadata.h"
#include "corpus/notes.h"
#include "corpus/reader.h"

#include <stdbool.h>
#include <string.h>

typedef Reader *ReaderMaker(const ReaderInput *input, Error *error);

/* What a reading came to. */
typedef struct Reading {
    Buffer documents; /* id, title, date and text, each with a NUL behind it; then the notes */
    Buffer metadata;  /* names and values of each, likewise */
    int64_t count;    /* of documents */
    Status status;
    Error error; /* if that is not STATUS_OK */
} Reading;

static inline void append_part(Buffer *to, const Buffer *part)
{
    Error error;
    REQUIRE(utf8_valid_length(buffer_text(part), part->length) == part->length);
    REQUIRE(part->length == 0 || memchr(part->bytes, '\0', part->length) == NULL);
    REQUIRE_OK(buffer_append(to, buffer_text(part), part->length + 1, &error), &error);
}

static inline void append_metadata(Buffer *to, const Metadata *metadata)
{
    Error error;
    const char *name, *value;
    int count = 0;
    for (size_t at = 0; metadata_next(metadata, &at, &name, &value); count++) {
        REQUIRE(utf8_is_valid(name) && strlen(name) <= METADATA_NAME_BYTES);
        REQUIRE(utf8_is_valid(value) && strlen(value) <= METADATA_VALUE_BYTES);
    }
    REQUIRE(count == metadata->count && count <= METADATA_COLUMNS);
    REQUIRE_OK(buffer_append(to, buffer_text(&metadata->pairs), metadata->pairs.length, &error),
               &error);
    REQUIRE_OK(buffer_append_byte(to, '\n', &error), &error);
}

static inline void reading_free(Reading *reading)
{
    buffer_free(&reading->documents);
    buffer_free(&reading->metadata);
}

/* Reads a whole file that arrives `step` bytes at a time. */
static inline void read_documents(ReaderMaker *make, const char *name, FuzzInput bytes, size_t step,
                                  const CorpusOptions *options, Reading *reading)
{
    FuzzStream stream = {0};
    CorpusNotes notes = {0};
    Document document = {0};
    *reading = (Reading){0};
    fuzz_stream_begin(&stream, bytes.bytes, bytes.length, step);
    const ReaderInput input = {
        .stream = &stream.stream,
        .path = name,
        .name = name,
        .prefix = "",
        .single = true,
        .options = options,
        .notes = &notes,
    };
    Reader *reader = make(&input, &reading->error);
    reading->status = reader ? STATUS_OK : error_status(&reading->error);
    for (bool found = reader != NULL; found;) {
        document_clear(&document);
        reading->status = reader->next(reader, &document, &found, &reading->error);
        found = found && !reading->status;
        if (found) {
            reading->count++;
            append_part(&reading->documents, &document.id);
            append_part(&reading->documents, &document.title);
            append_part(&reading->documents, &document.date);
            append_part(&reading->documents, &document.text);
            append_metadata(&reading->metadata, &document.metadata);
        }
    }
    Error ignored;
    for (size_t i = 0; i < notes.count; i++) {
        REQUIRE_OK(buffer_print(&reading->documents, &ignored, "%d %s:%lld %s", notes.items[i].kind,
                                notes.items[i].path, (long long)notes.items[i].line,
                                notes.items[i].reason),
                   &ignored);
    }
    if (reading->status) {
        REQUIRE(reading->error.status == reading->status && reading->error.message[0]);
        REQUIRE(reading->status != STATUS_FAILED); /* there is memory enough for a small file */
    } else {
        reading->error = (Error){0};
    }
    reader_free(reader);
    notes_free(&notes);
    document_free(&document);
    stream_free(&stream.stream);
}

static inline void require_same_reading(const Reading *a, const Reading *b)
{
    REQUIRE(a->count == b->count);
    REQUIRE(a->documents.length == b->documents.length);
    REQUIRE(a->documents.length == 0 ||
            memcmp(a->documents.bytes, b->documents.bytes, a->documents.length) == 0);
    REQUIRE(a->metadata.length == b->metadata.length);
    REQUIRE(a->metadata.length == 0 ||
            memcmp(a->metadata.bytes, b->metadata.bytes, a->metadata.length) == 0);
    REQUIRE(a->status == b->status);
    REQUIRE(strcmp(a->error.message, b->error.message) == 0);
}

#endif
