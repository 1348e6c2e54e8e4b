#include "base/file.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *file_join(const char *directory, const char *name, Error *error)
{
    Buffer path = {0};
    if (buffer_print(&path, error, "%s/%s", directory, name)) {
        buffer_free(&path);
        return NULL;
    }
    return path.bytes;
}

bool file_is_directory(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

size_t file_last_name(const char *path, const char **name)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/') {
        end--;
    }
    size_t begin = end;
    while (begin > 0 && path[begin - 1] != '/') {
        begin--;
    }
    *name = path + begin;
    return end - begin;
}

FILE *file_open(const char *path, Error *error)
{
    struct stat facts;
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    FILE *file = NULL;
    if (descriptor >= 0 && fstat(descriptor, &facts) == 0) {
        if (S_ISREG(facts.st_mode)) {
            file = fdopen(descriptor, "rb");
        } else {
            error_set(error, STATUS_INPUT, "%s: cannot be read (not a regular file)", path);
            close(descriptor);
            return NULL;
        }
    }
    if (!file) {
        error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
        if (descriptor >= 0) {
            close(descriptor);
        }
    }
    return file;
}

Status file_read_stream(FILE *file, const char *path, size_t limit, Buffer *contents, Error *error)
{
    const size_t begin = contents->length;
    for (;;) {
        enum { CHUNK = 1 << 16 };
        Status status = buffer_reserve(contents, CHUNK, error);
        if (status) {
            return status;
        }
        size_t length = fread(contents->bytes + contents->length, 1, CHUNK, file);
        contents->length += length;
        contents->bytes[contents->length] = '\0';
        if (contents->length - begin > limit) {
            return error_set(error, STATUS_INPUT, "%s: larger than %zu bytes", path, limit);
        }
        if (length == 0) {
            return ferror(file) ? error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path,
                                            strerror(errno))
                                : STATUS_OK;
        }
    }
}

Status file_read(const char *path, size_t limit, Buffer *contents, Error *error)
{
    FILE *file = file_open(path, error);
    if (!file) {
        return error_status(error);
    }
    Status status = file_read_stream(file, path, limit, contents, error);
    fclose(file);
    return status;
}

FILE *file_create(const char *path, Error *error)
{
    FILE *file = fopen(path, "wbe");
    if (!file) {
        error_errno(error, path);
    }
    return file;
}

Status file_close(FILE *file, const char *path, Error *error)
{
    Status status = STATUS_OK;
    /* A pipe or a device cannot be synced (EINVAL, ENOTSUP) and need not be. */
    errno = 0;
    bool failed = fflush(file) != 0 || ferror(file) ||
                  (fsync(fileno(file)) != 0 && errno != EINVAL && errno != ENOTSUP);
    if (failed) { /* an earlier write may have failed, and its reason be gone */
        errno = errno ? errno : EIO;
        status = error_errno(error, path);
    }
    if (fclose(file) != 0 && !status) {
        status = error_errno(error, path);
    }
    return status;
}

Status file_finish(FILE *file, const char *path, Status status, Error *error)
{
    Error closing;
    if (file_close(file, path, &closing) && !status) {
        *error = closing;
        status = closing.status;
    }
    return status;
}

bool file_begins_with_at(int directory, const char *name, const char *text)
{
    char begin[256];
    const size_t length = strlen(text);
    struct stat facts;
    const int file =
        openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    const bool begins = length < sizeof begin && fstat(file, &facts) == 0 &&
                        S_ISREG(facts.st_mode) && read(file, begin, length) == (ssize_t)length &&
                        memcmp(begin, text, length) == 0;
    close(file);
    return begins;
}

bool file_begins_with(const char *directory, const char *name, const char *text)
{
    const int opened = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool begins = opened >= 0 && file_begins_with_at(opened, name, text);
    if (opened >= 0) {
        close(opened);
    }
    return begins;
}

/* ---- output directories ---- */

static bool is_empty_directory(const char *path)
{
    DIR *directory = opendir(path);
    if (!directory) {
        return false;
    }
    int entries = 0;
    while (entries <= 2 && readdir(directory)) {
        entries++;
    }
    closedir(directory);
    return entries <= 2; /* `.` and `..` */
}

