#include "nmf/nmf.h"
#include "nmf/staged.h"

#include "base/random.h"
#include "nmf/kl.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static Factors start_of(const SparseMatrix *x, int k, NmfInit init, uint64_t seed, int restart,
                        int threads)
{
    Error error;
    Factors start = {0};
    cr_assert(nmf_start(x, k, init, seed, restart, threads, &start, &error) == STATUS_OK, "%s",
              error.message);
    return start;
}

static SparseMatrix *random_matrix(int m, int n)
{
    double *values = calloc((size_t)(m * n), sizeof *values);
    const RandomStream stream = {.seed = 21, .stream = 0};
    for (int i = 0; i < m * n; i++) {
        values[i] = random_uniform(stream, 2 * (uint64_t)i) < 0.3
                        ? random_uniform(stream, 2 * (uint64_t)i + 1)
                        : 0.0;
    }
    SparseMatrix *x = support_sparse(m, n, values);
    free(values);
    return x;
}

Test(start, topics_sum_to_one_and_documents_of_a_random_start_to_their_mass)
{
    SparseMatrix *x = random_matrix(30, 20);
    double mass[20];
    sparse_column_sums(x, mass);
    for (NmfInit init = NMF_INIT_RANDOM; init <= NMF_INIT_STAGED; init++) {
        Factors start = start_of(x, 4, init, 1, 0, 1);
        for (int t = 0; t < 4; t++) {
            double sum = 0.0;
            for (int i = 0; i < 30; i++) {
                sum += (double)start.w[i * 4 + t];
            }
            cr_assert(fabs(sum - 1.0) < 1e-5, "%s: %g", nmf_init_names[init], sum);
        }
        for (int j = 0; j < 20 && init == NMF_INIT_RANDOM; j++) {
            double sum = 0.0;
            for (int t = 0; t < 4; t++) {
                sum += (double)start.h[j * 4 + t];
            }
            cr_assert(fabs(sum - mass[j]) < 1e-5 * mass[j]);
        }
        factors_free(&start);
    }
    sparse_free(x);
}

Test(start, is_a_function_of_seed_and_restart_only)
{
    SparseMatrix *x = random_matrix(50, 40);
    for (NmfInit init = NMF_INIT_RANDOM; init <= NMF_INIT_STAGED; init++) {
        Factors a = start_of(x, 5, init, 1, 0, 1), b = start_of(x, 5, init, 1, 0, 4);
        Factors other_restart = start_of(x, 5, init, 1, 1, 1);
        cr_assert(memcmp(a.w, b.w, sizeof(float) * 50 * 5) == 0);
        cr_assert(memcmp(a.h, b.h, sizeof(float) * 40 * 5) == 0);
        cr_assert(memcmp(a.w, other_restart.w, sizeof(float) * 50 * 5) != 0);
        factors_free(&a);
        factors_free(&b);
        factors_free(&other_restart);
    }
    Factors one = start_of(x, 5, NMF_INIT_RANDOM, 1, 0, 1);
    Factors two = start_of(x, 5, NMF_INIT_RANDOM, 2, 0, 1);
    cr_assert(memcmp(one.w, two.w, sizeof(float) * 50 * 5) != 0);
    factors_free(&one);
    factors_free(&two);
    sparse_free(x);
}

Test(start, nndsvd_of_two_blocks_separates_them_exactly)
{
    /* Blocks of rank 1: the singular vectors are the blocks. */
    static const double values[5 * 7] = {
        1, 3, 4, 5, 0, 0, 0, 1, 3, 4, 5, 0, 0, 0, 1, 3, 4, 5,
        0, 0, 0, 0, 0, 0, 0, 4, 5, 2, 0, 0, 0, 0, 4, 5, 2,
    };
    SparseMatrix *x = support_sparse(5, 7, values);
    Factors start = start_of(x, 2, NMF_INIT_NNDSVD, 1, 0, 1);
    const int first = start.w[0] > 0.1F ? 0 : 1;
    for (int i = 0; i < 5; i++) {
        cr_assert(fabs((double)start.w[i * 2 + first] - (i < 3 ? 1.0 / 3 : 0.0)) < 1e-6);
        cr_assert(fabs((double)start.w[i * 2 + 1 - first] - (i < 3 ? 0.0 : 0.5)) < 1e-6);
    }
    for (int j = 0; j < 7; j++) {
        for (int i = 0; i < 5; i++) {
            const double wh = (double)start.w[i * 2] * (double)start.h[j * 2] +
                              (double)start.w[i * 2 + 1] * (double)start.h[j * 2 + 1];
            cr_assert(fabs(wh - values[i * 7 + j]) < 1e-5, "(%d, %d) %g", i, j, wh);
        }
    }
    factors_free(&start);
    sparse_free(x);
}

