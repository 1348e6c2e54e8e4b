/* A directory as a corpus. Names are listed and sorted first; each file is read when its turn
 * comes, with read(2) and never by mapping it, so that a file that changes meanwhile cannot harm.
 */
#include "corpus/corpus.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "corpus/encoding.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DOCUMENT_BYTES_MAX = 1 << 30, /* one document; a larger file is no document */
    TITLE_CHARACTERS_MAX = 120,
};

struct Corpus {
    int directory;
    char **paths; /* relative to the directory, sorted by bytes */
    size_t count;
    size_t capacity;
    size_t next;
    Buffer raw; /* the file being read */
    CorpusNotes notes;
};

/* ---- notes ---- */

static bool looks_escaped(const char *name)
{
    return name[0] == '\\' && name[1] == 'x' && isxdigit((unsigned char)name[2]) &&
           isxdigit((unsigned char)name[3]);
}

/* A name as UTF-8: bytes that are not become \xHH, so that the id can stand in every table. A name
 * that really has \xHH in it gets the backslash written so, and ids stay unique. */
static Status append_name(Buffer *text, const char *name, Error *error)
{
    const size_t length = strlen(name);
    Status status = STATUS_OK;
    for (size_t at = 0; at < length && !status;) {
        const size_t size = utf8_decode(name + at, length - at, NULL);
        if (size == 0 || looks_escaped(name + at)) {
            status = buffer_print(text, error, "\\x%02x", (unsigned char)name[at++]);
        } else {
            status = buffer_append(text, name + at, size, error);
            at += size;
        }
    }
    return status;
}

static Status note(Corpus *corpus, CorpusNoteKind kind, const char *path, const char *reason,
                   Error *error)
{
    CorpusNotes *notes = &corpus->notes;
    Status status = memory_reserve(&notes->items, &notes->capacity, notes->count + 1,
                                   sizeof *notes->items, error);
    if (status) {
        return status;
    }
    Buffer name = {0};
    status = append_name(&name, path, error);
    char *copy = status ? NULL : memory_copy_text(reason, strlen(reason), error);
    if (!copy) {
        buffer_free(&name);
        return error_status(error);
    }
    notes->items[notes->count++] = (CorpusNote){.kind = kind, .path = name.bytes, .reason = copy};
    if (kind == CORPUS_SKIPPED) {
        notes->skipped++;
    } else {
        notes->repaired++;
    }
    return STATUS_OK;
}

/* ---- listing ---- */

static Status add_path(Corpus *corpus, const char *path, Error *error)
{
    Status status = memory_reserve(&corpus->paths, &corpus->capacity, corpus->count + 1,
                                   sizeof *corpus->paths, error);
    if (status) {
        return status;
    }
    char *copy = memory_copy_text(path, strlen(path), error);
    if (!copy) {
        return error_status(error);
    }
    corpus->paths[corpus->count++] = copy;
    return STATUS_OK;
}

/* Where the program's own result is or will be; it is no part of the corpus. */
typedef struct Place {
    bool exists;
    dev_t device;
    ino_t inode;
} Place;

static bool is_left_out(const FTSENT *entry, const Place *output)
{
    return entry->fts_level > 0 &&
           (entry->fts_name[0] == '.' || (entry->fts_info == FTS_D && output->exists &&
                                          entry->fts_statp->st_dev == output->device &&
                                          entry->fts_statp->st_ino == output->inode));
}

static bool is_result(const FTSENT *entry)
{
    static const char begin[] = "{\n  \"format\": \"themata-";
    return entry->fts_level > 0 && (file_begins_with(entry->fts_accpath, "model.json", begin) ||
                                    file_begins_with(entry->fts_accpath, "inference.json", begin));
}

