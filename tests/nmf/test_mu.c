#include "nmf/mu.h"

#include "base/random.h"
#include "nmf/kl.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { M = 60, N = 40, K = 4 };

/* A sparse matrix with a block structure and noise; each column sums to 1; column 7 is empty. */
static void make_values(double *values)
{
    const RandomStream stream = {.seed = 11, .stream = 3};
    for (int j = 0; j < N; j++) {
        double sum = 0.0;
        for (int i = 0; i < M; i++) {
            const uint64_t at = (uint64_t)(i * N + j);
            const bool own = i % K == j % K;
            const bool there = random_uniform(stream, 2 * at) < (own ? 0.7 : 0.15) && j != 7;
            values[i * N + j] = there ? floor(1 + 5 * random_uniform(stream, 2 * at + 1)) : 0.0;
            sum += values[i * N + j];
        }
        for (int i = 0; i < M && sum > 0.0; i++) {
            values[i * N + j] /= sum;
        }
    }
}

static SparseMatrix *make_matrix(void)
{
    double values[M * N];
    make_values(values);
    return support_sparse(M, N, values);
}

static NmfResult solve(const SparseMatrix *x, const Factors *start, int passes, int threads)
{
    const NmfOptions options = {.passes_max = passes, .threads = threads};
    Error error;
    NmfResult result = {0};
    cr_assert(mu_solve(x, start, &options, &result, &error) == STATUS_OK, "%s", error.message);
    return result;
}

static Factors start_at(const SparseMatrix *x, int k, NmfInit init, int restart)
{
    Error error;
    Factors start = {0};
    cr_assert(nmf_start(x, k, init, 1, restart, 2, &start, &error) == STATUS_OK);
    return start;
}

Test(mu, never_raises_the_divergence)
{
    SparseMatrix *x = make_matrix();
    for (NmfInit init = NMF_INIT_RANDOM; init <= NMF_INIT_NNDSVDAR; init++) {
        Factors start = start_at(x, K, init, 0);
        NmfResult result = solve(x, &start, 300, 1);
        for (int p = 0; p < result.pass_count; p++) {
            cr_assert(result.passes[p].relative_change >= -1e-12, "%s, pass %d: %g",
                      nmf_init_names[init], p + 1, result.passes[p].relative_change);
        }
        cr_assert(result.pass_count > 20);
        nmf_result_free(&result);
        factors_free(&start);
    }
    sparse_free(x);
}

Test(mu, keeps_columns_of_both_factors_at_their_sums_and_everything_finite)
{
    SparseMatrix *x = make_matrix();
    for (int passes = 1; passes <= 16; passes *= 2) {
        Factors start = start_at(x, K, NMF_INIT_NNDSVDA, 0);
        NmfResult result = solve(x, &start, passes, 1);
        double w_sums[K] = {0}, mass[N];
        sparse_column_sums(x, mass);
        for (int i = 0; i < M * K; i++) {
            cr_assert(isfinite(result.factors.w[i]) && result.factors.w[i] >= 0.0F);
            w_sums[i % K] += (double)result.factors.w[i];
        }
        for (int t = 0; t < K; t++) {
            cr_assert(fabs(w_sums[t] - 1.0) < 1e-5, "after %d passes W sums to %g", passes,
                      w_sums[t]);
        }
        for (int j = 0; j < N; j++) {
            double sum = 0.0;
            for (int t = 0; t < K; t++) {
                cr_assert(isfinite(result.factors.h[j * K + t]) &&
                          result.factors.h[j * K + t] >= 0);
                sum += (double)result.factors.h[j * K + t];
            }
            cr_assert(fabs(sum - mass[j]) < 1e-5, "after %d passes document %d sums to %g", passes,
                      j, sum);
        }
        nmf_result_free(&result);
        factors_free(&start);
    }
    sparse_free(x);
}

