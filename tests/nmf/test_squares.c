/* The solvers of the squared error, and those for unknown cells: worked examples, properties. */
#include "nmf/nmf.h"

#include "base/random.h"
#include "nmf/cases.h"
#include "nmf/frobenius.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* books.csv transposed: four books rated by five users; −1: not rated. */
static const double books[4 * 5] = {
    5,  4,  1,  1,  -1, //
    3,  -1, 1,  -1, 1,  //
    -1, -1, -1, -1, 5,  //
    1,  1,  5,  4,  4,  //
};

static const NmfOptions exactly = {.objective = NMF_FROBENIUS,
                                   .tolerance = 1e-14,
                                   .kkt_tolerance = 1e-12,
                                   .passes_max = 20000,
                                   .threads = 1};

static const NmfSolver *solver_named(const char *name)
{
    for (const NmfSolver *solver = nmf_solvers; solver->name; solver++) {
        if (strcmp(solver->name, name) == 0) {
            return solver;
        }
    }
    cr_assert(false, "no solver %s", name);
    return NULL;
}

static NmfResult solve(const char *solver, const SparseMatrix *x, int k, int restart,
                       const NmfOptions *options)
{
    Error error;
    Factors start = {0};
    NmfResult result = {0};
    cr_assert(nmf_start(x, k, NMF_INIT_RANDOM, 7, restart, 1, &start, &error) == STATUS_OK);
    cr_assert(solver_named(solver)->solve(x, &start, options, &result, &error) == STATUS_OK, "%s",
              error.message);
    factors_free(&start);
    return result;
}

/* A matrix of which the cells that are −1 are not stored, but zeros are. */
static SparseMatrix *known_cells(int64_t rows, int64_t columns, const double *cells)
{
    Error error;
    SparseMatrix *x = sparse_new(rows, columns, rows * columns, &error);
    cr_assert(x != NULL);
    int64_t at = 0;
    for (int64_t j = 0; j < columns; j++) {
        x->own_starts[j] = at;
        for (int64_t i = 0; i < rows; i++) {
            if (cells[i * columns + j] >= 0.0) {
                x->own_rows[at] = (uint32_t)i;
                x->values[at++] = cells[i * columns + j];
            }
        }
    }
    x->own_starts[columns] = at;
    return x;
}

/* Counts about a product of rank 4, of which a part is stored. */
static SparseMatrix *planted(int64_t rows, int64_t columns, double stored)
{
    const RandomStream random = {.seed = 3, .stream = 1};
    double *cells = calloc((size_t)(rows * columns), sizeof *cells);
    for (int64_t i = 0; i < rows * columns; i++) {
        double sum = 0.0;
        for (int t = 0; t < 4; t++) {
            const uint64_t row = (uint64_t)(i / columns * 4 + t),
                           column = (uint64_t)(i % columns * 4 + t);
            sum += random_uniform(random, 1000000 + row) * random_uniform(random, 2000000 + column);
        }
        const bool kept = random_uniform(random, (uint64_t)i) < stored;
        cells[i] = kept ? floor(5.0 * sum + 1.0) : 0.0;
    }
    SparseMatrix *x = support_sparse(rows, columns, cells);
    free(cells);
    return x;
}

static double product(const Factors *f, int64_t i, int64_t j)
{
    double sum = 0.0;
    for (int t = 0; t < f->rank; t++) {
        sum += (double)f->w[i * f->rank + t] * (double)f->h[j * f->rank + t];
    }
    return sum;
}

static double error_of(const SparseMatrix *x, const Factors *f, bool observed_only)
{
    double sum;
    Error error;
    cr_assert(frobenius_of_floats(x, f->w, f->h, f->rank, observed_only, &sum, &error) ==
              STATUS_OK);
    return sum;
}

/* ---- worked examples ---- */

static double lowest(const char *solver, const double *cells, int m, int n, int k)
{
    SparseMatrix *x = support_sparse(m, n, cells);
    double least = INFINITY;
    for (int restart = 0; restart < 10; restart++) {
        NmfResult result = solve(solver, x, k, restart, &exactly);
        const double f = error_of(x, &result.factors, false);
        cr_assert(fabs(f - result.objective) <= 1e-6 * f + 1e-6, "%.12g told, %.12g there",
                  result.objective, f);
        least = result.objective < least ? result.objective : least;
        nmf_result_free(&result);
    }
    sparse_free(x);
    return least;
}

