/* A directory as a container. Names are listed and sorted first; each file is read when its turn
 * comes, with read(2) and never by mapping it, so that a file that changes meanwhile cannot harm.
 */
#include "corpus/container.h"

#include "base/file.h"
#include "base/memory.h"
#include "corpus/notes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Directory {
    Container container;
    int directory;
    Buffer names;  /* of the files: relative to the directory, each with a NUL behind it */
    size_t *files; /* where they begin, sorted by bytes */
    size_t capacity;
    size_t next;
    int file; /* the entry's; −1: none */
    Buffer name;
    Stream stream;
    CorpusNotes *notes;
} Directory;

/* ---- listing ---- */

/* Where the program's own result is or will be; it is no part of the corpus. */
typedef struct Place {
    bool exists;
    dev_t device;
    ino_t inode;
} Place;

/* The directories that are still to be listed: relative paths, each with a NUL before it. */
typedef struct Listing {
    Directory *directory;
    const char *root; /* the corpus' own, for messages */
    Buffer waiting;
    Place output;
} Listing;

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

bool is_want_of_means(int code)
{
    return code == ENOMEM || code == EMFILE || code == ENFILE;
}

/* Without the corpus' own directory there is nothing to read; of another that is noted. */
static Status set_unlistable(const Listing *listing, const char *path, int code, Error *error)
{
    const bool wanting = is_want_of_means(code);
    if (!path[0] || wanting) {
        return error_set(error, wanting ? STATUS_FAILED : STATUS_INPUT,
                         "%s%s%s: cannot be listed (%s)", listing->root, path[0] ? "/" : "", path,
                         strerror(code));
    }
    char reason[160];
    snprintf(reason, sizeof reason, "directory that cannot be listed (%s)", strerror(code));
    return note(listing->directory, path, reason, error);
}

/* Adds path/name, or `name` if the path is empty, with the NUL behind it. */
static Status append_path(Buffer *to, const char *path, const char *name, Error *error)
{
    Status status = STATUS_OK;
    if (path[0]) {
        status = buffer_append_text(to, path, error);
        status = status ? status : buffer_append_byte(to, '/', error);
    }
    return status ? status : buffer_append(to, name, strlen(name) + 1, error);
}

static Status add_file(Directory *directory, const char *path, const char *name, Error *error)
{
    const size_t count = (size_t)directory->container.count;
    Status status = memory_reserve(&directory->files, &directory->capacity, count + 1,
                                   sizeof *directory->files, error);
    if (!status) {
        directory->files[count] = directory->names.length;
        status = append_path(&directory->names, path, name, error);
    }
    directory->container.count += !status;
    return status;
}

