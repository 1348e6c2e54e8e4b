#include "nmf/cd.h"

#include "base/random.h"
#include "nmf/cases.h"
#include "nmf/kl.h"
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
    double *mass = calloc((size_t)f->columns, sizeof *mass), all = 0.0;
    sparse_column_sums(x, mass);
    for (int64_t j = 0; j < f->columns; j++) {
        all += mass[j];
    }
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
        /* what float32 cannot hold beside the mean document counts for nothing */
        const bool beyond = mass[j] < 1e-30 * all / (double)f->columns;
        cr_assert(beyond || fabs(sum - mass[j]) <= 1e-5 * mass[j],
                  "%s: document %d sums to %g, not %g", name, (int)j, sum, mass[j]);
    }
    for (int p = 1; p < result->pass_count; p++) {
        cr_assert(result->passes[p].objective <= result->passes[p - 1].objective, "%s, pass %d",
                  name, p + 1);
    }
    /* what is reported is float32's, of a point that extrapolation has passed through */
    const double last = result->passes[result->pass_count - 1].objective;
    cr_assert(result->objective <= last + 1e-5 * last + 1e-6 * all, "%s: D = %.9g, reported %.9g",
              name, result->objective, last);
    free(mass);
}

/* Converged as far as float64 goes. */
static NmfResult solve_by_mu(const SparseMatrix *x, const Factors *start)
{
    const NmfOptions options = {
        .tolerance = 1e-13, .kkt_tolerance = 1e-10, .passes_max = 50000, .threads = 1};
    Error error;
    NmfResult result = {0};
    cr_assert(mu_solve(x, start, &options, &result, &error) == STATUS_OK, "%s", error.message);
    return result;
}

/* D of factors as they are kept, in float32: what the results of both solvers are compared by. */
static double divergence_of(const SparseMatrix *x, const Factors *f)
{
    Error error;
    double divergence;
    cr_assert(kl_divergence_of_floats(x, f->w, f->h, NULL, f->rank, 1, &divergence, &error) ==
              STATUS_OK);
    return divergence;
}

/* The best D of either solver from sixty random starts. */
typedef struct Best {
    double cd, mu;
} Best;

static Best best_of_sixty(const SparseMatrix *x, int k)
{
    Best best = {.cd = INFINITY, .mu = INFINITY};
    for (int restart = 0; restart < 60; restart++) {
        Factors start = start_of(x, k, NMF_INIT_RANDOM, restart);
        NmfResult mu = solve_by_mu(x, &start), cd = solve(x, &start, 1);
        check_result(x, &cd, "random");
        best.mu = fmin(best.mu, mu.objective);
        best.cd = fmin(best.cd, cd.objective);
        nmf_result_free(&mu);
        nmf_result_free(&cd);
        factors_free(&start);
    }
    return best;
}

Test(cd, agrees_with_multiplicative_updates_on_the_best_of_sixty_starts)
{
    SparseMatrix *small[] = {
        support_sparse(4, 5, speeches), support_sparse(3, 3, three),  grouped_matrix(12, 10, 2, 0),
        grouped_matrix(20, 15, 2, 1),   grouped_matrix(12, 40, 2, 2),
    };
    for (int i = 0; i < 5; i++) {
        const Best best = best_of_sixty(small[i], 2);
        cr_assert(fabs(best.cd - best.mu) <= 1e-6 * best.mu, "matrix %d: %.10g, mu %.10g", i,
                  best.cd, best.mu);
        sparse_free(small[i]);
    }
}

Test(cd, ends_no_higher_than_multiplicative_updates_where_minima_are_many)
{
    for (uint64_t seed = 0; seed < 4; seed++) {
        SparseMatrix *x = grouped_matrix(40, 25, 4, seed);
        const Best best = best_of_sixty(x, 4);
        cr_assert(best.cd <= best.mu * (1 + 1e-6), "matrix %d: %.10g, mu %.10g", (int)seed, best.cd,
                  best.mu);
        sparse_free(x);
    }
}