Test(squares, worked_examples_reach_their_squared_errors)
{
    static const char *const solvers[] = {"hals", "mu", "gradient"};
    for (int i = 0; i < 3; i++) {
        const double of_speeches = lowest(solvers[i], speeches, 4, 5, 2),
                     of_three = lowest(solvers[i], three, 3, 3, 2);
        cr_assert(fabs(of_speeches / 453.9458 - 1.0) < 1e-6, "%s: %.9g", solvers[i], of_speeches);
        cr_assert(fabs(of_three / 1.30476 - 1.0) < 1e-5, "%s: %.9g", solvers[i], of_three);
    }
    cr_assert(lowest("hals", films, 5, 7, 2) < 1e-9);
    double zeros[20];
    for (int i = 0; i < 20; i++) {
        zeros[i] = books[i] < 0.0 ? 0.0 : books[i];
    }
    cr_assert(fabs(lowest("hals", zeros, 4, 5, 2) / 18.28871 - 1.0) < 1e-5);
}

Test(observed, books_fit_exactly_and_three_cells_follow_from_them)
{
    SparseMatrix *x = known_cells(4, 5, books);
    NmfOptions options = exactly;
    options.observed_only = true;
    for (int objective = 0; objective < 2; objective++) {
        options.objective = (NmfObjective)objective;
        const char *solver = objective == NMF_KL ? "cd" : "hals";
        for (int restart = 0; restart < 5; restart++) {
            NmfResult result = solve(solver, x, 2, restart, &options);
            const Factors *f = &result.factors;
            if (objective == NMF_KL && restart == 3) { /* runs off to a minimum at infinity */
                cr_assert(result.objective > 1.0);
                nmf_result_free(&result);
                continue;
            }
            cr_assert(result.objective < 1e-6, "%s: %g", solver, result.objective);
            cr_assert(error_of(x, f, true) < 1e-4);
            cr_assert(fabs(product(f, 1, 1) - 2.42) < 0.01, "%g", product(f, 1, 1));
            cr_assert(fabs(product(f, 1, 3) - 0.92) < 0.01, "%g", product(f, 1, 3));
            cr_assert(fabs(product(f, 0, 4) - 1.14) < 0.01, "%g", product(f, 0, 4));
            nmf_result_free(&result);
        }
    }
    sparse_free(x);
}

/* ---- properties ---- */

static void check_descent(const char *solver, const SparseMatrix *x, const NmfOptions *options)
{
    NmfResult result = solve(solver, x, 4, 2, options);
    double before = INFINITY;
    for (int pass = 0; pass < result.pass_count; pass++) {
        const double now = result.passes[pass].objective;
        cr_assert(now <= before * (1.0 + 1e-12), "%s, pass %d: %.15g after %.15g", solver, pass + 1,
                  now, before);
        before = now;
    }
    cr_assert(result.objective <= before * (1.0 + 1e-12));
    for (int64_t i = 0; i < x->rows * 4; i++) {
        cr_assert(result.factors.w[i] >= 0.0F);
    }
    for (int64_t i = 0; i < x->columns * 4; i++) {
        cr_assert(result.factors.h[i] >= 0.0F);
    }
    nmf_result_free(&result);
}

Test(squares, no_pass_raises_the_objective)
{
    static const char *const solvers[] = {"hals", "mu", "gradient"};
    NmfOptions options = {.objective = NMF_FROBENIUS, .passes_max = 60, .threads = 1};
    for (int dense = 0; dense < 2; dense++) {
        SparseMatrix *x = planted(70, 50, dense ? 0.9 : 0.1);
        for (int i = 0; i < 3; i++) {
            check_descent(solvers[i], x, &options);
        }
        NmfOptions penalised = options;
        penalised.penalty = (NmfPenalty){0.02, 0.05, 0.5};
        check_descent("hals", x, &penalised);
        check_descent("gradient", x, &penalised);
        penalised.observed_only = true;
        check_descent("hals", x, &penalised);
        penalised.objective = NMF_KL;
        check_descent("cd", x, &penalised);
        penalised.observed_only = false;
        check_descent("cd", x, &penalised);
        sparse_free(x);
    }
}

/* The conditions of Karush, Kuhn and Tucker, from the definition of F and of the penalties. */
static void check_stationary(const SparseMatrix *x, const NmfResult *result, bool observed_only)
{
    const Factors *f = &result->factors;
    const int k = f->rank;
    double *left = calloc((size_t)(x->rows * x->columns), sizeof *left);
    bool *known = calloc((size_t)(x->rows * x->columns), sizeof *known);
    for (int64_t j = 0; j < x->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const int64_t cell = x->row_indices[p] * x->columns + j;
            left[cell] = x->values[p];
            known[cell] = true;
        }
    }
    for (int64_t i = 0; i < x->rows; i++) {
        for (int64_t j = 0; j < x->columns; j++) {
            const int64_t cell = i * x->columns + j;
            left[cell] = known[cell] || !observed_only ? left[cell] - product(f, i, j) : 0.0;
        }
    }
    for (int64_t j = 0; j < x->columns; j++) {
        for (int t = 0; t < k; t++) {
            double gradient = 0.0, square = 0.0;
            for (int64_t i = 0; i < x->rows; i++) {
                gradient -= left[i * x->columns + j] * (double)f->w[i * k + t];
                square += (double)f->w[i * k + t] * (double)f->w[i * k + t];
            }
            const double slope = gradient / sqrt(square);
            cr_assert(slope > -2e-3 && (f->h[j * k + t] == 0.0F || slope < 2e-3),
                      "H(%d, %d) = %g: %g", t, (int)j, (double)f->h[j * k + t], slope);
        }
    }
    free(left);
    free(known);
}

