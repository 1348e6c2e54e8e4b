#include "nmf/plsa.h"

#include "base/random.h"
#include "cases.h"
#include "nmf/kl.h"
#include "nmf/mu.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { M = 30, N = 25, K = 3 };

/* Counts, about half of them 0; document 4 has none. */
static SparseMatrix *make_counts(void)
{
    const RandomStream stream = {.seed = 5, .stream = 9};
    double values[M * N];
    for (int i = 0; i < M * N; i++) {
        const double drawn = random_uniform(stream, (uint64_t)i);
        const bool own = i / N % K == i % N % K;
        values[i] = i % N == 4 || drawn < (own ? 0.3 : 0.7) ? 0.0 : floor(10 * drawn);
    }
    return support_sparse(M, N, values);
}

static Factors random_start(const SparseMatrix *x, int k, int number)
{
    Error error;
    Factors start = {0};
    cr_assert(nmf_start(x, k, NMF_INIT_RANDOM, 3, number, 1, &start, &error) == STATUS_OK);
    return start;
}

typedef Status (*Solve)(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                        NmfResult *result, Error *error);

static NmfResult solve(Solve solver, const SparseMatrix *x, const Factors *start, int passes,
                       int threads)
{
    const NmfOptions options = {.passes_max = passes, .threads = threads};
    Error error;
    NmfResult result = {0};
    cr_assert(solver(x, start, &options, &result, &error) == STATUS_OK, "%s", error.message);
    return result;
}

/* The factors of Xᵀ ≈ Hᵀ·Wᵀ. */
static Factors swapped(const Factors *factors)
{
    return (Factors){.rows = factors->columns,
                     .columns = factors->rows,
                     .rank = factors->rank,
                     .w = factors->h,
                     .h = factors->w};
}

/* Both k values of a row scaled to sum `mass`; a row of zeros stays. */
static void expect_same_rows(const float *expected, const float *found, int64_t count, int k,
                             const char *what, int pass)
{
    for (int64_t j = 0; j < count; j++) {
        double sums[2] = {0.0, 0.0};
        for (int t = 0; t < k; t++) {
            sums[0] += (double)expected[j * k + t];
            sums[1] += (double)found[j * k + t];
        }
        for (int t = 0; t < k && sums[0] > 0.0; t++) {
            const double a = (double)expected[j * k + t] / sums[0];
            const double b = (double)found[j * k + t] / sums[1];
            cr_assert(fabs(a - b) < 1e-6, "%s, pass %d, row %ld: %.9g is not %.9g", what, pass,
                      (long)j, b, a);
        }
    }
}

/* H of the multiplicative rules on Xᵀ: there it is W, the one that is updated first, and its
 * columns are brought to sum 1, each by a factor that has to be taken off again: the documents'
 * tokens of each topic are what the rule multiplied, Σ over documents of h·G. */
static void unscale(const Factors *before, const SparseMatrix *x, float *h)
{
    const int k = before->rank;
    double *scale = calloc((size_t)k, sizeof *scale);
    for (int64_t j = 0; j < x->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const float *w = before->w + (int64_t)x->row_indices[p] * k;
            double product = 0.0;
            for (int t = 0; t < k; t++) {
                product += (double)w[t] * (double)before->h[j * k + t];
            }
            for (int t = 0; t < k; t++) {
                scale[t] += x->values[p] * (double)w[t] * (double)before->h[j * k + t] / product;
            }
        }
    }
    for (int64_t i = 0; i < x->columns * k; i++) {
        h[i] = (float)((double)h[i] * scale[i % k]);
    }
    free(scale);
}

Test(plsa, iterates_are_those_of_the_multiplicative_rules_up_to_scaling)
{
    enum { PASSES = 25 };
    SparseMatrix *x = make_counts();
    Error error;
    SparseMatrix *xt = sparse_transpose(x, &error);
    Factors now = random_start(x, K, 0);
    for (int pass = 1; pass <= PASSES; pass++) {
        const Factors now_swapped = swapped(&now);
        NmfResult em = solve(plsa_solve, x, &now, 1, 1);
        NmfResult of_w = solve(mu_solve, x, &now, 1, 1);
        NmfResult of_h = solve(mu_solve, xt, &now_swapped, 1, 1);
        for (int64_t i = 0; i < M * K; i++) {
            cr_assert(fabs((double)(em.factors.w[i] - of_w.factors.w[i])) < 1e-6,
                      "pass %d: P(w|z) %.9g is not %.9g", pass, (double)em.factors.w[i],
                      (double)of_w.factors.w[i]);
        }
        unscale(&now, x, of_h.factors.w);
        expect_same_rows(of_h.factors.w, em.factors.h, N, K, "P(z|d)", pass);
        factors_free(&now);
        now = em.factors;
        em.factors = (Factors){0};
        nmf_result_free(&em);
        nmf_result_free(&of_w);
        nmf_result_free(&of_h);
    }
    factors_free(&now);
    sparse_free(x);
    sparse_free(xt);
}

