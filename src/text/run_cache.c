#include "text/run_cache.h"

#include "base/hash.h"
#include "base/memory.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { INLINE_MAX = sizeof((RunSlot *)0)->key };

static_assert(sizeof(RunSlot) == 32, "two in a cache line");

__extension__ typedef unsigned __int128 Wide;

static inline uint64_t mix(uint64_t a, uint64_t b)
{
    const Wide product =
        (Wide)(a ^ UINT64_C(0x9E3779B97F4A7C15)) * (b ^ UINT64_C(0xD6E8FEB86659FD93));
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline void make_key(RunProbe *probe, size_t readable)
{
    const size_t length = probe->length;
    probe->key[0] = probe->key[1] = 0;
    if (length > INLINE_MAX) {
        probe->key[0] = probe->hash = hash_bytes(probe->run, length);
        return;
    }
    if (readable >= INLINE_MAX && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
        memcpy(probe->key, probe->run, INLINE_MAX);
        const unsigned low = length < 8 ? (unsigned)length : 8, high = (unsigned)length - low;
        probe->key[0] &= UINT64_MAX >> (64 - 8 * low);
        probe->key[1] &= high ? UINT64_MAX >> (64 - 8 * high) : 0;
    } else {
        memcpy(probe->key, probe->run, length);
    }
    probe->hash = mix(probe->key[0], probe->key[1]);
}

void run_cache_aim(const RunCache *cache, const char *run, size_t length, size_t readable,
                   RunProbe *probe)
{
    assert(length >= 1 && length <= readable);
    probe->run = run;
    probe->length = length;
    if (length <= RUN_BYTES_MAX) {
        make_key(probe, readable);
        if (cache->slot_count) {
            __builtin_prefetch(&cache->slots[probe->hash & (cache->slot_count - 1)]);
        }
    }
}

static inline bool is_run(const RunCache *cache, const RunSlot *slot, const RunProbe *probe)
{
    if (slot->length != probe->length || slot->key[0] != probe->key[0]) {
        return false;
    }
    return probe->length <= INLINE_MAX
               ? slot->key[1] == probe->key[1]
               : memcmp(cache->bytes.bytes + slot->key[1], probe->run, probe->length) == 0;
}

const RunValue *run_cache_find(const RunCache *cache, const RunProbe *probe)
{
    if (probe->length > RUN_BYTES_MAX || cache->slot_count == 0) {
        return NULL;
    }
    const size_t mask = cache->slot_count - 1;
    for (size_t at = probe->hash & mask;; at = (at + 1) & mask) {
        const RunSlot *slot = &cache->slots[at];
        if (is_run(cache, slot, probe)) {
            return &slot->value;
        }
        if (slot->length == 0) {
            return NULL;
        }
    }
}

static void place(RunSlot *slots, size_t slot_count, const RunSlot *slot)
{
    const uint64_t hash =
        slot->length <= INLINE_MAX ? mix(slot->key[0], slot->key[1]) : slot->key[0];
    size_t at = hash & (slot_count - 1);
    while (slots[at].length) {
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
        if (cache->slots[i].length) {
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
    Status status = cache->count * 2 >= cache->slot_count ? double_slots(cache, error) : STATUS_OK;
    if (!status) {
        status = keep_words(cache, &value, words, error);
    }
    RunProbe probe;
    run_cache_aim(cache, run, length, length, &probe);
    RunSlot slot = {.key = {probe.key[0], probe.key[1]}, .value = value, .length = (uint8_t)length};
    if (!status && length > INLINE_MAX) {
        slot.key[1] = cache->bytes.length;
        status = buffer_append(&cache->bytes, run, length, error);
    }
    if (!status) {
        place(cache->slots, cache->slot_count, &slot);
        cache->count++;
    }
    return status;
}

void run_cache_free(RunCache *cache)
{
    free(cache->slots);
    buffer_free(&cache->bytes);
    free(cache->words);
    *cache = (RunCache){0};
}
