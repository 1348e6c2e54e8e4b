#include "corpus/id_set.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Makes the table at least twice as large as what is in it. */
static Status grow(IdSet *set, Error *error)
{
    if (set->slot_count > 2 * set->count) {
        return STATUS_OK;
    }
    const size_t slot_count = set->slot_count ? 4 * set->slot_count : 1024;
    size_t *slots = memory_new(slot_count, sizeof *slots, error);
    if (!slots) {
        return error_status(error);
    }
    for (size_t e = 0; e < set->count; e++) {
        size_t slot = set->entries[e].hash & (slot_count - 1);
        while (slots[slot]) {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = e + 1;
    }
    free(set->slots);
    set->slots = slots;
    set->slot_count = slot_count;
    return STATUS_OK;
}

/* Where a name stands among the texts; that of the last document is kept once. */
static Status keep_name(IdSet *set, const char *name, Error *error)
{
    if (set->last_name && strcmp(set->texts.bytes + set->last_name - 1, name) == 0) {
        return STATUS_OK;
    }
    const size_t at = set->texts.length;
    Status status = buffer_append(&set->texts, name, strlen(name) + 1, error);
    set->last_name = at + 1;
    return status;
}

Status id_set_add(IdSet *set, const char *id, const char *name, int64_t line, bool *added,
                  IdPlace *first, Error *error)
{
    const size_t length = strlen(id);
    const uint64_t hash = hash_bytes(id, length);
    Status status = grow(set, error);
    if (status) {
        return status;
    }
    size_t slot = hash & (set->slot_count - 1);
    for (; set->slots[slot]; slot = (slot + 1) & (set->slot_count - 1)) {
        const IdEntry *entry = &set->entries[set->slots[slot] - 1];
        if (entry->hash == hash && strcmp(set->texts.bytes + entry->id, id) == 0) {
            *added = false;
            *first = (IdPlace){.name = set->texts.bytes + entry->name, .line = entry->line};
            return STATUS_OK;
        }
    }
    status = keep_name(set, name, error);
    const size_t at = set->texts.length;
    if (!status) {
        status = buffer_append(&set->texts, id, length + 1, error);
    }
    if (!status) {
        status = memory_reserve(&set->entries, &set->capacity, set->count + 1, sizeof *set->entries,
                                error);
    }
    if (status) {
        return status;
    }
    set->entries[set->count++] =
        (IdEntry){.hash = hash, .id = at, .name = set->last_name - 1, .line = line};
    set->slots[slot] = set->count;
    *added = true;
    return STATUS_OK;
}

size_t id_set_number(const IdSet *set, const char *id)
{
    const uint64_t hash = hash_bytes(id, strlen(id));
    size_t slot = hash & (set->slot_count - 1);
    for (;; slot = (slot + 1) & (set->slot_count - 1)) {
        const IdEntry *entry = &set->entries[set->slots[slot] - 1];
        if (entry->hash == hash && strcmp(set->texts.bytes + entry->id, id) == 0) {
            return set->slots[slot] - 1;
        }
    }
}

void id_set_free(IdSet *set)
{
    free(set->entries);
    free(set->slots);
    buffer_free(&set->texts);
    *set = (IdSet){0};
}
