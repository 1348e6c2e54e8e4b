/* Eight float32 numbers side by side: one register of AVX2, two of SSE2. Sums are the same bits
 * everywhere, because their order is written down here and the build forbids contraction. Sixteen
 * lanes are no faster where a processor splits its 512 bits into halves, and several times slower
 * where the compiler has to split them. */
#ifndef THEMATA_NMF_LANES_H
#define THEMATA_NMF_LANES_H

#include <stdint.h>

enum { LANES = 8 };

typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(32)));
typedef int32_t LaneMask __attribute__((vector_size(LANES * sizeof(int32_t)), aligned(32)));
typedef double WideLanes __attribute__((vector_size(LANES * sizeof(double)), aligned(64)));
typedef float Four __attribute__((vector_size(16)));

/* Compiles a function once per instruction set, for AVX2 and for any processor; the loader picks
 * the better one that runs. Whatever it calls with KERNEL_PART is compiled along. There is no third
 * one for AVX-512: where it was measured it was slower (docs/method.md, "Speed"). */
#ifdef THEMATA_BASELINE_KERNELS /* for any processor only: what the AVX2 code is compared with */
#define KERNEL
#else
#define KERNEL __attribute__((target_clones("arch=x86-64-v3", "default")))
#endif
#define KERNEL_PART static inline __attribute__((always_inline))

/* The number of floats that hold k, padded to whole vectors. */
static inline int64_t lanes_padded(int64_t k)
{
    return (k + LANES - 1) / LANES * LANES;
}

/* `value` in every lane. */
KERNEL_PART Lanes lanes_of(float value)
{
    return value + (Lanes){0};
}

/* A mask is −1 where a comparison holds and 0 where not. */
KERNEL_PART Lanes lanes_select(LaneMask mask, Lanes yes, Lanes no)
{
    return (Lanes)((mask & (LaneMask)yes) | (~mask & (LaneMask)no));
}

KERNEL_PART Lanes lanes_max(Lanes a, Lanes b)
{
    return lanes_select(a > b, a, b);
}

/* The same. As a loop, compilers find the one instruction for it when both are computed in place,
 * and otherwise something slow. */
KERNEL_PART Lanes lanes_max_in_place(Lanes a, Lanes b)
{
    Lanes larger;
    for (int l = 0; l < LANES; l++) {
        larger[l] = a[l] > b[l] ? a[l] : b[l];
    }
    return larger;
}

KERNEL_PART Lanes lanes_min(Lanes a, Lanes b)
{
    return lanes_select(a < b, a, b);
}

KERNEL_PART int lanes_any(LaneMask mask)
{
    int any = 0;
    for (int l = 0; l < LANES; l++) {
        any |= mask[l];
    }
    return any != 0;
}

/* One half onto the other: 8 → 4. */
KERNEL_PART Four lanes_fold(Lanes v)
{
    return __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7);
}

/* The sum of all lanes: folded, then 4 → 2 → 1. */
KERNEL_PART float lanes_sum(Lanes v)
{
    const Four four = lanes_fold(v);
    const Four two = four + __builtin_shufflevector(four, four, 2, 3, 2, 3);
    return two[0] + two[1];
}

/* Four rows of four floats become four columns; row r of the result is where rows[r] points to. */
KERNEL_PART void lanes_transpose(Four w, Four x, Four y, Four z, Four *rows[4])
{
    const Four wx_low = __builtin_shufflevector(w, x, 0, 4, 1, 5),
               wx_high = __builtin_shufflevector(w, x, 2, 6, 3, 7),
               yz_low = __builtin_shufflevector(y, z, 0, 4, 1, 5),
               yz_high = __builtin_shufflevector(y, z, 2, 6, 3, 7);
    *rows[0] = __builtin_shufflevector(wx_low, yz_low, 0, 1, 4, 5);
    *rows[1] = __builtin_shufflevector(wx_low, yz_low, 2, 3, 6, 7);
    *rows[2] = __builtin_shufflevector(wx_high, yz_high, 0, 1, 4, 5);
    *rows[3] = __builtin_shufflevector(wx_high, yz_high, 2, 3, 6, 7);
}

/* The four sums of four vectors, each as lanes_sum would give it. */
KERNEL_PART Four lanes_sum_four(Lanes a, Lanes b, Lanes c, Lanes d)
{
    Four w, x, y, z;
    Four *columns[4] = {&w, &x, &y, &z};
    lanes_transpose(lanes_fold(a), lanes_fold(b), lanes_fold(c), lanes_fold(d), columns);
    return (w + y) + (x + z);
}

/* v · ln x for x > 0 (subnormal numbers excluded), with ln x within 2e-7: the method of
 * base/logarithm.h with fewer terms. The power of two in x is multiplied apart, in float64, so that
 * large logarithms lose nothing. */
KERNEL_PART WideLanes lanes_times_logarithm(Lanes v, Lanes x)
{
    const double ln2 = 0x1.62e42fefa39efp-1;
    const LaneMask bits = (LaneMask)x;
    const LaneMask e = (bits - 0x3F3504F3) >> 23; /* the bits of √½ */
    const Lanes f = (Lanes)(bits - (e << 23));
    const Lanes s = (f - 1.0F) / (f + 1.0F);
    const Lanes z = s * s;
    Lanes series = lanes_of(1.0F / 9.0F);
    series = series * z + 1.0F / 7.0F;
    series = series * z + 1.0F / 5.0F;
    series = series * z + 1.0F / 3.0F;
    const Lanes twice = 2.0F * s;
    const Lanes rest = twice + twice * z * series;
    return __builtin_convertvector(v * __builtin_convertvector(e, Lanes), WideLanes) * ln2 +
           __builtin_convertvector(v * rest, WideLanes);
}

#endif
