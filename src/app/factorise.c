#include "app/factorise.h"

#include "app/given_start.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "base/memory.h"

#include <stdlib.h>

static bool is_interrupted(void *context)
{
    (void)context;
    return interrupt_seen();
}

static void show_pass(void *context, int pass, const NmfPass *facts)
{
    Factorisation *work = context;
    if (!work->options->quiet) {
        progress_pass(&work->progress, pass, facts);
    }
}

/* The first start is the one asked for, the others are random. */
static Status make_start(Factorisation *work, int restart, Factors *start, Error *error)
{
    const Options *options = work->options;
    ModelFit *facts = work->facts;
    if (nmf_solvers[options->solver].startless) {
        *start = (Factors){.rows = work->x->rows, .columns = work->x->columns, .rank = work->k};
        return STATUS_OK;
    }
    if (restart == 0 && options->start_topics) {
        facts->start_given = true;
        return given_start_read(options, work->x, work->k, start, facts->start_hashes, error);
    }
    return nmf_start(work->x, work->k, options->init, (uint64_t)options->seed, restart,
                     work->threads, start, error);
}

/* One start and one run of the solver; the result replaces the last one if it is better. */
static Status try_start(Factorisation *work, int restart, Error *error)
{
    const Options *options = work->options;
    const NmfOptions nmf = {
        .tolerance = options->tolerance,
        .kkt_tolerance = nmf_defaults.kkt_tolerance,
        .passes_max = (int)options->passes_max,
        .threads = work->threads,
        .interrupted = is_interrupted,
        .progress = show_pass,
        .context = work,
    };
    work->progress = (Progress){.tolerance = nmf.tolerance, .passes_max = nmf.passes_max};
    Factors start = {0};
    NmfResult result = {0};
    stages_enter(work->stages, STAGE_START);
    Status status = make_start(work, restart, &start, error);
    stages_enter(work->stages, STAGE_NMF);
    if (!status) {
        status = nmf_solvers[options->solver].solve(work->x, &start, &nmf, &result, error);
    }
    if (!status && start.anchors) { /* topics keep their order */
        result.factors.anchors = start.anchors;
        start.anchors = NULL;
    }
    factors_free(&start);
    if (status) {
        return status;
    }
    work->facts->restarts[work->facts->restart_count++] = result.objective;
    if (restart == 0 || result.objective < work->result.objective) {
        nmf_result_free(&work->result);
        work->result = result;
    } else {
        nmf_result_free(&result);
    }
    return STATUS_OK;
}

Status factorise(Factorisation *work, Error *error)
{
    const int restarts = (int)work->options->restarts;
    work->facts->restarts = memory_new((size_t)restarts, sizeof(double), error);
    Status status = work->facts->restarts ? STATUS_OK : error_status(error);
    interrupt_catch();
    for (int r = 0; r < restarts && !status && (r == 0 || !interrupt_seen()); r++) {
        status = try_start(work, r, error);
    }
    interrupt_defer(); /* what there is will be written */
    message_progress(false, "%s", "");
    if (!status && interrupt_seen()) {
        work->result.stop = NMF_INTERRUPTED;
    }
    return status;
}
