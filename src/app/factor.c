/* themata factor: a table of numbers → model, tables, and the factors on standard output. The one
 * place that knows the order of its stages. */
#include "app/clip.h"
#include "app/commands.h"
#include "app/consensus_output.h"
#include "app/factor_report.h"
#include "app/factor_sweep.h"
#include "app/factorise.h"
#include "app/held_cells.h"
#include "app/input.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "app/output_place.h"
#include "app/page_output.h"
#include "app/result.h"
#include "app/run_record.h"
#include "app/slice_output.h"
#include "app/starts_report.h"
#include "app/table_input.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/threads.h"
#include "matrix/market.h"
#include "model/prediction.h"
#include "model/reconstruction.h"
#include "model/scaled.h"
#include "model/store.h"
#include "report/factor_tables.h"
#include "report/tables.h"
#include "report/wide_table.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_ENTRIES = 100 }; /* entries of a factor in tables/topic_words.csv */

/* A run on its way; every part starts all-zero and is freed in the end. */
typedef struct Factoring {
    Invocation *invocation;
    const Options *options;
    const char *path;
    Output output;
    OutputFile export;
    char *default_output; /* owned */
    int threads;
    TableFacts facts;
    HeldCells held;
    Input input; /* X alone */
    Factorisation work;
    Model model;
    Reconstruction reconstruction;
    ItemConsensus consensus; /* with --consensus */
} Factoring;

/* ---- before the work ---- */

static Status prepare(Factoring *factoring, Error *error)
{
    const Options *options = factoring->options;
    Output *output = &factoring->output;
    if (options->topics == 0 && !options->start_topics) {
        error_set(error, STATUS_USAGE, "how many factors there are to be is not said");
        return error_hint(error, "-k says it; fewer than there are rows and columns");
    }
    output->place = options->output;
    if (!options->output && options->topics != TOPICS_RANGE) {
        factoring->default_output = output_place_of(factoring->path, "table", error);
        output->place = factoring->default_output;
    }
    Status status = clip_check(options->clip, error);
    if (!status && options->topics != TOPICS_RANGE) {
        status = output->place ? output_check(output, error) : error_status(error);
    }
    if (!status && options->export_matrix) {
        status = output_file_check(&factoring->export, error);
    }
    return status;
}

static Status read_table(Factoring *factoring, Error *error)
{
    Status status = table_input_read(factoring->options, factoring->path, &factoring->model,
                                     &factoring->facts, error);
    if (!status) {
        factor_say_table(factoring->options, &factoring->model, &factoring->facts);
    }
    if (!status && factoring->options->consensus) {
        status = consensus_output_check(&factoring->model, error);
    }
    if (!status && factoring->options->test_fraction > 0.0) {
        status = held_cells_take(&factoring->model, factoring->options->test_fraction,
                                 (uint64_t)factoring->options->seed, &factoring->held, error);
    }
    stages_enter(&factoring->invocation->stages, STAGE_WEIGHT);
    return status ? status : input_weigh(&factoring->input, error);
}

static Status export_matrix(Factoring *factoring, Error *error)
{
    OutputFile *output = &factoring->export;
    Status status = output_file_begin(output, error);
    if (!status) {
        market_write(output->file, factoring->input.x,
                     "entries × items, by themata " THEMATA_VERSION);
        status = output_file_commit(output, error);
    }
    output_file_end(output);
    return status;
}

/* ---- model ---- */

static Status make_model(Factoring *factoring, Error *error)
{
    Model *model = &factoring->model;
    const Factorisation *work = &factoring->work;
    const char *solver =
        method_solver(factoring->options->method, factoring->options->solver)->name;
    model->objective = factoring->options->objective;
    model->fit.seed = (uint64_t)factoring->options->seed;
    model->fit.passes = work->result.pass_count;
    model->fit.stop = work->result.stop;
    model->fit.solver = memory_copy_text(solver, strlen(solver), error);
    Status status = model->fit.solver ? model_set_scaled(model, &work->result.factors, error)
                                      : error_status(error);
    status = status ? status
                    : reconstruction_measure(model, factoring->input.x, &factoring->reconstruction,
                                             error);
    if (!status) {
        model->fit.objective = reconstruction_objective(model, &factoring->reconstruction.all);
        status = quality_measure(model, factoring->threads, error);
    }
    if (!status && factoring->options->restarts > 1) {
        status = uniqueness_measure(model, &work->near, work->best, work->mass, error);
    }
    if (!status && factoring->options->restarts > 1 && model->observed_only) {
        status = prediction_keep(model, &work->near, work->best, work->mass, error);
    }
    if (!status && factoring->options->consensus) {
        status = consensus_output_make(work, &factoring->consensus, error);
    }
    status = status ? status : model_set_labels(model, error);
    return status ? status : options_record(factoring->options, model, error);
}