/* An empty directory, or with --force a result of this program. */
static bool may_replace(const Output *output, const char *directory)
{
    return is_empty_directory(directory) ||
           (output->force && file_begins_with(directory, output->mark, output->mark_begin));
}

/* The directory that holds `path`: everything before its last component. */
static char *parent_of(const char *path, Error *error)
{
    const char *name;
    file_last_name(path, &name);
    size_t length = (size_t)(name - path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return length ? memory_copy_text(path, length, error) : memory_copy_text(".", 1, error);
}

/* Whether the path is a symbolic link, slashes behind it or not. */
static bool is_link(const char *path)
{
    struct stat facts;
    const char *name;
    Error ignored;
    const size_t length = (size_t)(file_last_name(path, &name) + (size_t)(name - path));
    char *bare = memory_copy_text(path, length, &ignored);
    const bool link = bare && lstat(bare, &facts) == 0 && S_ISLNK(facts.st_mode);
    free(bare);
    return link;
}

static bool is_own_name(const char *place)
{
    const char *name;
    const size_t length = file_last_name(place, &name);
    return length > 0 && !(length == 1 && name[0] == '.') &&
           !(length == 2 && name[0] == '.' && name[1] == '.');
}

/* Whether what stands at the place is a mount point: of another device than its parent. */
static bool is_mount_point(const struct stat *facts, const char *parent)
{
    struct stat above;
    return stat(parent, &above) == 0 && above.st_dev != facts->st_dev;
}

/* `place` exists: may it be replaced? */
static Status check_existing(const Output *output, const struct stat *facts, const char *parent,
                             Error *error)
{
    const char *place = output->place;
    if (!S_ISDIR(facts->st_mode)) {
        error_set(error, STATUS_INPUT, "%s: %s", place,
                  S_ISLNK(facts->st_mode) ? "is a symbolic link, which is not replaced"
                                          : "exists and is not a directory");
        return error_hint(error, "name another output with -o");
    }
    if (is_mount_point(facts, parent)) {
        error_set(error, STATUS_INPUT, "%s: is a mount point, which cannot be replaced", place);
        return error_hint(error, "name a directory in it with -o");
    }
    if (may_replace(output, place)) {
        return STATUS_OK;
    }
    if (output->force) {
        error_set(error, STATUS_INPUT, "%s: is not empty and holds something else", place);
        return error_hint(error, "remove it yourself, or name another output with -o");
    }
    error_set(error, STATUS_INPUT, "%s: the output exists and is not empty", place);
    return error_hint(error, "name another output with -o, or replace this one with --force");
}

/* A directory beside the place, hidden so that a corpus that is read meanwhile does not hold it. */
static char *make_beside(const Output *output, const char *parent, Error *error)
{
    Buffer path = {0};
    if (buffer_print(&path, error, "%s/.themata-XXXXXX", parent)) {
        buffer_free(&path);
        return NULL;
    }
    if (!mkdtemp(path.bytes)) {
        const int number = errno;
        error_set(error, STATUS_INPUT, "%s: cannot be made in %s (%s)", output->place, parent,
                  strerror(number));
        buffer_free(&path);
        return NULL;
    }
    return path.bytes;
}

/* Makes a directory beside the place and removes it; no signal comes in between. */
static Status try_to_make(const Output *output, const char *parent, Error *error)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    char *trial = make_beside(output, parent, error);
    Status status = trial ? STATUS_OK : error_status(error);
    if (trial) {
        rmdir(trial);
    }
    free(trial);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

Status output_check(const Output *output, Error *error)
{
    const char *place = output->place;
    struct stat facts;
    if (place[0] == '\0') {
        return error_set(error, STATUS_USAGE, "the name of the output is empty");
    }
    if (!is_own_name(place)) {
        error_set(error, STATUS_INPUT, "%s: is no name for an output", place);
        return error_hint(error, "name a directory that is to be made, as in -o result.themata");
    }
    char *parent = parent_of(place, error);
    if (!parent) {
        return error_status(error);
    }
    Status status = STATUS_OK;
    if (place[strlen(place) - 1] == '/' && is_link(place)) {
        status =
            error_set(error, STATUS_INPUT, "%s: is a symbolic link, which is not replaced", place);
    } else if (lstat(place, &facts) == 0) {
        status = check_existing(output, &facts, parent, error);
    } else if (errno != ENOENT) {
        status = error_set(error, STATUS_INPUT, "%s: %s", place, strerror(errno));
    }
    if (!status) {
        status = try_to_make(output, parent, error);
    }
    free(parent);
    return status;
}

Status output_begin(Output *output, Error *error)
{
    char *parent = parent_of(output->place, error);
    output->work = parent ? make_beside(output, parent, error) : NULL;
    free(parent);
    if (!output->work) {
        return error_status(error);
    }
    struct stat facts;
    mode_t mask = umask(0);
    umask(mask);
    /* mkdtemp makes it private; a group that the parent hands down stays. */
    if (stat(output->work, &facts) != 0 ||
        chmod(output->work, (facts.st_mode & S_ISGID) | (0777 & ~mask)) != 0) {
        return error_errno(error, output->work);
    }
    return STATUS_OK;
}

/* ---- going through a directory without asking for memory: there may be none left ---- */

enum { TREE_DEPTH_MAX = 100 }; /* what stands deeper is not ours and stays */

/* Start all-zero but for the first. */
typedef struct Names {
    int directory; /* borrowed: open for reading, at its beginning */
    size_t at;
    size_t length;
    _Alignas(struct dirent64) char entries[1024];
} Names;

/* The next name but . and .., until the next call; NULL behind the last, or with errno set if that
 * cannot be read. */
static const char *next_name(Names *names)
{
    for (;;) {
        if (names->at == names->length) {
            const ssize_t got = getdents64(names->directory, names->entries, sizeof names->entries);
            if (got <= 0) {
                errno = got == 0 ? 0 : errno;
                return NULL;
            }
            names->at = 0;
            names->length = (size_t)got;
        }
        const struct dirent64 *entry = (const void *)(names->entries + names->at);
        names->at += entry->d_reclen;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            return entry->d_name;
        }
    }
}

