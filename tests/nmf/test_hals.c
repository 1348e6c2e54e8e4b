/* The Frobenius solver: worked examples, descent, invariances, threads. */
#include "nmf/hals.h"

#include "base/random.h"
#include "nmf/cases.h"
#include "nmf/frobenius.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const NmfOptions exactly = {.objective = NMF_FROBENIUS,
                                   .tolerance = 1e-14,
                                   .kkt_tolerance = 1e-12,
                                   .passes_max = 20000,
                                   .threads = 1};

static NmfResult solve(const SparseMatrix *x, int k, int restart, const NmfOptions *options)
{
    Error error;
    Factors start = {0};
    NmfResult result = {0};
    cr_assert(nmf_start(x, k, NMF_INIT_RANDOM, 7, restart, 1, &start, &error) == STATUS_OK);
    cr_assert(hals_solve(x, &start, options, &result, &error) == STATUS_OK, "%s", error.message);
    factors_free(&start);
    return result;
}

static double lowest(const double *cells, int m, int n, int k)
{
    SparseMatrix *x = support_sparse(m, n, cells);
    double least = INFINITY;
    for (int restart = 0; restart < 10; restart++) {
        NmfResult result = solve(x, k, restart, &exactly);
        double f;
        Error error;
        cr_assert(frobenius_of_floats(x, result.factors.w, result.factors.h, k, false, &f,
                                      &error) == STATUS_OK);
        cr_assert(fabs(f - result.objective) <= 1e-6 * f + 1e-9, "%.12g told, %.12g there",
                  result.objective, f);
        least = result.objective < least ? result.objective : least;
        nmf_result_free(&result);
    }
    sparse_free(x);
    return least;
}

Test(hals, worked_examples_reach_their_squared_errors)
{
    cr_assert(fabs(lowest(speeches, 4, 5, 2) / 453.9458 - 1.0) < 1e-6);
    cr_assert(fabs(lowest(three, 3, 3, 2) / 1.30476 - 1.0) < 1e-5);
    cr_assert(lowest(films, 5, 7, 2) < 1e-9);
}
