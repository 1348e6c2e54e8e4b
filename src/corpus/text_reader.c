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

Status text_fill_document(const TextFile *file, CorpusNotes *notes, Document *document, bool *found,
                          Error *error)
{
    *found = false;
    const char *reason = file->length > file->bytes_most
                             ? "larger than 1 GiB"
                             : encoding_refusal(file->bytes, file->length);
    if (reason) {
        return notes_add(notes, CORPUS_SKIPPED, file->name, 0, reason, error);
    }
    int64_t repaired = 0;
    Status status = buffer_append_text(&document->id, file->name, error);
    if (!status) {
        status = encoding_to_utf8(file->bytes, file->length, &document->text, &repaired, error);
    }
    if (!status) {
        status = reader_find_title(&document->text, &document->title, error);
    }
    if (!status) {
        status = notes_add_repair(notes, file->name, 0, repaired, error);
    }
    *found = !status;
    return status;
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
    TextFile file = {.name = input->name, .bytes_most = input->options->limits.document_bytes};
    Status status = stream_fill(input->stream, file.bytes_most + 1, error);
    if (status) {
        return status;
    }
    file.bytes = stream_ahead(input->stream, &file.length);
    return text_fill_document(&file, input->notes, document, found, error);
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
