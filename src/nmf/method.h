/* The ways from X to topics: NMF by one of its solvers, and the methods that it is compared with.
 * Formulas: docs/method.md, "Baselines". */
#ifndef THEMATA_NMF_METHOD_H
#define THEMATA_NMF_METHOD_H

#include "nmf/nmf.h"

typedef enum Method {
    METHOD_NMF,    /* by a solver of nmf_solvers */
    METHOD_PLSA,   /* nmf/plsa.h */
    METHOD_KMEANS, /* nmf/kmeans.h */
    METHOD_ANCHOR, /* nmf/anchor.h */
    METHOD_SVD,    /* nmf/latent.h: of X */
    METHOD_LSA,    /* nmf/latent.h: of columns of length 1 */
    METHOD_COUNT,
} Method;

/* What each is called, indexed by the enumeration; ends with NULL. */
extern const char *const method_names[];

/* Whether its dimensions have entries below 0, and so are no topics: latent_find takes the place of
 * start and solver. */
static inline bool method_is_signed(Method method)
{
    return method == METHOD_SVD || method == METHOD_LSA;
}

/* Whether it begins where `init` says. */
static inline bool method_has_init(Method method)
{
    return method == METHOD_NMF || method == METHOD_PLSA;
}

/* What solves it: of METHOD_NMF nmf_solvers[solver]. Not of a method that is signed. */
const NmfSolver *method_solver(Method method, int solver);

/* As nmf_start, for a method whose solver is not startless: the start number `restart`, of
 * METHOD_KMEANS always one of its own (kmeans_start). */
Status method_start(Method method, const SparseMatrix *x, int rank, NmfInit init, uint64_t seed,
                    int restart, int threads, Factors *factors, Error *error);

/* As nmf_mixtures, for topics that the solver of this name has found: by kmeans_mixtures if that is
 * k-means, by nmf_mixtures for any other, or for NULL. */
Status method_mixtures(const char *solver, const SparseMatrix *x, const float *w, int rank,
                       int threads, float *mixtures, Error *error);

#endif