Test(start, nndsvda_differs_from_nndsvd_in_its_zeros_alone)
{
    SparseMatrix *x = random_matrix(30, 25);
    double sum = 0.0;
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        sum += x->values[p];
    }
    Factors plain = start_of(x, 3, NMF_INIT_NNDSVD, 1, 0, 1);
    Factors filled = start_of(x, 3, NMF_INIT_NNDSVDA, 1, 0, 1);
    int zeros = 0;
    for (int t = 0; t < 3; t++) {
        double ratio = 0.0; /* both are scaled to sum 1, so the rest is in proportion */
        float fill = 0.0F;
        for (int i = 0; i < 30; i++) {
            const float a = plain.w[i * 3 + t], b = filled.w[i * 3 + t];
            if (a == 0.0F) {
                zeros++;
                cr_assert(b > 0.0F && (fill == 0.0F || b == fill));
                fill = b;
            } else {
                cr_assert(ratio == 0.0 || fabs((double)b / (double)a - ratio) < 1e-5 * ratio);
                ratio = (double)b / (double)a;
            }
        }
    }
    cr_assert(zeros > 5);
    factors_free(&plain);
    factors_free(&filled);
    sparse_free(x);
}

static double length_of(const float *factor, int count, int t)
{
    double squares = 0.0;
    for (int i = 0; i < count; i++) {
        squares += (double)factor[i * 3 + t] * (double)factor[i * 3 + t];
    }
    return sqrt(squares);
}

Test(start, nndsvdar_fills_zeros_with_small_numbers_of_the_seed)
{
    enum { M = 200, N = 150 };
    SparseMatrix *x = random_matrix(M, N);
    double mean = 0.0;
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        mean += x->values[p] / (M * N);
    }
    Factors plain = start_of(x, 3, NMF_INIT_NNDSVD, 1, 0, 1);
    Factors filled = start_of(x, 3, NMF_INIT_NNDSVDAR, 1, 0, 1);
    Factors again = start_of(x, 3, NMF_INIT_NNDSVDAR, 1, 0, 3);
    Factors other = start_of(x, 3, NMF_INIT_NNDSVDAR, 2, 0, 1);
    cr_assert(memcmp(filled.w, again.w, sizeof(float) * M * 3) == 0);
    cr_assert(memcmp(filled.h, again.h, sizeof(float) * N * 3) == 0);
    for (int t = 0; t < 3; t++) {
        /* Columns of W and rows of H are equally long before W's are divided by their sum and H's
         * multiplied, so the ratio of their lengths is that sum squared. */
        const double sum = sqrt(length_of(plain.h, N, t) / length_of(plain.w, M, t));
        double scale = 0.0, total = 0.0, largest = 0.0;
        int zeros = 0;
        for (int j = 0; j < N; j++) {
            const float a = plain.h[j * 3 + t], b = filled.h[j * 3 + t];
            scale = a > 0.0F ? (double)b / (double)a : scale; /* how the fill has changed the sum */
        }
        for (int j = 0; j < N; j++) {
            if (plain.h[j * 3 + t] == 0.0F) {
                const double value = (double)filled.h[j * 3 + t] / (sum * scale);
                cr_assert(value > 0.0 && value < 0.01 * mean * 1.00001);
                cr_assert(other.h[j * 3 + t] != filled.h[j * 3 + t]);
                zeros++;
                total += value;
                largest = fmax(largest, value);
            }
        }
        cr_assert(t == 0 || zeros > 20, "%d", zeros);
        if (zeros > 0) {
            cr_assert(largest > 0.009 * mean && fabs(total / zeros - 0.005 * mean) < 0.002 * mean);
        }
    }
    factors_free(&plain);
    factors_free(&filled);
    factors_free(&again);
    factors_free(&other);
    sparse_free(x);
}

