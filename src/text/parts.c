#include "text/parts.h"

#include "base/memory.h"
#include "text/script.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The first byte of U+0E01, the lowest letter of a script without blanks, is E0. */
enum { UNSPACED_BYTE_MIN = 0xE0 };

static Status add(Parts *parts, size_t begin, size_t end, Error *error)
{
    if (begin >= end) {
        return STATUS_OK;
    }
    Status status = memory_reserve(&parts->spans, &parts->capacity, parts->count + 1,
                                   sizeof *parts->spans, error);
    if (!status) {
        parts->spans[parts->count++] = (Span){begin, end};
    }
    return status;
}

/* ---- words with apostrophes and hyphens ---- */

/* The length, apostrophe included, of an elided word that the `length` bytes begin with; 0: none.
 */
static size_t elided_length(const char *elided, const char *word, size_t length)
{
    const char *apostrophe = memchr(word, '\'', length);
    const size_t before = apostrophe ? (size_t)(apostrophe - word) : 0;
    while (before > 0 && *elided) {
        const size_t candidate = strcspn(elided, " ");
        if (candidate == before && memcmp(elided, word, before) == 0) {
            return before + 1;
        }
        elided += candidate + (elided[candidate] == ' ');
    }
    return 0;
}

/* Adds the elided words that [*begin, end) begins with, and moves *begin behind them. */
static Status add_elided(const PartRules *rules, const char *match, size_t *begin, size_t end,
                         Parts *parts, Error *error)
{
    size_t length;
    Status status = STATUS_OK;
    while (!status && rules->elided &&
           (length = elided_length(rules->elided, match + *begin, end - *begin)) > 0) {
        status = add(parts, *begin, *begin + length - 1, error);
        *begin += length;
    }
    return status;
}

static Status add_word(const PartRules *rules, const char *match, size_t begin, size_t end,
                       Parts *parts, Error *error)
{
    Status status = add_elided(rules, match, &begin, end, parts, error);
    if (!status) {
        status = add(parts, begin, end, error);
    }
    if (!rules->hyphened || !memchr(match + begin, '-', end - begin)) {
        return status;
    }
    while (!status && begin < end) {
        const char *hyphen = memchr(match + begin, '-', end - begin);
        const size_t part_end = hyphen ? (size_t)(hyphen - match) : end;
        status = add_elided(rules, match, &begin, part_end, parts, error);
        if (!status) {
            status = add(parts, begin, part_end, error);
        }
        begin = part_end + 1;
    }
    return status;
}

/* ---- scripts without blanks ---- */

/* What is cut in one way. */
typedef enum Kind { KIND_WORD, KIND_CJK, KIND_UNSPACED } Kind;

static Kind kind_of(const PartRules *rules, int32_t code_point)
{
    switch (script_of(code_point)) {
    case SCRIPT_CJK:
        return rules->bigrams ? KIND_CJK : KIND_WORD;
    case SCRIPT_THAI:
    case SCRIPT_LAO:
    case SCRIPT_MYANMAR:
    case SCRIPT_KHMER:
        return rules->breaker ? KIND_UNSPACED : KIND_WORD;
    default:
        return KIND_WORD;
    }
}

/* The end of the character at `at` < length with the marks behind it. */
static size_t character_end(const PartRules *rules, const char *match, size_t length, size_t at,
                            Kind *kind)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)match;
    *kind = KIND_WORD;
    for (size_t begin = at; at < length;) {
        utf8proc_int32_t code_point;
        const utf8proc_ssize_t size =
            utf8proc_iterate(bytes + at, (utf8proc_ssize_t)(length - at), &code_point);
        if (size <= 0) { /* cannot be: the pattern matches whole characters */
            return at > begin ? at : at + 1;
        }
        if (at == begin) {
            *kind = kind_of(rules, code_point);
        } else {
            const utf8proc_category_t category = utf8proc_category(code_point);
            if (category < UTF8PROC_CATEGORY_MN || category > UTF8PROC_CATEGORY_ME) {
                return at;
            }
        }
        at += (size_t)size;
    }
    return at;
}

/* The end of the stretch of one kind that begins at `at` < length. */
static size_t stretch_end(const PartRules *rules, const char *match, size_t length, size_t at,
                          Kind *kind)
{
    size_t end = character_end(rules, match, length, at, kind);
    while (end < length) {
        Kind next;
        const size_t next_end = character_end(rules, match, length, end, &next);
        if (next != *kind) {
            break;
        }
        end = next_end;
    }
    return end;
}

/* Adds the characters of a stretch two by two, or the one there is. */
static Status add_bigrams(const PartRules *rules, const char *match, size_t begin, size_t end,
                          Parts *parts, Error *error)
{
    Kind ignored;
    size_t before = begin, at = character_end(rules, match, end, begin, &ignored);
    Status status = at == end ? add(parts, begin, end, error) : STATUS_OK;
    while (at < end && !status) {
        const size_t next = character_end(rules, match, end, at, &ignored);
        status = add(parts, before, next, error);
        before = at;
        at = next;
    }
    return status;
}

static Status add_broken(const PartRules *rules, const char *match, size_t begin, size_t end,
                         Parts *parts, Error *error)
{
    const size_t *ends;
    size_t count, at = begin;
    Status status =
        word_breaker_cut(rules->breaker, match + begin, end - begin, &ends, &count, error);
    for (size_t i = 0; i < count && !status; i++) {
        status = add(parts, at, begin + ends[i], error);
        at = begin + ends[i];
    }
    return status;
}

/* Adds what stands before, between or behind these scripts, without an apostrophe or hyphen that
 * joined it to them. */
static Status add_between(const PartRules *rules, const char *match, size_t begin, size_t end,
                          Parts *parts, Error *error)
{
    while (begin < end && (match[begin] == '\'' || match[begin] == '-')) {
        begin++;
    }
    while (begin < end && (match[end - 1] == '\'' || match[end - 1] == '-')) {
        end--;
    }
    return begin < end ? add_word(rules, match, begin, end, parts, error) : STATUS_OK;
}

/* Cuts a match that has, or may have, characters of such scripts in it. */
static Status cut_stretches(const PartRules *rules, const char *match, size_t length, Parts *parts,
                            Error *error)
{
    Kind kind;
    size_t end = stretch_end(rules, match, length, 0, &kind);
    if (end == length && kind == KIND_WORD) {
        return add_word(rules, match, 0, length, parts, error);
    }
    Status status = STATUS_OK;
    for (size_t at = 0; at < length && !status; at = end) {
        end = stretch_end(rules, match, length, at, &kind);
        status = kind == KIND_CJK        ? add_bigrams(rules, match, at, end, parts, error)
                 : kind == KIND_UNSPACED ? add_broken(rules, match, at, end, parts, error)
                                         : add_between(rules, match, at, end, parts, error);
    }
    return status;
}

Status parts_cut(const PartRules *rules, const char *match, size_t length, Parts *parts,
                 Error *error)
{
    parts->count = 0;
    for (size_t i = 0; i < length && (rules->bigrams || rules->breaker); i++) {
        if ((unsigned char)match[i] >= UNSPACED_BYTE_MIN) {
            return cut_stretches(rules, match, length, parts, error);
        }
    }
    return add_word(rules, match, 0, length, parts, error);
}

void parts_free(Parts *parts)
{
    free(parts->spans);
    *parts = (Parts){0};
}
