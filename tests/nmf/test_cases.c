/* What every solver must find: the worked examples of docs/method.md, and planted factors. */
#include "nmf/nmf.h"

#include "base/random.h"
#include "nmf/cases.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const NmfOptions exactly = {
    .tolerance = 1e-14, .kkt_tolerance = 1e-13, .passes_max = 200000, .threads = 1};

/* Solves from the random start of this number; the caller frees the result. */
static NmfResult solve(const NmfSolver *solver, const SparseMatrix *x, int k, int restart)
{
    Error error;
    Factors start = {0};
    NmfResult result = {0};
    cr_assert(nmf_start(x, k, NMF_INIT_RANDOM, 5, restart, 1, &start, &error) == STATUS_OK);
    cr_assert(solver->solve(x, &start, &exactly, &result, &error) == STATUS_OK, "%s",
              error.message);
    factors_free(&start);
    return result;
}

static double product(const Factors *f, int64_t i, int64_t j)
{
    double sum = 0.0;
    for (int t = 0; t < f->rank; t++) {
        sum += (double)f->w[i * f->rank + t] * (double)f->h[j * f->rank + t];
    }
    return sum;
}

static bool is_near(double value, double expected, double relative)
{
    return fabs(value - expected) <= relative * fabs(expected);
}

static void
check_speeches_reach_one_divergence_and_one_product_from_every_start(const NmfSolver *solver)
{
    SparseMatrix *x = support_sparse(4, 5, speeches);
    double first[4][5];
    for (int restart = 0; restart < 20; restart++) {
        NmfResult result = solve(solver, x, 2, restart);
        cr_assert(is_near(result.objective, 30.536433, 1e-5), "D = %.9g", result.objective);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 5; j++) {
                const double wh = product(&result.factors, i, j);
                if (restart == 0) {
                    first[i][j] = wh;
                }
                cr_assert(fabs(wh - first[i][j]) < 1e-3, "WH(%d, %d) = %g, first %g", i, j, wh,
                          first[i][j]);
            }
        }
        nmf_result_free(&result);
    }
    sparse_free(x);
}

static void check_speeches_keep_row_and_column_sums(const NmfSolver *solver)
{
    static const double documents[5] = {138, 92, 85, 23, 25}, words[4] = {66, 119, 89, 89};
    SparseMatrix *x = support_sparse(4, 5, speeches);
    NmfResult result = solve(solver, x, 2, 3);
    for (int j = 0; j < 5; j++) {
        double sum = 0.0;
        for (int i = 0; i < 4; i++) {
            sum += product(&result.factors, i, j);
        }
        cr_assert(is_near(sum, documents[j], 1e-5), "speech %d: %g", j + 1, sum);
    }
    for (int i = 0; i < 4; i++) {
        double sum = 0.0;
        for (int j = 0; j < 5; j++) {
            sum += product(&result.factors, i, j);
        }
        cr_assert(is_near(sum, words[i], 1e-5), "word %d: %g", i, sum);
    }
    nmf_result_free(&result);
    sparse_free(x);
}

static void check_speeches_have_an_energy_and_an_employment_topic_with_shares_in_their_ranges(
    const NmfSolver *solver)
{
    static const double least[5] = {0, .42, 1 - 1e-4, .16, .69}, most[5] = {.03, .45, 1, .19, .71};
    SparseMatrix *x = support_sparse(4, 5, speeches);
    for (int restart = 0; restart < 20; restart++) {
        NmfResult result = solve(solver, x, 2, restart);
        const Factors *f = &result.factors;
        /* Words by row: labour 0, energy 1, market 2, employment 3. */
        const int energy = f->w[1 * 2] > f->w[1 * 2 + 1] ? 0 : 1, labour = 1 - energy;
        cr_assert(f->w[2 * 2 + energy] > f->w[0 * 2 + energy] &&
                      f->w[2 * 2 + energy] > f->w[3 * 2 + energy],
                  "energy, market, …");
        cr_assert(f->w[3 * 2 + labour] > f->w[2 * 2 + labour] &&
                      f->w[2 * 2 + labour] > f->w[0 * 2 + labour],
                  "employment, market, labour");
        for (int j = 0; j < 5; j++) {
            const double all = (double)f->h[j * 2] + (double)f->h[j * 2 + 1];
            const double share = (double)f->h[j * 2 + energy] / all;
            cr_assert(share >= least[j] - 1e-9 && share <= most[j] + 1e-6, "speech %d: %g", j + 1,
                      share);
        }
        nmf_result_free(&result);
    }
    sparse_free(x);
}

