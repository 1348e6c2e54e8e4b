/* What the tokenizer made of each run of bytes (text/pattern_class.h), so that a run which comes
 * again need not go through it. Texts repeat their words: nearly every run is found here. */
#ifndef THEMATA_TEXT_RUN_CACHE_H
#define THEMATA_TEXT_RUN_CACHE_H

#include "base/buffer.h"
#include "base/error.h"
#include "text/vocabulary.h"

#include <stddef.h>
#include <stdint.h>

enum {
    RUN_BYTES_MAX = 64,           /* longer runs are not kept: few of them come twice */
    RUN_COUNT_MAX = UINT8_MAX,    /* a run of which there is more to tell is not kept either */
    RUN_CACHE_RUNS_MAX = 1 << 20, /* some 150 MB, were they all long */
};

/* What a run holds. */
typedef struct RunValue {
    WordId first; /* its word, if it is one; of several, where they begin in RunCache.words */
    uint8_t words;
    uint8_t unknown; /* tokens that are neither known nor stopped */
    uint8_t matched; /* these four as in TokenizerTally */
    uint8_t too_short;
    uint8_t too_long;
    uint8_t without_letter;
} RunValue;

/* Half a cache line. */
typedef struct RunSlot {
    uint64_t key[2]; /* a run of up to 16 bytes, zeros behind; of a longer one its hash and where it
                        begins in RunCache.bytes */
    RunValue value;
    uint8_t length; /* 0: free */
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

/* A run that is to be looked up. */
typedef struct RunProbe {
    const char *run; /* borrowed: in the text */
    size_t length;
    uint64_t key[2]; /* as in RunSlot; of more than 16 bytes the hash alone */
    uint64_t hash;
} RunProbe;

/* Prepares to look up the run of `length` ≥ 1 bytes at `run`, where `readable` ≥ length bytes may
 * be read, and begins to fetch its slot: memory answers while others are prepared. */
void run_cache_aim(const RunCache *cache, const char *run, size_t length, size_t readable,
                   RunProbe *probe);

/* What is known of the run, or NULL. Lives until the next run_cache_add. */
const RunValue *run_cache_find(const RunCache *cache, const RunProbe *probe);

/* Keeps a run that is not there yet, and its value->words words; value->first is set here. Does
 * nothing if the run is too long or the cache full. O(length) amortised. */
Status run_cache_add(RunCache *cache, const char *run, size_t length, RunValue value,
                     const WordId *words, Error *error);

void run_cache_free(RunCache *cache);

#endif
