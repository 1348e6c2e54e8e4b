#include "nmf/method.h"

#include "nmf/anchor.h"
#include "nmf/kmeans.h"
#include "nmf/plsa.h"

#include <assert.h>
#include <string.h>

const char *const method_names[] = {"nmf", "plsa", "kmeans", "anchor", "svd", "lsa", NULL};

static const char kmeans_name[] = "kmeans";

const NmfSolver *method_solver(Method method, int solver)
{
    enum { KL = 1 << NMF_KL };
    static const NmfSolver plsa = {.name = "plsa", .objectives = KL, .solve = plsa_solve};
    static const NmfSolver kmeans = {.name = kmeans_name, .objectives = KL, .solve = kmeans_solve};
    static const NmfSolver anchor = {
        .name = "anchor", .startless = true, .objectives = KL, .solve = anchor_solve};
    assert(!method_is_signed(method));
    return method == METHOD_PLSA     ? &plsa
           : method == METHOD_KMEANS ? &kmeans
           : method == METHOD_ANCHOR ? &anchor
                                     : &nmf_solvers[solver];
}

Status method_start(Method method, const SparseMatrix *x, int rank, NmfInit init, uint64_t seed,
                    int restart, int threads, Factors *factors, Error *error)
{
    return method == METHOD_KMEANS
               ? kmeans_start(x, rank, seed, restart, threads, factors, error)
               : nmf_start(x, rank, init, seed, restart, threads, factors, error);
}

Status method_mixtures(const char *solver, const SparseMatrix *x, const float *w, int rank,
                       int threads, float *mixtures, Error *error)
{
    return solver && strcmp(solver, kmeans_name) == 0
               ? kmeans_mixtures(x, w, rank, threads, mixtures, error)
               : nmf_mixtures(x, w, rank, threads, mixtures, error);
}
