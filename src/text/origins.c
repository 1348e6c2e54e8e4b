#include "text/origins.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Vowels and closing consonants of Hangul join the syllable before them. */
static bool is_closing_jamo(utf8proc_int32_t code_point)
{
    return code_point >= 0x1160 && code_point <= 0x11FF;
}

/* So is every code point of a combining class, but not the other way round. */
static bool is_mark(utf8proc_int32_t code_point)
{
    const utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* The tatweel is dropped on request (Normaliser.strip_accents). */
bool origins_begins_piece(uint32_t code_point)
{
    static const utf8proc_int32_t tatweel = 0x640;
    if (code_point < 0x80) {
        return true;
    }
    utf8proc_int32_t first[32];
    int boundary = UTF8PROC_BOUNDCLASS_START;
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code_point, first, sizeof first / sizeof *first,
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
        &boundary);
    return count > 0 && first[0] != tatweel && !is_mark((utf8proc_int32_t)code_point) &&
           !is_mark(first[0]) && !is_closing_jamo(first[0]);
}

/* The end of what stands behind the code point that ends at `at` and belongs to its piece. */
static size_t marks_end(const char *text, size_t length, size_t at)
{
    uint32_t code_point;
    while (at < length && (unsigned char)text[at] >= 0x80) {
        const size_t size = utf8_decode(text + at, length - at, &code_point);
        if (size == 0 || origins_begins_piece(code_point)) {
            break;
        }
        at += size;
    }
    return at;
}

/* The end of the ASCII from `at` on that stays as long as it is: without the last character if
 * marks follow. An I may be another letter (Normaliser.dotless_i). */
static size_t plain_end(const Origins *origins, const char *text, size_t length, size_t at)
{
    size_t end = at;
    while (end < length && (unsigned char)text[end] < 0x80 &&
           !(text[end] == 'I' && origins->normaliser.dotless_i)) {
        end++;
    }
    return end > at && marks_end(text, length, end) > end ? end - 1 : end;
}

static Status add_piece(Origins *origins, size_t from, bool plain, Error *error)
{
    Status status = memory_reserve(&origins->pieces, &origins->capacity, origins->count + 1,
                                   sizeof *origins->pieces, error);
    if (!status) {
        origins->pieces[origins->count++] =
            (OriginPiece){.from = from, .to = origins->normalised, .plain = plain};
    }
    return status;
}

/* The piece from `at` on: a character with what belongs to it. */
static Status add_character(Origins *origins, const char *text, size_t length, size_t *at,
                            Error *error)
{
    const size_t size = utf8_decode(text + *at, length - *at, NULL);
    const size_t end = marks_end(text, length, *at + (size ? size : 1));
    const char *normalised;
    size_t normalised_length;
    Status status = add_piece(origins, *at, false, error);
    status = status ? status
                    : normalise_text(&origins->normaliser, text + *at, end - *at, &normalised,
                                     &normalised_length, error);
    origins->normalised += status ? 0 : normalised_length;
    *at = end;
    return status;
}

Status origins_find(const Normaliser *normaliser, const char *text, size_t length, Origins *origins,
                    Error *error)
{
    Normaliser *own = &origins->normaliser;
    own->dotless_i = normaliser->dotless_i;
    own->strip_accents = normaliser->strip_accents;
    own->hyphens = normaliser->hyphens;
    origins->count = 0;
    origins->length = length;
    origins->normalised = 0;
    Status status = STATUS_OK;
    for (size_t at = 0; at < length && !status;) {
        const size_t end = plain_end(origins, text, length, at);
        if (end > at) {
            status = add_piece(origins, at, true, error);
            origins->normalised += end - at;
            at = end;
        } else {
            status = add_character(origins, text, length, &at, error);
        }
    }
    return status;
}

/* The last piece that begins at or before a byte of the normalised text, of those that are there
 * not empty. */
static const OriginPiece *piece_at(const Origins *origins, size_t at)
{
    size_t low = 0, high = origins->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (origins->pieces[middle].to <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &origins->pieces[low];
}

void origins_of(const Origins *origins, size_t begin, size_t end, size_t *from, size_t *to)
{
    const OriginPiece *first = piece_at(origins, begin), *last = piece_at(origins, end - 1);
    const OriginPiece *behind = last + 1, *all = origins->pieces + origins->count;
    *from = first->from + (first->plain ? begin - first->to : 0);
    *to = last->plain    ? last->from + (end - last->to)
          : behind < all ? behind->from
                         : origins->length;
}

void origins_free(Origins *origins)
{
    normaliser_free(&origins->normaliser);
    free(origins->pieces);
    *origins = (Origins){0};
}
