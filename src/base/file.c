#include "base/file.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
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

Status file_read(const char *path, size_t limit, Buffer *contents, Error *error)
{
    Status status = STATUS_OK;
    size_t begin = contents->length;
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
    }
    for (;;) {
        enum { CHUNK = 1 << 16 };
        status = buffer_reserve(contents, CHUNK, error);
        if (status) {
            break;
        }
        size_t length = fread(contents->bytes + contents->length, 1, CHUNK, file);
        contents->length += length;
        contents->bytes[contents->length] = '\0';
        if (contents->length - begin > limit) {
            status = error_set(error, STATUS_INPUT, "%s: larger than %zu bytes", path, limit);
            break;
        }
        if (length == 0) {
            if (ferror(file)) {
                status = error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path,
                                   strerror(errno));
            }
            break;
        }
    }
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
    bool failed = fflush(file) != 0 || ferror(file) ||
                  (fsync(fileno(file)) != 0 && errno != EINVAL && errno != ENOTSUP);
    if (failed) {
        status = error_errno(error, path);
    }
    if (fclose(file) != 0 && !status) {
        status = error_errno(error, path);
    }
    return status;
}

/* ---- output directories ---- */

static bool has_file(const char *directory, const char *name)
{
    Error ignored;
    char *path = file_join(directory, name, &ignored);
    struct stat facts;
    bool has = path && lstat(path, &facts) == 0 && S_ISREG(facts.st_mode);
    free(path);
    return has;
}

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

/* The directory that holds `path`: everything before its last component. */
static char *parent_of(const char *path, Error *error)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    while (length > 0 && path[length - 1] != '/') {
        length--;
    }
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return length ? memory_copy_text(path, length, error) : memory_copy_text(".", 1, error);
}

Status output_check(const char *place, bool force, const char *mark, Error *error)
{
    struct stat facts;
    if (place[0] == '\0') {
        return error_set(error, STATUS_USAGE, "the name of the output is empty");
    }
    if (lstat(place, &facts) == 0) {
        if (!S_ISDIR(facts.st_mode)) {
            error_set(error, STATUS_INPUT, "%s: exists and is not a directory", place);
            return error_hint(error, "name another output with -o");
        }
        if (is_empty_directory(place) || (force && has_file(place, mark))) {
            return STATUS_OK;
        }
        if (force) {
            error_set(error, STATUS_INPUT,
                      "%s: is not empty and holds no %s, so it is not replaced", place, mark);
            return error_hint(error, "remove it yourself, or name another output with -o");
        }
        error_set(error, STATUS_INPUT, "%s: the output exists and is not empty", place);
        return error_hint(error, "name another output with -o, or replace this one with --force");
    }
    if (errno != ENOENT) {
        return error_set(error, STATUS_INPUT, "%s: %s", place, strerror(errno));
    }
    char *parent = parent_of(place, error);
    if (!parent) {
        return error_status(error);
    }
    Status status = STATUS_OK;
    if (access(parent, W_OK | X_OK) != 0) {
        status = error_set(error, STATUS_INPUT, "%s: cannot be made in %s (%s)", place, parent,
                           strerror(errno));
    }
    free(parent);
    return status;
}

Status output_begin(Output *output, const char *place, Error *error)
{
    Buffer work = {0};
    size_t length = strlen(place);
    while (length > 1 && place[length - 1] == '/') {
        length--;
    }
    output->place = memory_copy_text(place, length, error);
    if (!output->place || buffer_print(&work, error, "%s.part-XXXXXX", output->place)) {
        buffer_free(&work);
        return error_status(error);
    }
    if (!mkdtemp(work.bytes)) {
        error_errno(error, place);
        buffer_free(&work);
        return error_status(error);
    }
    output->work = work.bytes;
    mode_t mask = umask(0);
    umask(mask);
    if (chmod(output->work, 0777 & ~mask) != 0) { /* mkdtemp makes it private */
        return error_errno(error, output->work);
    }
    return STATUS_OK;
}

static void remove_tree(const char *path)
{
    char *roots[] = {(char *)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!tree) {
        return;
    }
    FTSENT *entry;
    while ((entry = fts_read(tree))) {
        if (entry->fts_info == FTS_DP) {
            rmdir(entry->fts_accpath);
        } else if (entry->fts_info != FTS_D) {
            unlink(entry->fts_accpath);
        }
    }
    fts_close(tree);
}

static Status sync_directory(const char *path, Error *error)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        return error_errno(error, path);
    }
    /* Some file systems cannot sync a directory; that is their answer to give, not a failure. */
    Status status = fsync(directory) != 0 && errno != EINVAL && errno != ENOTSUP
                        ? error_errno(error, path)
                        : STATUS_OK;
    close(directory);
    return status;
}

Status output_commit(Output *output, Error *error)
{
    Status status = sync_directory(output->work, error);
    if (status) {
        return status;
    }
    if (rename(output->work, output->place) == 0) {
        free(output->work);
        output->work = NULL;
    } else if ((errno != EEXIST && errno != ENOTEMPTY) ||
               renameat2(AT_FDCWD, output->work, AT_FDCWD, output->place, RENAME_EXCHANGE) != 0) {
        return error_errno(error, output->place);
    } /* else the old directory now has the work name, and output_end removes it */
    char *parent = parent_of(output->place, error);
    status = parent ? sync_directory(parent, error) : error_status(error);
    free(parent);
    return status;
}

void output_end(Output *output)
{
    if (output->work) {
        remove_tree(output->work);
    }
    free(output->work);
    free(output->place);
    *output = (Output){0};
}
