/* Sixteen float32 numbers side by side. The compiler maps them to one AVX-512 register, two of AVX2
 * or four of SSE2; the sums are the same bits everywhere, because their order is written down here
 * and the build forbids contraction. */
#ifndef THEMATA_NMF_LANES_H
#define THEMATA_NMF_LANES_H

#include <stdint.h>

enum { LANES = 16 };

typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(64)));
typedef int32_t LaneMask __attribute__((vector_size(LANES * sizeof(int32_t)), aligned(64)));

/* Compiles a function once per instruction set; the loader picks the best the processor has.
 * Whatever it calls with KERNEL_PART is compiled along. */
#define KERNEL      __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define KERNEL_PART static inline __attribute__((always_inline))

/* The number of floats that hold k, padded to whole vectors. */
static inline int64_t lanes_padded(int64_t k)
{
    return (k + LANES - 1) / LANES * LANES;
}

KERNEL_PART Lanes lanes_max(Lanes a, Lanes b)
{
    const LaneMask larger = a > b;
    return (Lanes)((larger & (LaneMask)a) | (~larger & (LaneMask)b));
}

/* Halves onto each other: 16 → 8 → 4 → 2 → 1. */
KERNEL_PART float lanes_sum(Lanes v)
{
    typedef float Eight __attribute__((vector_size(32)));
    typedef float Four __attribute__((vector_size(16)));
    const Eight eight = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
                        __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    const Four four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) +
                      __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
    const Four two = four + __builtin_shufflevector(four, four, 2, 3, 2, 3);
    return two[0] + two[1];
}

#endif