/* ---- starts that are given ---- */

/* Four words, three documents; the third has no words. */
static const double small[4 * 3] = {1, 0, 0, 2, 0, 0, 0, 3, 0, 1, 1, 0};
static const float given_topics[2 * 4] = {1, 1, 0, 2, 0, 3, 1, 1};

static Factors given(const float *mixtures)
{
    Error error;
    Factors start = {0};
    SparseMatrix *x = support_sparse(4, 3, small);
    cr_assert(nmf_start_given(x, 2, given_topics, mixtures, &start, &error) == STATUS_OK);
    sparse_free(x);
    return start;
}

static double product(const Factors *start, int i, int j)
{
    return (double)start->w[i * 2] * (double)start->h[j * 2] +
           (double)start->w[i * 2 + 1] * (double)start->h[j * 2 + 1];
}

Test(start, given_factors_keep_their_product)
{
    static const float mixtures[3 * 2] = {2, 1, 0, 5, 7, 7};
    Factors start = given(mixtures);
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 3; j++) {
            const double expected =
                j == 2 ? 0.0 /* a document without words */
                       : (double)given_topics[i] * (double)mixtures[j * 2] +
                             (double)given_topics[4 + i] * (double)mixtures[j * 2 + 1];
            cr_assert(fabs(product(&start, i, j) - expected) < 1e-6, "(%d, %d)", i, j);
        }
    }
    for (int t = 0; t < 2; t++) {
        double sum = 0.0;
        for (int i = 0; i < 4; i++) {
            sum += (double)start.w[i * 2 + t];
        }
        cr_assert(fabs(sum - 1.0) < 1e-6);
    }
    factors_free(&start);
}

Test(start, given_shares_are_scaled_to_the_documents)
{
    static const float mixtures[3 * 2] = {0.25F, 0.7504F, 0, 0, 0, 0};
    Factors start = given(mixtures);
    const double sum = 0.25 + (double)0.7504F;
    cr_assert(fabs((double)start.h[0] - 4.0 * 0.25 / sum) < 1e-6);
    cr_assert(fabs((double)start.h[1] - 4.0 * (double)0.7504F / sum) < 1e-6);
    cr_assert(start.h[2] == 0.0F && start.h[3] == 0.0F, "given nothing, left to the solver");
    cr_assert(fabs((double)start.w[0] - 0.25) < 1e-6, "topics are distributions then");
    factors_free(&start);
}

Test(start, one_row_that_does_not_sum_to_one_makes_all_of_them_plain)
{
    static const float mixtures[3 * 2] = {0.25F, 0.75F, 0.5F, 0.502F, 0, 0};
    Factors start = given(mixtures);
    cr_assert(fabs((double)start.h[0] - 4.0 * 0.25) < 1e-6, "times the topic's sum");
    cr_assert(fabs((double)start.h[2] - 4.0 * 0.5) < 1e-6);
    factors_free(&start);
    static const float zeros[3 * 2] = {0};
    start = given(zeros);
    cr_assert(start.h[0] == 0.0F && start.h[3] == 0.0F);
    factors_free(&start);
}

Test(start, a_document_that_is_given_nothing_does_not_vanish)
{
    static const float mixtures[3 * 2] = {2, 1, 0, 0, 0, 0};
    SparseMatrix *x = support_sparse(4, 3, small);
    for (const NmfSolver *solver = nmf_solvers; solver->name; solver++) {
        Error error;
        Factors start = given(mixtures);
        NmfOptions options = nmf_defaults;
        NmfResult result = {0};
        if (solver->startless || !(solver->objectives & 1U << NMF_KL)) {
            factors_free(&start);
            continue;
        }
        cr_assert(solver->solve(x, &start, &options, &result, &error) == STATUS_OK, "%s",
                  error.message);
        const double sum = (double)result.factors.h[2] + (double)result.factors.h[3];
        cr_assert(fabs(sum - 4.0) < 1e-4, "%s: %g", solver->name, sum);
        cr_assert(isfinite(result.objective));
        nmf_result_free(&result);
        factors_free(&start);
    }
    sparse_free(x);
}

