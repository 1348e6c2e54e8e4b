/* The ids that there are, and where each was first. */
#ifndef THEMATA_CORPUS_ID_SET_H
#define THEMATA_CORPUS_ID_SET_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct IdEntry {
    uint64_t hash;
    size_t id;   /* in `texts` */
    size_t name; /* likewise */
    int64_t line;
} IdEntry;

/* Start all-zero. */
typedef struct IdSet {
    IdEntry *entries; /* owned, in the order in which they came */
    size_t count;
    size_t capacity;
    size_t *slots; /* owned: a hash table of entry numbers from 1; 0 is free */
    size_t slot_count;
    Buffer texts;     /* ids and names, each with a NUL behind it */
    size_t last_name; /* in `texts`, from 1; 0: none */
} IdSet;

typedef struct IdPlace {
    const char *name; /* lives until the next id_set_add */
    int64_t line;
} IdPlace;

/* Adds an id that stands at `line` of the file `name`; if it is there already *added is false and
 * *first says where. O(1) amortised. */
Status id_set_add(IdSet *set, const char *id, const char *name, int64_t line, bool *added,
                  IdPlace *first, Error *error);

/* The number of an id that is there: how many came before it. O(1). */
size_t id_set_number(const IdSet *set, const char *id);

void id_set_free(IdSet *set);

#endif
