/* What the tokenizer made of each run of bytes (text/pattern_class.h), so that a run which comes
 * again need not go through it. Texts repeat their words: nearly every run is found here. */
#ifndef THEMATA_TEXT_RUN_CACHE_H
#define THEMATA_TEXT_RUN_CACHE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "text/vocabulary.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    RUN_BYTES_MAX = 64,        /* longer runs are not kept: few of them come twice */
    RUN_COUNT_MAX = UINT8_MAX, /* a run of which there is more to tell is not kept either */
    RUN_CACHE_RUNS_MAX = INT32_MAX / 2,
};

enum {
    RUN_PLAIN = 1,  /* one word and nothing unknown */
    RUN_SPELLS = 2, /* one word and nothing else: the run is a spelling of it */
};

/* What a run holds. */
typedef struct RunValue {
    WordId first;   /* its word, if it is one; of several, where they begin in RunCache.words */
    uint32_t found; /* how often it came again; stays at the largest number */
    uint8_t flags;  /* of the two below */
    uint8_t words;
    uint8_t unknown; /* tokens that are neither known nor stopped */
    uint8_t matched; /* these four as in TokenizerTally */
    uint8_t too_short;
    uint8_t too_long;
    uint8_t without_letter;
    uint8_t length; /* of the run; 0: no run */
} RunValue;

/* Half a cache line. */
typedef struct RunSlot {
    uint64_t key[2]; /* a run of up to 16 bytes, zeros behind; of a longer one its hash and where it
                        begins in RunCache.bytes */
    RunValue value;
} RunSlot;

/* Start with an all-zero RunCache. Once it is full, nothing is added any more. */
typedef struct RunCache {
    RunSlot *slots;    /* hash table, open addressing */
    size_t slot_count; /* 0 or a power of two, at least twice the number of runs */
    size_t count;
    size_t runs_max; /* 0: RUN_CACHE_RUNS_MAX; tests set less */
    Buffer bytes;    /* the runs longer than 16 bytes */
    WordId *words;   /* of the runs with several */
    size_t word_count;
    size_t word_capacity;
} RunCache;

/* ---- looking up, which is the program's innermost loop over a text ---- */

/* A run that is to be looked up. */
typedef struct RunProbe {
    const char *run; /* borrowed: in the text */
    size_t length;
    uint64_t key[2]; /* as in RunSlot; of more than 16 bytes the hash alone */
    uint64_t hash;
} RunProbe;

enum { RUN_INLINE_MAX = sizeof((RunSlot *)0)->key };

__extension__ typedef unsigned __int128 Wide;

static inline uint64_t run_hash(const uint64_t key[2])
{
    const Wide product =
        (Wide)(key[0] ^ UINT64_C(0x9E3779B97F4A7C15)) * (key[1] ^ UINT64_C(0xD6E8FEB86659FD93));
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The key of a run of up to RUN_INLINE_MAX bytes: the bytes themselves. */
static inline void run_make_key(const char *run, size_t length, size_t readable, uint64_t key[2])
{
#define LOW(bytes) UINT64_MAX >> (64 - 8 * (bytes))
    static const uint64_t masks[RUN_INLINE_MAX + 1][2] = {
        {0, 0},           {LOW(1), 0},      {LOW(2), 0},      {LOW(3), 0},      {LOW(4), 0},
        {LOW(5), 0},      {LOW(6), 0},      {LOW(7), 0},      {LOW(8), 0},      {LOW(8), LOW(1)},
        {LOW(8), LOW(2)}, {LOW(8), LOW(3)}, {LOW(8), LOW(4)}, {LOW(8), LOW(5)}, {LOW(8), LOW(6)},
        {LOW(8), LOW(7)}, {LOW(8), LOW(8)},
    };
#undef LOW
    if (readable >= RUN_INLINE_MAX && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
        uint64_t low, high;
        memcpy(&low, run, sizeof low);
        memcpy(&high, run + sizeof low, sizeof high);
        key[0] = low & masks[length][0];
        key[1] = high & masks[length][1];
    } else {
        key[0] = key[1] = 0;
        memcpy(key, run, length);
    }
}

/* Prepares to look up the run of `length` ≥ 1 bytes at `run`, where `readable` ≥ length bytes may
 * be read, and begins to fetch its slot: memory answers while others are prepared. */
static inline void run_cache_aim(const RunCache *cache, const char *run, size_t length,
                                 size_t readable, RunProbe *probe)
{
    assert(length >= 1 && length <= readable);
    probe->run = run;
    probe->length = length;
    if (length <= RUN_INLINE_MAX) {
        run_make_key(run, length, readable, probe->key);
        probe->hash = run_hash(probe->key);
    } else if (length <= RUN_BYTES_MAX) {
        probe->key[0] = probe->hash = hash_bytes(run, length);
        probe->key[1] = 0;
    } else {
        return;
    }
    if (cache->slot_count) {
        __builtin_prefetch(&cache->slots[probe->hash & (cache->slot_count - 1)]);
    }
}

/* The same for a run that is too long to be a key; run_cache_find is what to call. */
RunValue *run_cache_find_long(const RunCache *cache, const RunProbe *probe);

/* What is known of the run, or NULL. Lives until the next run_cache_add. */
static inline RunValue *run_cache_find(const RunCache *cache, const RunProbe *probe)
{
    if (probe->length > RUN_INLINE_MAX || cache->slot_count == 0) {
        return run_cache_find_long(cache, probe);
    }
    const size_t mask = cache->slot_count - 1;
    for (size_t at = probe->hash & mask;; at = (at + 1) & mask) {
        RunSlot *slot = &cache->slots[at];
        const uint64_t differs = (slot->key[0] ^ probe->key[0]) | (slot->key[1] ^ probe->key[1]) |
                                 (slot->value.length ^ probe->length);
        if (!differs) {
            return &slot->value;
        }
        if (slot->value.length == 0) {
            return NULL;
        }
    }
}

/* ---- learning ---- */

/* Keeps a run that is not there yet, and its value->words words; first, RUN_PLAIN and length are
 * set here. Does nothing if the run is too long or the cache full. O(length) amortised. */
Status run_cache_add(RunCache *cache, const char *run, size_t length, RunValue value,
                     const WordId *words, Error *error);

/* The bytes of a run that is kept, value.length of them. */
static inline const char *run_cache_run(const RunCache *cache, const RunSlot *slot)
{
    return slot->value.length <= RUN_INLINE_MAX ? (const char *)slot->key
                                                : cache->bytes.bytes + slot->key[1];
}

/* Bytes of memory that the runs take. */
size_t run_cache_bytes(const RunCache *cache);

void run_cache_free(RunCache *cache);

#endif