/* ---- files ---- */

static Status save_own_tables(const Factoring *factoring, const char *directory, Error *error)
{
    const Model *model = &factoring->model;
    const Reconstruction *reconstruction = &factoring->reconstruction;
    Table table;
    Status status = factors_table(model, (int)factoring->options->top, &table, error);
    status = result_save_made(directory, status, &table, error);
    if (!status) {
        status = items_table(model, reconstruction, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = entries_table(model, reconstruction, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = factor_fit_table(model, reconstruction, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = item_parts_table(model, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    return status;
}

/* Those that every model has. */
static Status save_tables(const Factoring *factoring, const char *directory, Error *error)
{
    const Model *model = &factoring->model;
    const NmfResult *result = &factoring->work.result;
    Table table;
    Status status = result_make_tables(directory, error);
    if (!status) {
        status = topic_words_table(model, 0, TABLE_ENTRIES, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = shares_table(&model->documents, model->mixtures, model->k, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = wide_table_save(model, directory, error);
    }
    if (!status) {
        status = convergence_table(result->passes, result->pass_count, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    status = status ? status : starts_save_tables(model, directory, error);
    if (!status && factoring->consensus.count > 0) {
        status = consensus_output_save(model, &factoring->consensus, directory, error);
    }
    status = status ? status : slice_output_save(factoring->options, model, directory, error);
    return status ? status : save_own_tables(factoring, directory, error);
}

static Status save_run(Factoring *factoring, const char *directory, Error *error)
{
    const RunRecord record = {
        .argc = factoring->invocation->argc,
        .argv = factoring->invocation->argv,
        .corpus = factoring->path,
        .output = factoring->output.place,
        .threads = factoring->threads,
        .stages = &factoring->invocation->stages,
        .passes = factoring->work.result.passes,
        .pass_count = factoring->work.result.pass_count,
    };
    char *path = file_join(directory, "run.json", error);
    Status status = path ? run_record_write(&record, path, error) : error_status(error);
    free(path);
    return status;
}

static Status save_all(void *context, const char *directory, Error *error)
{
    Factoring *factoring = context;
    Status status = model_save(&factoring->model, directory, THEMATA_VERSION, error);
    stages_enter(&factoring->invocation->stages, STAGE_REPORT);
    status = status ? status : save_tables(factoring, directory, error);
    if (!status && !factoring->options->no_report) {
        PageOutput page = {
            .options = factoring->options, .model = &factoring->model, .directory = directory};
        status = page_output_save(&page, error);
        page_output_free(&page);
    }
    return status ? status : save_run(factoring, directory, error);
}

/* ---- the whole ---- */

static Status run_stages(Factoring *factoring, Error *error)
{
    Model *model = &factoring->model;
    Status status = prepare(factoring, error);
    status = status ? status : read_table(factoring, error);
    if (!status && factoring->options->export_matrix) {
        status = export_matrix(factoring, error);
    }
    if (status) {
        return status;
    }
    model->k = (int)factoring->options->topics;
    factor_warn_of_rank(model->k, model);
    factoring->work.x = factoring->input.x;
    factoring->work.k = model->k;
    factoring->work.observed_only = model->observed_only;
    status = factorise_check(&factoring->work, error);
    status = status ? status : factorise(&factoring->work, error);
    stages_enter(&factoring->invocation->stages, STAGE_MODEL);
    status = status ? status : make_model(factoring, error);
    if (!status) {
        Output output = factoring->output;
        status = output_write(&output, save_all, factoring, error);
        interrupt_release();
    }
    return status;
}

static Status say_held_out(const Factoring *factoring, Error *error)
{
    Range range;
    if (factoring->held.count == 0) {
        return STATUS_OK;
    }
    Status status = clip_range(factoring->options->clip, &factoring->model, &range, error);
    if (!status) {
        const HeldError off = held_cells_measure(&factoring->held, &factoring->model, range);
        message_line(
            "held out %lld cells: predictions are off by %.4f (root of the mean square) and "
            "%.4f (mean), the mean value by %.4f",
            (long long)factoring->held.count, off.rmse, off.absolute, off.of_mean);
    }
    return status;
}

static Status show_outcome(const Factoring *factoring, int *exit_code, Error *error)
{
    const Options *options = factoring->options;
    const Model *model = &factoring->model;
    const int64_t empty = model->documents.count - model->modelled;
    Status status = STATUS_OK;
    if (empty > 0) {
        message_warning("%lld item%s in no factor", (long long)empty, empty == 1 ? " is" : "s are");
    }
    if (model->fit.stop == NMF_PASS_LIMIT) {
        message_warning("stopped after %d passes without converging (--max-passes, --tolerance)",
                        model->fit.passes);
    }
    if (!options->quiet) {
        status = factor_say_result(model, &factoring->reconstruction, error);
        status = status ? status : say_held_out(factoring, error);
        status = status ? status : starts_say(model, error);
        if (!status && factoring->consensus.count > 0) {
            status = consensus_output_say(&factoring->consensus, error);
        }
        if (options->export_matrix) {
            message_line("wrote %s", options->export_matrix);
        }
        page_output_say(options, factoring->output.place);
    }
    if (interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    } else if (options->strict &&
               (factoring->facts.passed_over > 0 || model->fit.stop != NMF_CONVERGED)) {
        *exit_code = EXIT_STRICT;
    }
    return status ? status : factor_print(options, model, &factoring->reconstruction, error);
}

/* ---- several numbers of factors ---- */

static Status compare_numbers(Factoring *factoring, FactorSweep *sweep, Error *error)
{
    Range range;
    Status status = prepare(factoring, error);
    status = status ? status : read_table(factoring, error);
    if (!status) {
        status = clip_range(factoring->options->clip, &factoring->model, &range, error);
    }
    if (!status) {
        factor_warn_of_rank(factoring->options->range.last, &factoring->model);
        factoring->work.x = factoring->input.x;
        factoring->work.observed_only = factoring->model.observed_only;
        status = factor_sweep_run(&factoring->work, &factoring->held, range, sweep, error);
        interrupt_release();
    }
    return status;
}

static Status run_sweep(Factoring *factoring, int *exit_code, Error *error)
{
    FactorSweep sweep = {0};
    Status status = compare_numbers(factoring, &sweep, error);
    if (!status && sweep.unfinished > 0) {
        message_warning("%lld of %lld stopped after %lld passes without converging "
                        "(--max-passes, --tolerance)",
                        (long long)sweep.unfinished, (long long)sweep.count,
                        (long long)factoring->options->passes_max);
    }
    if (!status && interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    } else if (!status && factoring->options->strict &&
               (factoring->facts.passed_over > 0 || sweep.unfinished > 0)) {
        *exit_code = EXIT_STRICT;
    }
    if (!status && sweep.count == 0) {
        message_line("interrupted before the first number of factors was measured");
    } else if (!status) {
        status = factor_sweep_print(factoring->options, &sweep, error);
    }
    factor_sweep_free(&sweep);
    return status;
}

/* ---- the command ---- */

static Status run_one(Factoring *factoring, int *exit_code, Error *error)
{
    Status status = run_stages(factoring, error);
    return status ? status : show_outcome(factoring, exit_code, error);
}

Status factor_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    const int threads = options->threads ? (int)options->threads : threads_available();
    Factoring factoring = {
        .invocation = invocation,
        .options = options,
        .path = options->arguments[0],
        .output = {.mark = MODEL_MARK, .mark_begin = MODEL_MARK_BEGIN, .force = options->force},
        .export = {.place = options->export_matrix, .force = options->force},
        .threads = threads,
    };
    factoring.input = (Input){.options = options,
                              .path = factoring.path,
                              .stages = &invocation->stages,
                              .model = &factoring.model,
                              .threads = threads};
    factoring.work = (Factorisation){.options = options,
                                     .facts = &factoring.model.fit,
                                     .stages = &invocation->stages,
                                     .threads = threads,
                                     .as_solved = true};
    Status status = options->topics == TOPICS_RANGE ? run_sweep(&factoring, exit_code, error)
                                                    : run_one(&factoring, exit_code, error);
    input_free(&factoring.input);
    held_cells_free(&factoring.held);
    factorise_free(&factoring.work);
    reconstruction_free(&factoring.reconstruction);
    consensus_free(&factoring.consensus);
    model_free(&factoring.model);
    free(factoring.default_output);
    return status;
}
