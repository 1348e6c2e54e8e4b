#include "app/output_place.h"

#include "base/buffer.h"
#include "base/file.h"

#include <string.h>

/* The length of a file's name without the endings that say what kind of file it is. */
static size_t without_extensions(const char *name, size_t length)
{
    static const char *const extensions[] = {
        ".mtx", ".gz",  ".bz2", ".xz",  ".zst",  ".zip",   ".tgz",    ".tar", ".txt",  ".csv",
        ".tsv", ".tab", ".npy", ".npz", ".json", ".jsonl", ".ndjson", ".dat", ".data", ".list"};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        const size_t behind = strlen(extensions[i]);
        if (length > behind && memcmp(name + length - behind, extensions[i], behind) == 0) {
            return without_extensions(name, length - behind);
        }
    }
    return length;
}

char *output_place_of(const char *input, const char *otherwise, Error *error)
{
    const char *last;
    size_t length = file_last_name(input, &last);
    if (!file_is_directory(input)) {
        length = without_extensions(last, length);
    }
    Buffer name = {0};
    const bool nameless = length == 0 || last[0] == '.' || strcmp(input, "-") == 0;
    Status status = nameless ? buffer_append_text(&name, otherwise, error)
                             : buffer_append(&name, last, length, error);
    status = status ? status : buffer_append_text(&name, ".themata", error);
    if (status) {
        buffer_free(&name);
    }
    return name.bytes;
}
