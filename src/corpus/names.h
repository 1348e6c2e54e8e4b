/* Which column or field holds what: names that people give, names that are usual, and the nearest
 * one when a name is not there. */
#ifndef THEMATA_CORPUS_NAMES_H
#define THEMATA_CORPUS_NAMES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A list of names. Start all-zero. */
typedef struct NameList {
    char **items; /* owned, as the texts */
    size_t count;
    size_t capacity;
} NameList;

enum { NAME_NOT_FOUND = -1 };

/* The usual names, in the order in which they are tried; each ends with NULL. A `subject` is a
 * title in a mail, but in a table about documents that are elsewhere what many have in common. */
extern const char *const names_of_text[];
extern const char *const names_of_id[];
extern const char *const names_of_title[];
extern const char *const names_of_row_title[];
extern const char *const names_of_date[];

Status name_list_add(NameList *list, const char *name, Error *error);
void name_list_free(NameList *list);

/* Adds a name that no other has: `name` without the blanks around it and cut after 90 bytes,
 * `column_N` if that is empty, with _2, _3 … behind it if it is there. O(count). */
Status name_list_add_unique(NameList *list, const char *name, int number, Error *error);

/* Splits at commas. */
Status name_list_split(NameList *list, const char *names, Error *error);

/* The position of a name, letters of either case alike if none is exactly so. */
int name_list_find(const NameList *list, const char *name);

/* The position of the first of the usual names that is there. */
int name_list_find_usual(const NameList *list, const char *const *usual);

/* The name that a slip of the keyboard may have made this one of, or NULL. */
const char *name_list_nearest(const NameList *list, const char *name);

/* Whether one of all the usual names, or of a few more that headings have, is there. */
bool name_list_is_heading(const NameList *list);

/* STATUS_INPUT, `path: there is no WHAT 'name' (WHATs: …)`, with the nearest name and the option
 * that takes it as the hint. Name NULL: none of the usual ones is there. */
Status name_list_set_missing(const NameList *list, const char *path, const char *what,
                             const char *name, const char *option, Error *error);

#endif
