#include "nmf/nmf.h"

#include "base/random.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Random topics (columns of w sum to 1), a third of the entries 0. */
static float *random_topics(int m, int k, uint64_t seed)
{
    float *w = calloc((size_t)(m * k), sizeof *w);
    const RandomStream stream = {.seed = seed, .stream = 1};
    for (int t = 0; t < k; t++) {
        double sum = 0.0;
        for (int i = 0; i < m; i++) {
            const double u = random_uniform(stream, (uint64_t)(i * k + t));
            w[i * k + t] = u < 0.33 ? 0.0F : (float)(u * u);
            sum += (double)w[i * k + t];
        }
        for (int i = 0; i < m; i++) {
            w[i * k + t] = (float)((double)w[i * k + t] / sum);
        }
    }
    return w;
}

static SparseMatrix *random_documents(int m, int n, uint64_t seed)
{
    double *values = calloc((size_t)(m * n), sizeof *values);
    const RandomStream stream = {.seed = seed, .stream = 2};
    for (int i = 0; i < m * n; i++) {
        values[i] = random_uniform(stream, 2 * (uint64_t)i) < 0.25
                        ? floor(1 + 4 * random_uniform(stream, 2 * (uint64_t)i + 1))
                        : 0.0;
    }
    SparseMatrix *x = support_sparse(m, n, values);
    free(values);
    return x;
}

Test(mixtures, satisfy_the_optimality_conditions)
{
    Error error;
    for (int k = 1; k <= 40; k += 13) {
        enum { M = 120, N = 50 };
        float *w = random_topics(M, k, (uint64_t)k);
        SparseMatrix *x = random_documents(M, N, (uint64_t)k);
        float *mixtures = calloc((size_t)(N * k), sizeof *mixtures);
        cr_assert(nmf_mixtures(x, w, k, 2, mixtures, &error) == STATUS_OK);
        for (int j = 0; j < N; j++) {
            double sum = 0.0, mass = 0.0;
            for (int t = 0; t < k; t++) {
                cr_assert(mixtures[j * k + t] >= 0.0F);
                sum += (double)mixtures[j * k + t];
            }
            cr_assert(fabs(sum - 1.0) < 1e-5);
            for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
                for (int t = 0; t < k; t++) { /* words that no topic has do not count */
                    if (w[x->row_indices[p] * k + t] > 0.0F) {
                        mass += x->values[p];
                        break;
                    }
                }
            }
            for (int t = 0; t < k; t++) {
                double g = 0.0;
                for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
                    const float *row = w + x->row_indices[p] * k;
                    double s = 0.0;
                    for (int u = 0; u < k; u++) {
                        s += (double)row[u] * (double)mixtures[j * k + u];
                    }
                    g += s > 0.0 ? x->values[p] / mass * (double)row[t] / s : 0.0;
                }
                const double share = (double)mixtures[j * k + t];
                cr_assert(g <= 1.0 + 1e-4, "k %d document %d topic %d: G = %.9g, share %g", k, j, t,
                          g, share);
                cr_assert(share * fabs(g - 1.0) < 1e-4, "k %d document %d topic %d: G = %.9g", k, j,
                          t, g);
            }
        }
        free(mixtures);
        free(w);
        sparse_free(x);
    }
}

Test(mixtures, are_a_function_of_topics_and_document_alone)
{
    enum { M = 80, N = 30, K = 6 };
    Error error;
    float *w = random_topics(M, K, 3);
    SparseMatrix *x = random_documents(M, N, 3);
    float together[N * K], alone[K];
    cr_assert(nmf_mixtures(x, w, K, 3, together, &error) == STATUS_OK);
    for (int j = 0; j < N; j++) {
        double column[M] = {0};
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            column[x->row_indices[p]] = x->values[p];
        }
        SparseMatrix *single = support_sparse(M, 1, column);
        cr_assert(nmf_mixtures(single, w, K, 1, alone, &error) == STATUS_OK);
        cr_assert(memcmp(alone, together + j * K, sizeof alone) == 0, "document %d", j);
        sparse_free(single);
    }
    free(w);
    sparse_free(x);
}

Test(mixtures, find_the_only_topic_that_has_a_word_and_exact_zeros_elsewhere)
{
    /* Topic 0: words 0, 1; topic 1: words 2, 3. Document 0 is all topic 1. */
    static const float w[4 * 2] = {0.5F, 0, 0.5F, 0, 0, 0.9F, 0, 0.1F};
    static const double values[4 * 2] = {0, 1, 0, 1, 3, 1, 1, 1};
    SparseMatrix *x = support_sparse(4, 2, values);
    float mixtures[4];
    Error error;
    cr_assert(nmf_mixtures(x, w, 2, 1, mixtures, &error) == STATUS_OK);
    cr_assert(mixtures[0] == 0.0F && mixtures[1] == 1.0F);
    cr_assert(fabs((double)mixtures[2] - 0.5) < 1e-6 && fabs((double)mixtures[3] - 0.5) < 1e-6);
    sparse_free(x);
}

Test(mixtures, of_documents_that_no_topic_describes_are_zero)
{
    static const float w[3 * 2] = {0.5F, 1, 0.5F, 0, 0, 0};
    static const double values[3 * 3] = {1, 0, 0, 1, 0, 0, 0, 0, 7};
    SparseMatrix *x = support_sparse(3, 3, values);
    float mixtures[6];
    Error error;
    cr_assert(nmf_mixtures(x, w, 2, 1, mixtures, &error) == STATUS_OK);
    cr_assert(fabs((double)mixtures[0] + (double)mixtures[1] - 1.0) < 1e-6);
    for (int i = 2; i < 6; i++) {
        cr_assert(mixtures[i] == 0.0F, "%d: %g", i, (double)mixtures[i]);
    }
    sparse_free(x);
}

Test(mixtures, ignore_the_scale_of_a_document)
{
    enum { M = 40, K = 3 };
    float *w = random_topics(M, K, 9);
    double values[M * 2] = {0};
    for (int i = 0; i < M; i += 2) {
        values[i * 2] = 1 + i % 5;
        values[i * 2 + 1] = (1 + i % 5) * 1e-20;
    }
    SparseMatrix *x = support_sparse(M, 2, values);
    float mixtures[2 * K];
    Error error;
    cr_assert(nmf_mixtures(x, w, K, 1, mixtures, &error) == STATUS_OK);
    for (int t = 0; t < K; t++) {
        cr_assert(fabs((double)mixtures[t] - (double)mixtures[K + t]) < 1e-6);
    }
    free(w);
    sparse_free(x);
}