/* What an entry is; most file systems say so without being asked. */
static unsigned char kind_of(int directory, const struct dirent *entry)
{
    struct stat facts;
    if (entry->d_type != DT_UNKNOWN) {
        return entry->d_type;
    }
    return fstatat(directory, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0
               ? (unsigned char)IFTODT(facts.st_mode)
               : DT_UNKNOWN;
}

static Status take_entry(Listing *listing, int opened, const char *path, const struct dirent *entry,
                         Error *error)
{
    const char *name = entry->d_name;
    if (name[0] == '.') {
        return STATUS_OK;
    }
    const unsigned char kind = kind_of(opened, entry);
    if (kind == DT_REG) {
        return add_file(listing->directory, path, name, error);
    }
    if (kind == DT_DIR) {
        Status status = buffer_append_byte(&listing->waiting, '\0', error);
        status = status ? status : append_path(&listing->waiting, path, name, error);
        listing->waiting.length -= !status; /* its NUL */
        return status;
    }
    Buffer full = {0};
    Status status = append_path(&full, path, name, error);
    if (!status) {
        status = note(listing->directory, full.bytes,
                      kind == DT_LNK ? "symbolic link" : "not a regular file", error);
    }
    buffer_free(&full);
    return status;
}

/* Whether a directory below the corpus' own is none of its: the place of the result, or another
 * result, which is noted. */
static Status is_left_out(Listing *listing, int opened, const char *path, bool *left_out,
                          Error *error)
{
    static const char begin[] = "{\n  \"format\": \"themata-";
    struct stat facts;
    const Place *output = &listing->output;
    *left_out = path[0] && output->exists && fstat(opened, &facts) == 0 &&
                facts.st_dev == output->device && facts.st_ino == output->inode;
    if (*left_out || !path[0] ||
        !(file_begins_with_at(opened, "model.json", begin) ||
          file_begins_with_at(opened, "inference.json", begin) ||
          file_begins_with_at(opened, "comparison.json", begin))) {
        return STATUS_OK;
    }
    *left_out = true;
    return note(listing->directory, path, "a result of themata", error);
}

/* Lists one directory; what is opened is closed. */
static Status list_opened(Listing *listing, DIR *stream, const char *path, Error *error)
{
    const struct dirent *entry;
    bool left_out;
    Status status = is_left_out(listing, dirfd(stream), path, &left_out, error);
    while (!status && !left_out && (errno = 0, entry = readdir(stream))) {
        status = take_entry(listing, dirfd(stream), path, entry, error);
    }
    if (!status && !left_out && errno) {
        status = set_unlistable(listing, path, errno, error);
    }
    return status;
}

/* Lists the directory at a path relative to the corpus' own, which is "". */
static Status list_one(Listing *listing, const char *path, Error *error)
{
    const int opened = openat(listing->directory->directory, path[0] ? path : ".",
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *stream = opened < 0 ? NULL : fdopendir(opened);
    if (!stream) {
        const int code = errno;
        if (opened >= 0) {
            close(opened);
        }
        return set_unlistable(listing, path, code, error);
    }
    Status status = list_opened(listing, stream, path, error);
    closedir(stream);
    return status;
}

static int compare_files(const void *left, const void *right, void *context)
{
    const char *names = context;
    return strcmp(names + *(const size_t *)left, names + *(const size_t *)right);
}

static Status list_directory(Directory *directory, const char *root, const Place *output,
                             Error *error)
{
    Listing listing = {.directory = directory, .root = root, .output = *output};
    Buffer path = {0};
    Status status = list_one(&listing, "", error);
    while (!status && listing.waiting.length > 0) {
        const char *last = memrchr(listing.waiting.bytes, '\0', listing.waiting.length);
        const size_t begin = (size_t)(last - listing.waiting.bytes);
        buffer_clear(&path);
        status = buffer_append(&path, last + 1, listing.waiting.length - begin - 1, error);
        listing.waiting.length = begin;
        if (!status) {
            status = list_one(&listing, buffer_text(&path), error);
        }
    }
    buffer_free(&path);
    buffer_free(&listing.waiting);
    if (!status && directory->container.count) {
        qsort_r(directory->files, (size_t)directory->container.count, sizeof *directory->files,
                compare_files, directory->names.bytes);
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

int directory_open_file(int directory, const char *path, int64_t *size, const char **reason)
{
    /* NONBLOCK and NOFOLLOW in case a FIFO or a link took the file's place since the listing. */
    struct stat facts;
    const int file =
        openat(directory, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    const int code = file < 0 || fstat(file, &facts) != 0 ? errno : 0;
    if (code == 0 && S_ISREG(facts.st_mode)) {
        *reason = NULL;
        *size = facts.st_size;
        return file;
    }
    if (file >= 0) {
        close(file);
    }
    errno = code;
    *reason = code ? strerror(code) : "not a regular file";
    return -1;
}

static Status next_file(Container *container, ContainerEntry *entry, Error *error)
{
    Directory *directory = (Directory *)container;
    while (directory->next < (size_t)container->count) {
        const char *path = directory->names.bytes + directory->files[directory->next++];
        close_file(directory);
        const char *reason;
        int64_t size;
        directory->file = directory_open_file(directory->directory, path, &size, &reason);
        if (reason && is_want_of_means(errno)) {
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

void directory_take(Container *container, size_t most, FileRange *range)
{
    Directory *directory = (Directory *)container;
    const size_t left = (size_t)container->count - directory->next;
    *range = (FileRange){
        .directory = directory->directory,
        .names = directory->names.bytes,
        .files = directory->files + directory->next,
        .count = left < most ? left : most,
    };
    directory->next += range->count;
}

static void free_directory(Container *container)
{
    Directory *directory = (Directory *)container;
    buffer_free(&directory->names);
    free(directory->files);
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
    directory->container =
        (Container){.next = next_file, .free = free_directory, .tolerant = true, .directory = true};
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
