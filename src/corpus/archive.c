/* Archives and compressed files as containers, by libarchive. Everything is read as a stream: names
 * of entries are names and nothing more, and no header's promise of a size is believed. */
#include "corpus/container.h"

#include "base/memory.h"
#include "corpus/notes.h"

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

typedef struct Archive {
    Container container;
    Container *file; /* owned: where its bytes come from */
    char input[CHUNK];
    struct archive *archive;
    char *path; /* owned: the subject of messages */
    char *name; /* owned: what a single compressed file is called */
    const CorpusLimits *limits;
    CorpusNotes *notes;
    struct archive_entry *first; /* read by archive_open already; NULL once it is taken */
    Buffer entry;                /* its name */
    Stream stream;
    int64_t entries;
    int64_t unpacked; /* bytes handed out */
    bool ended;
} Archive;

/* ---- what is packed ---- */

static bool has_ending(const char *name, const char *ending)
{
    const size_t length = strlen(name), behind = strlen(ending);
    return length > behind && strcasecmp(name + length - behind, ending) == 0;
}

typedef struct Mark {
    size_t at;
    size_t length;
    const char *bytes;
} Mark;

static bool has_mark(const char *bytes, size_t length, const Mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (length >= marks[i].at + marks[i].length &&
            memcmp(bytes + marks[i].at, marks[i].bytes, marks[i].length) == 0) {
            return true;
        }
    }
    return false;
}

bool archive_is_compressed(const char *bytes, size_t length)
{
    static const Mark marks[] = {
        {0, 2, "\x1F\x8B"},         /* gzip, RFC 1952 */
        {0, 6, "\xFD\x37zXZ"},      /* xz, with the NUL that ends the text */
        {0, 4, "\x28\xB5\x2F\xFD"}, /* Zstandard, RFC 8878 */
    };
    static const Mark blocks[] = {
        {4, 6, "\x31\x41\x59\x26\x53\x59"}, /* bzip2: the digits of pi, */
        {4, 6, "\x17\x72\x45\x38\x50\x90"}, /* or of its root if nothing is in it */
    };
    return has_mark(bytes, length, marks, sizeof marks / sizeof *marks) ||
           (length > 3 && memcmp(bytes, "BZh", 3) == 0 && bytes[3] >= '1' && bytes[3] <= '9' &&
            (length < 10 || has_mark(bytes, length, blocks, sizeof blocks / sizeof *blocks)));
}

bool archive_is_packed(const char *bytes, size_t length, const char *name)
{
    static const Mark marks[] = {
        {0, 4, "PK\x03\x04"}, /* zip */
        {0, 4, "PK\x05\x06"}, /* zip without entries */
        {257, 5, "ustar"},    /* tar, POSIX */
    };
    return archive_is_compressed(bytes, length) ||
           has_mark(bytes, length, marks, sizeof marks / sizeof *marks) ||
           (has_ending(name, ".tar") && length > 0);
}

size_t archive_name_length(const char *name)
{
    static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (has_ending(name, endings[i])) {
            return strlen(name) - strlen(endings[i]);
        }
    }
    return strlen(name);
}

/* ---- errors and limits ---- */

static Status set_failure(const Archive *archive, Error *error)
{
    const char *reason = archive_error_string(archive->archive);
    return error_set(error, STATUS_INPUT, "cannot be unpacked (%.200s)",
                     reason ? reason : "damaged");
}

/* What went wrong before or between entries has the archive as its subject; within an entry the
 * reader knows better. */
static Status set_subject(const Archive *archive, Error *error)
{
    return error_put_subject(error, archive->path);
}

/* A small file that becomes a large one is made to do harm: beyond the first bytes, which are free,
 * no text packs so well. */
static Status check_ratio(const Archive *archive, Error *error)
{
    const CorpusLimits *limits = archive->limits;
    const int64_t filtered = archive_filter_bytes(archive->archive, 0);
    const int64_t unpacked = filtered > archive->unpacked ? filtered : archive->unpacked;
    const int64_t packed = archive_filter_bytes(archive->archive, -1);
    if (unpacked <= limits->unpacked_free ||
        (double)unpacked <= limits->ratio * (double)(packed > 0 ? packed : 1)) {
        return STATUS_OK;
    }
    error_set(error, STATUS_INPUT,
              "unpacks to more than %.0f times its size (%" PRId64 " bytes from %" PRId64 ")",
              limits->ratio, unpacked, packed);
    return error_hint(error, "if you trust it, unpack it yourself and give what comes out");
}

