/* The exponential function with the same bits on every processor: see base/logarithm.h. */
#ifndef THEMATA_BASE_EXPONENTIAL_H
#define THEMATA_BASE_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

/* eˣ for −700 ≤ x ≤ 700, within 1e-14 of it, relatively.
 *
 * With x = e·ln 2 + r, |r| ≤ ½·ln 2: eˣ = 2^e · eʳ, and eʳ by its Taylor series, cut where the
 * terms fall under 2^-55 (|r|¹³/13! at most). */
static inline double exponential(double x)
{
    const double ln2_high = 0x1.62e42fee00000p-1;
    const double ln2_low = 0x1.a39ef35793c76p-33;
    const double halves = x / (ln2_high + ln2_low);
    const int64_t e = (int64_t)(halves < 0.0 ? halves - 0.5 : halves + 0.5);
    const double r = (x - (double)e * ln2_high) - (double)e * ln2_low;
    double series = 1.0;
    for (int term = 14; term > 0; term--) {
        series = 1.0 + series * r / (double)term;
    }
    const uint64_t bits = (uint64_t)(e + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return series * power;
}

#endif
