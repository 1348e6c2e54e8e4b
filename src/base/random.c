#include "base/random.h"

static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t random_bits(RandomStream stream, uint64_t index)
{
    return mix(mix(mix(stream.seed) ^ stream.stream) ^ index);
}

double random_uniform(RandomStream stream, uint64_t index)
{
    uint64_t odd = (random_bits(stream, index) >> 11) | 1;
    return (double)odd * 0x1p-53;
}