/* What to do with one entry of the tree; `relative` is its path below the root. */
static Status take_entry(Corpus *corpus, FTS *tree, FTSENT *entry, const char *relative,
                         const Place *output, Error *error)
{
    if (entry->fts_info == FTS_DP) {
        return STATUS_OK;
    }
    if (is_left_out(entry, output)) {
        fts_set(tree, entry, FTS_SKIP);
        return STATUS_OK;
    }
    switch (entry->fts_info) {
    case FTS_F:
        return add_path(corpus, relative, error);
    case FTS_D:
        if (is_result(entry)) {
            fts_set(tree, entry, FTS_SKIP);
            return note(corpus, CORPUS_SKIPPED, relative, "a result of themata", error);
        }
        return STATUS_OK;
    case FTS_SL:
    case FTS_SLNONE:
        return note(corpus, CORPUS_SKIPPED, relative, "symbolic link", error);
    case FTS_DEFAULT:
        return note(corpus, CORPUS_SKIPPED, relative, "not a regular file", error);
    case FTS_DC:
        return note(corpus, CORPUS_SKIPPED, relative, "a directory inside itself", error);
    default: { /* FTS_DNR, FTS_ERR, FTS_NS */
        if (entry->fts_level == 0) {
            return error_set(error, STATUS_INPUT, "%s: cannot be listed (%s)", entry->fts_path,
                             strerror(entry->fts_errno));
        }
        char reason[160];
        snprintf(reason, sizeof reason, "%s (%s)",
                 entry->fts_info == FTS_DNR ? "directory that cannot be listed" : "cannot be read",
                 strerror(entry->fts_errno));
        return note(corpus, CORPUS_SKIPPED, relative, reason, error);
    }
    }
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static int compare_notes(const void *left, const void *right)
{
    return strcmp(((const CorpusNote *)left)->path, ((const CorpusNote *)right)->path);
}

static Status list_directory(Corpus *corpus, const char *path, const Place *output, Error *error)
{
    char *roots[] = {(char *)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
    if (!tree) {
        return error_errno(error, path);
    }
    Status status = STATUS_OK;
    size_t root = strlen(path);
    FTSENT *entry;
    while (!status && (errno = 0, entry = fts_read(tree))) {
        const char *relative = entry->fts_path + root;
        relative += strspn(relative, "/");
        status = take_entry(corpus, tree, entry, relative, output, error);
    }
    if (!status && errno) {
        status = error_set(error, STATUS_INPUT, "%s: cannot be listed (%s)", path, strerror(errno));
    }
    fts_close(tree);
    if (!status && corpus->count) {
        qsort(corpus->paths, corpus->count, sizeof *corpus->paths, compare_paths);
    }
    return status;
}

Status corpus_open(const char *path, const char *output, Corpus **corpus, Error *error)
{
    *corpus = NULL;
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        int number = errno;
        error_set(error, STATUS_INPUT, "%s: %s", path, strerror(number));
        return number == ENOTDIR ? error_hint(error, "give the directory that holds the documents, "
                                                     "one text file each")
                                 : error_status(error);
    }
    Corpus *made = memory_new(1, sizeof *made, error);
    if (!made) {
        close(directory);
        return error_status(error);
    }
    made->directory = directory;
    struct stat facts;
    Place place = {.exists = output && stat(output, &facts) == 0};
    if (place.exists) {
        place.device = facts.st_dev;
        place.inode = facts.st_ino;
    }
    Status status = list_directory(made, path, &place, error);
    if (status) {
        corpus_free(made);
        return status;
    }
    *corpus = made;
    return STATUS_OK;
}

/* ---- reading ---- */

/* Reads a regular file into corpus->raw. Returns NULL or the reason why it cannot be read, which
 * `error` does not know of: that a file is skipped is no error. */
static const char *read_raw(Corpus *corpus, const char *path, Status *status, Error *error)
{
    buffer_clear(&corpus->raw);
    /* NONBLOCK and NOFOLLOW in case a FIFO or a link took the file's place since the listing. */
    int file =
        openat(corpus->directory, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0) {
        return strerror(errno);
    }
    const char *reason = NULL;
    struct stat facts;
    if (fstat(file, &facts) != 0) {
        reason = strerror(errno);
    } else if (!S_ISREG(facts.st_mode)) {
        reason = "not a regular file";
    }
    while (!reason) {
        size_t room = corpus->raw.capacity - corpus->raw.length;
        if (room < 2) {
            *status = buffer_reserve(&corpus->raw, 1 << 16, error);
            if (*status) {
                break;
            }
            room = corpus->raw.capacity - corpus->raw.length;
        }
        ssize_t length = read(file, corpus->raw.bytes + corpus->raw.length, room - 1);
        if (length == 0) {
            break;
        }
        if (length < 0 && errno != EINTR) {
            reason = strerror(errno);
        } else if (length > 0) {
            corpus->raw.length += (size_t)length;
            if (corpus->raw.length > DOCUMENT_BYTES_MAX) {
                reason = "larger than 1 GiB";
            }
        }
    }
    close(file);
    return reason;
}

/* The title of a plain text: its first line that is not blank, unless that is a paragraph. */
static Status find_title(const Buffer *text, Buffer *title, Error *error)
{
    buffer_clear(title);
    const char *at = buffer_text(text);
    at += strspn(at, " \t\r\n\f");
    size_t length = strcspn(at, "\r\n");
    while (length > 0 && (at[length - 1] == ' ' || at[length - 1] == '\t')) {
        length--;
    }
    size_t characters = 0;
    for (size_t i = 0; i < length; i++) {
        characters += ((unsigned char)at[i] & 0xC0) != 0x80;
    }
    return characters <= TITLE_CHARACTERS_MAX ? buffer_append(title, at, length, error) : STATUS_OK;
}

static Status fill_document(Corpus *corpus, const char *path, Document *document, Error *error)
{
    int64_t repaired;
    buffer_clear(&document->id);
    buffer_clear(&document->text);
    Status status = append_name(&document->id, path, error);
    if (!status) {
        status = encoding_to_utf8(corpus->raw.bytes, corpus->raw.length, &document->text, &repaired,
                                  error);
    }
    if (!status) {
        status = find_title(&document->text, &document->title, error);
    }
    if (!status && repaired) {
        char reason[96];
        snprintf(reason, sizeof reason, "not UTF-8: %lld byte%s read as Windows-1252",
                 (long long)repaired, repaired == 1 ? "" : "s");
        status = note(corpus, CORPUS_REPAIRED, path, reason, error);
    }
    return status;
}

Status corpus_next(Corpus *corpus, Document *document, bool *found, Error *error)
{
    *found = false;
    while (corpus->next < corpus->count) {
        const char *path = corpus->paths[corpus->next++];
        Status status = STATUS_OK;
        const char *reason = read_raw(corpus, path, &status, error);
        if (!status && !reason) {
            reason = encoding_refusal(corpus->raw.bytes, corpus->raw.length);
        }
        if (!status && reason) {
            status = note(corpus, CORPUS_SKIPPED, path, reason, error);
        } else if (!status) {
            status = fill_document(corpus, path, document, error);
            *found = !status;
        }
        if (status || *found) {
            return status;
        }
    }
    if (corpus->notes.count) {
        qsort(corpus->notes.items, corpus->notes.count, sizeof *corpus->notes.items, compare_notes);
    }
    return STATUS_OK;
}

const CorpusNotes *corpus_notes(const Corpus *corpus)
{
    return &corpus->notes;
}

int64_t corpus_size(const Corpus *corpus)
{
    return (int64_t)corpus->count;
}

void corpus_free(Corpus *corpus)
{
    if (!corpus) {
        return;
    }
    for (size_t i = 0; i < corpus->count; i++) {
        free(corpus->paths[i]);
    }
    for (size_t i = 0; i < corpus->notes.count; i++) {
        free(corpus->notes.items[i].path);
        free(corpus->notes.items[i].reason);
    }
    free(corpus->paths);
    free(corpus->notes.items);
    buffer_free(&corpus->raw);
    close(corpus->directory);
    free(corpus);
}

void document_free(Document *document)
{
    buffer_free(&document->id);
    buffer_free(&document->title);
    buffer_free(&document->text);
}
