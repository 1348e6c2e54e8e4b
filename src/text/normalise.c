#include "text/normalise.h"

#include "base/memory.h"
#include "text/script.h"

#include <stdbool.h>
#include <stdlib.h>
#include <utf8proc.h>

static const utf8proc_option_t options =
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

/* ---- rules on code points ---- */

/* Before anything else, for Turkish and Azeri: case folding would make i of I. */
static utf8proc_int32_t fold_dotless_i(utf8proc_int32_t code_point, void *ignored)
{
    (void)ignored;
    return code_point == 'I' ? 0x131 : code_point == 0x130 ? 'i' : code_point;
}

/* After decomposition, which itself yields U+02BC (from ŉ). */
static void unify(const Normaliser *normaliser, size_t count)
{
    int32_t *code_points = normaliser->room;
    for (size_t i = 0; i < count; i++) {
        if (code_points[i] == 0x2019 || code_points[i] == 0x02BC) {
            code_points[i] = '\'';
        } else if (code_points[i] == 0) {
            code_points[i] = ' ';
        } else if (code_points[i] == 0x2010 && normaliser->hyphens) {
            code_points[i] = '-';
        }
    }
}

/* An I with its dot as a mark of its own, which has become ı and a dot, is İ. */
static size_t join_dots(int32_t *code_points, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (code_points[i] == 0x307 && kept > 0 && code_points[kept - 1] == 0x131) {
            code_points[kept - 1] = 'i';
        } else {
            code_points[kept++] = code_points[i];
        }
    }
    return kept;
}

static bool is_accent(int32_t code_point, Script of_letter)
{
    switch (of_letter) {
    case SCRIPT_LATIN:
    case SCRIPT_GREEK:
        return code_point >= 0x300 && code_point <= 0x36F;
    case SCRIPT_ARABIC:
        return (code_point >= 0x64B && code_point <= 0x652) || code_point == 0x670;
    default:
        return false;
    }
}

/* Letters and marks are apart; they are composed afterwards. */
static size_t strip_accents(int32_t *code_points, size_t count)
{
    static const int32_t tatweel = 0x640;
    Script letter = SCRIPT_OTHER; /* of the last character that is no mark */
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const int32_t code_point = code_points[i];
        if (code_point < 0x80 || utf8proc_get_property(code_point)->combining_class == 0) {
            letter = script_of(code_point);
        }
        if (code_point != tatweel && !is_accent(code_point, letter)) {
            code_points[kept++] = code_point;
        }
    }
    return kept;
}

/* ---- the road of a text ---- */

static Status set_failure(Error *error, utf8proc_ssize_t code)
{
    return error_set(error, STATUS_FAILED, "a text cannot be normalised (%s)",
                     utf8proc_errmsg(code));
}

/* How many combining marks in a row are brought into canonical order together. utf8proc sorts a run
 * by exchange, which is quadratic; no writing system needs more than a few, and Unicode's
 * Stream-Safe Text Format (UAX #15) allows 30. */
enum { MARKS_MAX = 30 };

/* The length of the beginning of the text that can be decomposed by itself: all of it, or up to
 * where a run of marks becomes too long. */
static size_t segment_length(const utf8proc_uint8_t *text, size_t length)
{
    int marks = 0;
    for (size_t at = 0; at < length;) {
        if (text[at] < 0x80) {
            marks = 0;
            at++;
            continue;
        }
        utf8proc_int32_t code_point;
        utf8proc_ssize_t size =
            utf8proc_iterate(text + at, (utf8proc_ssize_t)(length - at), &code_point);
        if (size <= 0) { /* not UTF-8: utf8proc_decompose will say so */
            return length;
        }
        marks = utf8proc_get_property(code_point)->combining_class ? marks + 1 : 0;
        if (marks > MARKS_MAX) {
            return at;
        }
        at += (size_t)size;
    }
    return length;
}

/* Decomposes one segment behind the *count code points there are, and adds theirs to *count. */
static Status decompose_segment(Normaliser *normaliser, const utf8proc_uint8_t *text, size_t length,
                                size_t *count, Error *error)
{
    /* Nearly always a text has no more code points than bytes; if it has, ask again. The one
     * element more than the count is for the NUL that utf8proc_reencode writes. */
    size_t needed = length, room;
    utf8proc_ssize_t written;
    do {
        Status status = memory_reserve(&normaliser->room, &normaliser->capacity,
                                       *count + needed + 1, sizeof *normaliser->room, error);
        if (status) {
            return status;
        }
        room = normaliser->capacity - *count - 1;
        written = utf8proc_decompose_custom(
            text, (utf8proc_ssize_t)length, normaliser->room + *count, (utf8proc_ssize_t)room,
            options, normaliser->dotless_i ? fold_dotless_i : NULL, NULL);
        if (written < 0) {
            return set_failure(error, written);
        }
        needed = (size_t)written;
    } while (needed > room);
    *count += needed;
    return STATUS_OK;
}

/* Of ASCII only case and NUL change, I becoming i. Returns false if there is anything else; then
 * nothing counts.
 */
static bool fold_ascii(const char *text, size_t length, char *folded)
{
    unsigned char all = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        all |= byte;
        folded[i] = (char)(byte == 0                    ? ' '
                           : byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A')
                                                        : byte);
    }
    return all < 0x80;
}

Status normalise_text(Normaliser *normaliser, const char *text, size_t length,
                      const char **normalised, size_t *normalised_length, Error *error)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    size_t count = 0, at = 0;
    Status status =
        memory_reserve(&normaliser->room, &normaliser->capacity,
                       length / sizeof *normaliser->room + 1, sizeof *normaliser->room, error);
    if (status) {
        return status;
    }
    if (!normaliser->dotless_i && fold_ascii(text, length, (char *)normaliser->room)) {
        *normalised = (const char *)normaliser->room;
        *normalised_length = length;
        return STATUS_OK;
    }
    do {
        const size_t segment = segment_length(bytes + at, length - at);
        status = decompose_segment(normaliser, bytes + at, segment, &count, error);
        if (status) {
            return status;
        }
        at += segment;
    } while (at < length);
    unify(normaliser, count);
    if (normaliser->dotless_i) {
        count = join_dots(normaliser->room, count);
    }
    if (normaliser->strip_accents) {
        count = strip_accents(normaliser->room, count);
    }
    utf8proc_ssize_t written =
        utf8proc_reencode(normaliser->room, (utf8proc_ssize_t)count, options);
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
