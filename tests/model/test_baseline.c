#include "model/baseline.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>

enum { M = 4, N = 3, K = 2 };

static const double values[M * N] = {2, 0, 1, 0, 3, 0, 1, 1, 0, 0, 2, 4};
static const float w[M * K] = {0.5F, 0.0F, 0.0F, 0.5F, 0.25F, 0.25F, 0.25F, 0.25F};
static const float h[N * K] = {3.0F, 0.0F, 1.0F, 5.0F, 2.0F, 3.0F};

static Baseline measure(const float *left, const float *right, const int *groups,
                        const Classes *classes, bool is_signed)
{
    Error error;
    SparseMatrix *x = support_sparse(M, N, values);
    SparseMatrix *by_words = sparse_transpose(x, &error);
    const BaselineFit fit = {.x = x,
                             .by_words = by_words,
                             .k = K,
                             .w = left,
                             .h = right,
                             .is_signed = is_signed,
                             .groups = groups,
                             .group_count = K};
    Baseline baseline = {0};
    cr_assert(baseline_measure(&fit, classes, 1, &baseline, &error) == STATUS_OK);
    sparse_free(x);
    sparse_free(by_words);
    return baseline;
}

static const int no_groups[N] = {-1, -1, -1};

Test(baseline, errors_are_those_over_all_cells)
{
    double divergence = 0.0, squares = 0.0, all = 0.0;
    for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
            const double x = values[i * N + j];
            double product = 0.0;
            for (int t = 0; t < K; t++) {
                product += (double)w[i * K + t] * (double)h[j * K + t];
            }
            divergence += (x > 0.0 ? x * log(x / fmax(product, 1e-300)) : 0.0) - x + product;
            squares += (x - product) * (x - product);
            all += x * x;
        }
    }
    const Baseline found = measure(w, h, no_groups, NULL, false);
    cr_assert(found.has_objective && fabs(found.objective - divergence) < 1e-9 * divergence);
    cr_assert(fabs(found.frobenius - sqrt(squares)) < 1e-12, "%.15g", found.frobenius);
    cr_assert(fabs(found.relative_error - sqrt(squares / all)) < 1e-12);
    cr_assert(!found.has_agreement && !found.failed);
}

Test(baseline, an_exact_fit_has_no_error)
{
    static const float identity[M * M] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    float columns[N * M];
    Error error;
    for (int i = 0; i < M * N; i++) {
        columns[i % N * M + i / N] = (float)values[i];
    }
    SparseMatrix *x = support_sparse(M, N, values);
    SparseMatrix *by_words = sparse_transpose(x, &error);
    const BaselineFit fit = {
        .x = x, .by_words = by_words, .k = M, .w = identity, .h = columns, .groups = no_groups};
    Baseline found = {0};
    cr_assert(baseline_measure(&fit, NULL, 1, &found, &error) == STATUS_OK);
    cr_assert(found.frobenius == 0.0 && fabs(found.objective) < 1e-12);
    sparse_free(x);
    sparse_free(by_words);
}

Test(baseline, signs_leave_no_divergence_and_count_by_size)
{
    float negative[M * K];
    for (int i = 0; i < M * K; i++) {
        negative[i] = i % K == 0 ? -w[i] : w[i];
    }
    float turned[N * K];
    for (int i = 0; i < N * K; i++) {
        turned[i] = i % K == 0 ? -h[i] : h[i];
    }
    const Baseline plain = measure(w, h, no_groups, NULL, false);
    const Baseline found = measure(negative, turned, no_groups, NULL, true);
    cr_assert(!found.has_objective);
    cr_assert(fabs(found.frobenius - plain.frobenius) < 1e-12);
    cr_assert(found.topics_hoyer == plain.topics_hoyer);
    cr_assert(found.mixtures_hoyer == plain.mixtures_hoyer && plain.mixtures_hoyer > 0.0);
}

/* Two of eight entries of W are 0, one of six of H. */
Test(baseline, counts_zeros_and_agreement)
{
    static const int groups[N] = {0, 1, 1};
    int of[N] = {0, 1, 1};
    const char *names[2] = {"a", "b"};
    const Classes classes = {.names = names, .count = 2, .of = of};
    const Baseline found = measure(w, h, groups, &classes, false);
    cr_assert(found.topics_zeros == 0.25 && fabs(found.mixtures_zeros - 1.0 / 6) < 1e-15);
    cr_assert(found.has_agreement && found.nmi == 1.0 && found.purity == 1.0);
    of[2] = 0;
    const Baseline other = measure(w, h, groups, &classes, false);
    cr_assert(other.nmi < 1.0 && fabs(other.purity - 2.0 / 3) < 1e-15);
}