static int open_inner(int parent, const char *name)
{
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool remove_directory(int parent, const char *name, int depth)
{
    const int directory = open_inner(parent, name);
    bool removed = directory >= 0 && depth < TREE_DEPTH_MAX;
    while (removed) { /* until nothing is: names may be passed over while others are removed */
        Names names = {.directory = directory};
        removed = false;
        lseek(directory, 0, SEEK_SET);
        for (const char *inner; (inner = next_name(&names));) {
            removed |= unlinkat(directory, inner, 0) == 0 ||
                       (errno == EISDIR && remove_directory(directory, inner, depth + 1));
        }
    }
    if (directory >= 0) {
        close(directory);
    }
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

static void remove_tree(const char *path)
{
    remove_directory(AT_FDCWD, path, 0);
}

/* Some file systems cannot sync a directory; that is their answer to give, not a failure. */
static bool sync_descriptor(int directory)
{
    return fsync(directory) == 0 || errno == EINVAL || errno == ENOTSUP;
}

static Status sync_directory(const char *path, Error *error)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) { /* one may write to a directory that one may not read */
        return errno == EACCES ? STATUS_OK : error_errno(error, path);
    }
    Status status = sync_descriptor(directory) ? STATUS_OK : error_errno(error, path);
    close(directory);
    return status;
}

/* Every directory of a tree, whose path is for the message; its files are synced by file_close. */
static Status sync_tree(int parent, const char *name, const char *path, Error *error)
{
    Names names = {.directory = open_inner(parent, name)};
    if (names.directory < 0) {
        return error_errno(error, path);
    }
    Status status = STATUS_OK;
    const char *inner;
    while (!status && (inner = next_name(&names))) {
        struct stat facts;
        if (fstatat(names.directory, inner, &facts, AT_SYMLINK_NOFOLLOW) != 0) {
            status = error_errno(error, path);
        } else if (S_ISDIR(facts.st_mode)) {
            status = sync_tree(names.directory, inner, path, error);
        }
    }
    if (!status && (errno != 0 || !sync_descriptor(names.directory))) {
        status = error_errno(error, path);
    }
    close(names.directory);
    return status;
}

