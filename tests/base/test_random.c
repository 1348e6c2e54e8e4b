#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { DRAWS = 1000000 };

Test(random, is_the_finaliser_of_splitmix64)
{
    /* The first number of SplitMix64 seeded with 0 is its finaliser of 0. Each step xors the next
     * key to the last result; keys equal to that result make the step start from 0 again. */
    const uint64_t first = UINT64_C(0xE220A8397B1DCDAF);
    const RandomStream stream = {.seed = 0, .stream = first};
    cr_assert_eq(random_bits(stream, first), first);
}

Test(random, is_a_pure_function_of_seed_stream_and_index)
{
    const RandomStream stream = {.seed = 42, .stream = 3};
    uint64_t forth[1000];
    for (uint64_t i = 0; i < 1000; i++) {
        forth[i] = random_bits(stream, i);
    }
    for (uint64_t i = 1000; i-- > 0;) {
        const RandomStream again = {.seed = 42, .stream = 3};
        (void)random_bits((RandomStream){.seed = i, .stream = i}, i); /* leaves no trace */
        cr_assert_eq(random_bits(again, i), forth[i]);
    }
}

Test(random, uniform_is_an_odd_multiple_strictly_between_0_and_1)
{
    const RandomStream stream = {.seed = 1, .stream = 2};
    for (uint64_t i = 0; i < DRAWS; i++) {
        const double u = random_uniform(stream, i);
        cr_assert(u > 0.0 && u < 1.0, "%a", u);
        const double multiple = u * 0x1p53;
        cr_assert(multiple == floor(multiple) && fmod(multiple, 2.0) == 1.0, "%a", u);
    }
}

Test(random, uniform_has_the_mean_and_variance_of_the_uniform_distribution)
{
    for (uint64_t seed = 0; seed < 4; seed++) {
        const RandomStream stream = {.seed = seed, .stream = 0};
        double sum = 0.0, squares = 0.0;
        for (uint64_t i = 0; i < DRAWS; i++) {
            const double u = random_uniform(stream, i) - 0.5;
            sum += u;
            squares += u * u;
        }
        /* Standard errors: sqrt(1/12/n) = 0.00029 and sqrt(1/180/n) = 0.000075. */
        cr_assert(fabs(sum / DRAWS) < 0.0015, "seed %d: mean 1/2 + %g", (int)seed, sum / DRAWS);
        cr_assert(fabs(squares / DRAWS - 1.0 / 12.0) < 0.0004, "seed %d: variance %g", (int)seed,
                  squares / DRAWS);
    }
}

Test(random, uniform_falls_into_all_parts_alike)
{
    enum { PARTS = 256 };
    int counts[PARTS] = {0};
    const RandomStream stream = {.seed = 5, .stream = 5};
    for (uint64_t i = 0; i < DRAWS; i++) {
        counts[(int)(random_uniform(stream, i) * PARTS)]++;
    }
    const double expected = (double)DRAWS / PARTS;
    double chi_square = 0.0;
    for (int i = 0; i < PARTS; i++) {
        chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    /* 255 degrees of freedom: mean 255, standard deviation 22.6. */
    cr_assert(chi_square > 255 - 5 * 22.6 && chi_square < 255 + 5 * 22.6, "%g", chi_square);
}

Test(random, each_bit_is_set_half_of_the_time)
{
    int set[64] = {0};
    const RandomStream stream = {.seed = 9, .stream = 1};
    for (uint64_t i = 0; i < 100000; i++) {
        const uint64_t bits = random_bits(stream, i);
        for (int b = 0; b < 64; b++) {
            set[b] += bits >> b & 1;
        }
    }
    for (int b = 0; b < 64; b++) { /* standard deviation 158 */
        cr_assert(abs(set[b] - 50000) < 800, "bit %d: %d of 100000", b, set[b]);
    }
}

static double correlation(RandomStream left, RandomStream right, uint64_t lag)
{
    double sum = 0.0;
    for (uint64_t i = 0; i < 200000; i++) {
        sum += (random_uniform(left, i) - 0.5) * (random_uniform(right, i + lag) - 0.5);
    }
    return sum / 200000.0 * 12.0;
}

Test(random, streams_seeds_and_indices_are_unrelated)
{
    const RandomStream stream = {.seed = 1, .stream = 1};
    static const struct {
        RandomStream other;
        uint64_t lag;
    } cases[] = {
        {{.seed = 1, .stream = 2}, 0}, {{.seed = 2, .stream = 1}, 0}, {{.seed = 1, .stream = 0}, 0},
        {{.seed = 0, .stream = 1}, 0}, {{.seed = 1, .stream = 1}, 1}, {{.seed = 1, .stream = 2}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (uint64_t index = 0; index < 10000; index++) {
            cr_assert(random_bits(stream, index) !=
                          random_bits(cases[i].other, index + cases[i].lag),
                      "case %zu, index %d", i, (int)index);
        }
        /* Standard error 0.0022. */
        const double related = correlation(stream, cases[i].other, cases[i].lag);
        cr_assert(fabs(related) < 0.011, "case %zu: %g", i, related);
    }
}

Test(random, seed_and_stream_are_not_interchangeable)
{
    for (uint64_t i = 0; i < 1000; i++) {
        cr_assert(random_bits((RandomStream){.seed = 3, .stream = 4}, i) !=
                  random_bits((RandomStream){.seed = 4, .stream = 3}, i));
    }
}
