#include "corpus/unpacker.h"

#include "corpus/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>

static Status set_failure(const Unpacker *unpacker, Error *error)
{
    const char *reason = archive_error_string(unpacker->archive);
    return error_set(error, STATUS_INPUT, "cannot be unpacked (%.200s)",
                     reason ? reason : "damaged");
}

/* libarchive asks for more: what it had is taken, what is ahead is lent to it. */
static ssize_t give_bytes(struct archive *library, void *context, const void **bytes)
{
    Unpacker *unpacker = context;
    Error error = {0};
    stream_skip(unpacker->source, unpacker->given);
    unpacker->given = 0;
    if (stream_fill(unpacker->source, 1, &error)) {
        archive_set_error(library, 5, "%s", error.message);
        return -1;
    }
    *bytes = stream_ahead(unpacker->source, &unpacker->given);
    unpacker->taken += (int64_t)unpacker->given;
    return (ssize_t)unpacker->given;
}

static Status check_ratio(const Unpacker *unpacker, Error *error)
{
    const CorpusLimits *limits = unpacker->limits;
    if (unpacker->made <= limits->unpacked_free ||
        (double)unpacker->made <= limits->ratio * (double)unpacker->taken) {
        return STATUS_OK;
    }
    error_set(error, STATUS_INPUT,
              "unpacks to more than %.0f times what was read of it, and of the packed files "
              "before it in an archive (%" PRId64 " bytes from %" PRId64 ")",
              limits->ratio, unpacker->made, unpacker->taken);
    return error_hint(error, "if you trust it, unpack it yourself and give what comes out");
}

static Status read_unpacked(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    Unpacker *unpacker = context;
    const ssize_t got = archive_read_data(unpacker->archive, bytes, room);
    *length = got > 0 ? (size_t)got : 0;
    unpacker->made += (int64_t)*length;
    return got < 0 ? set_failure(unpacker, error) : check_ratio(unpacker, error);
}

static void close_archive(Unpacker *unpacker)
{
    if (unpacker->archive) {
        archive_read_free(unpacker->archive);
        unpacker->archive = NULL;
    }
}

Status unpacker_begin(Unpacker *unpacker, Stream **stream, Error *error)
{
    size_t length;
    close_archive(unpacker);
    Status status = stream_fill(*stream, ARCHIVE_HEAD_BYTES, error);
    const char *head = stream_ahead(*stream, &length);
    if (status || !archive_is_compressed(head, length)) {
        return status;
    }
    unpacker->source = *stream;
    unpacker->given = 0;
    unpacker->archive = archive_read_new();
    if (!unpacker->archive) {
        return error_set(error, STATUS_FAILED, "out of memory: the archive reader");
    }
    struct archive_entry *entry;
    if (archive_choose_filters(unpacker->archive) != ARCHIVE_OK ||
        archive_read_support_format_raw(unpacker->archive) != ARCHIVE_OK ||
        archive_read_support_format_empty(unpacker->archive) != ARCHIVE_OK ||
        archive_read_open(unpacker->archive, unpacker, NULL, give_bytes, NULL) != ARCHIVE_OK) {
        return set_failure(unpacker, error);
    }
    const int code = archive_read_next_header(unpacker->archive, &entry);
    if (code == ARCHIVE_EOF) { /* nothing is packed in it */
        *stream = &unpacker->unpacked;
        return stream_begin_memory(*stream, "", 0, error);
    }
    if (code != ARCHIVE_OK) {
        return set_failure(unpacker, error);
    }
    stream_begin(&unpacker->unpacked, read_unpacked, unpacker);
    *stream = &unpacker->unpacked;
    return STATUS_OK;
}

void unpacker_free(Unpacker *unpacker)
{
    close_archive(unpacker);
    stream_free(&unpacker->unpacked);
}
