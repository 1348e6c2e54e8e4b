#include "app/factorise.h"

#include "app/given_start.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "app/progress.h"
#include "base/memory.h"
#include "base/threads.h"
#include "model/consensus.h"
#include "nmf/method.h"

#include <stdlib.h>

static bool is_interrupted(void *context)
{
    (void)context;
    return interrupt_seen();
}

static void show_pass(void *context, int pass, const NmfPass *facts)
{
    progress_pass(context, pass, facts);
}

/* ---- how many at once ---- */

/* How well the threads of one run keep each other busy; runs of one thread do not wait. */
static const double thread_efficiency = 0.9;

static double memory_allowed(const Options *options)
{
    return options->memory_bytes ? (double)options->memory_bytes : 0.75 * memory_physical();
}

Status factorise_check(const Factorisation *work, Error *error)
{
    const double m = (double)work->x->rows, n = (double)work->x->columns, k = work->k;
    const double bytes = sizeof(double) * k * (m + n + k), allowed = memory_allowed(work->options);
    if (bytes <= allowed) {
        return STATUS_OK;
    }
    error_set(error, STATUS_INPUT,
              "%d factors are more than there is memory for: %.3g MB are needed, of %.3g MB that "
              "may be used",
              work->k, bytes / 1e6, allowed / 1e6);
    const double most = m < n ? m : n;
    return k > most ? error_hint(error, "more than %.0f say nothing new of this table", most)
                    : error_hint(error, "fewer factors need less; --memory says what may be used");
}

/* Runs for which there is memory: half of what may be used, the rest is for all else. */
static int runs_that_fit(const Factorisation *work)
{
    const double m = (double)work->x->rows, n = (double)work->x->columns;
    const double allowed = memory_allowed(work->options);
    const double factors = 4.0 * (m + n) * work->k;
    const double solver =
        nmf_bytes(work->x->rows, work->x->columns, sparse_entries(work->x), work->k, 1);
    const double runs = 0.5 * allowed / (solver + 2.0 * factors); /* start and result */
    return runs < 1.0 ? 1 : runs < (double)work->threads ? (int)runs : work->threads;
}

/* As many runs side by side, of one thread each, as end sooner than one after the other with all
 * threads; or 1. */
static int runs_at_once(const Factorisation *work)
{
    const int restarts = (int)work->options->restarts, fit = runs_that_fit(work);
    const int runs = fit < restarts ? fit : restarts;
    const int turns = (restarts + runs - 1) / runs;
    const int worth = threads_worth(work->threads, (double)sparse_entries(work->x) * work->k);
    const double speed = worth > 1 ? thread_efficiency * worth : 1.0;
    return (double)turns * speed <= (double)restarts ? runs : 1;
}

/* ---- one run ---- */

/* What the runs share; what several may change is changed in the critical section `runs`. */
typedef struct Runs {
    Factorisation *work;
    Factors first; /* the start that was asked for; the others are random */
    int side;      /* runs side by side */
    int next;      /* the number of the start to be taken next */
    int ended;
    Progress progress; /* of all the runs */
    Moment begin;
    Status status; /* of the first that failed, as the error */
    Error *error;
} Runs;

static const NmfSolver *solver_of(const Factorisation *work)
{
    return method_solver(work->options->method, work->options->solver);
}

static Status make_first(Factorisation *work, Factors *start, Error *error)
{
    const Options *options = work->options;
    ModelFit *facts = work->facts;
    if (solver_of(work)->startless) {
        *start = (Factors){.rows = work->x->rows, .columns = work->x->columns, .rank = work->k};
        return STATUS_OK;
    }
    facts->first_start =
        method_has_init(options->method) ? nmf_init_names[options->init] : "k-means++";
    if (options->start_topics) {
        facts->first_start = "given";
        facts->start_given = true;
        return given_start_read(options, work->x, work->k, start, facts->start_hashes, error);
    }
    return method_start(options->method, work->x, work->k, options->init, (uint64_t)options->seed,
                        0, work->threads, start, error);
}

/* Each start has a place of its own, so several may be at it. */
static Status keep_partition(const Factorisation *work, int number, const Factors *factors,
                             Error *error)
{
    int32_t *parts = memory_new((size_t)factors->columns, sizeof *parts, error);
    work->partitions[number] = parts;
    return parts ? consensus_partition(factors, parts, error) : error_status(error);
}

/* From the start number `number`, which is made here unless it is the first, to its end. */
static Status run(Runs *runs, int number, NmfResult *result, Error *error)
{
    const Factorisation *work = runs->work;
    const Options *options = work->options;
    const bool alone = runs->side == 1;
    Progress progress = {.tolerance = options->tolerance, .passes_max = (int)options->passes_max};
    NmfOptions nmf = options_nmf(options);
    nmf.observed_only = work->observed_only;
    nmf.threads = alone ? work->threads : 1;
    nmf.interrupted = is_interrupted;
    nmf.progress = alone && !options->quiet ? show_pass : NULL;
    nmf.context = &progress;
    Factors start = {0};
    Status status = STATUS_OK;
    if (number == 0) {
        start = runs->first;
        runs->first = (Factors){0};
    } else {
        status = method_start(options->method, work->x, work->k, NMF_INIT_RANDOM,
                              (uint64_t)options->seed, number, nmf.threads, &start, error);
    }
    if (!status) {
        status = solver_of(work)->solve(work->x, &start, &nmf, result, error);
    }
    if (!status && work->partitions && result->stop != NMF_INTERRUPTED) {
        status = keep_partition(work, number, &result->factors, error);
    }
    if (!status && start.anchors) { /* topics keep their order */
        result->factors.anchors = start.anchors;
        start.anchors = NULL;
    }
    factors_free(&start);
    return status;
}

