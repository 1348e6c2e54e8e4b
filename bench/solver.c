/* One solver on one matrix from one start, for comparison with other programs:
 *
 *     bench_solver MATRIX.mtx START SOLVER OBJECTIVE all|observed PASSES ALPHA_W ALPHA_H L1_RATIO
 *         [FOLDER]
 *
 * START is a folder of topics.npy (k × words) and mixtures.npy (documents × k). Prints the pass,
 * CPU seconds since the solver was called and the objective, a line for each pass, and in the end,
 * as pass −1, those of the factors that the solver returns, which go to FOLDER as W.npy (words × k)
 * and H.npy (documents × k). One thread. */
#include "base/clock.h"
#include "matrix/market.h"
#include "matrix/npy.h"
#include "nmf/nmf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Status read_matrix(const char *path, SparseMatrix **x, Error *error)
{
    Market *market;
    MarketSize size;
    CountMatrix counts = {0};
    Status status = market_open(path, &market, &size, error);
    if (status) {
        return status;
    }
    status = market_read(market, &counts, error);
    market_close(market);
    if (!status) {
        *x = sparse_new(counts.columns, counts.rows, counts.starts[counts.rows], error);
        status = *x ? STATUS_OK : error_status(error);
    }
    for (int64_t i = 0; !status && i <= counts.rows; i++) {
        (*x)->own_starts[i] = counts.starts[i];
    }
    for (int64_t p = 0; !status && p < counts.starts[counts.rows]; p++) {
        (*x)->own_rows[p] = counts.indices[p];
        (*x)->values[p] = counts.values ? (double)counts.values[p] : counts.amounts[p];
    }
    count_matrix_free(&counts);
    return status;
}

static float *read_array(const char *folder, const char *name, int64_t *rows, int64_t *columns,
                         Error *error)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.npy", folder, name);
    return npy_read_shape(path, rows, columns, error)
               ? NULL
               : npy_read_given(path, *rows, *columns, error);
}

static Status read_start(const char *folder, const SparseMatrix *x, Factors *start, Error *error)
{
    int64_t k, m, n;
    Status status = STATUS_OK;
    float *topics = read_array(folder, "topics", &k, &m, error);
    float *mixtures = topics ? read_array(folder, "mixtures", &n, &k, error) : NULL;
    if (!mixtures) {
        status = error_status(error);
    } else if (m != x->rows || n != x->columns) {
        status = error_set(error, STATUS_INPUT, "start and matrix differ in their sizes");
    } else {
        status = nmf_start_given(x, (int)k, topics, mixtures, start, error);
    }
    free(topics);
    free(mixtures);
    return status;
}

static const NmfSolver *solver_named(const char *name)
{
    const NmfSolver *solver = nmf_solvers;
    while (solver->name && strcmp(solver->name, name) != 0) {
        solver++;
    }
    return solver->name ? solver : NULL;
}

static void print_passes(const NmfResult *result, double cpu_s)
{
    for (int pass = 0; pass < result->pass_count; pass++) {
        printf("%d,%.6f,%.12g\n", pass + 1, result->passes[pass].cpu_s,
               result->passes[pass].objective);
    }
    printf("-1,%.6f,%.12g\n", cpu_s, result->objective);
}

static Status write_factors(const char *folder, const Factors *factors, Error *error)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/W.npy", folder);
    Status status = npy_write_floats(path, factors->w, factors->rows, factors->rank, error);
    snprintf(path, sizeof path, "%s/H.npy", folder);
    return status ? status
                  : npy_write_floats(path, factors->h, factors->columns, factors->rank, error);
}

static Status run(const char **argv, Error *error)
{
    NmfOptions options = nmf_defaults;
    options.tolerance = 0.0;
    options.kkt_tolerance = 0.0;
    options.objective = strcmp(argv[4], "kl") == 0 ? NMF_KL : NMF_FROBENIUS;
    options.observed_only = strcmp(argv[5], "observed") == 0;
    options.passes_max = atoi(argv[6]);
    options.penalty = (NmfPenalty){atof(argv[7]), atof(argv[8]), atof(argv[9])};
    const NmfSolver *solver = solver_named(argv[3]);
    SparseMatrix *x = NULL;
    Factors start = {0};
    NmfResult result = {0};
    Status status = solver ? nmf_solver_check(solver, &options, error)
                           : error_set(error, STATUS_USAGE, "%s: no such solver", argv[3]);
    if (!status) {
        status = read_matrix(argv[1], &x, error);
    }
    if (!status) {
        status = read_start(argv[2], x, &start, error);
    }
    const double begin = clock_now().cpu_s;
    if (!status) {
        status = solver->solve(x, &start, &options, &result, error);
    }
    if (!status) {
        print_passes(&result, clock_now().cpu_s - begin);
        status = argv[10] ? write_factors(argv[10], &result.factors, error) : STATUS_OK;
    }
    sparse_free(x);
    factors_free(&start);
    nmf_result_free(&result);
    return status;
}

int main(int argc, const char **argv)
{
    Error error;
    if (argc != 10 && argc != 11) {
        fputs("usage: bench_solver MATRIX.mtx START SOLVER OBJECTIVE all|observed PASSES ALPHA_W "
              "ALPHA_H L1_RATIO [FOLDER]\n",
              stderr);
        return STATUS_USAGE;
    }
    Status status = run(argv, &error);
    if (status) {
        fprintf(stderr, "bench_solver: %s\n", error.message);
    }
    return status;
}
