#include "corpus/batch.h"

#include "base/memory.h"
#include "corpus/container.h"
#include "corpus/notes.h"
#include "corpus/parts.h"
#include "corpus/reader.h"

#include <errno.h>
#include <fcntl.h>
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

/* Reads a whole file, but no more than a byte beyond `most`; *reason says why it cannot be read. */
static Status read_file(int file, size_t most, Buffer *bytes, const char **reason, Error *error)
{
    enum { ROOM_LEAST = 1 << 14 };
    ssize_t got = -1;
    Status status = STATUS_OK;
    while (!status && got != 0 && bytes->length <= most) {
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
    /* NONBLOCK and NOFOLLOW in case a FIFO or a link took the file's place since the listing. */
    const int file = openat(batch->files.directory, path,
                            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    buffer_clear(&batch->bytes);
    *reason = NULL;
    if (file < 0) {
        *reason = strerror(errno);
        return STATUS_OK;
    }
    Status status =
        read_file(file, corpus_document_bytes(batch->corpus), &batch->bytes, reason, error);
    close(file);
    return status;
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
        .bytes_most = corpus_document_bytes(batch->corpus),
    };
    return text_fill_document(&text, &batch->notes, document, found, error);
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
    return status;
}

Status batch_return(CorpusBatch *batch, Error *error)
{
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
