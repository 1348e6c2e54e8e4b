#include "text/vocabulary.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Whether the word number `id`, of this hash, is this one. */
static bool is_word(const Vocabulary *vocabulary, WordId id, const char *word, size_t length)
{
    return vocabulary_word_length(vocabulary, id) == length &&
           memcmp(vocabulary_word(vocabulary, id), word, length) == 0;
}

/* The slot that holds the word, or the free one where it belongs. The table is never full. */
static size_t find_slot(const Vocabulary *vocabulary, const char *word, size_t length,
                        uint32_t hash)
{
    const size_t mask = vocabulary->slot_count - 1;
    for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        const WordSlot known = vocabulary->slots[slot];
        if (known.id == WORD_NONE ||
            (known.hash == hash && is_word(vocabulary, known.id, word, length))) {
            return slot;
        }
    }
}

static uint32_t hash_word(const char *word, size_t length)
{
    return (uint32_t)hash_bytes(word, length);
}

enum { SLOTS_LEAST = 1024 };

/* All free; NULL without memory. */
static WordSlot *new_table(size_t slot_count, Error *error)
{
    WordSlot *slots = memory_new_unset(slot_count, sizeof *slots, error);
    return slots ? memset(slots, 0xFF, slot_count * sizeof *slots) : NULL; /* WORD_NONE */
}

static Status double_table(Vocabulary *vocabulary, Error *error)
{
    const size_t slot_count = vocabulary->slot_count ? vocabulary->slot_count * 2 : SLOTS_LEAST;
    WordSlot *slots = new_table(slot_count, error);
    if (!slots) {
        return error_status(error);
    }
    for (size_t old = 0; old < vocabulary->slot_count; old++) {
        const WordSlot known = vocabulary->slots[old];
        size_t slot = known.hash & (slot_count - 1);
        while (known.id != WORD_NONE && slots[slot].id != WORD_NONE) {
            slot = (slot + 1) & (slot_count - 1);
        }
        if (known.id != WORD_NONE) {
            slots[slot] = known;
        }
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = slot_count;
    return STATUS_OK;
}

WordId vocabulary_find(const Vocabulary *vocabulary, const char *word, size_t length)
{
    return vocabulary->slot_count
               ? vocabulary->slots[find_slot(vocabulary, word, length, hash_word(word, length))].id
               : WORD_NONE;
}

static Status reserve_word(Vocabulary *vocabulary, size_t length, Error *error)
{
    Status status =
        memory_reserve(&vocabulary->starts, &vocabulary->starts_capacity,
                       (size_t)vocabulary->count + 2, sizeof *vocabulary->starts, error);
    return status ? status : buffer_reserve(&vocabulary->bytes, length + 1, error);
}

Status vocabulary_add_parts(Vocabulary *vocabulary, const char *words, Error *error)
{
    Status status = STATUS_OK;
    for (const char *at = words; *at && !status;) {
        const size_t length = strcspn(at, " ");
        WordId id;
        status = vocabulary_add(vocabulary, at, length, &id, error);
        at += length + (at[length] == ' ');
    }
    return status;
}

Status vocabulary_append(Vocabulary *vocabulary, const char *word, size_t length, Error *error)
{
    if (vocabulary->count == WORD_NONE - 1) {
        return error_set(error, STATUS_INPUT, "more than %u different words", WORD_NONE - 1);
    }
    Status status = reserve_word(vocabulary, length, error);
    if (status) {
        return status;
    }
    const WordId id = vocabulary->count++;
    char *end = vocabulary->bytes.bytes + vocabulary->bytes.length;
    memcpy(end, word, length);
    end[length] = '\0';
    vocabulary->starts[id] = vocabulary->bytes.length;
    vocabulary->bytes.length += length + 1;
    vocabulary->starts[id + 1] = vocabulary->bytes.length;
    return STATUS_OK;
}

Status vocabulary_add(Vocabulary *vocabulary, const char *word, size_t length, WordId *id,
                      Error *error)
{
    Status status = (size_t)vocabulary->count * 4 >= vocabulary->slot_count * 3
                        ? double_table(vocabulary, error)
                        : STATUS_OK;
    if (status) {
        return status;
    }
    const uint32_t hash = hash_word(word, length);
    const size_t slot = find_slot(vocabulary, word, length, hash);
    *id = vocabulary->slots[slot].id;
    if (*id != WORD_NONE) {
        return STATUS_OK;
    }
    *id = vocabulary->count;
    status = vocabulary_append(vocabulary, word, length, error);
    if (!status) {
        vocabulary->slots[slot] = (WordSlot){.id = *id, .hash = hash};
    }
    return status;
}

/* Memory is asked for the slots of some words before the first is looked at. */
static void place_words(Vocabulary *vocabulary)
{
    enum { AHEAD = 32 };
    const size_t mask = vocabulary->slot_count - 1;
    uint32_t hashes[AHEAD];
    for (WordId from = 0; from < vocabulary->count; from += AHEAD) {
        const WordId left = vocabulary->count - from, some = left < AHEAD ? left : AHEAD;
        for (WordId i = 0; i < some; i++) {
            hashes[i] = hash_word(vocabulary_word(vocabulary, from + i),
                                  vocabulary_word_length(vocabulary, from + i));
            __builtin_prefetch(&vocabulary->slots[hashes[i] & mask], 1);
        }
        for (WordId i = 0; i < some; i++) {
            size_t slot = hashes[i] & mask;
            while (vocabulary->slots[slot].id != WORD_NONE) {
                slot = (slot + 1) & mask;
            }
            vocabulary->slots[slot] = (WordSlot){.id = from + i, .hash = hashes[i]};
        }
    }
}

Status vocabulary_index(Vocabulary *vocabulary, Error *error)
{
    size_t slot_count = SLOTS_LEAST;
    while ((size_t)vocabulary->count * 4 >= slot_count * 3) {
        slot_count *= 2;
    }
    WordSlot *slots = new_table(slot_count, error);
    if (!slots) {
        return error_status(error);
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = slot_count;
    place_words(vocabulary);
    return STATUS_OK;
}

const char *vocabulary_word(const Vocabulary *vocabulary, WordId id)
{
    return vocabulary->bytes.bytes + vocabulary->starts[id];
}

size_t vocabulary_word_length(const Vocabulary *vocabulary, WordId id)
{
    return vocabulary->starts[id + 1] - vocabulary->starts[id] - 1;
}

size_t vocabulary_bytes(const Vocabulary *vocabulary)
{
    return vocabulary->bytes.capacity + vocabulary->starts_capacity * sizeof *vocabulary->starts +
           vocabulary->slot_count * sizeof *vocabulary->slots;
}

void vocabulary_free(Vocabulary *vocabulary)
{
    buffer_free(&vocabulary->bytes);
    free(vocabulary->starts);
    free(vocabulary->slots);
    *vocabulary = (Vocabulary){0};
}