Test(plsa, never_lowers_the_likelihood_and_keeps_distributions)
{
    SparseMatrix *x = make_counts();
    Factors start = random_start(x, K, 1);
    NmfResult result = solve(plsa_solve, x, &start, 200, 1);
    double sums[K] = {0}, mass[N];
    sparse_column_sums(x, mass);
    cr_assert(result.pass_count > 20);
    for (int p = 0; p < result.pass_count; p++) {
        cr_assert(result.passes[p].relative_change >= -1e-13, "pass %d", p + 1);
    }
    for (int i = 0; i < M * K; i++) {
        sums[i % K] += (double)result.factors.w[i];
    }
    for (int t = 0; t < K; t++) {
        cr_assert(fabs(sums[t] - 1.0) < 1e-6);
    }
    for (int j = 0; j < N; j++) {
        double sum = 0.0;
        for (int t = 0; t < K; t++) {
            sum += (double)result.factors.h[j * K + t];
        }
        cr_assert(fabs(sum - mass[j]) < 1e-5 * (mass[j] + 1.0), "document %d", j);
    }
    nmf_result_free(&result);
    factors_free(&start);
    sparse_free(x);
}

/* ln of the likelihood of the counts, Σ n·ln Σ_z P(w|z)·P(z|d), and D differ by what does not
 * depend on the factors. */
Test(plsa, divergence_is_the_likelihood_but_for_a_constant)
{
    SparseMatrix *x = make_counts();
    double mass[N], before = 0.0;
    sparse_column_sums(x, mass);
    Factors start = random_start(x, K, 2);
    for (int passes = 1; passes <= 64; passes *= 4) {
        NmfResult result = solve(plsa_solve, x, &start, passes, 1);
        double likelihood = 0.0;
        for (int64_t j = 0; j < N; j++) {
            for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
                double sum = 0.0;
                for (int t = 0; t < K; t++) {
                    sum += (double)result.factors.w[x->row_indices[p] * K + t] *
                           (double)result.factors.h[j * K + t] / mass[j];
                }
                likelihood += x->values[p] * log(sum);
            }
        }
        const double constant = result.objective + likelihood;
        cr_assert(passes == 1 || fabs(constant - before) < 1e-4, "%.9g, %.9g", constant, before);
        before = constant;
        nmf_result_free(&result);
    }
    factors_free(&start);
    sparse_free(x);
}

/* From every start, on the table of speeches: D = 30.536433, and one WH (docs/method.md). */
Test(plsa, ends_at_the_product_of_nmf)
{
    SparseMatrix *x = support_sparse(4, 5, speeches);
    double products[2][4 * 5];
    for (int which = 0; which < 2; which++) {
        Factors start = random_start(x, 2, which);
        NmfResult result = solve(which ? plsa_solve : mu_solve, x, &start, 20000, 1);
        cr_assert(fabs(result.objective - 30.536433) < 1e-6, "%.9f", result.objective);
        for (int i = 0; i < 4 * 5; i++) {
            products[which][i] = 0.0;
            for (int t = 0; t < 2; t++) {
                products[which][i] += (double)result.factors.w[i / 5 * 2 + t] *
                                      (double)result.factors.h[i % 5 * 2 + t];
            }
        }
        nmf_result_free(&result);
        factors_free(&start);
    }
    for (int i = 0; i < 4 * 5; i++) {
        cr_assert(fabs(products[0][i] - products[1][i]) < 1e-3, "%g, %g", products[0][i],
                  products[1][i]);
    }
    sparse_free(x);
}

Test(plsa, spreads_what_no_topic_describes_and_takes_any_scale)
{
    static const double values[3 * 3] = {2, 0, 0, 3, 0, 1, 0, 4, 0};
    SparseMatrix *x = support_sparse(3, 3, values);
    float w[3 * 2] = {4, 2, 1, 2, 0, 0}, h[3 * 2] = {1, 1, 1, 1, 2, 1};
    const Factors start = {.rows = 3, .columns = 3, .rank = 2, .w = w, .h = h};
    NmfResult result = solve(plsa_solve, x, &start, 10, 1);
    cr_assert(fabsf(result.factors.h[2] - 2.0F) < 1e-6F &&
              fabsf(result.factors.h[3] - 2.0F) < 1e-6F);
    for (int i = 0; i < 6; i++) {
        cr_assert(isfinite(result.factors.w[i]) && isfinite(result.factors.h[i]));
    }
    nmf_result_free(&result);
    sparse_free(x);
}

Test(plsa, does_not_depend_on_threads)
{
    const RandomStream stream = {.seed = 8, .stream = 1};
    enum { ROWS = 300, COLUMNS = 260, TOPICS = 12 };
    double *values = calloc(ROWS * COLUMNS, sizeof *values);
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        values[i] = floor(4 * random_uniform(stream, (uint64_t)i));
    }
    SparseMatrix *x = support_sparse(ROWS, COLUMNS, values);
    Factors start = random_start(x, TOPICS, 0);
    NmfResult one = solve(plsa_solve, x, &start, 5, 1), four = solve(plsa_solve, x, &start, 5, 4);
    cr_assert(one.objective == four.objective);
    cr_assert(memcmp(one.factors.w, four.factors.w, sizeof(float) * ROWS * TOPICS) == 0);
    cr_assert(memcmp(one.factors.h, four.factors.h, sizeof(float) * COLUMNS * TOPICS) == 0);
    nmf_result_free(&one);
    nmf_result_free(&four);
    factors_free(&start);
    sparse_free(x);
    free(values);
}
