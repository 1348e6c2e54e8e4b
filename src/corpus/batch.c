#include "corpus/batch.h"

#include "base/memory.h"
#include "corpus/container.h"
#include "corpus/decoder.h"
#include "corpus/encoding.h"
#include "corpus/metadata.h"
#include "corpus/notes.h"
#include "corpus/parts.h"
#include "corpus/reader.h"
#include "corpus/unpacker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How much a batch holds: enough to make taking it cheap, little enough to share out a small corpus
 * and to stay in a processor's cache. */
enum { FILES_MOST = 64, DOCUMENTS_MOST = 256, BYTES_MOST = 1 << 19 };

/* Of a directory of texts a batch is some of its files, which the thread reads itself. Otherwise it
 * is documents that the corpus has read. */
struct CorpusBatch {
    Corpus *corpus;
    FileRange files;
    size_t next_file;
    Buffer bytes; /* of a file */
    Buffer name;
    int64_t texts; /* how many files were documents */
    CorpusNotes notes;
    Document *documents; /* DOCUMENTS_MOST of them */
    size_t count;
    size_t next_document;
};

CorpusBatch *batch_new(Corpus *corpus, Error *error)
{
    CorpusBatch *batch = memory_new(1, sizeof *batch, error);
    if (batch) {
        batch->corpus = corpus;
        batch->documents = memory_new(DOCUMENTS_MOST, sizeof *batch->documents, error);
    }
    if (batch && !batch->documents) {
        free(batch);
        return NULL;
    }
    return batch;
}

/* ---- taking ---- */

static Status take_documents(CorpusBatch *batch, Error *error)
{
    Status status = STATUS_OK;
    bool found = true;
    size_t bytes = 0;
    batch->count = batch->next_document = 0;
    while (!status && found && batch->count < DOCUMENTS_MOST && bytes < BYTES_MOST) {
        Document *document = &batch->documents[batch->count];
        if (batch->count > 0 && document->text.capacity > BYTES_MOST) {
            document_free(document); /* or in the end all might have the room of a large one */
        }
        status = corpus_next(batch->corpus, document, &found, error);
        batch->count += !status && found;
        bytes += document->text.length;
    }
    return status;
}

Status batch_take(CorpusBatch *batch, bool *found, Error *error)
{
    batch->next_file = 0;
    Status status = STATUS_OK;
    corpus_take_files(batch->corpus, FILES_MOST, &batch->files);
    if (batch->files.count == 0) {
        status = take_documents(batch, error);
    }
    *found = batch->files.count > 0 || batch->count > 0;
    return status;
}

/* ---- reading ---- */

/* Reads a whole file, but no more than a byte beyond `most`; *reason says why it cannot be read. It
 * ends at its size; one of 0 need not be true, as in /proc, and the file ends where it ends. */
static Status read_file(int file, int64_t size, size_t most, Buffer *bytes, const char **reason,
                        Error *error)
{
    enum { ROOM_LEAST = 1 << 14 };
    ssize_t got = -1;
    Status status = STATUS_OK;
    while (!status && got != 0 && bytes->length <= most &&
           (size == 0 || bytes->length < (size_t)size)) {
        if (bytes->capacity - bytes->length <= ROOM_LEAST) {
            status = buffer_reserve(bytes, bytes->length + 4 * ROOM_LEAST, error);
        }
        if (!status) {
            got = read(file, bytes->bytes + bytes->length, bytes->capacity - bytes->length - 1);
        }
        if (!status && got < 0 && errno != EINTR) {
            *reason = strerror(errno);
            break;
        }
        bytes->length += got > 0 ? (size_t)got : 0;
    }
    return status;
}

/* Reads the file at a path of the directory into batch->bytes. */
static Status read_path(CorpusBatch *batch, const char *path, const char **reason, Error *error)
{
    int64_t size;
    const int file = directory_open_file(batch->files.directory, path, &size, reason);
    buffer_clear(&batch->bytes);
    if (file < 0) {
        return is_want_of_means(errno)
                   ? error_set(error, STATUS_FAILED, "%s: cannot be opened (%s)", path, *reason)
                   : STATUS_OK;
    }
    Status status = read_file(file, size, corpus_options(batch->corpus)->limits.document_bytes,
                              &batch->bytes, reason, error);
    close(file);
    return status;
}