Test(mu, follows_the_documented_order_of_updates)
{
    /* One pass by the book, in plain dense loops: W; scaling; H. */
    double v[M * N];
    make_values(v);
    SparseMatrix *x = support_sparse(M, N, v);
    Factors start = start_at(x, K, NMF_INIT_RANDOM, 1);
    NmfResult result = solve(x, &start, 1, 1);
    static double w[M][K], h[K][N], new[M][K];
    for (int i = 0; i < M; i++) {
        for (int t = 0; t < K; t++) {
            w[i][t] = (double)start.w[i * K + t];
        }
    }
    for (int j = 0; j < N; j++) {
        for (int t = 0; t < K; t++) {
            h[t][j] = (double)start.h[j * K + t];
        }
    }
    for (int i = 0; i < M; i++) {
        for (int t = 0; t < K; t++) {
            double above = 0.0, below = 0.0;
            for (int j = 0; j < N; j++) {
                double wh = 0.0;
                for (int s = 0; s < K; s++) {
                    wh += w[i][s] * h[s][j];
                }
                above += wh > 0.0 ? v[i * N + j] / wh * h[t][j] : 0.0;
                below += h[t][j];
            }
            new[i][t] = w[i][t] * above / below;
        }
    }
    memcpy(w, new, sizeof w);
    for (int t = 0; t < K; t++) {
        double sum = 0.0;
        for (int i = 0; i < M; i++) {
            sum += w[i][t];
        }
        for (int i = 0; i < M; i++) {
            w[i][t] /= sum;
        }
        for (int j = 0; j < N; j++) {
            h[t][j] *= sum;
        }
    }
    for (int j = 0; j < N; j++) {
        double updated[K];
        for (int t = 0; t < K; t++) {
            double above = 0.0;
            for (int i = 0; i < M; i++) {
                double wh = 0.0;
                for (int s = 0; s < K; s++) {
                    wh += w[i][s] * h[s][j];
                }
                above += wh > 0.0 ? v[i * N + j] / wh * w[i][t] : 0.0;
            }
            updated[t] = h[t][j] * above;
        }
        for (int t = 0; t < K; t++) {
            cr_assert(fabs(updated[t] - (double)result.factors.h[j * K + t]) < 1e-6);
        }
    }
    for (int i = 0; i < M; i++) {
        for (int t = 0; t < K; t++) {
            cr_assert(fabs(w[i][t] - (double)result.factors.w[i * K + t]) < 1e-7);
        }
    }
    nmf_result_free(&result);
    factors_free(&start);
    sparse_free(x);
}

Test(mu, permuting_documents_and_start_permutes_the_mixtures)
{
    double v[M * N], permuted[M * N];
    int order[N];
    make_values(v);
    for (int j = 0; j < N; j++) {
        order[j] = (j * 17 + 5) % N; /* 17 and 40 share no factor */
    }
    for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
            permuted[i * N + j] = v[i * N + order[j]];
        }
    }
    SparseMatrix *x = support_sparse(M, N, v), *y = support_sparse(M, N, permuted);
    Factors start = start_at(x, K, NMF_INIT_RANDOM, 0),
            start_y = start_at(y, K, NMF_INIT_RANDOM, 0);
    memcpy(start_y.w, start.w, sizeof(float) * M * K);
    for (int j = 0; j < N; j++) {
        memcpy(start_y.h + j * K, start.h + order[j] * K, sizeof(float) * K);
    }
    NmfResult a = solve(x, &start, 100, 1), b = solve(y, &start_y, 100, 1);
    for (int j = 0; j < N; j++) {
        for (int t = 0; t < K; t++) {
            const double difference =
                (double)a.factors.h[order[j] * K + t] - (double)b.factors.h[j * K + t];
            cr_assert(fabs(difference) < 1e-5, "document %d: %g", j, difference);
        }
    }
    nmf_result_free(&a);
    nmf_result_free(&b);
    factors_free(&start);
    factors_free(&start_y);
    sparse_free(x);
    sparse_free(y);
}

