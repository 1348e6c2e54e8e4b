#include "nmf/cd.h"

#include "base/random.h"
#include "nmf/mu.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A random sparse matrix with k groups of words and documents. */
static SparseMatrix *grouped_matrix(int m, int n, int k, uint64_t seed)
{
    const RandomStream stream = {.seed = seed, .stream = 5};
    double *values = calloc((size_t)(m * n), sizeof *values);
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            const uint64_t at = (uint64_t)(i * n + j);
            const double chance = i % k == j % k ? 0.5 : 0.08;
            values[i * n + j] = random_uniform(stream, 2 * at) < chance
                                    ? floor(1 + 6 * random_uniform(stream, 2 * at + 1))
                                    : 0.0;
        }
    }
    SparseMatrix *x = support_sparse(m, n, values);
    free(values);
    return x;
}

static Factors start_of(const SparseMatrix *x, int k, NmfInit init, int restart)
{
    Error error;
    Factors start = {0};
    cr_assert(nmf_start(x, k, init, 3, restart, 1, &start, &error) == STATUS_OK);
    return start;
}

static NmfResult solve(const SparseMatrix *x, const Factors *start, int threads)
{
    const NmfOptions options = {.tolerance = 1e-9, .passes_max = 2000, .threads = threads};
    Error error;
    NmfResult result = {0};
    cr_assert(cd_solve(x, start, &options, &result, &error) == STATUS_OK, "%s", error.message);
    return result;
}

/* Everything that a result promises, whatever the matrix. */
static void check_result(const SparseMatrix *x, const NmfResult *result, const char *name)
{
    const Factors *f = &result->factors;
    double *mass = calloc((size_t)f->columns, sizeof *mass);
    sparse_column_sums(x, mass);
    cr_assert(isfinite(result->objective) && result->objective >= 0.0, "%s", name);
    for (int t = 0; t < f->rank; t++) {
        double sum = 0.0;
        for (int64_t i = 0; i < f->rows; i++) {
            const double value = (double)f->w[i * f->rank + t];
            cr_assert(isfinite(value) && value >= 0.0, "%s", name);
            sum += value;
        }
        cr_assert(sum == 0.0 || fabs(sum - 1.0) < 1e-5, "%s: topic %d sums to %g", name, t, sum);
    }
    for (int64_t j = 0; j < f->columns; j++) {
        double sum = 0.0;
        for (int t = 0; t < f->rank; t++) {
            const double value = (double)f->h[j * f->rank + t];
            cr_assert(isfinite(value) && value >= 0.0, "%s", name);
            sum += value;
        }
        cr_assert(fabs(sum - mass[j]) <= 1e-5 * mass[j], "%s: document %d sums to %g, not %g", name,
                  (int)j, sum, mass[j]);
    }
    for (int p = 1; p < result->pass_count; p++) {
        cr_assert(result->passes[p].objective <= result->passes[p - 1].objective, "%s, pass %d",
                  name, p + 1);
    }
    free(mass);
}

Test(cd, ends_no_higher_than_multiplicative_updates_from_the_same_start)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        SparseMatrix *x = grouped_matrix(80, 60, 4, seed);
        double best_mu = INFINITY, best_cd = INFINITY;
        for (int restart = 0; restart < 10; restart++) {
            Factors start = start_of(x, 4, NMF_INIT_RANDOM, restart);
            const NmfOptions options = {.tolerance = 1e-10, .passes_max = 20000, .threads = 1};
            Error error;
            NmfResult mu = {0}, cd = solve(x, &start, 1);
            cr_assert(mu_solve(x, &start, &options, &mu, &error) == STATUS_OK);
            check_result(x, &cd, "random");
            best_mu = fmin(best_mu, mu.objective);
            best_cd = fmin(best_cd, cd.objective);
            nmf_result_free(&mu);
            nmf_result_free(&cd);
            factors_free(&start);
        }
        cr_assert(best_cd <= best_mu * (1 + 1e-6), "seed %d: %.9g, mu %.9g", (int)seed, best_cd,
                  best_mu);
        sparse_free(x);
    }
}

