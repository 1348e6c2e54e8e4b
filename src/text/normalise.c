#include "text/normalise.h"

#include "base/memory.h"

#include <stdlib.h>
#include <utf8proc.h>

static const utf8proc_option_t options =
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

/* After decomposition, which itself yields U+02BC (from ŉ). */
static void unify(int32_t *code_points, utf8proc_ssize_t count)
{
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        if (code_points[i] == 0x2019 || code_points[i] == 0x02BC) {
            code_points[i] = '\'';
        } else if (code_points[i] == 0) {
            code_points[i] = ' ';
        }
    }
}

static Status set_failure(Error *error, utf8proc_ssize_t code)
{
    return error_set(error, STATUS_FAILED, "a text cannot be normalised (%s)",
                     utf8proc_errmsg(code));
}

Status normalise_text(Normaliser *normaliser, const char *text, size_t length,
                      const char **normalised, size_t *normalised_length, Error *error)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    /* Nearly always the text has no more code points than bytes; if it has, ask again. The one
     * element more than the count is for the NUL that utf8proc writes. */
    size_t needed = length;
    utf8proc_ssize_t count;
    do {
        Status status = memory_reserve(&normaliser->room, &normaliser->capacity, needed + 1,
                                       sizeof *normaliser->room, error);
        if (status) {
            return status;
        }
        count = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, normaliser->room,
                                   (utf8proc_ssize_t)normaliser->capacity - 1, options);
        if (count < 0) {
            return set_failure(error, count);
        }
        needed = (size_t)count;
    } while (needed > normaliser->capacity - 1);

    unify(normaliser->room, count);
    utf8proc_ssize_t written = utf8proc_reencode(normaliser->room, count, options);
    if (written < 0) {
        return set_failure(error, written);
    }
    *normalised = (const char *)normaliser->room;
    *normalised_length = (size_t)written;
    return STATUS_OK;
}

void normaliser_free(Normaliser *normaliser)
{
    free(normaliser->room);
    *normaliser = (Normaliser){0};
}
