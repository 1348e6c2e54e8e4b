#include "text/ngram_table.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

Status ngram_check_words(const Vocabulary *words, const char *what, Error *error)
{
    for (WordId w = 0; w < words->count; w++) {
        if (strchr(vocabulary_word(words, w), ' ')) {
            error_set(error, STATUS_INPUT, "%s: '%.100s' is one word with a blank in it", what,
                      vocabulary_word(words, w));
            return error_hint(error, "%s need a token pattern that takes no blanks", what);
        }
    }
    return STATUS_OK;
}

bool ngram_read(const Vocabulary *words, const char *term, int most, Ngram *ngram)
{
    WordId parts[NGRAM_WORDS];
    int count = 0;
    for (const char *at = term; *at;) {
        const size_t length = strcspn(at, " ");
        if (count == most || (parts[count++] = vocabulary_find(words, at, length)) == WORD_NONE) {
            return false;
        }
        at += length + (at[length] == ' ');
    }
    *ngram = ngram_of(parts, count);
    return count >= 2;
}

static bool is_ngram(const Ngram *a, const Ngram *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

uint32_t ngram_table_find(const NgramTable *table, const Ngram *ngram, uint64_t hash)
{
    const size_t mask = table->slot_count - 1;
    for (size_t slot = hash & mask; table->slot_count; slot = (slot + 1) & mask) {
        const uint32_t number = table->slots[slot];
        if (number == WORD_NONE || is_ngram(&table->entries[number].ngram, ngram)) {
            return number;
        }
    }
    return WORD_NONE;
}

static void place(const NgramTable *table, uint64_t hash, uint32_t number)
{
    size_t slot = hash & (table->slot_count - 1);
    while (table->slots[slot] != WORD_NONE) {
        slot = (slot + 1) & (table->slot_count - 1);
    }
    table->slots[slot] = number;
}

static Status double_slots(NgramTable *table, Error *error)
{
    const size_t slot_count = table->slot_count ? 2 * table->slot_count : 1024;
    uint32_t *slots = memory_new(slot_count, sizeof *slots, error);
    if (!slots) {
        return error_status(error);
    }
    memset(slots, 0xFF, slot_count * sizeof *slots); /* WORD_NONE */
    free(table->slots);
    table->slots = slots;
    table->slot_count = slot_count;
    for (uint32_t number = 0; number < table->count; number++) {
        place(table, ngram_hash(&table->entries[number].ngram), number);
    }
    return STATUS_OK;
}

Status ngram_table_add(NgramTable *table, const Ngram *ngram, uint64_t hash, uint32_t *number,
                       Error *error)
{
    *number = ngram_table_find(table, ngram, hash);
    if (*number != WORD_NONE) {
        return STATUS_OK;
    }
    if (table->count == WORD_NONE - 1) {
        return error_set(error, STATUS_INPUT, "more than %u different n-grams", WORD_NONE - 1);
    }
    Status status =
        (size_t)table->count * 2 >= table->slot_count ? double_slots(table, error) : STATUS_OK;
    if (!status) {
        status = memory_reserve(&table->entries, &table->capacity, (size_t)table->count + 1,
                                sizeof *table->entries, error);
    }
    if (!status) {
        *number = table->count++;
        table->entries[*number] = (NgramEntry){.ngram = *ngram};
        place(table, hash, *number);
    }
    return status;
}

void ngram_table_free(NgramTable *table)
{
    free(table->entries);
    free(table->slots);
    *table = (NgramTable){0};
}