/* Puts the work where something stands already; that ends up under output->work. */
static Status exchange(Output *output, Error *error)
{
    const char *place = output->place;
    if (renameat2(AT_FDCWD, output->work, AT_FDCWD, place, RENAME_EXCHANGE) == 0) {
        return STATUS_OK;
    }
    Buffer aside = {0};
    if ((errno != EINVAL && errno != ENOSYS) ||
        buffer_print(&aside, error, "%s-old", output->work) || rename(place, aside.bytes) != 0) {
        error_errno(error, place);
        buffer_free(&aside);
        return error_status(error);
    }
    /* This file system cannot do it in one step: for a moment nothing stands in the place. */
    if (rename(output->work, place) != 0) {
        error_errno(error, place);
        (void)!rename(aside.bytes, place);
        buffer_free(&aside);
        return error_status(error);
    }
    free(output->work);
    output->work = aside.bytes;
    return STATUS_OK;
}

/* Replaces what stands in the place if that is allowed; it may have come since output_check, even
 * while we look, and is then put back. */
static Status replace(Output *output, Error *error)
{
    if (may_replace(output, output->place)) {
        Status status = exchange(output, error);
        if (status || may_replace(output, output->work)) {
            return status;
        }
        if (renameat2(AT_FDCWD, output->work, AT_FDCWD, output->place, RENAME_EXCHANGE) != 0) {
            error_set(error, STATUS_FAILED, "%s: was made by somebody else meanwhile",
                      output->place);
            error_hint(error, "what stood there is now %s", output->work);
            free(output->work); /* not ours: output_end must not remove it */
            output->work = NULL;
            return error_status(error);
        }
    }
    return error_set(error, STATUS_FAILED, "%s: was made by somebody else meanwhile",
                     output->place);
}

/* The work is complete but cannot have its place: gives it a name that is free, rather than throw
 * hours away. The error's hint says which. */
static void keep_finished(Output *output, Error *error)
{
    enum { NAMES_MAX = 100 };
    for (int number = 2; number < NAMES_MAX && output->work; number++) {
        Buffer name = {0};
        Error ignored;
        const bool renamed =
            !buffer_print(&name, &ignored, "%s-%d", output->place, number) &&
            renameat2(AT_FDCWD, output->work, AT_FDCWD, name.bytes, RENAME_NOREPLACE) == 0;
        if (renamed) {
            error_hint(error, "the result is complete and in %s", name.bytes);
            free(output->work);
            output->work = NULL;
        }
        buffer_free(&name);
        if (renamed || errno != EEXIST) {
            return;
        }
    }
}

Status output_commit(Output *output, Error *error)
{
    Status status = sync_tree(AT_FDCWD, output->work, output->work, error);
    if (status) {
        return status;
    }
    if (rename(output->work, output->place) == 0) {
        free(output->work);
        output->work = NULL;
    } else if (errno != EEXIST && errno != ENOTEMPTY) {
        status = error_errno(error, output->place);
    } else {
        status = replace(output, error); /* output_end removes what now has the work name */
    }
    if (status) {
        keep_finished(output, error);
    }
    char *parent = status ? NULL : parent_of(output->place, error);
    if (!parent) {
        return error_status(error);
    }
    status = sync_directory(parent, error);
    free(parent);
    return status;
}

void output_end(Output *output)
{
    if (output->work) {
        remove_tree(output->work);
    }
    free(output->work);
    output->work = NULL;
}

void output_explain(const Output *output, Error *error)
{
    const size_t length = output->work ? strlen(output->work) : 0;
    if (length == 0 || strncmp(error->message, output->work, length) != 0) {
        return;
    }
    const char *reason = strstr(error->message + length, ": ");
    const Error inner = *error;
    error_set(error, inner.status, "%s: cannot be written (%.500s)", output->place,
              reason ? inner.message + (reason + 2 - error->message) : inner.message + length);
}

