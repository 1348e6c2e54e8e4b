/* Random numbers that are a pure function of (seed, stream, index): the same for any order of
 * asking and any number of threads. */
#ifndef THEMATA_BASE_RANDOM_H
#define THEMATA_BASE_RANDOM_H

#include <stdint.h>

/* One independent sequence of numbers. */
typedef struct RandomStream {
    uint64_t seed;
    uint64_t stream;
} RandomStream;

/* 64 random bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014) applied to seed, stream
 * and index in turn. */
uint64_t random_bits(RandomStream stream, uint64_t index);

/* Uniform on the open interval (0, 1): an odd multiple of 2^-53. */
double random_uniform(RandomStream stream, uint64_t index);

#endif
