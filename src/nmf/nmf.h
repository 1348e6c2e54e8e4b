/* Non-negative matrix factorisation: X ≈ W·H with all entries ≥ 0, minimising one of
 *
 *     D(X‖WH) = Σ x·ln(x / (WH)) − x + (WH)         (Kullback-Leibler divergence; 0·ln 0 = 0)
 *     F(X‖WH) = Σ (x − (WH))²                       (Frobenius: the squared error, without a ½)
 *
 * over all m·n cells or over those alone that X stores, and penalties if they are asked for. X is m
 * × n (words × documents), W m × k (words × topics), H k × n (topics × documents). Knows nothing of
 * words. Formulas with their sources: docs/method.md, "Factorisation". */
#ifndef THEMATA_NMF_NMF_H
#define THEMATA_NMF_NMF_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "matrix/svd.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- factors ---- */

/* W and H, both with the k values of one word or one document side by side. */
typedef struct Factors {
    int64_t rows;     /* m */
    int64_t columns;  /* n */
    int rank;         /* k */
    float *w;         /* m × k: w[i·k + t] is W(i, t) */
    float *h;         /* n × k: h[j·k + t] is H(t, j) */
    int64_t *anchors; /* k: the word by which each topic was found (nmf/anchor.h), −1: none; or
                         NULL, as factors_new leaves it */
} Factors;

/* Allocates factors of these sizes, all zero. Start with all-zero Factors. */
Status factors_new(Factors *factors, int64_t rows, int64_t columns, int rank, Error *error);
void factors_free(Factors *factors);

/* ---- starts ---- */

typedef enum NmfInit {
    NMF_INIT_RANDOM,   /* uniform random numbers */
    NMF_INIT_NNDSVD,   /* from the truncated SVD (Boutsidis and Gallopoulos 2008); keeps its zeros,
                          which multiplicative updates cannot leave */
    NMF_INIT_NNDSVDA,  /* the same with zeros replaced by the mean of X */
    NMF_INIT_NNDSVDAR, /* … by random numbers, uniform between 0 and a hundredth of that mean */
    NMF_INIT_ANCHOR,   /* by anchor words (nmf/anchor.h), with its zeros; the topics for which there
                          is no anchor are random */
    NMF_INIT_STAGED,   /* that of columns brought to Euclidean length 1, improved on these by the
                          default solver (nmf/staged.h) */
} NmfInit;

/* What each is called, indexed by the enumeration; ends with NULL. */
extern const char *const nmf_init_names[];

/* Fills *factors (all-zero before) with the start number `restart` of kind `init`. Of all kinds but
 * random there is one start only: number 0; the others are random. Columns of W sum to 1 (a topic
 * that nothing is left for stays zero). The same for any number of threads. Costs at most about ten
 * passes of the solver, and up to fifty more for NMF_INIT_STAGED. */
Status nmf_start(const SparseMatrix *x, int rank, NmfInit init, uint64_t seed, int restart,
                 int threads, Factors *factors, Error *error);

/* Whether a kind is one of the NNDSVD kinds. */
static inline bool nmf_init_is_svd(NmfInit init)
{
    return init == NMF_INIT_NNDSVD || init == NMF_INIT_NNDSVDA || init == NMF_INIT_NNDSVDAR;
}

/* The same in two steps, for several ranks of one matrix: the decomposition that the NNDSVD kinds
 * begin with, up to the largest rank; and the start of a rank that is not larger, by one of these
 * kinds. It differs from that of nmf_start by the rounding of the decomposition. */
Status nmf_start_svd(const SparseMatrix *x, const SparseMatrix *transposed, int rank, uint64_t seed,
                     int threads, Svd *svd, Error *error);
Status nmf_start_of_svd(const SparseMatrix *x, const Svd *svd, int rank, NmfInit init,
                        uint64_t seed, Factors *factors, Error *error);

/* Fills *factors (all-zero before) with a start that is given: `topics` is k × m, `mixtures` n × k,
 * one row behind the other, all finite and ≥ 0. They are taken as they are, X ≈ topicsᵀ·mixturesᵀ,
 * but for the scale: columns of W are brought to sum 1 and H is scaled against them, which changes
 * nothing in WH. If each row of `mixtures` sums to 1 (within 1e-3) or is zero, and one does sum to
 * 1, they are shares, as a model has them: then the rows of both become distributions, and each
 * column of H is scaled to the sum of X's. A column of X without entries gets zeros. */
Status nmf_start_given(const SparseMatrix *x, int rank, const float *topics, const float *mixtures,
                       Factors *factors, Error *error);

/* ---- what is minimised ---- */

typedef enum NmfObjective { NMF_KL, NMF_FROBENIUS } NmfObjective;

extern const char *const nmf_objective_names[]; /* as nmf_init_names: "kl", "frobenius" */

/* What is added to D, and to F/2, with scikit-learn's names, meaning and scaling (its W is our H
 * transposed, its H our W):
 *
 *     Σ_ij of W  n·alpha_w·(l1_ratio·w + (1 − l1_ratio)·w²/2)
 *   + Σ_ij of H  m·alpha_h·(l1_ratio·h + (1 − l1_ratio)·h²/2)
 *
 * n and m are the numbers of cells that the entry's row of W, or column of H, has part in. If only
 * the stored cells count, it is the number of those. All zero: no penalty. */