Test(squares, ends_are_stationary)
{
    NmfOptions options = exactly;
    SparseMatrix *x = planted(40, 30, 0.5);
    for (int observed = 0; observed < 2; observed++) {
        options.observed_only = observed;
        NmfResult result = solve("hals", x, 3, 1, &options);
        check_stationary(x, &result, observed);
        nmf_result_free(&result);
    }
    sparse_free(x);
}

Test(squares, scale_follows_that_of_x)
{
    SparseMatrix *x = planted(40, 30, 0.5);
    const NmfOptions options = {.objective = NMF_FROBENIUS, .passes_max = 30, .threads = 1};
    NmfResult once = solve("hals", x, 3, 1, &options);
    for (int64_t p = 0; p < sparse_entries(x); p++) {
        x->values[p] *= 1024.0;
    }
    NmfResult scaled = solve("hals", x, 3, 1, &options);
    cr_assert(fabs(scaled.objective / once.objective / 1048576.0 - 1.0) < 1e-4, "%g and %g",
              scaled.objective, once.objective);
    nmf_result_free(&once);
    nmf_result_free(&scaled);
    sparse_free(x);
}

/* Where every cell is stored, "stored cells alone" are all cells. */
Test(observed, all_cells_known_is_all_cells)
{
    double cells[12 * 9];
    const RandomStream random = {.seed = 5, .stream = 2};
    for (int i = 0; i < 12 * 9; i++) {
        cells[i] = 0.1 + random_uniform(random, (uint64_t)i);
    }
    SparseMatrix *x = support_sparse(12, 9, cells);
    for (int objective = 0; objective < 2; objective++) {
        NmfOptions options = exactly;
        options.objective = (NmfObjective)objective;
        options.penalty = (NmfPenalty){0.001, 0.001, 0.5};
        const char *solver = objective == NMF_KL ? "cd" : "hals";
        NmfResult all = solve(solver, x, 2, 0, &options);
        options.observed_only = true;
        NmfResult known = solve(solver, x, 2, 0, &options);
        cr_assert(fabs(known.objective / all.objective - 1.0) < 1e-6, "%.10g and %.10g",
                  known.objective, all.objective);
        nmf_result_free(&all);
        nmf_result_free(&known);
    }
    sparse_free(x);
}

Test(observed, a_zero_that_is_stored_counts_and_an_empty_column_gets_none)
{
    static const double cells[3 * 3] = {2, 0, -1, 4, 0, -1, 6, 0, -1};
    SparseMatrix *x = known_cells(3, 3, cells);
    NmfOptions options = exactly;
    options.observed_only = true;
    for (int objective = 0; objective < 2; objective++) {
        options.objective = (NmfObjective)objective;
        NmfResult result = solve(objective == NMF_KL ? "cd" : "hals", x, 1, 0, &options);
        for (int i = 0; i < 3; i++) {
            cr_assert(fabs(product(&result.factors, i, 0) - 2.0 * (i + 1)) < 1e-4);
            cr_assert(fabs(product(&result.factors, i, 1)) < 1e-6);
        }
        cr_assert(result.factors.h[2] == 0.0F);
        nmf_result_free(&result);
    }
    sparse_free(x);
}

static void check_same_bytes(const char *solver, const SparseMatrix *x, NmfOptions options)
{
    NmfResult one = solve(solver, x, 6, 0, &options);
    for (int threads = 2; threads <= 3; threads++) {
        options.threads = threads;
        NmfResult more = solve(solver, x, 6, 0, &options);
        cr_assert(memcmp(one.factors.w, more.factors.w, (size_t)(x->rows * 6) * sizeof(float)) == 0,
                  "%s, %d threads", solver, threads);
        cr_assert(memcmp(one.factors.h, more.factors.h, (size_t)(x->columns * 6) * sizeof(float)) ==
                  0);
        cr_assert(one.objective == more.objective && one.pass_count == more.pass_count);
        nmf_result_free(&more);
    }
    nmf_result_free(&one);
}

