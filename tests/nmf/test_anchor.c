#include "nmf/anchor.h"

#include "base/random.h"
#include "nmf/company.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- co-occurrence ---- */

/* Four words in five documents; the third has one word, once, the fourth has none. */
static const double counts[4 * 5] = {
    2, 0, 0, 0, 1, //
    1, 3, 1, 0, 1, //
    0, 1, 0, 0, 1, //
    0, 0, 0, 0, 2, //
};

/* Q by its definition, all m × m of it, with rows of sum 1. */
static void define_q(const double *values, int m, int n, bool whole, double *q)
{
    memset(q, 0, (size_t)(m * m) * sizeof *q);
    for (int d = 0; d < n; d++) {
        double sum = 0.0;
        for (int i = 0; i < m; i++) {
            sum += values[i * n + d];
        }
        const double product = whole ? sum * (sum - 1.0) : sum * sum;
        for (int i = 0; i < m && product > 0.0; i++) {
            for (int j = 0; j < m; j++) {
                q[i * m + j] += values[i * n + d] * values[j * n + d] / product;
            }
            q[i * m + i] -= whole ? values[i * n + d] / product : 0.0;
        }
    }
    for (int i = 0; i < m; i++) {
        double sum = 0.0;
        for (int j = 0; j < m; j++) {
            sum += q[i * m + j];
        }
        for (int j = 0; j < m && sum > 0.0; j++) {
            q[i * m + j] /= sum;
        }
    }
}

static void check_cooccurrence(const double *values, int m, int n, bool whole)
{
    double q[8 * 8], row[8], result[8 * 2], between[8 * 2], dense[8 * 2];
    Error error;
    SparseMatrix *x = support_sparse(m, n, values), *xt = sparse_transpose(x, &error);
    Company sparse = {0};
    cr_assert(company_new(&sparse, x, xt, 2, &error) == STATUS_OK);
    define_q(values, m, n, whole, q);
    for (int i = 0; i < 2 * m; i++) {
        dense[i] = 0.3 * i - 1.0;
    }
    company_times(&sparse, dense, 2, between, result);
    for (int i = 0; i < m; i++) {
        double expected[2] = {0.0, 0.0};
        company_row(&sparse, i, row);
        for (int j = 0; j < m; j++) {
            cr_assert(fabs(row[j] - q[i * m + j]) < 1e-15, "(%d, %d) %g, not %g", i, j, row[j],
                      q[i * m + j]);
            expected[0] += q[i * m + j] * dense[2 * j];
            expected[1] += q[i * m + j] * dense[2 * j + 1];
        }
        cr_assert(fabs(result[2 * i] - expected[0]) < 1e-14);
        cr_assert(fabs(result[2 * i + 1] - expected[1]) < 1e-14);
    }
    company_free(&sparse);
    sparse_free(x);
    sparse_free(xt);
}

Test(cooccurrence, of_counts_leaves_a_word_out_of_its_own_company)
{
    check_cooccurrence(counts, 4, 5, true);
}

Test(cooccurrence, of_weights_is_that_of_the_columns_as_shares)
{
    double weights[4 * 5];
    for (int i = 0; i < 4 * 5; i++) {
        weights[i] = 0.3 * counts[i];
    }
    check_cooccurrence(weights, 4, 5, false);
}

/* ---- planted topics ---- */

enum { WORDS = 60, DOCUMENTS = 200, TOPICS = 7 };

typedef struct Planted {
    double w[WORDS][TOPICS]; /* word t is the anchor of topic t; every other is in two or more */
    double h[TOPICS][DOCUMENTS];
    SparseMatrix *x;
} Planted;

