#include "corpus/packed_file.h"

#include "base/file.h"
#include "base/memory.h"
#include "corpus/container.h"
#include "corpus/notes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The descriptor of a regular file, or −1. */
static int open_descriptor(const char *path, int64_t *bytes, Error *error)
{
    struct stat facts;
    FILE *file = file_open(path, error);
    if (!file) {
        return -1;
    }
    int descriptor = -1; /* from here on its own, not the FILE's */
    if (fstat(fileno(file), &facts) != 0 || (descriptor = dup(fileno(file))) < 0) {
        error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
    } else {
        *bytes = facts.st_size;
    }
    fclose(file);
    return descriptor;
}

static Status set_subject(const char *path, Error *error)
{
    const Error inner = *error;
    return error_set(error, inner.status, "%s: cannot be read (%.700s)", path, inner.message);
}

/* Puts an archive of one in the file's place, if it is packed. */
static Status unpack(const char *path, PackedFile *file, Error *error)
{
    size_t length;
    Stream *stream = file_container_stream(file->container);
    if (stream_fill(stream, ARCHIVE_HEAD_BYTES, error)) {
        return set_subject(path, error);
    }
    const char *head = stream_ahead(stream, &length);
    if (!archive_is_packed(head, length, "")) {
        return STATUS_OK;
    }
    file->packed = true;
    file->container =
        archive_open(file->container, path, path, &corpus_defaults.limits, file->notes, error);
    if (!file->container) {
        return error_status(error);
    }
    return file->container->single
               ? STATUS_OK
               : error_set(error, STATUS_INPUT,
                           "%s: is an archive (a single file was expected, packed or not)", path);
}

Status packed_file_open(const char *path, PackedFile *file, Error *error)
{
    *file = (PackedFile){0};
    const int descriptor = open_descriptor(path, &file->bytes, error);
    if (descriptor < 0) {
        return error_status(error);
    }
    file->container = file_container_new(descriptor, "", error);
    file->notes = file->container ? memory_new(1, sizeof(CorpusNotes), error) : NULL;
    Status status = file->notes ? unpack(path, file, error) : error_status(error);
    ContainerEntry entry = {0};
    if (!status) {
        status = file->container->next(file->container, &entry, error);
    }
    file->stream = entry.stream;
    if (status) {
        packed_file_close(file);
    }
    return status;
}

void packed_file_close(PackedFile *file)
{
    container_free(file->container);
    if (file->notes) {
        notes_free(file->notes);
        free(file->notes);
    }
    *file = (PackedFile){0};
}
