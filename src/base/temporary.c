#include "base/temporary.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct TemporaryFile {
    int descriptor; /* −1: nothing was written so far */
    int64_t length;
    pthread_mutex_t lock; /* of both */
};

TemporaryFile *temporary_new(Error *error)
{
    TemporaryFile *file = memory_new(1, sizeof *file, error);
    if (file) {
        file->descriptor = -1;
        pthread_mutex_init(&file->lock, NULL);
    }
    return file;
}

static const char *directory(void)
{
    const char *chosen = getenv("TMPDIR");
    return chosen && *chosen ? chosen : "/tmp";
}

static Status set_failure(const char *what, int code, Error *error)
{
    error_set(error, STATUS_FAILED, "%s: a temporary file cannot be %s (%s)", directory(), what,
              strerror(code));
    return error_hint(
        error, "TMPDIR names the directory for it; with more --memory less is written there");
}

/* Not every file system can make a file without a name: then the name is taken away at once. */
static int open_nameless(void)
{
    char path[4096];
    const int descriptor = open(directory(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)) {
        return descriptor;
    }
    const int length = snprintf(path, sizeof path, "%s/themata-XXXXXX", directory());
    if (length < 0 || (size_t)length >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    const int named = mkostemp(path, O_CLOEXEC);
    if (named >= 0) {
        unlink(path);
    }
    return named;
}

/* Takes room for so many bytes; the file is open afterwards. */
static Status reserve(TemporaryFile *file, size_t length, int64_t *place, Error *error)
{
    Status status = STATUS_OK;
    pthread_mutex_lock(&file->lock);
    if (file->descriptor < 0) {
        file->descriptor = open_nameless();
        status = file->descriptor < 0 ? set_failure("made", errno, error) : STATUS_OK;
    }
    *place = file->length;
    file->length += status ? 0 : (int64_t)length;
    pthread_mutex_unlock(&file->lock);
    return status;
}

Status temporary_append(TemporaryFile *file, const void *bytes, size_t length, int64_t *place,
                        Error *error)
{
    Status status = reserve(file, length, place, error);
    for (size_t done = 0; done < length && !status;) {
        const ssize_t written = pwrite(file->descriptor, (const char *)bytes + done, length - done,
                                       *place + (int64_t)done);
        if (written < 0 && errno != EINTR) {
            status = set_failure("written", errno, error);
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return status;
}

Status temporary_read(const TemporaryFile *file, int64_t place, void *bytes, size_t length,
                      Error *error)
{
    for (size_t done = 0; done < length;) {
        const ssize_t got =
            pread(file->descriptor, (char *)bytes + done, length - done, place + (int64_t)done);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return set_failure("read", got ? errno : EIO, error);
        }
        done += got > 0 ? (size_t)got : 0;
    }
    return STATUS_OK;
}

int64_t temporary_length(const TemporaryFile *file)
{
    return file->length;
}

void temporary_free(TemporaryFile *file)
{
    if (!file) {
        return;
    }
    if (file->descriptor >= 0) {
        close(file->descriptor);
    }
    pthread_mutex_destroy(&file->lock);
    free(file);
}
