/* What half a pass works on at a time: one long column, whose entries lie side by side in the
 * lanes, or up to eight short ones, a lane each, so that no column waits for sums across lanes.
 * Needs columns in falling order of length, as nmf/compact.h has them. */
#ifndef THEMATA_NMF_UNIT_H
#define THEMATA_NMF_UNIT_H

#include "nmf/compact.h"
#include "nmf/lanes.h"

#include <stdbool.h>
#include <stdint.h>

enum { SHORT_MOST = 256 }; /* entries of the longest column that shares a unit */

typedef struct Unit {
    int64_t begin;   /* first column */
    int columns;     /* 1 if wide, else up to LANES */
    bool wide;       /* one long column */
    int64_t vectors; /* of entries, padded */
    int64_t pitch;   /* vectors from one coordinate's column to the next: odd, because even ones
                        crowd into few sets of the cache */
} Unit;

/* How many columns are units of their own: the first ones. */
static inline int64_t unit_count_wide(const Compact *v)
{
    int64_t low = 0, high = v->columns;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (v->starts[middle + 1] - v->starts[middle] > SHORT_MOST) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static inline int64_t unit_count(const Compact *v)
{
    const int64_t wide = unit_count_wide(v);
    return wide + (v->columns - wide + LANES - 1) / LANES;
}

/* Vectors that a column of `longest` entries or eight of them take at most. */
static inline int64_t unit_vectors_most(int64_t longest)
{
    const int64_t wide = lanes_padded(longest) / LANES;
    const int64_t narrow = longest < SHORT_MOST ? longest : SHORT_MOST;
    return wide > narrow ? wide : narrow;
}

/* Unit number `index`, where the first `wide` are wide. */
static inline Unit unit_at(const Compact *v, int64_t wide, int64_t index)
{
    Unit unit = {.wide = index < wide};
    unit.begin = unit.wide ? index : wide + (index - wide) * LANES;
    const int64_t left = v->columns - unit.begin;
    unit.columns = unit.wide ? 1 : left < LANES ? (int)left : LANES;
    const int64_t longest = v->starts[unit.begin + 1] - v->starts[unit.begin];
    unit.vectors = unit.wide ? lanes_padded(longest) / LANES : longest;
    unit.pitch = unit.vectors | 1;
    return unit;
}

#endif
