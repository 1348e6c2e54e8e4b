/* A natural logarithm that gives the same bits on every processor.
 *
 * The C library's log() takes another path where the processor has fused multiply-add, and so
 * differs in the last bit between machines; TF-IDF values and the objective, and with it the
 * number of passes, would then depend on the machine. This one uses only + - * / in a fixed order
 * (the project is built with -ffp-contract=off). */
#ifndef THEMATA_BASE_LOGARITHM_H
#define THEMATA_BASE_LOGARITHM_H

#include <stdint.h>
#include <string.h>

/* ln x for finite x > 0 (subnormal numbers excluded), within 2 units in the last place, more
 * precisely within 3e-16 · max(1, |ln x|).
 *
 * With x = 2^e · f, f in [√½, √2), and s = (f − 1)/(f + 1): ln x = e·ln 2 + 2·artanh s, the series
 * of artanh cut where its terms fall under 2^-55 (|s| ≤ 0.1716). */
static inline double logarithm(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    /* Subtracting the bits of √½ from those of x leaves in the exponent field the power of two
     * that takes f into [√½, √2). */
    const uint64_t root_half = UINT64_C(0x3FE6A09E667F3BCD);
    const uint64_t exponent = (bits - root_half) & UINT64_C(0xFFF0000000000000);
    const double e = (double)((int64_t)exponent >> 52);
    bits -= exponent;
    double f;
    memcpy(&f, &bits, sizeof f);

    const double s = (f - 1.0) / (f + 1.0);
    const double z = s * s;
    double series = 1.0 / 23.0;
    series = series * z + 1.0 / 21.0;
    series = series * z + 1.0 / 19.0;
    series = series * z + 1.0 / 17.0;
    series = series * z + 1.0 / 15.0;
    series = series * z + 1.0 / 13.0;
    series = series * z + 1.0 / 11.0;
    series = series * z + 1.0 / 9.0;
    series = series * z + 1.0 / 7.0;
    series = series * z + 1.0 / 5.0;
    series = series * z + 1.0 / 3.0;
    /* ln 2 in two parts: the first has 21 trailing zero bits, so e · high is exact. */
    const double ln2_high = 0x1.62e42fee00000p-1;
    const double ln2_low = 0x1.a39ef35793c76p-33;
    const double twice = 2.0 * s;
    return e * ln2_high + (twice + (twice * z * series + e * ln2_low));
}

/* ln(1 + x) for finite x ≥ 0, to a few units in the last place however small x is: what rounding
 * 1 + x takes from x is given back in proportion (Kahan). */
static inline double logarithm_1p(double x)
{
    const double sum = 1.0 + x;
    return sum == 1.0 ? x : logarithm(sum) * (x / (sum - 1.0));
}

#endif
