/* Four float64 numbers side by side, a register of AVX2 (of wider vectors the compiler passes parts
 * through memory); with sums in a fixed order, as nmf/lanes.h. */
#ifndef THEMATA_NMF_HALVES_H
#define THEMATA_NMF_HALVES_H

#include "nmf/lanes.h"

enum { HALF = LANES / 2 };

typedef double Half __attribute__((vector_size(HALF * sizeof(double)), aligned(32)));

KERNEL_PART Half half_of(double value)
{
    return value + (Half){0};
}

/* The larger of each two. */
KERNEL_PART Half half_max(Half a, Half b)
{
    Half larger;
    for (int l = 0; l < HALF; l++) {
        larger[l] = a[l] > b[l] ? a[l] : b[l];
    }
    return larger;
}

KERNEL_PART double half_sum(Half v)
{
    return (v[0] + v[1]) + (v[2] + v[3]);
}

/* The number of halves that hold `count` values. */
static inline int64_t halves_of(int64_t count)
{
    return (count + HALF - 1) / HALF;
}

#endif
