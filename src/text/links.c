#include "text/links.h"

#include <stdint.h>
#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_alphanumeric(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9');
}

/* ---- where an address could be ---- */

static const size_t nowhere = SIZE_MAX;

/* A text that is in every address of a kind, and where it stands next. */
typedef struct Mark {
    const char *text;
    size_t next;
    bool known;
} Mark;

enum { MARK_SCHEME, MARK_AT, MARK_WWW, MARK_WWW_UPPER, MARK_WWW_TITLE, MARK_COUNT };

typedef struct Links {
    const char *text;
    size_t length;
    size_t at; /* everything before was copied or left out */
    Mark marks[MARK_COUNT];
} Links;

static size_t next_mark(Links *links, Mark *mark, size_t from)
{
    if (!mark->known || (mark->next != nowhere && mark->next < from)) {
        const size_t size = strlen(mark->text);
        const char *found =
            size == 1 ? memchr(links->text + from, mark->text[0], links->length - from)
                      : memmem(links->text + from, links->length - from, mark->text, size);
        mark->next = found ? (size_t)(found - links->text) : nowhere;
        mark->known = true;
    }
    return mark->next;
}

/* ---- what an address is ---- */

/* Where the address of a page ends that begins at `begin`. */
static size_t page_end(const char *text, size_t length, size_t begin)
{
    size_t end = begin;
    int round = 0, square = 0; /* how many were opened and not closed */
    while (end < length && (unsigned char)text[end] > ' ' && (unsigned char)text[end] < 0x7F &&
           !strchr("<>\"`{}|\\^", text[end])) {
        round += (text[end] == '(') - (text[end] == ')');
        square += (text[end] == '[') - (text[end] == ']');
        end++;
    }
    while (end > begin) {
        const char last = text[end - 1];
        if (last == ')' && round < 0) {
            round++;
        } else if (last == ']' && square < 0) {
            square++;
        } else if (!strchr(".,;:!?'*_", last)) {
            break;
        }
        end--;
    }
    return end;
}

/* Each finds the address around its mark at `mark`: *begin and *end are set, and true is returned,
 * if it is one. */

static bool find_schemed(const Links *links, size_t mark, size_t *begin, size_t *end)
{
    *begin = mark;
    while (*begin > links->at && is_letter(links->text[*begin - 1])) {
        (*begin)--;
    }
    if (mark - *begin < 2) { /* before anything is read that is read again behind the next mark */
        return false;
    }
    *end = page_end(links->text, links->length, mark + 3);
    return *end > mark + 3;
}

static bool find_www(const Links *links, size_t mark, size_t *begin, size_t *end)
{
    const size_t inside = mark + 4;
    const unsigned char before = mark > 0 ? (unsigned char)links->text[mark - 1] : ' ';
    *begin = mark;
    if (inside >= links->length || !is_alphanumeric(links->text[inside]) || before >= 0x80 ||
        is_alphanumeric((char)before)) {
        return false;
    }
    *end = page_end(links->text, links->length, inside);
    return *end > inside;
}

static bool is_part(char byte)
{
    return is_alphanumeric(byte) || byte == '.' || byte == '_' || byte == '%' || byte == '+' ||
           byte == '-';
}

static bool find_person(const Links *links, size_t mark, size_t *begin, size_t *end)
{
    const char *text = links->text;
    *begin = mark;
    while (*begin > links->at && is_part(text[*begin - 1])) {
        (*begin)--;
    }
    *end = mark + 1;
    while (*end < links->length &&
           (is_alphanumeric(text[*end]) || text[*end] == '.' || text[*end] == '-')) {
        (*end)++;
    }
    while (*end > mark + 1 && (text[*end - 1] == '.' || text[*end - 1] == '-')) {
        (*end)--;
    }
    size_t letters = 0;
    while (*end - letters > mark + 1 && is_letter(text[*end - 1 - letters])) {
        letters++;
    }
    const size_t dot = *end - letters - 1; /* at least `mark` */
    return *begin < mark && letters >= 2 && dot > mark + 1 && text[dot] == '.' &&
           is_alphanumeric(text[mark + 1]);
}

/* ---- the whole ---- */

static bool find_address(const Links *links, int kind, size_t mark, size_t *begin, size_t *end)
{
    switch (kind) {
    case MARK_SCHEME:
        return find_schemed(links, mark, begin, end);
    case MARK_AT:
        return find_person(links, mark, begin, end);
    default:
        return find_www(links, mark, begin, end);
    }
}

/* The nearest mark at or behind `from`; its kind, or −1 if there is none. */
static int nearest_mark(Links *links, size_t from, size_t *mark)
{
    int kind = -1;
    *mark = nowhere;
    for (int i = 0; i < MARK_COUNT; i++) {
        const size_t next = next_mark(links, &links->marks[i], from);
        if (next < *mark) {
            *mark = next;
            kind = i;
        }
    }
    return kind;
}

Status links_strip(const char *text, size_t length, Buffer *stripped, bool *changed, Error *error)
{
    Links links = {
        .text = text,
        .length = length,
        .marks = {[MARK_SCHEME] = {.text = "://"},
                  [MARK_AT] = {.text = "@"},
                  [MARK_WWW] = {.text = "www."},
                  [MARK_WWW_UPPER] = {.text = "WWW."},
                  [MARK_WWW_TITLE] = {.text = "Www."}},
    };
    *changed = false;
    Status status = STATUS_OK;
    size_t from = 0, mark;
    int kind;
    while (from < length && !status && (kind = nearest_mark(&links, from, &mark)) >= 0) {
        size_t begin, end;
        from = mark + 1;
        if (!find_address(&links, kind, mark, &begin, &end)) {
            continue;
        }
        if (!*changed) {
            buffer_clear(stripped);
            status = buffer_reserve(stripped, length, error);
        }
        *changed = true;
        status =
            status ? status : buffer_append(stripped, text + links.at, begin - links.at, error);
        status = status ? status : buffer_append_byte(stripped, ' ', error);
        links.at = from = end;
    }
    return *changed && !status ? buffer_append(stripped, text + links.at, length - links.at, error)
                               : status;
}
