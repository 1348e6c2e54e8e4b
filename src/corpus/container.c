/* The smallest container: one file. */
#include "corpus/container.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct File {
    Container container;
    int descriptor;
    char *name;
    Stream stream;
    bool taken;
} File;

static Status next_file(Container *container, ContainerEntry *entry, Error *error)
{
    (void)error;
    File *file = (File *)container;
    entry->name = file->taken ? NULL : file->name;
    entry->stream = &file->stream;
    file->taken = true;
    return STATUS_OK;
}

static void free_file(Container *container)
{
    File *file = (File *)container;
    stream_free(&file->stream);
    if (file->descriptor != STDIN_FILENO) {
        close(file->descriptor);
    }
    free(file->name);
    free(file);
}

Container *file_container_new(int descriptor, const char *name, Error *error)
{
    File *file = memory_new(1, sizeof *file, error);
    char *copy = file ? memory_copy_text(name, strlen(name), error) : NULL;
    if (!copy) {
        if (descriptor != STDIN_FILENO) {
            close(descriptor);
        }
        free(file);
        return NULL;
    }
    *file = (File){
        .container = {.next = next_file, .free = free_file, .single = true, .tolerant = true},
        .descriptor = descriptor,
        .name = copy,
    };
    stream_begin(&file->stream, stream_read_descriptor, &file->descriptor);
    return &file->container;
}

int file_container_descriptor(const Container *file)
{
    return ((const File *)file)->descriptor;
}

Stream *file_container_stream(Container *file)
{
    return &((File *)file)->stream;
}

void container_free(Container *container)
{
    if (container) {
        container->free(container);
    }
}
