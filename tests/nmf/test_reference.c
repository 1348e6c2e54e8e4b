/* The multiplicative update against scikit-learn's, from the same starts. The numbers are in
 * tests/reference/kl_mu.txt, whose form its maker, make_kl.py, tells. */
#include "nmf/mu.h"
#include "nmf/nmf.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double bound = 1e-6; /* of the objective, relative */

enum { STARTS = 9, OBJECTIVES = 3 * STARTS }; /* how many there are in the file */

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

/* Factors are float32: so are the numbers in the file, or the two would start apart. */
static void read_factor(FILE *file, int64_t count, float *factor)
{
    for (int64_t i = 0; i < count; i++) {
        const double number = read_number(file);
        factor[i] = (float)number;
        cr_assert((double)factor[i] == number, "%.17g is no float32", number);
    }
}

static void read_start(FILE *file, const SparseMatrix *x, Factors *start)
{
    Error error = {0};
    const int k = (int)read_number(file);
    cr_assert(factors_new(start, x->rows, x->columns, k, &error) == STATUS_OK, "%s", error.message);
    read_factor(file, x->rows * k, start->w);
    read_factor(file, x->columns * k, start->h);
}

static void check_objective(const SparseMatrix *x, const Factors *start, int passes,
                            double expected, const char *name)
{
    const NmfOptions options = {
        .tolerance = 0.0, .kkt_tolerance = 0.0, .passes_max = passes, .threads = 1};
    NmfResult result = {0};
    Error error = {0};
    cr_assert(mu_solve(x, start, &options, &result, &error) == STATUS_OK, "%s", error.message);
    cr_assert(result.pass_count == passes, "%s, k = %d: stopped after %d passes", name, start->rank,
              result.pass_count);
    cr_assert(fabs(result.objective - expected) <= bound * expected,
              "%s, k = %d: objective %.17g after %d passes, expected %.17g", name, start->rank,
              result.objective, passes, expected);
    nmf_result_free(&result);
}

Test(reference, objective_of_mu_is_that_of_scikit_learn)
{
    const char *path = THEMATA_SOURCE_DIR "/tests/reference/kl_mu.txt";
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s: %s", path, strerror(errno));
    SparseMatrix *x = NULL;
    Factors start = {0};
    char word[64], name[64];
    int starts = 0, objectives = 0;
    while (fscanf(file, "%63s", word) == 1) {
        if (strcmp(word, "matrix") == 0) {
            sparse_free(x);
            x = read_matrix(file, name);
        } else if (strcmp(word, "start") == 0) {
            factors_free(&start);
            read_start(file, x, &start);
            starts++;
        } else if (strcmp(word, "objective") == 0) {
            const int passes = (int)read_number(file);
            check_objective(x, &start, passes, read_number(file), name);
            objectives++;
        } else {
            cr_assert_fail("%s: '%s' at byte %ld", path, word, ftell(file));
        }
    }
    cr_assert(starts == STARTS && objectives == OBJECTIVES, "%d starts, %d objectives", starts,
              objectives);
    factors_free(&start);
    sparse_free(x);
    fclose(file);
}