Test(cd, started_at_a_fixed_point_of_mu_never_ends_higher)
{
    for (uint64_t seed = 0; seed < 12; seed++) {
        const int k = 2 + (int)seed % 4;
        SparseMatrix *x = grouped_matrix(60, 50, k, seed);
        Factors start = start_of(x, k, (NmfInit)(seed % 3), (int)seed);
        NmfResult mu = solve_by_mu(x, &start), cd = solve(x, &mu.factors, 1);
        const double before = divergence_of(x, &mu.factors);
        cr_assert(cd.objective <= before * (1 + 1e-9), "matrix %d: %.12g, mu %.12g", (int)seed,
                  cd.objective, before);
        nmf_result_free(&mu);
        nmf_result_free(&cd);
        factors_free(&start);
        sparse_free(x);
    }
}

/* The KKT residual of nmf/kl.h at a result, in float64 and dense loops: the larger of both
 * factors'. */
static double residual_of(const SparseMatrix *x, const Factors *f)
{
    const int k = f->rank;
    const size_t m = (size_t)f->rows, n = (size_t)f->columns, rank = (size_t)k;
    double *g_w = calloc(m * rank, sizeof *g_w), *g_h = calloc(n * rank, sizeof *g_h);
    double *row_mass = calloc(m, sizeof *row_mass), *column_mass = calloc(n, sizeof *column_mass);
    double *w_sums = calloc(rank, sizeof *w_sums), *h_sums = calloc(rank, sizeof *h_sums);
    double of_w = 0.0, of_h = 0.0, mass = 0.0;
    for (int64_t j = 0; j < f->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const int64_t i = x->row_indices[p];
            double wh = 0.0;
            for (int t = 0; t < k; t++) {
                wh += (double)f->w[i * k + t] * (double)f->h[j * k + t];
            }
            for (int t = 0; t < k; t++) {
                g_w[i * k + t] += x->values[p] / wh * (double)f->h[j * k + t];
                g_h[j * k + t] += x->values[p] / wh * (double)f->w[i * k + t];
            }
            row_mass[i] += x->values[p];
            column_mass[j] += x->values[p];
            mass += x->values[p];
        }
    }
    for (int64_t i = 0; i < f->rows * k; i++) {
        w_sums[i % k] += (double)f->w[i];
    }
    for (int64_t j = 0; j < f->columns * k; j++) {
        h_sums[j % k] += (double)f->h[j];
    }
    for (int64_t i = 0; i < f->rows * k; i++) {
        of_w += kl_kkt_step((double)f->w[i] * h_sums[i % k], row_mass[i / k] / k,
                            1.0 - g_w[i] / h_sums[i % k]);
    }
    for (int64_t j = 0; j < f->columns * k; j++) {
        of_h += kl_kkt_step((double)f->h[j] * w_sums[j % k], column_mass[j / k] / k,
                            1.0 - g_h[j] / w_sums[j % k]);
    }
    double *all[] = {g_w, g_h, row_mass, column_mass, w_sums, h_sums};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(all[i]);
    }
    return fmax(of_w, of_h) / mass;
}

