/* Penalties: where scikit-learn ends, from the same starts. The numbers are in
 * tests/reference/penalised.txt, whose form its maker, make_penalised.py, tells. */
#include "nmf/nmf.h"
#include "nmf/penalty.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OBJECTIVES = 20 }; /* how many there are in the file */

/* Of the objective, relative. */
static const double bound = 1e-6;

/* scikit-learn's multiplicative update cannot leave zeros, and once ends higher for it. */
enum { SAME_LEAST = OBJECTIVES - 1 };

static double read_number(FILE *file)
{
    double number;
    cr_assert(fscanf(file, "%lf", &number) == 1, "a number is missing at byte %ld", ftell(file));
    return number;
}

static SparseMatrix *read_matrix(FILE *file, char name[64])
{
    cr_assert(fscanf(file, "%63s", name) == 1);
    const int64_t rows = (int64_t)read_number(file), columns = (int64_t)read_number(file);
    double *values = calloc((size_t)(rows * columns), sizeof *values);
    cr_assert(values != NULL);
    for (int64_t i = 0; i < rows * columns; i++) {
        values[i] = read_number(file);
    }
    SparseMatrix *x = support_sparse(rows, columns, values);
    free(values);
    return x;
}

static void read_start(FILE *file, const SparseMatrix *x, Factors *start)
{
    Error error;
    const int k = (int)read_number(file);
    cr_assert(factors_new(start, x->rows, x->columns, k, &error) == STATUS_OK);
    for (int64_t i = 0; i < x->rows * k; i++) {
        start->w[i] = (float)read_number(file);
    }
    for (int64_t i = 0; i < x->columns * k; i++) {
        start->h[i] = (float)read_number(file);
    }
}

/* Returns whether it is the same end; a lower one is none. */
static bool check_end(FILE *file, const SparseMatrix *x, const Factors *start, const char *name)
{
    char objective[16];
    cr_assert(fscanf(file, "%15s", objective) == 1);
    NmfOptions options = {.tolerance = 1e-13, .passes_max = 50000, .threads = 1};
    options.objective = strcmp(objective, "kl") == 0 ? NMF_KL : NMF_FROBENIUS;
    options.penalty.alpha_w = read_number(file);
    options.penalty.alpha_h = read_number(file);
    options.penalty.l1_ratio = read_number(file);
    const double expected = read_number(file);
    NmfResult result = {0};
    Error error;
    const NmfSolver *solver = &nmf_solvers[nmf_solver_default(options.objective)];
    cr_assert(solver->solve(x, start, &options, &result, &error) == STATUS_OK, "%s", error.message);
    const double value =
        options.objective == NMF_FROBENIUS ? 0.5 * result.objective : result.objective;
    cr_assert(value <= (1.0 + bound) * expected, "%s, %s, %g %g %g: %.12g, not %.12g", name,
              objective, options.penalty.alpha_w, options.penalty.alpha_h, options.penalty.l1_ratio,
              value, expected);
    nmf_result_free(&result);
    return value >= (1.0 - bound) * expected;
}

Test(penalised, ends_where_scikit_learn_does)
{
    const char *path = THEMATA_SOURCE_DIR "/tests/reference/penalised.txt";
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s: %s", path, strerror(errno));
    SparseMatrix *x = NULL;
    Factors start = {0};
    char word[16], name[64] = "";
    int checked = 0, same = 0;
    while (fscanf(file, "%15s", word) == 1) {
        if (strcmp(word, "matrix") == 0) {
            sparse_free(x);
            x = read_matrix(file, name);
        } else if (strcmp(word, "start") == 0) {
            factors_free(&start);
            read_start(file, x, &start);
        } else {
            same += check_end(file, x, &start, name);
            checked++;
        }
    }
    cr_assert(checked == OBJECTIVES, "%d objectives", checked);
    cr_assert(same >= SAME_LEAST, "%d of them are scikit-learn's", same);
    factors_free(&start);
    sparse_free(x);
    fclose(file);
}
