#include "nmf/anchor.h"
#include "nmf/cd.h"
#include "nmf/descent.h"
#include "nmf/mu.h"
#include "nmf/nmf.h"

const NmfSolver nmf_solvers[] = {
    {.name = "cd", .solve = cd_solve},
    {.name = "mu", .solve = mu_solve},
    {.name = "anchor", .startless = true, .solve = anchor_solve},
    {.name = NULL},
};

const char *const nmf_solver_names[] = {"cd", "mu", "anchor", NULL};
const char *const nmf_init_names[] = {"random", "nndsvd", "nndsvda", "nndsvdar",
                                      "anchor", "staged", NULL};
const char *const nmf_stop_names[] = {"converged", "pass limit", "interrupted", NULL};

double nmf_bytes(int64_t rows, int64_t columns, int64_t entries, int rank, int threads)
{
    return descent_bytes(rows, columns, entries, rank, threads);
}
