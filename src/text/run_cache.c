#include "text/run_cache.h"

#include "base/memory.h"

#include <stdlib.h>

static_assert(sizeof(RunSlot) == 32, "two in a cache line");

RunValue *run_cache_find_long(const RunCache *cache, const RunProbe *probe)
{
    if (probe->length > RUN_BYTES_MAX || cache->slot_count == 0) {
        return NULL;
    }
    const size_t mask = cache->slot_count - 1;
    for (size_t at = probe->hash & mask; cache->slots[at].value.length; at = (at + 1) & mask) {
        RunSlot *slot = &cache->slots[at];
        if (slot->value.length == probe->length && slot->key[0] == probe->key[0] &&
            memcmp(cache->bytes.bytes + slot->key[1], probe->run, probe->length) == 0) {
            return &slot->value;
        }
    }
    return NULL;
}

static void place(RunSlot *slots, size_t slot_count, const RunSlot *slot)
{
    const uint64_t hash = slot->value.length <= RUN_INLINE_MAX ? run_hash(slot->key) : slot->key[0];
    size_t at = hash & (slot_count - 1);
    while (slots[at].value.length) {
        at = (at + 1) & (slot_count - 1);
    }
    slots[at] = *slot;
}

static Status double_slots(RunCache *cache, Error *error)
{
    const size_t slot_count = cache->slot_count ? cache->slot_count * 2 : 4096;
    RunSlot *slots = memory_new_aligned(slot_count, sizeof *slots, error);
    if (!slots) {
        return error_status(error);
    }
    for (size_t i = 0; i < cache->slot_count; i++) {
        if (cache->slots[i].value.length) {
            place(slots, slot_count, &cache->slots[i]);
        }
    }
    free(cache->slots);
    cache->slots = slots;
    cache->slot_count = slot_count;
    return STATUS_OK;
}

/* Keeps the words of a run with several and says where. */
static Status keep_words(RunCache *cache, RunValue *value, const WordId *words, Error *error)
{
    if (value->words <= 1) {
        value->first = value->words ? words[0] : WORD_NONE;
        return STATUS_OK;
    }
    Status status = memory_reserve(&cache->words, &cache->word_capacity,
                                   cache->word_count + value->words, sizeof *words, error);
    if (!status) {
        memcpy(cache->words + cache->word_count, words, value->words * sizeof *words);
        value->first = (WordId)cache->word_count;
        cache->word_count += value->words;
    }
    return status;
}

Status run_cache_add(RunCache *cache, const char *run, size_t length, RunValue value,
                     const WordId *words, Error *error)
{
    const size_t runs_max = cache->runs_max ? cache->runs_max : RUN_CACHE_RUNS_MAX;
    if (length > RUN_BYTES_MAX || cache->count >= runs_max) {
        return STATUS_OK;
    }
    Status status =
        cache->count * 4 >= cache->slot_count * 3 ? double_slots(cache, error) : STATUS_OK;
    if (!status) {
        status = keep_words(cache, &value, words, error);
    }
    RunProbe probe;
    run_cache_aim(cache, run, length, length, &probe);
    value.length = (uint8_t)length;
    value.flags = (uint8_t)(value.flags | (value.words == 1 && !value.unknown ? RUN_PLAIN : 0));
    RunSlot slot = {.key = {probe.key[0], probe.key[1]}, .value = value};
    if (!status && length > RUN_INLINE_MAX) {
        slot.key[1] = cache->bytes.length;
        status = buffer_append(&cache->bytes, run, length, error);
    }
    if (!status) {
        place(cache->slots, cache->slot_count, &slot);
        cache->count++;
    }
    return status;
}

size_t run_cache_bytes(const RunCache *cache)
{
    return cache->slot_count * sizeof *cache->slots + cache->bytes.capacity +
           cache->word_capacity * sizeof *cache->words;
}

void run_cache_free(RunCache *cache)
{
    free(cache->slots);
    buffer_free(&cache->bytes);
    free(cache->words);
    *cache = (RunCache){0};
}
