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

/* Appends a copy of a path to an array of them. */
static Status add_path(char ***paths, size_t *capacity, size_t count, const char *path,
                       Error *error)
{
    Status status = memory_reserve(paths, capacity, count + 1, sizeof **paths, error);
    if (status) {
        return status;
    }
    (*paths)[count] = memory_copy_text(path, strlen(path), error);
    return (*paths)[count] ? STATUS_OK : error_status(error);
}

/* Where the program's own result is or will be; it is no part of the corpus. */
typedef struct Place {
    bool exists;
    dev_t device;
    ino_t inode;
} Place;

/* A directory that is being listed, one after the other, so that no more than one is open however
 * deep they are. (Not by fts: it keeps silent when a directory cannot be read to its end.) */
typedef struct Listing {
    Directory *directory;
    const char *root; /* the path of the whole */
    const Place *output;
    char **waiting; /* owned: directories found and not yet listed, by relative path */
    size_t count;
    size_t capacity;
    Buffer path; /* of the entry */
} Listing;

/* Whether it is the process that lacks something, which is no fault of a file's. */
static bool is_want_of_means(int number)
{
    return number == ENOMEM || number == EMFILE || number == ENFILE;
}

/* A directory that cannot be listed is skipped, but the whole cannot be. */
static Status skip_directory(const Listing *listing, const char *relative, int number, Error *error)
{
    const bool wanting = is_want_of_means(number);
    if (!relative[0] || wanting) {
        return error_set(error, wanting ? STATUS_FAILED : STATUS_INPUT,
                         "%s%s%s: cannot be listed (%s)", listing->root, relative[0] ? "/" : "",
                         relative, strerror(number));
    }
    char reason[160];
    snprintf(reason, sizeof reason, "directory that cannot be listed (%s)", strerror(number));
    return note(listing->directory, relative, reason, error);
}

static Status is_result(const Listing *listing, const char *relative, bool *result, Error *error)
{
    static const char begin[] = "{\n  \"format\": \"themata-";
    char *path = file_join(listing->root, relative, error);
    *result = path && relative[0] &&
              (file_begins_with(path, "model.json", begin) ||
               file_begins_with(path, "inference.json", begin));
    free(path);
    return path ? STATUS_OK : error_status(error);
}

/* What to do with the entry whose path is listing->path. */
static Status take_entry(Listing *listing, int parent, const char *name, Error *error)
{
    Directory *directory = listing->directory;
    const Place *output = listing->output;
    const char *path = listing->path.bytes;
    struct stat facts;
    if (fstatat(parent, name, &facts, AT_SYMLINK_NOFOLLOW) != 0) {
        char reason[160];
        if (errno == ENOENT) { /* gone meanwhile */
            return STATUS_OK;
        }
        snprintf(reason, sizeof reason, "cannot be read (%s)", strerror(errno));
        return note(directory, path, reason, error);
    }
    if (S_ISDIR(facts.st_mode)) {
        if (output->exists && facts.st_dev == output->device && facts.st_ino == output->inode) {
            return STATUS_OK;
        }
        Status status =
            add_path(&listing->waiting, &listing->capacity, listing->count, path, error);
        listing->count += !status;
        return status;
    }
    if (!S_ISREG(facts.st_mode)) {
        return note(directory, path,
                    S_ISLNK(facts.st_mode) ? "symbolic link" : "not a regular file", error);
    }
    Status status = add_path(&directory->paths, &directory->capacity,
                             (size_t)directory->container.count, path, error);
    directory->container.count += !status;
    return status;
}

/* Takes every entry of an open directory but the hidden ones. */
static Status take_entries(Listing *listing, DIR *stream, const char *relative, Error *error)
{
    Status status = STATUS_OK;
    const struct dirent *entry;
    while (!status && (errno = 0, entry = readdir(stream))) {
        if (entry->d_name[0] != '.') {
            buffer_clear(&listing->path);
            status = buffer_print(&listing->path, error, "%s%s%s", relative, relative[0] ? "/" : "",
                                  entry->d_name);
            status = status ? status : take_entry(listing, dirfd(stream), entry->d_name, error);
        }
    }
    return !status && errno ? skip_directory(listing, relative, errno, error) : status;
}

/* Lists one directory; those in it are left waiting. */
static Status list_one(Listing *listing, const char *relative, Error *error)
{
    bool result;
    Status status = is_result(listing, relative, &result, error);
    if (status || result) {
        return status ? status : note(listing->directory, relative, "a result of themata", error);
    }
    const int descriptor = openat(listing->directory->directory, relative[0] ? relative : ".",
                                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *stream = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (!stream) {
        const int number = errno;
        if (descriptor >= 0) {
            close(descriptor);
        }
        return skip_directory(listing, relative, number, error);
    }
    status = take_entries(listing, stream, relative, error);
    closedir(stream);
    return status;
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static Status list_directory(Directory *directory, const char *path, const Place *output,
                             Error *error)
{
    Listing listing = {.directory = directory, .root = path, .output = output};
    Status status = list_one(&listing, "", error);
    while (!status && listing.count > 0) {
        char *relative = listing.waiting[--listing.count];
        status = list_one(&listing, relative, error);
        free(relative);
    }
    while (listing.count > 0) {
        free(listing.waiting[--listing.count]);
    }
    free(listing.waiting);
    buffer_free(&listing.path);
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