Test(cd, started_at_a_fixed_point_of_mu_does_not_rise)
{
    SparseMatrix *x = grouped_matrix(60, 50, 3, 9);
    Factors start = start_of(x, 3, NMF_INIT_NNDSVDA, 0);
    const NmfOptions options = {.tolerance = 1e-12, .passes_max = 50000, .threads = 1};
    Error error;
    NmfResult mu = {0};
    cr_assert(mu_solve(x, &start, &options, &mu, &error) == STATUS_OK);
    NmfResult cd = solve(x, &mu.factors, 1);
    cr_assert(cd.objective <= mu.objective * (1 + 1e-6), "%.9g, mu %.9g", cd.objective,
              mu.objective);
    nmf_result_free(&mu);
    nmf_result_free(&cd);
    factors_free(&start);
    sparse_free(x);
}

Test(cd, leaves_the_zeros_of_a_start_where_a_value_would_stay_undescribed)
{
    /* The second word of the first document is in a topic that the document does not have. */
    static const double values[2 * 2] = {3, 0, 1, 2};
    SparseMatrix *x = support_sparse(2, 2, values);
    float w[4] = {1, 0, 0, 1}, h[4] = {3, 0, 0, 2};
    const Factors start = {.rows = 2, .columns = 2, .rank = 2, .w = w, .h = h};
    NmfResult result = solve(x, &start, 1);
    cr_assert(result.objective < 1e-6, "D = %g", result.objective);
    nmf_result_free(&result);
    sparse_free(x);
}

Test(cd, gives_the_same_bytes_for_any_number_of_threads)
{
    SparseMatrix *x = grouped_matrix(700, 600, 5, 2); /* large enough that threads are used */
    Factors start = start_of(x, 40, NMF_INIT_NNDSVDA, 0);
    NmfResult one = solve(x, &start, 1);
    for (int threads = 2; threads <= 8; threads *= 2) {
        NmfResult more = solve(x, &start, threads);
        cr_assert(memcmp(one.factors.w, more.factors.w, sizeof(float) * 700 * 40) == 0);
        cr_assert(memcmp(one.factors.h, more.factors.h, sizeof(float) * 600 * 40) == 0);
        cr_assert(one.objective == more.objective && one.pass_count == more.pass_count);
        nmf_result_free(&more);
    }
    nmf_result_free(&one);
    factors_free(&start);
    sparse_free(x);
}

Test(cd, copes_with_every_odd_shape)
{
    static const double one_document[4] = {1, 0, 2, 5}, one_word[4] = {3, 1, 4, 1},
                        equal[3 * 3] = {1, 1, 1, 2, 2, 2, 3, 3, 3}, single[1] = {7},
                        wide[2 * 2] = {1e-30, 1e30, 1e30, 1e-30},
                        gaps[3 * 3] = {1, 0, 0, 0, 0, 0, 2, 0, 3};
    static const struct {
        const char *name;
        int m, n;
        const double *values;
    } cases[] = {
        {"one document", 4, 1, one_document}, {"one word", 1, 4, one_word},
        {"equal columns", 3, 3, equal},       {"one by one", 1, 1, single},
        {"wide range", 2, 2, wide},           {"empty word and document", 3, 3, gaps},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        SparseMatrix *x = support_sparse(cases[c].m, cases[c].n, cases[c].values);
        for (int k = 1; k <= 7; k += 2) {
            for (NmfInit init = NMF_INIT_RANDOM; init <= NMF_INIT_NNDSVDA; init++) {
                Factors start = start_of(x, k, init, 0);
                NmfResult result = solve(x, &start, 2);
                check_result(x, &result, cases[c].name);
                nmf_result_free(&result);
                factors_free(&start);
            }
        }
        sparse_free(x);
    }
}

Test(cd, names_word_and_document_of_a_value_it_cannot_use)
{
    static const double bad[] = {-1.0, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        SparseMatrix *x = grouped_matrix(10, 8, 2, 1);
        Factors start = start_of(x, 2, NMF_INIT_RANDOM, 0);
        const int64_t p = x->starts[3];
        x->values[p] = bad[i];
        const NmfOptions options = {.passes_max = 5, .threads = 1};
        Error error;
        NmfResult result = {0};
        char expected[64];
        snprintf(expected, sizeof expected, "word %d in document 4", (int)x->row_indices[p] + 1);
        cr_assert(cd_solve(x, &start, &options, &result, &error) == STATUS_INPUT);
        cr_assert(strstr(error.message, expected) != NULL, "%s", error.message);
        factors_free(&start);
        sparse_free(x);
    }
}
