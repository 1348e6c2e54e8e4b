#include "base/exponential.h"

#include <criterion/criterion.h>
#include <math.h>

Test(exponential, is_that_of_the_c_library_nearly)
{
    for (double x = -700.0; x <= 700.0; x += 0.37) {
        const double expected = exp(x), found = exponential(x);
        cr_assert(fabs(found - expected) <= 1e-14 * expected, "e^%g: %.17g, %.17g", x, found,
                  expected);
    }
}

Test(exponential, of_nothing_is_one)
{
    cr_assert_eq(exponential(0.0), 1.0);
}