Test(cd, ends_below_the_kkt_tolerance_wherever_it_started)
{
    static const double tolerances[] = {1e-4, 1e-5, 1e-6};
    SparseMatrix *x = grouped_matrix(60, 50, 4, 6);
    for (int restart = 0; restart < 60; restart++) {
        Factors start = start_of(x, 4, NMF_INIT_RANDOM, restart);
        for (size_t i = 0; i < sizeof tolerances / sizeof *tolerances; i++) {
            const NmfOptions options = {
                .kkt_tolerance = tolerances[i], .passes_max = 5000, .threads = 1};
            Error error;
            NmfResult result = {0};
            cr_assert(cd_solve(x, &start, &options, &result, &error) == STATUS_OK);
            const double residual = residual_of(x, &result.factors);
            cr_assert(result.stop == NMF_CONVERGED && residual < tolerances[i],
                      "start %d, tolerance %g: %s, residual %g", restart, tolerances[i],
                      nmf_stop_names[result.stop], residual);
            nmf_result_free(&result);
        }
        factors_free(&start);
    }
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
                        gaps[3 * 3] = {1, 0, 0, 0, 0, 0, 2, 0, 3},
                        duplicates[3 * 5] = {1, 4, 1, 4, 1, 2, 0, 2, 0, 2, 0, 3, 0, 3, 0},
                        single_words[3 * 3] = {5, 1, 0, 0, 2, 0, 0, 3, 7}, nothing[2 * 2] = {0},
                        tiny_document[2 * 3] = {1e30, 1e-30, 1e10, 1e30, 2e-30, 0};
    static const struct {
        const char *name;
        int m, n;
        const double *values;
    } cases[] = {
        {"one document", 4, 1, one_document},
        {"one word", 1, 4, one_word},
        {"equal columns", 3, 3, equal},
        {"one by one", 1, 1, single},
        {"wide range", 2, 2, wide},
        {"empty word and document", 3, 3, gaps},
        {"duplicate documents", 3, 5, duplicates},
        {"documents of one word", 3, 3, single_words},
        {"nothing at all", 2, 2, nothing},
        {"a tiny document", 2, 3, tiny_document},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        SparseMatrix *x = support_sparse(cases[c].m, cases[c].n, cases[c].values);
        for (int k = 1; k <= 7; k += 2) {
            for (NmfInit init = NMF_INIT_RANDOM; init <= NMF_INIT_NNDSVDAR; init++) {
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

Test(cd, copes_with_values_of_every_size)
{
    const RandomStream stream = {.seed = 12, .stream = 5};
    for (int kind = 0; kind < 2; kind++) { /* anywhere; of a size for each document */
        double values[10 * 8];
        for (int i = 0; i < 10 * 8; i++) {
            const uint64_t size = kind ? 1000 + (uint64_t)i % 8 : (uint64_t)i;
            values[i] = (1 + i % 3) * pow(10, 60 * random_uniform(stream, size) - 30);
        }
        SparseMatrix *x = support_sparse(10, 8, values);
        for (int k = 1; k <= 12; k++) {
            Factors start = start_of(x, k, (NmfInit)(k % 3), 0);
            NmfResult result = solve(x, &start, 1);
            check_result(x, &result, "values of every size");
            nmf_result_free(&result);
            factors_free(&start);
        }
        sparse_free(x);
    }
}

Test(cd, finds_the_one_optimum_of_a_single_topic)
{
    /* W has the words' parts of the whole, H the documents' sums. */
    SparseMatrix *x = grouped_matrix(30, 20, 2, 4);
    Factors start = start_of(x, 1, NMF_INIT_RANDOM, 0);
    NmfResult result = solve(x, &start, 1);
    double words[30] = {0}, all = 0.0;
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        words[x->row_indices[p]] += x->values[p];
        all += x->values[p];
    }
    for (int i = 0; i < 30; i++) {
        cr_assert(fabs((double)result.factors.w[i] - words[i] / all) < 1e-6);
    }
    check_result(x, &result, "one topic");
    /* H fits W at once, so what the first pass has to tell is how far W was. */
    cr_assert(result.passes[0].kkt_residual > 0.01, "%g", result.passes[0].kkt_residual);
    nmf_result_free(&result);
    factors_free(&start);
    sparse_free(x);
}

Test(cd, describes_anything_exactly_with_as_many_topics_as_documents)
{
    SparseMatrix *x = grouped_matrix(30, 6, 3, 4);
    for (int k = 6; k <= 24; k += 9) {
        Factors start = start_of(x, k, NMF_INIT_RANDOM, 0);
        NmfResult result = solve(x, &start, 1);
        cr_assert(result.objective < 1e-4, "k %d: D = %g", k, result.objective);
        nmf_result_free(&result);
        factors_free(&start);
    }
    sparse_free(x);
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