/* ---- libarchive's side ---- */

static ssize_t give_bytes(struct archive *library, void *context, const void **bytes)
{
    Archive *archive = context;
    Stream *stream = file_container_stream(archive->file);
    Error error = {0};
    size_t length;
    if (stream_fill(stream, 1, &error)) {
        archive_set_error(library, 5, "%s", error.message);
        return -1;
    }
    const char *ahead = stream_ahead(stream, &length);
    length = length < sizeof archive->input ? length : sizeof archive->input;
    memcpy(archive->input, ahead, length);
    stream_skip(stream, length);
    *bytes = archive->input;
    return (ssize_t)length;
}

static Status read_entry(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    Archive *archive = context;
    const ssize_t got = archive_read_data(archive->archive, bytes, room);
    *length = got > 0 ? (size_t)got : 0;
    archive->unpacked += (int64_t)*length;
    return got < 0 ? set_failure(archive, error) : check_ratio(archive, error);
}

/* The next header; *entry is NULL behind the last. */
static Status next_header(Archive *archive, struct archive_entry **entry, Error *error)
{
    *entry = archive->first;
    archive->first = NULL;
    if (*entry || archive->ended) {
        return STATUS_OK;
    }
    const int code = archive_read_next_header(archive->archive, entry);
    if (code == ARCHIVE_EOF) {
        *entry = NULL;
        archive->ended = true;
        return STATUS_OK;
    }
    Status status = code == ARCHIVE_OK || code == ARCHIVE_WARN ? check_ratio(archive, error)
                                                               : set_failure(archive, error);
    return status ? set_subject(archive, error) : STATUS_OK;
}

/* ---- entries ---- */

static const char *name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    name = name ? name : archive_entry_pathname_utf8(entry);
    while (name && name[0] == '.' && name[1] == '/') {
        name += 2 + strspn(name + 2, "/");
    }
    return name && name[0] ? name : "(without a name)";
}

/* Whether a part of the path begins with a dot, as what a directory leaves out; `..` does not. */
static bool is_hidden(const char *name)
{
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += part[0] == '/';
        const size_t length = strcspn(part, "/");
        if (part[0] == '.' && length > 1 && !(length == 2 && part[1] == '.')) {
            return true;
        }
    }
    return false;
}

/* Why an entry is no document, or NULL. */
static const char *refusal_of(struct archive_entry *entry)
{
    if (archive_entry_symlink(entry) || archive_entry_filetype(entry) == AE_IFLNK) {
        return "symbolic link";
    }
    if (archive_entry_hardlink(entry)) {
        return "a link to another entry";
    }
    if (archive_entry_filetype(entry) != AE_IFREG) {
        return "not a regular file";
    }
    return archive_entry_is_encrypted(entry) ? "encrypted" : NULL;
}

static Status count_entry(Archive *archive, Error *error)
{
    if (++archive->entries > archive->limits->entries) {
        return error_set(error, STATUS_INPUT, "%s: has more than %" PRId64 " entries",
                         archive->path, archive->limits->entries);
    }
    return STATUS_OK;
}

static Status next_entry(Container *container, ContainerEntry *entry, Error *error)
{
    Archive *archive = (Archive *)container;
    for (;;) {
        struct archive_entry *header;
        Status status = next_header(archive, &header, error);
        if (status || !header) {
            entry->name = NULL;
            return status;
        }
        status = count_entry(archive, error);
        const char *name = container->single ? archive->name : name_of(header);
        if (!status && !container->single &&
            (archive_entry_filetype(header) == AE_IFDIR || is_hidden(name))) {
            continue;
        }
        buffer_clear(&archive->entry);
        if (!status) {
            status = container->single ? buffer_append_text(&archive->entry, name, error)
                                       : name_append(&archive->entry, name, error);
        }
        const char *refusal = container->single ? NULL : refusal_of(header);
        if (!status && !refusal) {
            stream_begin(&archive->stream, read_entry, archive);
            entry->name = archive->entry.bytes;
            entry->stream = &archive->stream;
            return STATUS_OK;
        }
        if (!status) {
            status =
                notes_add(archive->notes, CORPUS_SKIPPED, archive->entry.bytes, 0, refusal, error);
        }
        if (status) {
            return status;
        }
    }
}

