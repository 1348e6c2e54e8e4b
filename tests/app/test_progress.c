#include "app/progress.h"

#include <criterion/criterion.h>
#include <math.h>

/* D = 1 + ratio^pass, a second a pass, until the relative change is under the tolerance. Returns
 * the estimate after `asked` passes, and in *truth what was left. */
static double estimate(double ratio, double tolerance, int asked, double *truth, bool *bound)
{
    Progress progress = {.tolerance = tolerance, .passes_max = 500};
    int last = 1;
    for (; last < 500; last++) {
        const double before = 1.0 + pow(ratio, last - 1), now = 1.0 + pow(ratio, last);
        if ((before - now) / before < tolerance) {
            break;
        }
    }
    for (int pass = 0; pass <= asked; pass++) {
        progress.objectives[pass % (2 * PROGRESS_WINDOW + 1)] = 1.0 + pow(ratio, pass);
    }
    *truth = last - asked;
    return progress_seconds_left(&progress, asked, asked, bound);
}

Test(progress, knows_the_end_of_a_steady_fall)
{
    static const double ratios[] = {0.6, 0.8, 0.9, 0.95};
    for (size_t r = 0; r < sizeof ratios / sizeof *ratios; r++) {
        double truth;
        bool bound;
        const double left = estimate(ratios[r], 1e-7, 25, &truth, &bound);
        cr_assert(!bound);
        cr_assert(fabs(left - truth) < 2.0 + 0.05 * truth, "ratio %g: %g s, in truth %g", ratios[r],
                  left, truth);
    }
}

Test(progress, is_a_bound_where_nothing_can_be_known)
{
    double truth;
    bool bound;
    cr_assert(estimate(0.9, 1e-5, 12, &truth, &bound) == 488.0 && bound); /* too few passes */
    cr_assert(estimate(0.9, 0.0, 25, &truth, &bound) == 475.0 && bound);  /* no tolerance */
    cr_assert(estimate(1.0, 1e-5, 25, &truth, &bound) == 475.0 && bound); /* no fall */
}
