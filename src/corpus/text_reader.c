/* A whole file as one document. */
#include "corpus/reader.h"

#include "base/memory.h"
#include "corpus/encoding.h"
#include "corpus/notes.h"

#include <stdlib.h>

typedef struct TextReader {
    Reader reader;
    ReaderInput input;
    bool taken;
} TextReader;

static const char *refusal_of(const TextReader *text, const char *bytes, size_t length)
{
    return length > text->input.options->limits.document_bytes ? "larger than 1 GiB"
                                                               : encoding_refusal(bytes, length);
}

static Status next_text(Reader *reader, Document *document, bool *found, Error *error)
{
    TextReader *text = (TextReader *)reader;
    const ReaderInput *input = &text->input;
    *found = false;
    if (text->taken) {
        return STATUS_OK;
    }
    text->taken = true;
    size_t length;
    Status status = stream_fill(input->stream, input->options->limits.document_bytes + 1, error);
    if (status) {
        return status;
    }
    const char *bytes = stream_ahead(input->stream, &length);
    const char *reason = refusal_of(text, bytes, length);
    if (reason) {
        return notes_add(input->notes, CORPUS_SKIPPED, input->name, 0, reason, error);
    }
    int64_t repaired = 0;
    status = buffer_append_text(&document->id, input->name, error);
    if (!status) {
        status = encoding_to_utf8(bytes, length, &document->text, &repaired, error);
    }
    if (!status) {
        status = reader_find_title(&document->text, &document->title, error);
    }
    if (!status) {
        status = notes_add_repair(input->notes, input->name, 0, repaired, error);
    }
    *found = !status;
    return status;
}

static void free_text(Reader *reader)
{
    free(reader);
}

Reader *text_reader_new(const ReaderInput *input, Error *error)
{
    TextReader *text = memory_new(1, sizeof *text, error);
    if (!text) {
        return NULL;
    }
    text->reader = (Reader){.next = next_text, .free = free_text, .whole = true};
    text->input = *input;
    return &text->reader;
}