static void
check_column_normalised_speeches_have_five_minima_and_the_best_of_sixty_starts_is_the_lowest(
    const NmfSolver *solver)
{
    static const double minima[5] = {0.81589, 0.81787, 0.91068, 1.01601, 1.05197};
    double values[4 * 5];
    for (int j = 0; j < 5; j++) {
        double sum = 0.0;
        for (int i = 0; i < 4; i++) {
            sum += speeches[i * 5 + j];
        }
        for (int i = 0; i < 4; i++) {
            values[i * 5 + j] = speeches[i * 5 + j] / sum;
        }
    }
    SparseMatrix *x = support_sparse(4, 5, values);
    bool seen[5] = {false};
    double best = INFINITY;
    for (int restart = 0; restart < 60; restart++) {
        NmfResult result = solve(solver, x, 2, restart);
        int found = -1;
        for (int i = 0; i < 5; i++) {
            found = is_near(result.objective, minima[i], 2e-5) ? i : found;
        }
        cr_assert(found >= 0, "start %d ends at D = %.9g", restart, result.objective);
        seen[found] = true;
        best = fmin(best, result.objective);
        nmf_result_free(&result);
    }
    cr_assert(is_near(best, minima[0], 1e-5), "the best is %.9g", best);
    cr_assert(seen[1], "the second minimum is where most starts end");
    sparse_free(x);
}

static void check_films_are_described_exactly_by_two_topics(const NmfSolver *solver)
{
    static const double users[7] = {1, 3, 4, 5, 4, 5, 2};
    SparseMatrix *x = support_sparse(5, 7, films);
    NmfResult result = solve(solver, x, 2, 0);
    const Factors *f = &result.factors;
    cr_assert(result.objective < 1e-8, "D = %g", result.objective);
    const int fiction = f->w[0] > f->w[1] ? 0 : 1, romance = 1 - fiction;
    for (int i = 0; i < 5; i++) {
        cr_assert(fabs((double)f->w[i * 2 + fiction] - (i < 3 ? 1.0 / 3 : 0)) < 1e-4);
        cr_assert(fabs((double)f->w[i * 2 + romance] - (i < 3 ? 0 : 0.5)) < 1e-4);
    }
    for (int j = 0; j < 7; j++) {
        const int own = j < 4 ? fiction : romance;
        cr_assert(is_near((double)f->h[j * 2 + own], users[j] * (j < 4 ? 3 : 2), 1e-4), "user %d",
                  j);
        cr_assert((double)f->h[j * 2 + 1 - own] < 1e-4);
    }
    nmf_result_free(&result);
    sparse_free(x);
}

static void check_three_reaches_its_optimum(const NmfSolver *solver)
{
    SparseMatrix *x = support_sparse(3, 3, three);
    double best = INFINITY;
    for (int restart = 0; restart < 20; restart++) {
        NmfResult result = solve(solver, x, 2, restart);
        best = fmin(best, result.objective);
        nmf_result_free(&result);
    }
    cr_assert(is_near(best, 0.27667, 1e-5 + 5e-6 / 0.27667), "D = %.9g", best);
    sparse_free(x);
}

/* ---- planted factors ---- */

enum { WORDS = 24, DOCUMENTS = 60, TOPICS = 3 };

/* Separable data: each topic has six words of its own, six are common, a quarter of the documents
 * is of one topic, the others are mixtures of two. */
typedef struct Planted {
    double w[WORDS][TOPICS];
    double h[TOPICS][DOCUMENTS];
} Planted;

static void plant(Planted *planted)
{
    const RandomStream stream = {.seed = 2, .stream = 9};
    *planted = (Planted){0};
    for (int t = 0; t < TOPICS; t++) {
        double sum = 0.0;
        for (int i = 0; i < WORDS; i++) {
            const bool has = i / 6 == t || i >= 18;
            planted->w[i][t] = has ? random_uniform(stream, (uint64_t)(i * TOPICS + t)) : 0.0;
            sum += planted->w[i][t];
        }
        for (int i = 0; i < WORDS; i++) {
            planted->w[i][t] /= sum;
        }
    }
    for (int j = 0; j < DOCUMENTS; j++) {
        const double part = j < 15 ? 1.0 : random_uniform(stream, 1000 + (uint64_t)j);
        planted->h[j % TOPICS][j] = part;
        planted->h[(j + 1) % TOPICS][j] = 1.0 - part;
    }
}

