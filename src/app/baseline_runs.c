#include "app/baseline_runs.h"

#include "app/factorise.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "base/clock.h"
#include "base/memory.h"
#include "model/documents.h"
#include "nmf/frobenius.h"
#include "nmf/kl.h"
#include "nmf/kmeans.h"
#include "nmf/latent.h"
#include "nmf/method.h"
#include "nmf/plsa.h"

#include <stdlib.h>
#include <string.h>

/* What a method found, in the form in which it is measured. */
typedef struct Found {
    float *w;    /* owned: m × k */
    float *h;    /* owned: n × k */
    int *groups; /* owned: n */
    int k;
    int passes;
} Found;

static void found_free(Found *found)
{
    free(found->w);
    free(found->h);
    free(found->groups);
}

static Status found_groups(const BaselineRuns *runs, Found *found, Error *error)
{
    found->groups = memory_new((size_t)runs->x->columns, sizeof *found->groups, error);
    return found->groups ? STATUS_OK : error_status(error);
}

/* ---- methods that make distributions ---- */

/* H of the topics as a model would have them: mixtures solved anew, scaled to the documents' sums.
 * k-means and anchor words have done that themselves. */
static Status settle_mixtures(const BaselineRuns *runs, const NmfSolver *solver, Found *found,
                              Error *error)
{
    const SparseMatrix *x = runs->x;
    double *mass = memory_new((size_t)x->columns, sizeof *mass, error);
    Status status =
        mass ? method_mixtures(solver->name, x, found->w, found->k, runs->threads, found->h, error)
             : error_status(error);
    if (!status) {
        sparse_column_sums(x, mass);
        for (int64_t i = 0; i < x->columns * found->k; i++) {
            found->h[i] = (float)((double)found->h[i] * mass[i / found->k]);
        }
    }
    free(mass);
    return status;
}

static Status find_topics(const BaselineRuns *runs, const Options *options, Found *found,
                          Error *error)
{
    const NmfSolver *solver = method_solver(options->method, options->solver);
    ModelFit facts = {0};
    Factorisation work = {
        .options = options,
        .x = runs->x,
        .facts = &facts,
        .stages = runs->stages,
        .k = runs->k,
        .threads = runs->threads,
        .as_solved = options->objective != NMF_KL,
    };
    Status status = factorise(&work, error);
    if (!status) {
        found->passes = work.result.pass_count;
        found->w = work.result.factors.w;
        found->h = work.result.factors.h;
        work.result.factors.w = work.result.factors.h = NULL;
        if (!solver->startless && options->method != METHOD_KMEANS && !work.as_solved) {
            status = settle_mixtures(runs, solver, found, error);
        }
    }
    if (!status) {
        status = found_groups(runs, found, error);
    }
    for (int64_t j = 0; j < runs->x->columns && !status; j++) {
        found->groups[j] = mixture_summarise(found->h + j * found->k, found->k).topic - 1;
    }
    free(facts.restarts);
    free(facts.restart_passes);
    factorise_free(&work);
    return status;
}

/* ---- methods that make dimensions ---- */

static Status take_dimensions(const BaselineRuns *runs, const Latent *latent, Found *found,
                              Error *error)
{
    const int64_t m = runs->x->rows, n = runs->x->columns;
    const int k = found->k = latent->svd.rank;
    found->w = memory_new((size_t)m, (size_t)k * sizeof *found->w, error);
    found->h = memory_new((size_t)n, (size_t)k * sizeof *found->h, error);
    if (!found->w || !found->h) {
        return error_status(error);
    }
    for (int64_t i = 0; i < m * k; i++) {
        found->w[i] = (float)latent->svd.u[i];
    }
    for (int64_t i = 0; i < n * k; i++) {
        const double length = latent->lengths ? latent->lengths[i / k] : 1.0;
        found->h[i] = (float)(latent_coordinate(latent, i / k, (int)(i % k)) * length);
    }
    return STATUS_OK;
}

static Status find_dimensions(const BaselineRuns *runs, const Options *options, Found *found,
                              Error *error)
{
    const uint64_t seed = (uint64_t)options->seed;
    Latent latent = {0};
    stages_enter(runs->stages, STAGE_NMF);
    Status status = latent_find(runs->x, runs->k, options->method == METHOD_LSA, seed,
                                runs->threads, &latent, error);
    if (!status) {
        status = take_dimensions(runs, &latent, found, error);
    }
    if (!status) {
        status = found_groups(runs, found, error);
    }
    if (!status) {
        status = latent_groups(&latent, seed, runs->threads, found->groups, error);
    }
    latent_free(&latent);
    return status;
}

/* ---- one method ---- */