/* ---- staged ---- */

static double divergence_of(const SparseMatrix *x, const Factors *f)
{
    double sum = 0.0;
    Error error;
    cr_assert(kl_divergence_of_floats(x, f->w, f->h, NULL, f->rank, 1, &sum, &error) == STATUS_OK);
    return sum;
}

Test(start, staged_has_the_documents_masses_and_is_lower_than_the_start_it_comes_from)
{
    SparseMatrix *x = random_matrix(60, 40);
    double mass[40];
    sparse_column_sums(x, mass);
    Factors plain = start_of(x, 4, NMF_INIT_NNDSVDA, 1, 0, 1);
    Factors staged = start_of(x, 4, NMF_INIT_STAGED, 1, 0, 1);
    for (int j = 0; j < 40; j++) {
        double sum = 0.0;
        for (int t = 0; t < 4; t++) {
            sum += (double)staged.h[j * 4 + t];
        }
        cr_assert(fabs(sum - mass[j]) <= 1e-5 * mass[j], "document %d: %g, not %g", j, sum,
                  mass[j]);
    }
    cr_assert(divergence_of(x, &staged) < 0.9 * divergence_of(x, &plain));
    factors_free(&plain);
    factors_free(&staged);
    sparse_free(x);
}

/* By powers of two, so that not even rounding differs. */
Test(start, staged_does_not_see_how_columns_are_scaled)
{
    SparseMatrix *x = random_matrix(30, 20), *scaled = random_matrix(30, 20);
    for (int64_t j = 0; j < scaled->columns; j++) {
        for (int64_t p = scaled->starts[j]; p < scaled->starts[j + 1]; p++) {
            scaled->values[p] *= (double)(1 << (j % 4));
        }
    }
    Factors a = start_of(x, 3, NMF_INIT_STAGED, 1, 0, 1);
    Factors b = start_of(scaled, 3, NMF_INIT_STAGED, 1, 0, 1);
    cr_assert(memcmp(a.w, b.w, sizeof(float) * 30 * 3) == 0);
    factors_free(&a);
    factors_free(&b);
    sparse_free(x);
    sparse_free(scaled);
}

/* Passes on columns of length 1 lead down on X as well. */
Test(start, a_start_of_ones_own_is_improved_and_scaled_to_the_documents)
{
    SparseMatrix *x = random_matrix(60, 40);
    Error error = {0};
    SparseMatrix *even = staged_even(x, &error);
    cr_assert(even);
    for (int64_t j = 0; j < x->columns; j++) {
        double squares = 0.0;
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            squares += even->values[p] * even->values[p];
        }
        cr_assert_float_eq(squares, 1.0, 1e-12);
    }
    double mass[40];
    sparse_column_sums(x, mass);
    Factors plain = start_of(x, 4, NMF_INIT_NNDSVDA, 1, 0, 1);
    Factors improved = start_of(even, 4, NMF_INIT_NNDSVDA, 1, 0, 1);
    cr_assert_eq(staged_improve(x, even, 1e-3, 1, &improved, &error), STATUS_OK);
    for (int j = 0; j < 40; j++) {
        double sum = 0.0;
        for (int t = 0; t < 4; t++) {
            sum += (double)improved.h[j * 4 + t];
        }
        cr_assert(fabs(sum - mass[j]) <= 1e-5 * mass[j], "document %d: %g, not %g", j, sum,
                  mass[j]);
    }
    cr_assert(divergence_of(x, &improved) < 0.9 * divergence_of(x, &plain));
    factors_free(&plain);
    factors_free(&improved);
    sparse_free(even);
    sparse_free(x);
}

Test(start, staged_leaves_an_empty_document_empty)
{
    const double values[3 * 3] = {1, 0, 2, 3, 0, 1, 0, 0, 4};
    SparseMatrix *x = support_sparse(3, 3, values);
    Factors start = start_of(x, 2, NMF_INIT_STAGED, 1, 0, 2);
    for (int t = 0; t < 2; t++) {
        cr_assert(start.h[1 * 2 + t] == 0.0F);
        cr_assert(start.h[0 * 2 + t] >= 0.0F && isfinite(start.h[2 * 2 + t]));
    }
    factors_free(&start);
    sparse_free(x);
}