/* ---- output files ---- */

/* Makes the file beside its place; *descriptor is open for writing. NULL with *error filled. */
static char *make_file_beside(const OutputFile *output, int *descriptor, Error *error)
{
    Buffer path = {0};
    char *parent = parent_of(output->place, error);
    Status status =
        parent ? buffer_print(&path, error, "%s/.themata-XXXXXX", parent) : error_status(error);
    if (!status) {
        *descriptor = mkostemp(path.bytes, O_CLOEXEC);
        if (*descriptor < 0) {
            const int number = errno;
            status = error_set(error, STATUS_INPUT, "%s: cannot be made in %s (%s)", output->place,
                               parent, strerror(number));
        }
    }
    free(parent);
    if (status) {
        buffer_free(&path);
        return NULL;
    }
    return path.bytes;
}

static Status try_to_make_file(const OutputFile *output, Error *error)
{
    sigset_t all, before;
    int descriptor;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    char *trial = make_file_beside(output, &descriptor, error);
    Status status = trial ? STATUS_OK : error_status(error);
    if (trial) {
        close(descriptor);
        unlink(trial);
    }
    free(trial);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

Status output_file_check(const OutputFile *output, Error *error)
{
    const char *place = output->place;
    const size_t length = strlen(place);
    struct stat facts;
    if (length == 0) {
        return error_set(error, STATUS_USAGE, "the name of an output file is empty");
    }
    if (place[length - 1] == '/') {
        return error_set(error, STATUS_INPUT, "%s: is no name for a file", place);
    }
    if (lstat(place, &facts) == 0) {
        if (!S_ISREG(facts.st_mode)) {
            return error_set(error, STATUS_INPUT, "%s: exists and is not a regular file", place);
        }
        if (!output->force) {
            error_set(error, STATUS_INPUT, "%s: the file exists", place);
            return error_hint(error, "name another, or replace this one with --force");
        }
    } else if (errno != ENOENT) {
        return error_set(error, STATUS_INPUT, "%s: %s", place, strerror(errno));
    }
    return try_to_make_file(output, error);
}

Status output_file_begin(OutputFile *output, Error *error)
{
    int descriptor;
    output->work = make_file_beside(output, &descriptor, error);
    if (!output->work) {
        return error_status(error);
    }
    mode_t mask = umask(0);
    umask(mask);
    (void)!fchmod(descriptor, 0666 & ~mask); /* mkostemp makes it private */
    output->file = fdopen(descriptor, "wb");
    if (!output->file) {
        close(descriptor);
        return error_errno(error, output->place);
    }
    return STATUS_OK;
}

Status output_file_commit(OutputFile *output, Error *error)
{
    FILE *file = output->file;
    output->file = NULL;
    Status status = file_close(file, output->place, error);
    if (status) {
        return status;
    }
    int failed = renameat2(AT_FDCWD, output->work, AT_FDCWD, output->place,
                           output->force ? 0 : RENAME_NOREPLACE);
    if (failed && (errno == EINVAL || errno == ENOSYS)) { /* not on this file system */
        failed = rename(output->work, output->place);
    }
    if (failed) {
        return error_errno(error, output->place);
    }
    free(output->work);
    output->work = NULL;
    char *parent = parent_of(output->place, error);
    status = parent ? sync_directory(parent, error) : error_status(error);
    free(parent);
    return status;
}

void output_file_end(OutputFile *output)
{
    if (output->file) {
        fclose(output->file);
        output->file = NULL;
    }
    if (output->work) {
        unlink(output->work);
    }
    free(output->work);
    output->work = NULL;
}

Status output_write(Output *output, Status (*fill)(void *context, const char *work, Error *error),
                    void *context, Error *error)
{
    Status status = output_begin(output, error);
    if (!status) {
        status = fill(context, output->work, error);
    }
    if (!status) {
        status = output_commit(output, error);
    }
    if (status) {
        output_explain(output, error);
    }
    output_end(output);
    return status;
}
