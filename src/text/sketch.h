/* How often things of each hash came, which is at least how often each of them did: what cannot be
 * frequent enough need not be counted exactly. Several threads can add at once. */
#ifndef THEMATA_TEXT_SKETCH_H
#define THEMATA_TEXT_SKETCH_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts stop at a number that leaves room for every thread to go one beyond it at the same time.
 */
enum { SKETCH_MOST = 1 << 15 };

/* Start with an all-zero Sketch. */
typedef struct Sketch {
    uint16_t *slots; /* NULL: whatever is asked for is allowed */
    size_t mask;
    bool shared; /* by several threads: adding is then dearer */
} Sketch;

/* Makes room for so many additions by so many threads, up to 64 MiB. */
Status sketch_begin(Sketch *sketch, int64_t additions, int threads, Error *error);

/* Begins to fetch what is known of a hash. */
static inline void sketch_aim(const Sketch *sketch, uint64_t hash)
{
    if (sketch->slots) {
        __builtin_prefetch(&sketch->slots[hash >> 20 & sketch->mask], 1);
    }
}

static inline void sketch_add(const Sketch *sketch, uint64_t hash)
{
    uint16_t *slot = &sketch->slots[hash >> 20 & sketch->mask];
    if (!sketch->shared) {
        *slot = (uint16_t)(*slot + (*slot < SKETCH_MOST));
    } else if (__atomic_load_n(slot, __ATOMIC_RELAXED) < SKETCH_MOST) {
        __atomic_fetch_add(slot, 1, __ATOMIC_RELAXED);
    }
}

/* Whether something of this hash may have come `least` times. Once all additions are made. */
static inline bool sketch_allows(const Sketch *sketch, uint64_t hash, int64_t least)
{
    return !sketch->slots ||
           sketch->slots[hash >> 20 & sketch->mask] >= (least < SKETCH_MOST ? least : SKETCH_MOST);
}

void sketch_free(Sketch *sketch);

#endif
