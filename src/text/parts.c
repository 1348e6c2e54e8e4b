#include "text/parts.h"

#include "base/memory.h"
#include "text/script.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The first byte of U+2E80, the lowest Han character, is E2; that of many others is higher. */
enum { CJK_BYTE_MIN = 0xE2 };

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

/* ---- Han and Kana ---- */

/* The end of the character at `at` with the marks behind it; *is_cjk: whether it is one of these.
 */
static size_t character_end(const char *match, size_t length, size_t at, bool *is_cjk)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)match;
    *is_cjk = false;
    for (size_t begin = at; at < length;) {
        utf8proc_int32_t code_point;
        const utf8proc_ssize_t size =
            utf8proc_iterate(bytes + at, (utf8proc_ssize_t)(length - at), &code_point);
        if (size <= 0) { /* cannot be: the pattern matches whole characters */
            return at > begin ? at : at + 1;
        }
        if (at == begin) {
            *is_cjk = script_of(code_point) == SCRIPT_CJK;
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

/* Adds what stands before, between or behind Han and Kana, without an apostrophe or hyphen that
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

/* Cuts a match that has, or may have, Han or Kana in it. */
static Status cut_characters(const PartRules *rules, const char *match, size_t length, Parts *parts,
                             Error *error)
{
    Status status = STATUS_OK;
    size_t between = 0;         /* where what is not Han or Kana began */
    size_t before = 0, run = 0; /* the last such character; how many stand together so far */
    bool any = false;
    for (size_t at = 0; at < length && !status;) {
        bool is_cjk;
        const size_t end = character_end(match, length, at, &is_cjk);
        if (is_cjk) {
            status = run == 0 ? add_between(rules, match, between, at, parts, error)
                              : add(parts, before, end, error);
            before = at;
            between = end;
            run++;
            any = true;
        }
        if (run == 1 && (!is_cjk || end == length) && !status) {
            status = add(parts, before, between, error); /* it stands alone */
        }
        run = is_cjk ? run : 0;
        at = end;
    }
    if (status) {
        return status;
    }
    return any ? add_between(rules, match, between, length, parts, error)
               : add_word(rules, match, 0, length, parts, error);
}

Status parts_cut(const PartRules *rules, const char *match, size_t length, Parts *parts,
                 Error *error)
{
    parts->count = 0;
    for (size_t i = 0; i < length && rules->bigrams; i++) {
        if ((unsigned char)match[i] >= CJK_BYTE_MIN) {
            return cut_characters(rules, match, length, parts, error);
        }
    }
    return add_word(rules, match, 0, length, parts, error);
}

void parts_free(Parts *parts)
{
    free(parts->spans);
    *parts = (Parts){0};
}