static void plant(Planted *planted, uint64_t seed)
{
    const RandomStream stream = {.seed = seed, .stream = 11};
    static double values[WORDS * DOCUMENTS];
    *planted = (Planted){0};
    for (int t = 0; t < TOPICS; t++) {
        double sum = 0.0;
        for (int i = 0; i < WORDS; i++) {
            const double u = random_uniform(stream, (uint64_t)(i * TOPICS + t));
            const bool has = i < TOPICS ? i == t : (i + t) % TOPICS < 2 || u < 0.5;
            planted->w[i][t] = has ? u + 0.05 : 0.0;
            sum += planted->w[i][t];
        }
        for (int i = 0; i < WORDS; i++) {
            planted->w[i][t] /= sum;
        }
    }
    for (int d = 0; d < DOCUMENTS; d++) {
        for (int t = 0; t < TOPICS; t++) {
            const double u = random_uniform(stream, (uint64_t)(10000 + d * TOPICS + t));
            planted->h[t][d] = u * u * u; /* every topic in every document, none alone */
        }
    }
    for (int i = 0; i < WORDS; i++) {
        for (int d = 0; d < DOCUMENTS; d++) {
            values[i * DOCUMENTS + d] = 0.0;
            for (int t = 0; t < TOPICS; t++) {
                values[i * DOCUMENTS + d] += planted->w[i][t] * planted->h[t][d];
            }
        }
    }
    planted->x = support_sparse(WORDS, DOCUMENTS, values);
}

static NmfResult solve(const SparseMatrix *x, int k, int threads)
{
    Error error = {0};
    const Factors sizes = {.rows = x->rows, .columns = x->columns, .rank = k};
    NmfOptions options = nmf_defaults;
    NmfResult result = {0};
    options.threads = threads;
    cr_assert(anchor_solve(x, &sizes, &options, &result, &error) == STATUS_OK, "%s", error.message);
    return result;
}

Test(anchor, planted_separable_topics_are_recovered_to_rounding)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        Planted planted;
        plant(&planted, seed);
        NmfResult result = solve(planted.x, TOPICS, 1);
        bool seen[TOPICS] = {false};
        for (int s = 0; s < TOPICS; s++) {
            const int64_t t = result.factors.anchors[s];
            cr_assert(t >= 0 && t < TOPICS && !seen[t], "anchor %d is word %d", s, (int)t);
            seen[t] = true;
            for (int i = 0; i < WORDS; i++) {
                const double w = (double)result.factors.w[i * TOPICS + s];
                cr_assert(fabs(w - planted.w[i][t]) < 1e-7, "W(%d, %d) %g, not %g", i, (int)t, w,
                          planted.w[i][t]);
            }
            for (int d = 0; d < DOCUMENTS; d++) {
                const double h = (double)result.factors.h[d * TOPICS + s];
                cr_assert(fabs(h - planted.h[t][d]) < 1e-4, "H(%d, %d) %g, not %g", (int)t, d, h,
                          planted.h[t][d]);
            }
        }
        /* H is as exact as mixtures are: to a KKT residual of 1e-8. */
        cr_assert(result.objective < 1e-4 && result.pass_count == 0, "D = %g", result.objective);
        nmf_result_free(&result);
        sparse_free(planted.x);
    }
}

Test(anchor, the_scale_of_documents_and_the_threads_change_nothing)
{
    Planted planted;
    plant(&planted, 3);
    NmfResult one = solve(planted.x, TOPICS, 1), more = solve(planted.x, TOPICS, 5);
    cr_assert(memcmp(one.factors.w, more.factors.w, sizeof(float) * WORDS * TOPICS) == 0);
    cr_assert(memcmp(one.factors.h, more.factors.h, sizeof(float) * DOCUMENTS * TOPICS) == 0);
    for (int64_t d = 0; d < DOCUMENTS; d++) {
        for (int64_t p = planted.x->starts[d]; p < planted.x->starts[d + 1]; p++) {
            planted.x->values[p] *= (double)(1 + d % 5);
        }
    }
    NmfResult scaled = solve(planted.x, TOPICS, 1);
    for (int i = 0; i < WORDS * TOPICS; i++) {
        cr_assert(fabs((double)(scaled.factors.w[i] - one.factors.w[i])) < 1e-6);
    }
    nmf_result_free(&one);
    nmf_result_free(&more);
    nmf_result_free(&scaled);
    sparse_free(planted.x);
}