static void free_archive(Container *container)
{
    Archive *archive = (Archive *)container;
    if (archive->archive) {
        archive_read_free(archive->archive);
    }
    container_free(archive->file);
    buffer_free(&archive->entry);
    stream_free(&archive->stream);
    free(archive->path);
    free(archive->name);
    free(archive);
}

/* ---- opening ---- */

int archive_choose_filters(struct archive *archive)
{
    int (*const filters[])(struct archive *) = {
        archive_read_support_filter_gzip,
        archive_read_support_filter_bzip2,
        archive_read_support_filter_xz,
        archive_read_support_filter_zstd,
    };
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        if (filters[i](archive) != ARCHIVE_OK) {
            return ARCHIVE_FATAL;
        }
    }
    return ARCHIVE_OK;
}

/* What is read: no filter that would call another program, no format but these. */
static int choose_formats(struct archive *archive)
{
    return archive_choose_filters(archive) == ARCHIVE_OK &&
                   archive_read_support_format_tar(archive) == ARCHIVE_OK &&
                   archive_read_support_format_zip(archive) == ARCHIVE_OK &&
                   archive_read_support_format_raw(archive) == ARCHIVE_OK
               ? ARCHIVE_OK
               : ARCHIVE_FATAL;
}

/* A regular file is read by libarchive itself, which can then find its way in a zip by the list at
 * its end. */
static int open_input(Archive *archive)
{
    const int descriptor = file_container_descriptor(archive->file);
    struct stat facts;
    if (fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) &&
        lseek(descriptor, 0, SEEK_SET) == 0) {
        return archive_read_open_fd(archive->archive, descriptor, CHUNK);
    }
    return archive_read_open(archive->archive, archive, NULL, give_bytes, NULL);
}

/* DOCX and the like are zip files, and these are what they begin with; ODF and EPUB too. */
static bool is_of_office(const char *first)
{
    return strcmp(first, "[Content_Types].xml") == 0 || strcmp(first, "mimetype") == 0;
}

static Status open_archive(Archive *archive, Error *error)
{
    archive->archive = archive_read_new();
    if (!archive->archive) {
        return error_set(error, STATUS_FAILED, "out of memory: the archive reader");
    }
    if (choose_formats(archive->archive) != ARCHIVE_OK) {
        return error_set(error, STATUS_FAILED, "the archive reader cannot be set up (%s)",
                         archive_error_string(archive->archive));
    }
    if (open_input(archive) != ARCHIVE_OK) {
        set_failure(archive, error);
        return set_subject(archive, error);
    }
    Status status = next_header(archive, &archive->first, error);
    archive->container.single = !status && archive_format(archive->archive) == ARCHIVE_FORMAT_RAW;
    if (!status && archive->first && is_of_office(name_of(archive->first))) {
        error_set(error, STATUS_INPUT,
                  "%s: is a document of a word processor or the like (text, a table, JSON or "
                  "an archive of them was expected)",
                  archive->path);
        return error_hint(error, "save a spreadsheet as CSV, other documents as text");
    }
    return status;
}

Container *archive_open(Container *file, const char *path, const char *name,
                        const CorpusLimits *limits, CorpusNotes *notes, Error *error)
{
    Archive *archive = memory_new(1, sizeof *archive, error);
    if (!archive) {
        container_free(file);
        return NULL;
    }
    archive->container = (Container){.next = next_entry, .free = free_archive};
    archive->file = file;
    archive->limits = limits;
    archive->notes = notes;
    archive->path = memory_copy_text(path, strlen(path), error);
    archive->name = memory_copy_text(name, archive_name_length(name), error);
    if (!archive->path || !archive->name || open_archive(archive, error)) {
        free_archive(&archive->container);
        return NULL;
    }
    return &archive->container;
}