/* What is packed in the file, or is in another encoding, by way of the reader of texts. What cannot
 * be read is STATUS_INPUT, without a subject. */
static Status decode_file(CorpusBatch *batch, Stream *stream, Document *document, bool *found,
                          Error *error)
{
    const CorpusOptions *options = corpus_options(batch->corpus);
    Unpacker unpacker = {.limits = &options->limits}; /* which hold for each file by itself */
    Decoder decoder = {0};
    Reader *reader = NULL;
    char reason[160];
    Status status = unpacker_begin(&unpacker, &stream, error);
    status = status ? status : decoder_begin(&decoder, options->encoding, &stream, error);
    if (!status) {
        const ReaderInput input = {
            .stream = stream,
            .name = batch->name.bytes,
            .options = options,
            .notes = &batch->notes,
        };
        reader = text_reader_new(&input, error);
        status = reader ? reader->next(reader, document, found, error) : error_status(error);
    }
    if (!status && decoder_describe(&decoder, reason)) {
        status = notes_add(&batch->notes, CORPUS_REPAIRED, batch->name.bytes, 0, reason, error);
    }
    reader_free(reader);
    decoder_free(&decoder);
    unpacker_free(&unpacker);
    return status;
}

static Status read_decoded(CorpusBatch *batch, Document *document, bool *found, Error *error)
{
    Stream stream = {0};
    Status status =
        stream_begin_memory(&stream, buffer_text(&batch->bytes), batch->bytes.length, error);
    if (!status) {
        status = decode_file(batch, &stream, document, found, error);
    }
    stream_free(&stream);
    if (status == STATUS_INPUT) {
        status =
            notes_add(&batch->notes, CORPUS_SKIPPED, batch->name.bytes, 0, error->message, error);
    }
    return status;
}

/* Whether the bytes of a file are not yet its text. */
static bool is_coded(const CorpusBatch *batch)
{
    const char *bytes = buffer_text(&batch->bytes);
    const size_t length = batch->bytes.length;
    return corpus_options(batch->corpus)->encoding || archive_is_compressed(bytes, length) ||
           encoding_recognise(bytes, length) != ENCODING_UTF8;
}

static Status read_document(CorpusBatch *batch, const char *path, Document *document, bool *found,
                            Error *error)
{
    const char *reason;
    Status status = read_path(batch, path, &reason, error);
    buffer_clear(&batch->name);
    status = status ? status : name_append(&batch->name, path, error);
    if (status) {
        return status;
    }
    if (reason) {
        return notes_add(&batch->notes, CORPUS_SKIPPED, batch->name.bytes, 0, reason, error);
    }
    const TextFile text = {
        .name = batch->name.bytes,
        .bytes = buffer_text(&batch->bytes),
        .length = batch->bytes.length,
        .bytes_most = corpus_options(batch->corpus)->limits.document_bytes,
    };
    status = is_coded(batch) ? read_decoded(batch, document, found, error)
                             : text_fill_document(&text, &batch->notes, document, found, error);
    return !status && *found ? metadata_add_folder(&document->metadata, batch->name.bytes, error)
                             : status;
}

Status batch_next(CorpusBatch *batch, Document *document, bool *found, Error *error)
{
    *found = batch->next_document < batch->count;
    if (*found) { /* both keep their room */
        const Document read = batch->documents[batch->next_document];
        batch->documents[batch->next_document++] = *document;
        *document = read;
        return STATUS_OK;
    }
    Status status = STATUS_OK;
    while (!status && !*found && batch->next_file < batch->files.count) {
        const char *path = batch->files.names + batch->files.files[batch->next_file++];
        document_clear(document);
        status = read_document(batch, path, document, found, error);
    }
    batch->texts += !status && *found;
    return status;
}

Status batch_return(CorpusBatch *batch, Error *error)
{
    corpus_add_texts(batch->corpus, batch->texts);
    batch->texts = 0;
    return corpus_take_notes(batch->corpus, &batch->notes, error);
}

void batch_free(CorpusBatch *batch)
{
    if (!batch) {
        return;
    }
    for (size_t i = 0; i < DOCUMENTS_MOST; i++) {
        document_free(&batch->documents[i]);
    }
    free(batch->documents);
    buffer_free(&batch->bytes);
    buffer_free(&batch->name);
    notes_free(&batch->notes);
    free(batch);
}