Test(anchor, counts_that_chance_has_drawn_lead_near_the_planted_topics)
{
    enum { M = 30, N = 3000, K = 3, LENGTH = 200 };
    static double values[M * N];
    const RandomStream stream = {.seed = 4, .stream = 1};
    uint64_t index = 0;
    memset(values, 0, sizeof values);
    for (int d = 0; d < N; d++) { /* topic t: words t, 3 + t, 6 + t … half of the time, else any */
        const double part = random_uniform(stream, index++);
        for (int i = 0; i < LENGTH; i++) {
            const int t = random_uniform(stream, index++) < part ? d % K : (d + 1) % K;
            const bool own = random_uniform(stream, index++) < 0.5;
            const int any = (int)(random_uniform(stream, index++) * 27.0);
            values[(own ? t + K * (any % 2) : 3 + any) * N + d] += 1.0;
        }
    }
    SparseMatrix *x = support_sparse(M, N, values);
    NmfResult result = solve(x, K, 1);
    for (int s = 0; s < K; s++) {
        const int64_t anchor = result.factors.anchors[s];
        cr_assert(anchor < K, "word %d", (int)anchor);
        const double own = (double)result.factors.w[anchor * K + s];
        cr_assert(fabs(own - 0.25 * 14 / 13.5) < 0.03, "%g", own);
        cr_assert((double)result.factors.w[(anchor + 1) % K * K + s] < 0.01);
    }
    nmf_result_free(&result);
    sparse_free(x);
}

/* ---- where there are not enough ---- */

static void check_too_few(int m, int n, const double *values, int k, int expected)
{
    Error error = {0};
    SparseMatrix *x = support_sparse(m, n, values);
    const Factors sizes = {.rows = m, .columns = n, .rank = k};
    NmfResult result = {0};
    cr_assert(anchor_solve(x, &sizes, &nmf_defaults, &result, &error) == STATUS_INPUT);
    cr_assert(strstr(error.message, "anchors") && error.hint[0], "%s", error.message);
    cr_assert(result.factors.w == NULL);
    Factors start = {0};
    int found = -1;
    cr_assert(factors_new(&start, m, n, k, &error) == STATUS_OK);
    cr_assert(anchor_topics(x, 1, &start, &found, &error) == STATUS_OK);
    cr_assert(found == expected, "%d", found);
    for (int t = found; t < k; t++) {
        cr_assert(start.anchors[t] == -1 && start.w[t] == 0.0F);
    }
    factors_free(&start);
    /* As a start the topics without an anchor are random, and the solver goes on from there. */
    cr_assert(nmf_start(x, k, NMF_INIT_ANCHOR, 1, 0, 1, &start, &error) == STATUS_OK);
    cr_assert(nmf_solvers[0].solve(x, &start, &nmf_defaults, &result, &error) == STATUS_OK);
    cr_assert(isfinite(result.objective));
    for (int t = 0; t < k; t++) {
        double sum = 0.0;
        for (int i = 0; i < m; i++) {
            cr_assert(start.w[i * k + t] >= 0.0F);
            sum += (double)start.w[i * k + t];
        }
        cr_assert(fabs(sum - 1.0) < 1e-5, "%g", sum);
    }
    nmf_result_free(&result);
    factors_free(&start);
    sparse_free(x);
}

Test(anchor, hostile_matrices_end_in_words)
{
    static const double one_document[3] = {1, 2, 3.5};
    check_too_few(3, 1, one_document, 2, 1);
    static const double rank_two[4 * 4] = {1, 0, 1, 2, 0, 1, 1, 0, 1.5, 0, 1.5, 3, 1, 1, 2, 2};
    check_too_few(4, 4, rank_two, 3, 2);
    static const double more_topics_than_words[2 * 3] = {1, 0, 0.5, 0, 1, 0.5};
    check_too_few(2, 3, more_topics_than_words, 5, 2);
    static const double single_words[2 * 2] = {1, 0, 0, 1}; /* counts: nothing occurs together */
    check_too_few(2, 2, single_words, 1, 0);
    static const double nothing[2 * 3] = {0};
    check_too_few(2, 3, nothing, 1, 0);
}

Test(anchor, empty_documents_and_words_take_no_part)
{
    static const double values[4 * 4] = {2.5, 0, 0, 1, 0, 0, 0, 0, 0, 3, 0, 1, 1, 1, 0, 1};
    SparseMatrix *x = support_sparse(4, 4, values);
    NmfResult result = solve(x, 2, 1);
    const Factors *f = &result.factors;
    cr_assert(f->anchors[0] + f->anchors[1] == 2 && f->anchors[0] != f->anchors[1]);
    cr_assert(f->w[1 * 2] == 0.0F && f->w[1 * 2 + 1] == 0.0F);
    cr_assert(f->h[2 * 2] == 0.0F && f->h[2 * 2 + 1] == 0.0F);
    nmf_result_free(&result);
    sparse_free(x);
}
