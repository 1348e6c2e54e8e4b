#include "corpus/names.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *const names_of_text[] = {"text",     "body",    "content",     "extract", "abstract",
                                     "document", "message", "description", NULL};
const char *const names_of_id[] = {"id", "doc_id", "document_id", "key", NULL};
const char *const names_of_title[] = {"title", "headline", "subject", NULL};
const char *const names_of_row_title[] = {"title", "headline", NULL};
const char *const names_of_date[] = {"date", "published", "year", NULL};

/* Other words that stand in headings and hardly ever alone in a field of a first row. */
static const char *const names_of_more[] = {"label", "class",  "category", "author", "source",
                                            "url",   "rating", "language", NULL};

Status name_list_add(NameList *list, const char *name, Error *error)
{
    Status status =
        memory_reserve(&list->items, &list->capacity, list->count + 1, sizeof *list->items, error);
    if (status) {
        return status;
    }
    char *copy = memory_copy_text(name, strlen(name), error);
    if (!copy) {
        return error_status(error);
    }
    list->items[list->count++] = copy;
    return STATUS_OK;
}

enum { UNIQUE_BYTES_MAX = 90 }; /* leaves room for what is put behind */

static bool has_name(const NameList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], name) == 0) {
            return true;
        }
    }
    return false;
}

Status name_list_add_unique(NameList *list, const char *name, int number, Error *error)
{
    Buffer unique = {0};
    name += strspn(name, " \t\r\n");
    size_t length = strlen(name);
    while (length > 0 && strchr(" \t\r\n", name[length - 1])) {
        length--;
    }
    if (length > UNIQUE_BYTES_MAX) {
        for (length = UNIQUE_BYTES_MAX; length > 0 && (name[length] & 0xC0) == 0x80;) {
            length--; /* not within a character */
        }
    }
    Status status = length ? buffer_append(&unique, name, length, error)
                           : buffer_print(&unique, error, "column_%d", number);
    const size_t plain = unique.length;
    for (int copy = 2; !status && has_name(list, unique.bytes); copy++) {
        unique.length = plain;
        status = buffer_print(&unique, error, "_%d", copy);
    }
    status = status ? status : name_list_add(list, unique.bytes, error);
    buffer_free(&unique);
    return status;
}

void name_list_free(NameList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i]);
    }
    free(list->items);
    *list = (NameList){0};
}

Status name_list_split(NameList *list, const char *names, Error *error)
{
    Status status = STATUS_OK;
    for (const char *at = names; !status; at++) {
        const size_t length = strcspn(at, ",");
        char *name = memory_copy_text(at, length, error);
        status = name ? name_list_add(list, name, error) : error_status(error);
        free(name);
        at += length;
        if (*at == '\0') {
            break;
        }
    }
    return status;
}

int name_list_find(const NameList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], name) == 0) {
            return (int)i;
        }
    }
    for (size_t i = 0; i < list->count; i++) {
        if (strcasecmp(list->items[i], name) == 0) {
            return (int)i;
        }
    }
    return NAME_NOT_FOUND;
}

int name_list_find_usual(const NameList *list, const char *const *usual)
{
    for (; *usual; usual++) {
        const int position = name_list_find(list, *usual);
        if (position != NAME_NOT_FOUND) {
            return position;
        }
    }
    return NAME_NOT_FOUND;
}

bool name_list_is_heading(const NameList *list)
{
    const char *const *const usual[] = {names_of_text, names_of_id, names_of_title, names_of_date,
                                        names_of_more};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (name_list_find_usual(list, usual[i]) != NAME_NOT_FOUND) {
            return true;
        }
    }
    return false;
}

/* ---- the nearest name ---- */

const char *name_list_nearest(const NameList *list, const char *name)
{
    Nearest nearest = nearest_to(name);
    for (size_t i = 0; i < list->count; i++) {
        nearest_consider(&nearest, list->items[i]);
    }
    return nearest.found;
}

enum { LISTED_MAX = 12, LISTED_BYTES_MAX = 32 };

static Status print_list(const NameList *list, Buffer *text, Error *error)
{
    Status status = buffer_reserve(text, 0, error);
    for (size_t i = 0; i < list->count && i < LISTED_MAX && !status; i++) {
        const size_t length = strlen(list->items[i]);
        size_t shown = length < LISTED_BYTES_MAX ? length : LISTED_BYTES_MAX;
        while (shown > 0 && shown < length && (list->items[i][shown] & 0xC0) == 0x80) {
            shown--; /* not within a character */
        }
        status = buffer_print(text, error, "%s%.*s%s", i ? ", " : "", (int)shown, list->items[i],
                              shown < length ? "…" : "");
    }
    if (!status && list->count > LISTED_MAX) {
        status = buffer_print(text, error, " and %zu more", list->count - LISTED_MAX);
    }
    return status;
}

Status name_list_set_missing(const NameList *list, const char *path, const char *what,
                             const char *name, const char *option, Error *error)
{
    Buffer names = {0};
    Status status = print_list(list, &names, error);
    if (status) {
        buffer_free(&names);
        return status;
    }
    const char *nearest = name ? name_list_nearest(list, name) : NULL;
    if (name) {
        error_set(error, STATUS_INPUT, "%s: there is no %s '%.100s' (%ss: %s)", path, what, name,
                  what, names.bytes);
    } else {
        error_set(error, STATUS_INPUT, "%s: which %s holds the text is not known (%ss: %s)", path,
                  what, what, names.bytes);
    }
    buffer_free(&names);
    return nearest && *nearest ? error_hint(error, "did you mean %s '%s'?", option, nearest)
                               : error_hint(error, "name one with %s", option);
}
