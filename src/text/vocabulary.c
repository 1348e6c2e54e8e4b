#include "text/vocabulary.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* The slot that holds the word, or the free one where it belongs. The table is never full. */
static size_t find_slot(const Vocabulary *vocabulary, const char *word, size_t length)
{
    size_t mask = vocabulary->slot_count - 1;
    size_t slot = hash_bytes(word, length) & mask;
    for (;; slot = (slot + 1) & mask) {
        WordId id = vocabulary->slots[slot];
        if (id == WORD_NONE || (vocabulary_word_length(vocabulary, id) == length &&
                                memcmp(vocabulary_word(vocabulary, id), word, length) == 0)) {
            return slot;
        }
    }
}

static Status double_table(Vocabulary *vocabulary, Error *error)
{
    size_t slot_count = vocabulary->slot_count ? vocabulary->slot_count * 2 : 1024;
    WordId *slots = memory_new(slot_count, sizeof *slots, error);
    if (!slots) {
        return error_status(error);
    }
    memset(slots, 0xFF, slot_count * sizeof *slots); /* WORD_NONE */
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = slot_count;
    for (WordId id = 0; id < vocabulary->count; id++) {
        slots[find_slot(vocabulary, vocabulary_word(vocabulary, id),
                        vocabulary_word_length(vocabulary, id))] = id;
    }
    return STATUS_OK;
}

WordId vocabulary_find(const Vocabulary *vocabulary, const char *word, size_t length)
{
    return vocabulary->slot_count ? vocabulary->slots[find_slot(vocabulary, word, length)]
                                  : WORD_NONE;
}

Status vocabulary_add(Vocabulary *vocabulary, const char *word, size_t length, WordId *id,
                      Error *error)
{
    Status status = STATUS_OK;
    *id = vocabulary_find(vocabulary, word, length);
    if (*id != WORD_NONE) {
        return STATUS_OK;
    }
    if (vocabulary->count == WORD_NONE - 1) {
        return error_set(error, STATUS_INPUT, "more than %u different words", WORD_NONE - 1);
    }
    if ((size_t)vocabulary->count * 2 >= vocabulary->slot_count) {
        status = double_table(vocabulary, error);
    }
    if (!status) {
        status = memory_reserve(&vocabulary->starts, &vocabulary->starts_capacity,
                                (size_t)vocabulary->count + 2, sizeof *vocabulary->starts, error);
    }
    if (!status) {
        status = buffer_reserve(&vocabulary->bytes, length + 1, error);
    }
    if (status) {
        return status;
    }
    vocabulary->starts[vocabulary->count] = vocabulary->bytes.length;
    memcpy(vocabulary->bytes.bytes + vocabulary->bytes.length, word, length);
    vocabulary->bytes.length += length + 1;
    vocabulary->bytes.bytes[vocabulary->bytes.length - 1] = '\0';
    vocabulary->starts[vocabulary->count + 1] = vocabulary->bytes.length;
    *id = vocabulary->count++;
    vocabulary->slots[find_slot(vocabulary, word, length)] = *id;
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

void vocabulary_free(Vocabulary *vocabulary)
{
    buffer_free(&vocabulary->bytes);
    free(vocabulary->starts);
    free(vocabulary->slots);
    *vocabulary = (Vocabulary){0};
}
