/* A directory as a container. Names are listed and sorted first; each file is read when its turn
 * comes, with read(2) and never by mapping it, so that a file that changes meanwhile cannot harm.
 */
#include "corpus/container.h"

#include "base/file.h"
#include "base/memory.h"
#include "corpus/notes.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Directory {
    Container container;
    int directory;
    char **paths; /* relative to the directory, sorted by bytes */
    size_t capacity;
    size_t next;
    int file; /* the entry's; −1: none */
    Buffer name;
    Stream stream;
    CorpusNotes *notes;
} Directory;

/* ---- listing ---- */

static Status note(Directory *directory, const char *path, const char *reason, Error *error)
{
    Buffer name = {0};
    Status status = name_append(&name, path, error);
    if (!status) {
        status = notes_add(directory->notes, CORPUS_SKIPPED, name.bytes, 0, reason, error);
    }
    buffer_free(&name);
    return status;
}

static Status add_path(Directory *directory, const char *path, Error *error)
{
    const size_t count = (size_t)directory->container.count;
    Status status = memory_reserve(&directory->paths, &directory->capacity, count + 1,
                                   sizeof *directory->paths, error);
    if (status) {
        return status;
    }
    char *copy = memory_copy_text(path, strlen(path), error);
    if (!copy) {
        return error_status(error);
    }
    directory->paths[directory->container.count++] = copy;
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

/* Whether it is the process that lacks something, which is no fault of a file's. */
static bool is_want_of_means(int number)
{
    return number == ENOMEM || number == EMFILE || number == ENFILE;
}

/* What to do with one entry of the tree; `relative` is its path below the root. */
static Status take_entry(Directory *directory, FTS *tree, FTSENT *entry, const char *relative,
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
        return add_path(directory, relative, error);
    case FTS_D:
        if (is_result(entry)) {
            fts_set(tree, entry, FTS_SKIP);
            return note(directory, relative, "a result of themata", error);
        }
        return STATUS_OK;
    case FTS_SL:
    case FTS_SLNONE:
        return note(directory, relative, "symbolic link", error);
    case FTS_DEFAULT:
        return note(directory, relative, "not a regular file", error);
    case FTS_DC:
        return note(directory, relative, "a directory inside itself", error);
    default: { /* FTS_DNR, FTS_ERR, FTS_NS */
        if (is_want_of_means(entry->fts_errno)) {
            return error_set(error, STATUS_FAILED, "%s: cannot be listed (%s)", entry->fts_path,
                             strerror(entry->fts_errno));
        }
        if (entry->fts_level == 0) {
            return error_set(error, STATUS_INPUT, "%s: cannot be listed (%s)", entry->fts_path,
                             strerror(entry->fts_errno));
        }
        char reason[160];
        snprintf(reason, sizeof reason, "%s (%s)",
                 entry->fts_info == FTS_DNR ? "directory that cannot be listed" : "cannot be read",
                 strerror(entry->fts_errno));
        return note(directory, relative, reason, error);
    }
    }
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static Status list_directory(Directory *directory, const char *path, const Place *output,
                             Error *error)
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
        status = take_entry(directory, tree, entry, relative, output, error);
    }
    if (!status && errno) {
        status = error_set(error, STATUS_INPUT, "%s: cannot be listed (%s)", path, strerror(errno));
    }
    fts_close(tree);
    if (!status && directory->container.count) {
        qsort(directory->paths, (size_t)directory->container.count, sizeof *directory->paths,
              compare_paths);
    }
    return status;
}

/* ---- going through it ---- */

static void close_file(Directory *directory)
{
    if (directory->file >= 0) {
        close(directory->file);
        directory->file = -1;
    }
}

/* Opens a regular file. Returns NULL or the reason why it cannot be read. */
static const char *open_file(Directory *directory, const char *path)
{
    /* NONBLOCK and NOFOLLOW in case a FIFO or a link took the file's place since the listing. */
    struct stat facts;
    directory->file = openat(directory->directory, path,
                             O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (directory->file < 0 || fstat(directory->file, &facts) != 0) {
        return strerror(errno);
    }
    return S_ISREG(facts.st_mode) ? NULL : "not a regular file";
}

static Status next_file(Container *container, ContainerEntry *entry, Error *error)
{
    Directory *directory = (Directory *)container;
    while (directory->next < (size_t)container->count) {
        const char *path = directory->paths[directory->next++];
        close_file(directory);
        const char *reason = open_file(directory, path);
        if (directory->file < 0 && is_want_of_means(errno)) {
            return error_set(error, STATUS_FAILED, "%s: cannot be opened (%s)", path,
                             strerror(errno));
        }
        buffer_clear(&directory->name);
        Status status = reason ? note(directory, path, reason, error)
                               : name_append(&directory->name, path, error);
        if (status) {
            return status;
        }
        if (!reason) {
            stream_begin(&directory->stream, stream_read_descriptor, &directory->file);
            entry->name = directory->name.bytes;
            entry->stream = &directory->stream;
            return STATUS_OK;
        }
    }
    entry->name = NULL;
    return STATUS_OK;
}

static void free_directory(Container *container)
{
    Directory *directory = (Directory *)container;
    for (int64_t i = 0; i < container->count; i++) {
        free(directory->paths[i]);
    }
    free(directory->paths);
    buffer_free(&directory->name);
    stream_free(&directory->stream);
    close_file(directory);
    close(directory->directory);
    free(directory);
}

Container *directory_open(const char *path, const char *output, CorpusNotes *notes, Error *error)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        error_set(error, STATUS_INPUT, "%s: %s", path, strerror(errno));
        return NULL;
    }
    Directory *directory = memory_new(1, sizeof *directory, error);
    if (!directory) {
        close(descriptor);
        return NULL;
    }
    directory->container = (Container){.next = next_file, .free = free_directory, .tolerant = true};
    directory->directory = descriptor;
    directory->file = -1;
    directory->notes = notes;
    struct stat facts;
    Place place = {.exists = output && stat(output, &facts) == 0};
    if (place.exists) {
        place.device = facts.st_dev;
        place.inode = facts.st_ino;
    }
    if (list_directory(directory, path, &place, error)) {
        free_directory(&directory->container);
        return NULL;
    }
    return &directory->container;
}
