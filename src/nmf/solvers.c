#include "nmf/anchor.h"
#include "nmf/cd.h"
#include "nmf/descent.h"
#include "nmf/gradient.h"
#include "nmf/hals.h"
#include "nmf/mu.h"
#include "nmf/nmf.h"

enum { KL = 1 << NMF_KL, FROBENIUS = 1 << NMF_FROBENIUS };

const NmfSolver nmf_solvers[] = {
    {.name = "cd", .objectives = KL, .penalises = true, .observes = true, .solve = cd_solve},
    {.name = "hals",
     .objectives = FROBENIUS,
     .penalises = true,
     .observes = true,
     .solve = hals_solve},
    {.name = "mu", .objectives = KL | FROBENIUS, .solve = mu_solve},
    {.name = "gradient",
     .objectives = FROBENIUS,
     .penalises = true,
     .observes = true,
     .solve = gradient_solve},
    {.name = "anchor", .startless = true, .objectives = KL, .solve = anchor_solve},
    {.name = NULL},
};

const char *const nmf_solver_names[] = {"cd", "hals", "mu", "gradient", "anchor", NULL};
const char *const nmf_objective_names[] = {"kl", "frobenius", NULL};
const char *const nmf_init_names[] = {"random", "nndsvd", "nndsvda", "nndsvdar",
                                      "anchor", "staged", NULL};
const char *const nmf_stop_names[] = {"converged", "pass limit", "interrupted", NULL};

double nmf_bytes(int64_t rows, int64_t columns, int64_t entries, int rank, int threads)
{
    return descent_bytes(rows, columns, entries, rank, threads);
}

int nmf_solver_default(NmfObjective objective)
{
    int i = 0;
    while (!(nmf_solvers[i].objectives & 1U << objective)) {
        i++;
    }
    return i;
}

Status nmf_solver_check(const NmfSolver *solver, const NmfOptions *options, Error *error)
{
    const char *cannot = NULL;
    if (!(solver->objectives & 1U << options->objective)) {
        cannot = options->objective == NMF_KL ? "minimise the Kullback-Leibler divergence"
                                              : "minimise the Frobenius error";
    } else if (options->observed_only && !solver->observes) {
        cannot = "leave unknown cells out";
    } else if (nmf_is_penalised(&options->penalty) && !solver->penalises) {
        cannot = "take penalties (--alpha-w, --alpha-h)";
    }
    if (!cannot) {
        return STATUS_OK;
    }
    error_set(error, STATUS_USAGE, "the solver %s cannot %s", solver->name, cannot);
    return error_hint(error, "--solver %s can",
                      nmf_solver_names[nmf_solver_default(options->objective)]);
}
