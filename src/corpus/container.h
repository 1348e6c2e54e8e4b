/* What holds files: a directory, an archive, or a single file as the smallest of them. A container
 * hands out its entries one after the other, always in the same order, each as a Stream. */
#ifndef THEMATA_CORPUS_CONTAINER_H
#define THEMATA_CORPUS_CONTAINER_H

#include "corpus/corpus.h"
#include "corpus/stream.h"

/* The entry that a container is at. Both are the container's and live until its next step. */
typedef struct ContainerEntry {
    const char *name; /* UTF-8 */
    Stream *stream;
} ContainerEntry;

typedef struct Container Container;

struct Container {
    /* Goes to the next entry; entry->name is NULL behind the last. */
    Status (*next)(Container *container, ContainerEntry *entry, Error *error);
    void (*free)(Container *container);
    bool single;    /* one file, given by its name: no entry among others */
    bool tolerant;  /* an entry that cannot be read is skipped, the others can still be */
    bool directory; /* as directory_open makes it */
    int64_t count;  /* entries, where that is known beforehand */
};

/* A directory, without the place of the result `output` (may be NULL). Names, links and what is
 * left out: corpus.h. */
Container *directory_open(const char *path, const char *output, CorpusNotes *notes, Error *error);

/* Whether it is the process that lacks something, which is no fault of a file's: errno is ENOMEM,
 * EMFILE or ENFILE. */
bool is_want_of_means(int code);

/* Some of a directory's files. Everything is borrowed: the directory's, and never changed. */
typedef struct FileRange {
    int directory; /* open; the files' paths are relative to it */
    const char *names;
    const size_t *files; /* where in `names` the path of each begins */
    size_t count;
} FileRange;

/* Opens a regular file of an open directory, which has *size bytes as far as is known. −1 if it
 * cannot be read: *reason and errno say why. */
int directory_open_file(int directory, const char *path, int64_t *size, const char **reason);

/* Takes the next files out of a directory, up to `most`, for someone else to read; none are left if
 * range->count is 0. */
void directory_take(Container *directory, size_t most, FileRange *range);

/* One open file, which is the container's from here on; standard input is not closed. */
Container *file_container_new(int descriptor, const char *name, Error *error);

/* Whether these first bytes of a file of this name are packed: tar, zip, gzip, bzip2, xz,
 * Zstandard. */
bool archive_is_packed(const char *bytes, size_t length, const char *name);

/* Whether they are those of a single file, packed by one of the last four. */
bool archive_is_compressed(const char *bytes, size_t length);

/* Lets libarchive unpack these four, by itself and not by other programs; ARCHIVE_OK or not. */
struct archive;
int archive_choose_filters(struct archive *archive);

/* What a file's name is without the ending that such packing has put behind it. */
size_t archive_name_length(const char *name);

enum { ARCHIVE_HEAD_BYTES = 512 }; /* as many are enough to tell */

/* An archive, or a single compressed file, by libarchive: read as a stream, nothing touches the
 * disk. `file` is a single file that archive_is_packed; it is the archive's from here on, also if
 * there is an error. */
Container *archive_open(Container *file, const char *path, const char *name,
                        const CorpusLimits *limits, CorpusNotes *notes, Error *error);

/* The descriptor and the stream of what file_container_new made. */
int file_container_descriptor(const Container *file);
Stream *file_container_stream(Container *file);

void container_free(Container *container); /* takes NULL */

#endif
