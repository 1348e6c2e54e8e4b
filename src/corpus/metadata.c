#include "corpus/metadata.h"

#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\0' || (byte >= '\t' && byte <= '\r');
}

/* Appends at most `most` bytes without the blanks around them, and a NUL; *cut says whether that is
 * not all. */
static Status append_trimmed(Buffer *to, const char *bytes, size_t length, size_t most, bool *cut,
                             Error *error)
{
    for (; length > 0 && is_blank(bytes[0]); length--) {
        bytes++;
    }
    while (length > 0 && is_blank(bytes[length - 1])) {
        length--;
    }
    *cut = length > most;
    if (*cut) {
        for (length = most; length > 0 && ((unsigned char)bytes[length] & 0xC0) == 0x80;) {
            length--; /* not within a character */
        }
    }
    Status status = buffer_append(to, bytes, length, error);
    for (size_t i = to->length - (status ? 0 : length); i < to->length && !status; i++) {
        to->bytes[i] = to->bytes[i] ? to->bytes[i] : ' ';
    }
    return status ? status : buffer_append_byte(to, '\0', error);
}

static bool is_there(const Metadata *metadata, const char *name)
{
    const char *other, *value;
    for (size_t at = 0; metadata_next(metadata, &at, &other, &value);) {
        if (strcmp(other, name) == 0) {
            return true;
        }
    }
    return false;
}

Status metadata_add(Metadata *metadata, const char *name, const char *value, size_t length,
                    Error *error)
{
    Buffer *pairs = &metadata->pairs;
    const size_t before = pairs->length;
    bool cut;
    if (metadata->count == METADATA_COLUMNS) {
        metadata->beyond++;
        return STATUS_OK;
    }
    Status status = append_trimmed(pairs, name, strlen(name), METADATA_NAME_BYTES, &cut, error);
    if (status) {
        return status;
    }
    const size_t behind = pairs->length;
    pairs->length = before; /* as if the name were not there yet */
    if (is_there(metadata, pairs->bytes + before)) {
        pairs->bytes[before] = '\0';
        return STATUS_OK;
    }
    pairs->length = behind;
    status = append_trimmed(pairs, value, length, METADATA_VALUE_BYTES, &cut, error);
    metadata->cut += !status && cut;
    metadata->count += !status;
    return status;
}

Status metadata_add_folder(Metadata *metadata, const char *name, Error *error)
{
    const char *slash = strrchr(name, '/');
    return slash ? metadata_add(metadata, "folder", name, (size_t)(slash - name), error)
                 : STATUS_OK;
}

bool metadata_next(const Metadata *metadata, size_t *at, const char **name, const char **value)
{
    if (*at >= metadata->pairs.length) {
        return false;
    }
    *name = metadata->pairs.bytes + *at;
    *value = *name + strlen(*name) + 1;
    *at += strlen(*name) + 1 + strlen(*value) + 1;
    return true;
}

/* ---- documents ---- */

void document_clear(Document *document)
{
    buffer_clear(&document->id);
    buffer_clear(&document->title);
    buffer_clear(&document->date);
    buffer_clear(&document->text);
    buffer_clear(&document->metadata.pairs);
    document->metadata = (Metadata){.pairs = document->metadata.pairs};
}

void document_free(Document *document)
{
    buffer_free(&document->id);
    buffer_free(&document->title);
    buffer_free(&document->date);
    buffer_free(&document->text);
    buffer_free(&document->metadata.pairs);
}
