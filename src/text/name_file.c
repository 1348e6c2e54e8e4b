#include "text/name_file.h"

#include "base/file.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Status add_name(const char *path, const char *what, const char *name, size_t length,
                       Vocabulary *names, Error *error)
{
    const uint32_t number = names->count + 1;
    if (length == 0) {
        return error_set(error, STATUS_INPUT, "%s: line %u is empty (a %s was expected)", path,
                         number, what);
    }
    if (utf8_valid_length(name, length) < length || memchr(name, '\0', length)) {
        return error_set(error, STATUS_INPUT, "%s: line %u is not UTF-8 text", path, number);
    }
    WordId id;
    Status status = vocabulary_add(names, name, length, &id, error);
    if (!status && id + 1 < number) {
        return error_set(error, STATUS_INPUT, "%s: line %u repeats line %u, the %s '%.100s'", path,
                         number, id + 1, what, name);
    }
    return status;
}

Status name_file_read(const char *path, const char *what, Vocabulary *names, Error *error)
{
    FILE *file = file_open(path, error);
    if (!file) {
        return error_status(error);
    }
    char *line = NULL;
    size_t capacity = 0;
    ssize_t read;
    Status status = STATUS_OK;
    while (!status && (read = getline(&line, &capacity, file)) >= 0) {
        const char *name = line;
        size_t length = (size_t)read;
        length -= length > 0 && line[length - 1] == '\n';
        length -= length > 0 && line[length - 1] == '\r';
        line[length] = '\0';
        if (names->count == 0 && length >= 3 && memcmp(name, "\xEF\xBB\xBF", 3) == 0) {
            name += 3;
            length -= 3;
        }
        status = add_name(path, what, name, length, names, error);
    }
    if (!status && !feof(file)) {
        status = error_set(error, STATUS_INPUT, "%s: cannot be read (%s)", path, strerror(errno));
    }
    if (!status && names->count == 0) {
        status = error_set(error, STATUS_INPUT, "%s: holds no %ss", path, what);
    }
    free(line);
    fclose(file);
    return status;
}
