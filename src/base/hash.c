#include "base/hash.h"

#include "base/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

uint64_t hash_bytes(const void *bytes, size_t length)
{
    return XXH3_64bits(bytes, length);
}

Status hash_file(const char *path, uint64_t *hash, int64_t *size, Error *error)
{
    Status status = STATUS_OK;
    *size = 0;
    XXH3_state_t *state = XXH3_createState();
    FILE *file = state ? file_open(path, error) : NULL;
    if (!state) {
        status = error_set(error, STATUS_FAILED, "out of memory: a hash state");
        goto cleanup;
    }
    if (!file) {
        status = error_status(error);
        goto cleanup;
    }
    XXH3_64bits_reset(state);
    char chunk[1 << 16];
    size_t length;
    while ((length = fread(chunk, 1, sizeof chunk, file)) > 0) {
        XXH3_64bits_update(state, chunk, length);
        *size += (int64_t)length;
    }
    if (ferror(file)) {
        status = error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
    }
    *hash = XXH3_64bits_digest(state);
cleanup:
    XXH3_freeState(state);
    if (file) {
        fclose(file);
    }
    return status;
}

void hash_format(uint64_t hash, char text[HASH_TEXT_SIZE])
{
    snprintf(text, HASH_TEXT_SIZE, "%016" PRIx64, hash);
}
