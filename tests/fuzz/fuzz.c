#include "fuzz.h"

#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void fuzz_fail(const char *what, const char *file, int line, const char *message)
{
    fprintf(stderr, "%s:%d: does not hold: %s%s%s\n", file, line, what, message ? ": " : "",
            message ? message : "");
    abort();
}

/* ---- files ---- */

static char directory[] = "/dev/shm/themata-fuzz-XXXXXX";

static void remove_directory(void)
{
    char *roots[] = {directory, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_info != FTS_D) {
            (void)!remove(entry->fts_accpath);
        }
    }
    if (tree) {
        fts_close(tree);
    }
}

const char *fuzz_directory(void)
{
    static bool made;
    if (!made) {
        if (!mkdtemp(directory)) { /* there is no /dev/shm */
            strcpy(directory, "/tmp/themata-fuzz-XXXXXX");
            REQUIRE(mkdtemp(directory) != NULL);
        }
        atexit(remove_directory);
        made = true;
    }
    return directory;
}

const char *fuzz_write(const char *name, const void *bytes, size_t length)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", fuzz_directory(), name);
    FILE *file = fopen(path, "wb");
    REQUIRE(file != NULL);
    REQUIRE(length == 0 || fwrite(bytes, 1, length, file) == length);
    REQUIRE(fclose(file) == 0);
    return path;
}

char *fuzz_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    REQUIRE(file != NULL);
    REQUIRE(fseek(file, 0, SEEK_END) == 0);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    REQUIRE(bytes != NULL && fread(bytes, 1, *length, file) == *length);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

/* ---- inputs ---- */

uint8_t fuzz_byte(FuzzInput *input)
{
    if (input->length == 0) {
        return 0;
    }
    input->length--;
    return *input->bytes++;
}

FuzzInput fuzz_until(FuzzInput *input, uint8_t separator)
{
    const uint8_t *at = input->length ? memchr(input->bytes, separator, input->length) : NULL;
    const size_t length = at ? (size_t)(at - input->bytes) : input->length;
    const FuzzInput part = {input->bytes, length};
    const size_t step = length + (at != NULL);
    input->bytes += step;
    input->length -= step;
    return part;
}

char *fuzz_text(FuzzInput input)
{
    char *text = malloc(input.length + 1);
    REQUIRE(text != NULL);
    memcpy(text, input.bytes, input.length);
    text[input.length] = '\0';
    return text;
}

/* ---- streams ---- */

static Status read_step(void *context, char *bytes, size_t room, size_t *length, Error *error)
{
    FuzzStream *stream = context;
    (void)error;
    *length = room < stream->step ? room : stream->step;
    *length = *length < stream->left.length ? *length : stream->left.length;
    if (*length) {
        memcpy(bytes, stream->left.bytes, *length);
    }
    stream->left.bytes += *length;
    stream->left.length -= *length;
    return STATUS_OK;
}

void fuzz_stream_begin(FuzzStream *stream, const void *bytes, size_t length, size_t step)
{
    stream->left = (FuzzInput){bytes, length};
    stream->step = step;
    stream_begin(&stream->stream, read_step, stream);
}
