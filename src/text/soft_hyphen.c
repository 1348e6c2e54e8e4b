#include "text/soft_hyphen.h"

#include <string.h>

static const char soft_hyphen[] = "\xC2\xAD";
enum { HYPHEN_BYTES = sizeof soft_hyphen - 1 };

/* How much a soft hyphen at the end of a line takes with it, itself included; 0: it ends none. */
static size_t joint_length(const char *at, size_t length)
{
    size_t end = HYPHEN_BYTES;
    end += end < length && at[end] == '\r';
    if (end == length || at[end] != '\n') {
        return 0;
    }
    do {
        end++;
    } while (end < length && (at[end] == ' ' || at[end] == '\t'));
    return end;
}

/* By its first byte, which is rare. */
static const char *find(const Buffer *text, size_t from)
{
    const char *end = text->bytes + text->length;
    const char *at = text->length > from ? text->bytes + from : NULL;
    while (at && (at = memchr(at, soft_hyphen[0], (size_t)(end - at)))) {
        if (end - at >= HYPHEN_BYTES && at[1] == soft_hyphen[1]) {
            return at;
        }
        at = at + 1 < end ? at + 1 : NULL;
    }
    return NULL;
}

void soft_hyphens_join(Buffer *text)
{
    const char *found = find(text, 0);
    if (!found) {
        return;
    }
    size_t from = 0, kept = 0; /* behind what was read, and what stays of it */
    for (; found; found = find(text, from)) {
        const size_t at = (size_t)(found - text->bytes);
        const size_t joint = joint_length(found, text->length - at);
        const size_t stays = at - from + (joint ? 0 : HYPHEN_BYTES);
        memmove(text->bytes + kept, text->bytes + from, stays);
        kept += stays;
        from = at + (joint ? joint : HYPHEN_BYTES);
    }
    memmove(text->bytes + kept, text->bytes + from, text->length - from);
    text->length = kept + text->length - from;
    text->bytes[text->length] = '\0';
}