Test(squares, the_same_bytes_for_any_number_of_threads)
{
    NmfOptions options = {.objective = NMF_FROBENIUS, .passes_max = 12, .threads = 1};
    for (int dense = 0; dense < 2; dense++) {
        SparseMatrix *x = planted(700, 600, dense ? 0.8 : 0.2);
        check_same_bytes("hals", x, options);
        check_same_bytes("mu", x, options);
        check_same_bytes("gradient", x, options);
        NmfOptions observed = options;
        observed.observed_only = true;
        check_same_bytes("hals", x, observed);
        observed.objective = NMF_KL;
        check_same_bytes("cd", x, observed);
        sparse_free(x);
    }
}

Test(squares, sizes_at_their_ends)
{
    static const double one[1] = {3.0}, zeros[6] = {0};
    SparseMatrix *x = support_sparse(1, 1, one);
    NmfResult result = solve("hals", x, 3, 0, &exactly);
    cr_assert(fabs(product(&result.factors, 0, 0) - 3.0) < 1e-6);
    nmf_result_free(&result);
    sparse_free(x);
    x = support_sparse(2, 3, zeros);
    result = solve("hals", x, 2, 0, &exactly);
    cr_assert(result.objective == 0.0 && product(&result.factors, 1, 2) == 0.0);
    nmf_result_free(&result);
    sparse_free(x);
}

/* ---- given topics ---- */

Test(least_squares, mixtures_of_given_topics_are_found_again)
{
    static const float w[4 * 2] = {.5F, 0, .5F, .25F, 0, .25F, 0, .5F};
    static const float h[3 * 2] = {2, 1, 0, 4, 3, 0};
    double cells[4 * 3];
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 3; j++) {
            cells[i * 3 + j] =
                (double)w[i * 2] * (double)h[j * 2] + (double)w[i * 2 + 1] * (double)h[j * 2 + 1];
        }
    }
    SparseMatrix *x = support_sparse(4, 3, cells);
    float found[3 * 2], sums[3];
    Error error;
    cr_assert(nmf_least_squares(x, w, 2, 2, found, &error) == STATUS_OK);
    for (int i = 0; i < 6; i++) {
        cr_assert(fabsf(found[i] - h[i]) < 1e-5F, "%d: %g", i, (double)found[i]);
    }
    nmf_scale_mixtures(found, 3, 2, sums);
    cr_assert(fabsf(found[0] - 2.0F / 3.0F) < 1e-6F && fabsf(sums[1] - 4.0F) < 1e-5F);
    sparse_free(x);
}

/* ---- what solvers can do ---- */

Test(solvers, say_what_they_cannot_do)
{
    Error error;
    NmfOptions options = {.objective = NMF_FROBENIUS};
    cr_assert(nmf_solver_check(solver_named("hals"), &options, &error) == STATUS_OK);
    cr_assert(nmf_solver_check(solver_named("cd"), &options, &error) == STATUS_USAGE);
    cr_assert_str_eq(error.message, "the solver cd cannot minimise the Frobenius error");
    cr_assert_str_eq(error.hint, "--solver hals can");
    options.observed_only = true;
    cr_assert(nmf_solver_check(solver_named("mu"), &options, &error) == STATUS_USAGE);
    cr_assert_str_eq(error.message, "the solver mu cannot leave unknown cells out");
    options = (NmfOptions){.penalty = {.alpha_w = 0.1}};
    cr_assert(nmf_solver_check(solver_named("cd"), &options, &error) == STATUS_OK);
    cr_assert(nmf_solver_check(solver_named("mu"), &options, &error) == STATUS_USAGE);
    cr_assert(nmf_solver_default(NMF_KL) == 0);
    cr_assert_str_eq(nmf_solver_names[nmf_solver_default(NMF_FROBENIUS)], "hals");
}

/* ---- gradient descent ---- */

Test(gradient, visits_of_cells_fit_the_books_in_time_and_too_long_steps_fail)
{
    SparseMatrix *x = known_cells(4, 5, books);
    NmfOptions options = {.objective = NMF_FROBENIUS,
                          .observed_only = true,
                          .passes_max = 5000,
                          .threads = 1,
                          .learning_rate = 0.01};
    NmfResult result = solve("gradient", x, 2, 0, &options);
    cr_assert(error_of(x, &result.factors, true) < 1e-2, "%g", error_of(x, &result.factors, true));
    nmf_result_free(&result);
    Error error;
    Factors start = {0};
    options.learning_rate = 10.0;
    cr_assert(nmf_start(x, 2, NMF_INIT_RANDOM, 7, 0, 1, &start, &error) == STATUS_OK);
    cr_assert(solver_named("gradient")->solve(x, &start, &options, &result, &error) ==
              STATUS_FAILED);
    cr_assert_str_eq(error.hint, "a smaller --learning-rate goes less far");
    factors_free(&start);
    sparse_free(x);
}
