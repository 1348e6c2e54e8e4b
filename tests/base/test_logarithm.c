#include "base/logarithm.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>

Test(logarithm, agrees_with_the_library_over_all_magnitudes)
{
    const RandomStream stream = {.seed = 7, .stream = 0};
    for (uint64_t i = 0; i < 200000; i++) {
        const double x = exp((random_uniform(stream, i) - 0.5) * 1400.0);
        const double expected = log(x);
        const double bound = 4e-16 * fmax(1.0, fabs(expected));
        cr_assert(fabs(logarithm(x) - expected) <= bound, "ln %a: %a, expected %a", x, logarithm(x),
                  expected);
    }
}

Test(logarithm, is_exact_at_one_and_close_around_it)
{
    cr_assert(logarithm(1.0) == 0.0);
    const RandomStream stream = {.seed = 8, .stream = 0};
    for (uint64_t i = 0; i < 10000; i++) {
        const double x = 1.0 + (random_uniform(stream, i) - 0.5) * 1e-3;
        cr_assert(fabs(logarithm(x) - log(x)) <= 4e-16 * fabs(log(x)) + 1e-30, "ln %a", x);
    }
}

Test(logarithm, of_one_plus_x_is_close_however_small_x_is)
{
    cr_assert(logarithm_1p(0.0) == 0.0);
    const RandomStream stream = {.seed = 9, .stream = 0};
    for (uint64_t i = 0; i < 100000; i++) {
        const double x = exp((random_uniform(stream, i) - 0.5) * 400.0);
        const double expected = log1p(x);
        cr_assert(fabs(logarithm_1p(x) - expected) <= 1e-15 * expected,
                  "ln(1 + %a): %a, expected %a", x, logarithm_1p(x), expected);
    }
}