typedef struct NmfPenalty {
    double alpha_w;  /* ≥ 0 */
    double alpha_h;  /* ≥ 0 */
    double l1_ratio; /* 0: squares alone (L2), 1: sums alone (L1) */
} NmfPenalty;

static inline bool nmf_is_penalised(const NmfPenalty *penalty)
{
    return penalty->alpha_w > 0.0 || penalty->alpha_h > 0.0;
}

/* ---- solving ---- */

/* One pass: every entry of W and of H updated once. */
typedef struct NmfPass {
    double objective;       /* D or F after the pass, with the penalties: D + P, F + 2·P */
    double relative_change; /* (objective before − after) / before */
    double kkt_residual;    /* how far from a stationary point, 0 to about 1; see nmf/kl.h and
                               nmf/frobenius.h */
    double wall_s;          /* since the solver was called */
    double cpu_s;
} NmfPass;

typedef enum NmfStop { NMF_CONVERGED, NMF_PASS_LIMIT, NMF_INTERRUPTED } NmfStop;

extern const char *const nmf_stop_names[]; /* as nmf_init_names */

typedef struct NmfOptions {
    NmfObjective objective;
    NmfPenalty penalty;
    bool observed_only;   /* cells that X does not store are unknown, not 0; a stored 0 is a 0 */
    double learning_rate; /* of the solver `gradient` (nmf/gradient.h), ≥ 0; 0: one that suits */
    double tolerance;     /* converged when relative_change is below, ≥ 0 */
    double kkt_tolerance; /* or when kkt_residual is below, ≥ 0 */
    int passes_max;       /* ≥ 1 */
    int threads;          /* ≥ 1 */
    /* Both optional, called after every pass. */
    bool (*interrupted)(void *context);
    void (*progress)(void *context, int pass, const NmfPass *facts);
    void *context;
} NmfOptions;

static const NmfOptions nmf_defaults = {
    .tolerance = 1e-5,
    .kkt_tolerance = 1e-6,
    .passes_max = 500,
    .threads = 1,
};

/* What a solver found. "Not converged" is a result, told by `stop`. */
typedef struct NmfResult {
    Factors factors; /* columns of W sum to 1; columns of H to those of X if D over all cells was
                        minimised without penalties */
    NmfStop stop;
    NmfPass *passes; /* owned; pass_count of them */
    int pass_count;
    double objective; /* of the factors before they were rounded to float32 and scaled, as in
                         NmfPass */
} NmfResult;

void nmf_result_free(NmfResult *result);

/* A solver: from *start to *result (all-zero before). STATUS_FAILED when out of memory or when a
 * number is not finite, naming the pass. */
typedef struct NmfSolver {
    const char *name;
    bool startless;      /* of *start it uses the sizes alone: its arrays may be NULL */
    unsigned objectives; /* 1 << NmfObjective for each that it minimises */
    bool penalises;      /* takes penalties */
    bool observes;       /* takes observed_only */
    Status (*solve)(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                    NmfResult *result, Error *error);
} NmfSolver;

/* Every solver there is, the default for D first; ends with a NULL name. */
extern const NmfSolver nmf_solvers[];
extern const char *const nmf_solver_names[]; /* beside nmf_solvers */

/* The default solver of an objective, as its place in nmf_solvers. */
int nmf_solver_default(NmfObjective objective);

/* Whether a solver can do what the options ask for: STATUS_USAGE if not, with a sentence that says
 * which part it cannot do and a hint which solver can. */
Status nmf_solver_check(const NmfSolver *solver, const NmfOptions *options, Error *error);

/* Bytes that the default solver allocates for a matrix of this size, about. */
double nmf_bytes(int64_t rows, int64_t columns, int64_t entries, int rank, int threads);

/* ---- mixtures for given topics ---- */

/* For each column of X the mixture of the given topics that describes it best: the minimiser of D
 * over H for fixed W, each column then scaled to sum 1. `w` is m × k as in Factors, its columns
 * summing to 1; `mixtures` gets n × k values. A column without entries, or none of whose words is
 * in any topic, gets zeros.
 *
 * The problem is convex, the start fixed and every document on its own, so that the result is a
 * function of w and the column alone. Each is iterated to a KKT residual (nmf/kl.h) of 1e-8, for at
 * most 10,000 sweeps; shares below 1e-7 become 0. */
Status nmf_mixtures(const SparseMatrix *x, const float *w, int rank, int threads, float *mixtures,
                    Error *error);

/* The same for F over all cells: `h` gets, n × k, for each column of X the non-negative least
 * squares solution, not scaled. Coordinate descent until a sweep moves WH by less than 1e-10 of
 * what the first one did, for at most 10,000 sweeps. */
Status nmf_least_squares(const SparseMatrix *x, const float *w, int rank, int threads, float *h,
                         Error *error);

/* Scales each column of H, `count` rows of k here, to sum 1, or leaves it 0. `sums` gets the sums,
 * unless it is NULL. */
void nmf_scale_mixtures(float *h, int64_t count, int rank, float *sums);

#endif