static SparseMatrix *planted_product(const Planted *planted)
{
    static double values[WORDS * DOCUMENTS];
    for (int i = 0; i < WORDS; i++) {
        for (int j = 0; j < DOCUMENTS; j++) {
            values[i * DOCUMENTS + j] = 0.0;
            for (int t = 0; t < TOPICS; t++) {
                values[i * DOCUMENTS + j] += planted->w[i][t] * planted->h[t][j];
            }
        }
    }
    return support_sparse(WORDS, DOCUMENTS, values);
}

/* The topic of the result whose first word of its own is planted topic t's. */
static int topic_like(const Factors *f, int t)
{
    int best = 0;
    for (int s = 1; s < TOPICS; s++) {
        best = f->w[6 * t * TOPICS + s] > f->w[6 * t * TOPICS + best] ? s : best;
    }
    return best;
}

static void check_planted_factors_of_separable_data_are_recovered(const NmfSolver *solver)
{
    Planted planted;
    plant(&planted);
    SparseMatrix *x = planted_product(&planted);
    const NmfOptions options = {.passes_max = 20000, .threads = 1};
    for (int restart = 0; restart < 5; restart++) {
        Error error;
        Factors start = {0};
        NmfResult result = {0};
        cr_assert(nmf_start(x, TOPICS, NMF_INIT_RANDOM, 1, restart, 1, &start, &error) ==
                  STATUS_OK);
        cr_assert(solver->solve(x, &start, &options, &result, &error) == STATUS_OK);
        cr_assert(result.objective < 1e-5, "%s: D = %g", solver->name, result.objective);
        const Factors *f = &result.factors;
        for (int t = 0; t < TOPICS; t++) {
            const int s = topic_like(f, t);
            for (int i = 0; i < WORDS; i++) {
                const double w = (double)f->w[i * TOPICS + s];
                cr_assert(fabs(w - planted.w[i][t]) < 2e-3, "%s, start %d, W(%d, %d) %g, not %g",
                          solver->name, restart, i, t, w, planted.w[i][t]);
            }
            for (int j = 0; j < DOCUMENTS; j++) {
                const double h = (double)f->h[j * TOPICS + s];
                cr_assert(fabs(h - planted.h[t][j]) < 1e-2, "%s, start %d, H(%d, %d) %g, not %g",
                          solver->name, restart, t, j, h, planted.h[t][j]);
            }
        }
        nmf_result_free(&result);
        factors_free(&start);
    }
    sparse_free(x);
}

#define FOR_EVERY_SOLVER(test) /* of the divergence that goes on from a start */                   \
    Test(cases, test)                                                                              \
    {                                                                                              \
        for (const NmfSolver *solver = nmf_solvers; solver->name; solver++) {                      \
            if (!solver->startless && solver->objectives & 1U << NMF_KL) {                         \
                check_##test(solver);                                                              \
            }                                                                                      \
        }                                                                                          \
    }

FOR_EVERY_SOLVER(speeches_reach_one_divergence_and_one_product_from_every_start)
FOR_EVERY_SOLVER(speeches_keep_row_and_column_sums)
FOR_EVERY_SOLVER(speeches_have_an_energy_and_an_employment_topic_with_shares_in_their_ranges)
FOR_EVERY_SOLVER(
    column_normalised_speeches_have_five_minima_and_the_best_of_sixty_starts_is_the_lowest)
FOR_EVERY_SOLVER(films_are_described_exactly_by_two_topics)
FOR_EVERY_SOLVER(three_reaches_its_optimum)
FOR_EVERY_SOLVER(planted_factors_of_separable_data_are_recovered)

Test(solvers, have_the_names_that_the_command_line_offers)
{
    int i = 0;
    for (; nmf_solvers[i].name; i++) {
        cr_assert(strcmp(nmf_solvers[i].name, nmf_solver_names[i]) == 0);
    }
    cr_assert(nmf_solver_names[i] == NULL);
}