Test(mu, gives_the_same_bytes_for_any_number_of_threads)
{
    SparseMatrix *x = make_matrix();
    Factors start = start_at(x, K, NMF_INIT_NNDSVDA, 0);
    NmfResult one = solve(x, &start, 50, 1);
    for (int threads = 2; threads <= 8; threads++) {
        NmfResult more = solve(x, &start, 50, threads);
        cr_assert(memcmp(one.factors.w, more.factors.w, sizeof(float) * M * K) == 0);
        cr_assert(memcmp(one.factors.h, more.factors.h, sizeof(float) * N * K) == 0);
        cr_assert(one.objective == more.objective);
        nmf_result_free(&more);
    }
    nmf_result_free(&one);
    factors_free(&start);
    sparse_free(x);
}

Test(mu, copes_with_more_topics_than_documents_or_words)
{
    static const double values[3 * 2] = {1, 0, 2, 0, 0, 5};
    SparseMatrix *x = support_sparse(3, 2, values);
    for (NmfInit init = NMF_INIT_RANDOM; init <= NMF_INIT_NNDSVDAR; init++) {
        Factors start = start_at(x, 7, init, 0);
        NmfResult result = solve(x, &start, 200, 2);
        for (int i = 0; i < 3 * 7; i++) {
            cr_assert(isfinite(result.factors.w[i]) && result.factors.w[i] >= 0.0F);
        }
        for (int i = 0; i < 2 * 7; i++) {
            cr_assert(isfinite(result.factors.h[i]) && result.factors.h[i] >= 0.0F);
        }
        cr_assert(isfinite(result.objective));
        nmf_result_free(&result);
        factors_free(&start);
    }
    sparse_free(x);
}

Test(mu, leaves_empty_documents_empty)
{
    SparseMatrix *x = make_matrix();
    Factors start = start_at(x, K, NMF_INIT_RANDOM, 0);
    NmfResult result = solve(x, &start, 5, 1);
    for (int t = 0; t < K; t++) {
        cr_assert(result.factors.h[7 * K + t] == 0.0F);
    }
    nmf_result_free(&result);
    factors_free(&start);
    sparse_free(x);
}

static bool stop_at_once(void *context)
{
    (void)context;
    return true;
}

Test(mu, says_why_it_stopped)
{
    SparseMatrix *x = make_matrix();
    Factors start = start_at(x, K, NMF_INIT_RANDOM, 0);
    Error error;
    static const NmfOptions cases[] = {
        {.tolerance = 1e-3, .passes_max = 1000, .threads = 1},
        {.kkt_tolerance = 1e-2, .passes_max = 1000, .threads = 1},
        {.passes_max = 3, .threads = 1},
        {.passes_max = 1000, .threads = 1, .interrupted = stop_at_once},
    };
    static const NmfStop expected[] = {NMF_CONVERGED, NMF_CONVERGED, NMF_PASS_LIMIT,
                                       NMF_INTERRUPTED};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NmfResult result = {0};
        cr_assert(mu_solve(x, &start, &cases[i], &result, &error) == STATUS_OK);
        cr_assert(result.stop == expected[i], "case %zu: %s", i, nmf_stop_names[result.stop]);
        cr_assert(i == 3 ? result.pass_count == 1 : result.pass_count > 1);
        nmf_result_free(&result);
    }
    factors_free(&start);
    sparse_free(x);
}

Test(mu, names_the_pass_when_a_number_is_not_finite)
{
    double values[M * N];
    make_values(values);
    SparseMatrix *x = support_sparse(M, N, values);
    Factors start = start_at(x, K, NMF_INIT_RANDOM, 0);
    x->values[5] = NAN;
    const NmfOptions options = {.passes_max = 5, .threads = 1};
    Error error;
    NmfResult result = {0};
    cr_assert(mu_solve(x, &start, &options, &result, &error) == STATUS_FAILED);
    cr_assert(strstr(error.message, "pass 1") != NULL, "%s", error.message);
    factors_free(&start);
    sparse_free(x);
}