static Status measure(const BaselineRuns *runs, Method method, const Found *found,
                      Baseline *baseline, Error *error)
{
    const BaselineFit fit = {
        .x = runs->x,
        .by_words = runs->by_words,
        .k = found->k,
        .w = found->w,
        .h = found->h,
        .is_signed = method_is_signed(method),
        .groups = found->groups,
        .group_count = found->k,
    };
    stages_enter(runs->stages, STAGE_MODEL);
    return baseline_measure(&fit, runs->classes, runs->threads, baseline, error);
}

const BaselineRow baseline_rows[BASELINE_ROWS] = {
    {"nmf", METHOD_NMF, NMF_KL},       {"nmf-frobenius", METHOD_NMF, NMF_FROBENIUS},
    {"plsa", METHOD_PLSA, NMF_KL},     {"kmeans", METHOD_KMEANS, NMF_KL},
    {"anchor", METHOD_ANCHOR, NMF_KL}, {"svd", METHOD_SVD, NMF_KL},
    {"lsa", METHOD_LSA, NMF_KL},
};

/* The options as fit would have them for this row alone. */
static Options options_of(const BaselineRuns *runs, const BaselineRow *row)
{
    Options options = *runs->options;
    options.method = row->method;
    options.objective = row->objective;
    options.quiet = true;
    if (row->objective != NMF_KL) {
        options.solver = nmf_solver_default(row->objective);
        options.init = options.init == NMF_INIT_STAGED ? NMF_INIT_NNDSVDA : options.init;
    }
    if (row->method == METHOD_PLSA) {
        options.init = NMF_INIT_RANDOM;
    }
    if (row->method == METHOD_KMEANS && options.restarts == 1) {
        options.restarts = KMEANS_RESTARTS;
    }
    return options;
}

Status baseline_run(const BaselineRuns *runs, const BaselineRow *row, Baseline *baseline,
                    Error *error)
{
    const Options options = options_of(runs, row);
    Found found = {.k = runs->k};
    *baseline = (Baseline){.method = row->name};
    const Moment begin = clock_now();
    Status status = method_is_signed(row->method) ? find_dimensions(runs, &options, &found, error)
                                                  : find_topics(runs, &options, &found, error);
    baseline->cpu_s = clock_between(begin, clock_now()).cpu_s;
    baseline->passes = found.passes;
    if (status == STATUS_INPUT) {
        baseline->failed = true;
        snprintf(baseline->reason, sizeof baseline->reason, "%.200s", error->message);
        status = STATUS_OK;
    } else if (!status) {
        status = measure(runs, row->method, &found, baseline, error);
    }
    found_free(&found);
    return status;
}

/* ---- solvers from one start ---- */

static bool is_interrupted(void *context)
{
    (void)context;
    return interrupt_seen();
}

static Status converge(const BaselineRuns *runs, const NmfSolver *solver, const Factors *start,
                       Convergence *convergence, Error *error)
{
    NmfOptions nmf = options_nmf(runs->options);
    nmf.threads = runs->threads;
    nmf.interrupted = is_interrupted;
    NmfResult result = {0};
    if (!runs->options->quiet) {
        message_progress(false, "%s …", solver->name);
    }
    Status status = solver->solve(runs->x, start, &nmf, &result, error);
    if (!status) {
        convergence_add(convergence, solver->name, &result);
    }
    return status;
}

/* Every solver that can, one after the other. */
static Status converge_all(const BaselineRuns *runs, const Factors *start, Convergence *convergence,
                           Error *error)
{
    const NmfObjective objective = runs->options->objective;
    Status status = STATUS_OK;
    for (const NmfSolver *solver = nmf_solvers; solver->name && !status && !interrupt_seen();
         solver++) {
        if (!solver->startless && solver->objectives & 1U << objective) {
            status = converge(runs, solver, start, convergence, error);
        }
    }
    if (!status && objective == NMF_KL && !interrupt_seen()) {
        status = converge(runs, method_solver(METHOD_PLSA, 0), start, convergence, error);
    }
    return status;
}

Status baseline_converge(const BaselineRuns *runs, Convergence *convergence, Error *error)
{
    const Options *options = runs->options;
    const SparseMatrix *x = runs->x;
    Factors start = {0};
    interrupt_catch();
    stages_enter(runs->stages, STAGE_START);
    Status status = nmf_start(x, runs->k, options->init, (uint64_t)options->seed, 0, runs->threads,
                              &start, error);
    if (!status) {
        status = options->objective == NMF_KL
                     ? kl_divergence_of_floats(x, start.w, start.h, NULL, runs->k, runs->threads,
                                               &convergence->start, error)
                     : frobenius_of_floats(x, start.w, start.h, runs->k, false, &convergence->start,
                                           error);
        convergence->lowest = convergence->start;
    }
    stages_enter(runs->stages, STAGE_NMF);
    if (!status) {
        status = converge_all(runs, &start, convergence, error);
    }
    interrupt_defer();
    message_progress(false, "%s", "");
    factors_free(&start);
    return status;
}