/* ---- all runs ---- */

/* Whether it must be known what this result says: there are others, and none is much better. One
 * that was interrupted says nothing. */
static bool is_of_interest(const Runs *runs, const NmfResult *result)
{
    const Factorisation *work = runs->work;
    bool near = false;
#pragma omp critical(runs)
    {
        near = work->facts->restart_count == 0 ||
               (work->observed_only ? solution_is_fair : solution_is_near)(
                   result->objective, work->result.objective, work->mass);
    }
    return work->options->restarts > 1 && result->stop != NMF_INTERRUPTED && near;
}

static Status describe(const Runs *runs, int number, const NmfResult *result, Solution *solution,
                       Error *error)
{
    const Factorisation *work = runs->work;
    if (!is_of_interest(runs, result)) {
        return STATUS_OK;
    }
    Status status =
        solution_describe(solver_of(work)->name, work->as_solved ? NULL : work->x, result, number,
                          runs->side == 1 ? work->threads : 1, solution, error);
    if (!status && work->observed_only) { /* unknown cells will be predicted */
        status = solution_keep_factors(solution, &result->factors, error);
    }
    return status;
}

/* The number of the next start, −1 if there is to be no other. At least one is run. */
static int take_start(Runs *runs)
{
    int number = -1;
#pragma omp critical(runs)
    {
        const bool stop = runs->status || (runs->next > 0 && interrupt_seen());
        if (!stop && runs->next < (int)runs->work->options->restarts) {
            number = runs->next++;
        }
    }
    return number;
}

/* Whether a result is to be kept: D is lowest, of equal ones the earlier start. */
static bool is_best(const Factorisation *work, int number, double objective)
{
    return work->facts->restart_count == 0 || objective < work->result.objective ||
           (objective == work->result.objective && number < work->best);
}

/* Takes over *result, which is freed unless it is the best so far, and its description if there is
 * one. */
static void keep(Runs *runs, int number, NmfResult *result, Solution *solution)
{
    Factorisation *work = runs->work;
    ModelFit *facts = work->facts;
    facts->restarts[number] = result->objective;
    facts->restart_passes[number] = result->pass_count;
    if (is_best(work, number, result->objective)) {
        const NmfResult beaten = work->result;
        work->result = *result;
        work->best = number;
        *result = beaten;
    }
    nmf_result_free(result);
    if (solution->k > 0) {
        solutions_add(&work->near, solution);
    }
    facts->restart_count++;
    runs->ended++;
    if (work->options->restarts > 1 && !work->options->quiet) {
        const double wall_s = clock_between(runs->begin, clock_now()).wall_s;
        progress_starts(&runs->progress, runs->ended, (int)work->options->restarts,
                        work->result.objective, wall_s);
    }
}

/* The first error is the one that is told. */
static void fail(Runs *runs, Status status, const Error *error)
{
    if (!runs->status) {
        runs->status = status;
        *runs->error = *error;
    }
}

/* Runs start after start. Which thread runs which changes nothing: each run is a function of its
 * number, and so is the choice of the best. */
static void work_off(Runs *runs)
{
    for (int number = take_start(runs); number >= 0; number = take_start(runs)) {
        Error error;
        NmfResult result = {0};
        Solution solution = {0};
        Status status = run(runs, number, &result, &error);
        if (!status) {
            status = describe(runs, number, &result, &solution, &error);
        }
#pragma omp critical(runs)
        {
            if (!status) {
                keep(runs, number, &result, &solution);
            } else {
                nmf_result_free(&result);
                solution_free(&solution);
                fail(runs, status, &error);
            }
        }
    }
}

static Status prepare(Factorisation *work, Error *error)
{
    for (int64_t p = 0; p < sparse_entries(work->x); p++) {
        work->mass += work->x->values[p];
    }
    const size_t restarts = (size_t)work->options->restarts;
    work->facts->restarts = memory_new(restarts, sizeof *work->facts->restarts, error);
    work->facts->restart_passes = memory_new(restarts, sizeof *work->facts->restart_passes, error);
    if (!work->facts->restarts || !work->facts->restart_passes) {
        return error_status(error);
    }
    if (work->options->consensus) {
        work->partitions = memory_new(restarts, sizeof *work->partitions, error);
    }
    return work->options->consensus && !work->partitions ? error_status(error) : STATUS_OK;
}

Status factorise(Factorisation *work, Error *error)
{
    Runs runs = {.work = work, .error = error, .side = runs_at_once(work)};
    runs.status = prepare(work, error);
    interrupt_catch();
    stages_enter(work->stages, STAGE_START);
    if (!runs.status) {
        runs.status = make_first(work, &runs.first, error);
    }
    stages_enter(work->stages, STAGE_NMF);
    runs.begin = clock_now();
#pragma omp parallel num_threads(runs.side)
    {
        work_off(&runs);
    }
    factors_free(&runs.first);
    interrupt_defer(); /* what there is will be written */
    message_progress(false, "%s", "");
    if (!runs.status && interrupt_seen()) {
        work->result.stop = NMF_INTERRUPTED;
    }
    return runs.status;
}

void factorise_free(Factorisation *work)
{
    nmf_result_free(&work->result);
    solutions_free(&work->near);
    for (int64_t i = 0; work->partitions && i < work->options->restarts; i++) {
        free(work->partitions[i]);
    }
    free(work->partitions);
}
