/* themata baselines: the methods that topics are compared with, side by side on one corpus; or the
 * solvers of NMF, from one start. */
#include "app/baseline_runs.h"
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/input.h"
#include "app/interrupt.h"
#include "app/labels.h"
#include "app/messages.h"
#include "app/result.h"
#include "base/file.h"
#include "base/threads.h"
#include "report/baseline_tables.h"

#include <stdlib.h>

/* Every part starts all-zero and is freed in the end. */
typedef struct Comparison {
    Invocation *invocation;
    const Options *options;
    int threads;
    Model model; /* words, counts and documents; it never gets topics */
    Input input;
    Labels labels;
    SparseMatrix *by_words;
    OutputFile picture;
    Baseline items[BASELINE_ROWS];
    int count;
    Convergence convergence;
} Comparison;

/* ---- input ---- */

static bool is_labelled(const Options *options)
{
    return options->labels || options->label_column;
}

static LabelSource label_source(const Comparison *comparison)
{
    const Options *options = comparison->options;
    return (LabelSource){
        .command = "baselines",
        .documents = &comparison->model.documents,
        .path = comparison->input.path,
        .owner = "the corpus",
        .table = options->labels,
        .id_option = "--metadata-id, with --metadata in place of --labels",
        .column = options->label_column,
        .column_option = "--label-column",
        .quiet = options->quiet,
    };
}

static Status read_input(Comparison *comparison, Error *error)
{
    const LabelSource source = label_source(comparison);
    const bool labelled = is_labelled(comparison->options);
    Status status =
        comparison->options->output ? output_file_check(&comparison->picture, error) : STATUS_OK;
    if (!status && labelled) {
        status = labels_read(&source, &comparison->labels, error);
    }
    if (!status) {
        status = input_prepare(&comparison->input, error);
    }
    if (!status) {
        status = input_read(&comparison->input, error);
    }
    if (!status && labelled) {
        status = labels_match(&source, &comparison->labels, error);
    }
    stages_enter(&comparison->invocation->stages, STAGE_WEIGHT);
    if (!status) {
        status = input_weigh(&comparison->input, error);
    }
    if (!status) {
        status = diagnose_topics(comparison->options->topics, &comparison->model, error);
    }
    if (!status) {
        comparison->by_words = sparse_transpose(comparison->input.x, error);
        status = comparison->by_words ? STATUS_OK : error_status(error);
    }
    return status;
}

static BaselineRuns runs_of(Comparison *comparison)
{
    const Options *options = comparison->options;
    return (BaselineRuns){
        .options = options,
        .x = comparison->input.x,
        .by_words = comparison->by_words,
        .classes = is_labelled(options) ? &comparison->labels.classes : NULL,
        .stages = &comparison->invocation->stages,
        .k = (int)options->topics,
        .threads = comparison->threads,
    };
}

/* ---- methods ---- */

static Status run_methods(Comparison *comparison, Error *error)
{
    const BaselineRuns runs = runs_of(comparison);
    Status status = STATUS_OK;
    interrupt_catch();
    for (int i = 0; i < BASELINE_ROWS && !status && !interrupt_seen(); i++) {
        if (!comparison->options->quiet) {
            message_progress(false, "%s …", baseline_rows[i].name);
        }
        status = baseline_run(&runs, &baseline_rows[i], &comparison->items[i], error);
        comparison->count += !status && !interrupt_seen(); /* one that was cut short says nothing */
    }
    message_progress(false, "%s", "");
    return status;
}

static Status print_methods(const Comparison *comparison, Error *error)
{
    const Options *options = comparison->options;
    const BaselineReport report = {
        .items = comparison->items,
        .count = comparison->count,
        .has_labels = is_labelled(options),
    };
    Table table;
    Status status = baselines_table(&report, &table, error);
    if (!status) {
        status = result_print(options, &table, error);
    }
    table_free(&table);
    if (!status && !options->csv && !options->json) {
        baselines_notes(&report, stdout);
    }
    return status;
}

/* ---- solvers ---- */

static Status write_picture(Comparison *comparison, Error *error)
{
    OutputFile *picture = &comparison->picture;
    Status status = output_file_begin(picture, error);
    if (!status) {
        convergence_chart(picture->file, &comparison->convergence);
        status = output_file_commit(picture, error);
    }
    output_file_end(picture);
    if (!status && !comparison->options->quiet) {
        message_line("wrote %s", comparison->options->output);
    }
    return status;
}

/* For people a row for each solver, for programs one for each pass. */
static Status print_solvers(const Comparison *comparison, Error *error)
{
    const Options *options = comparison->options;
    const bool for_people = !options->csv && !options->json;
    Table table;
    if (for_people) {
        solvers_table(&comparison->convergence, &table);
    } else {
        passes_table(&comparison->convergence, &table);
    }
    Status status = result_print(options, &table, error);
    if (!status && for_people) {
        printf("\nleft: of the way from the start's objective, %.6g, to the lowest of all, %.6g; "
               "_10pct, _1pct, _01pct: when a tenth, a hundredth, a thousandth of it was left.\n",
               comparison->convergence.start, comparison->convergence.lowest);
    }
    return status;
}

/* ---- the whole ---- */

static Status run(Comparison *comparison, int *exit_code, Error *error)
{
    const Options *options = comparison->options;
    Status status = read_input(comparison, error);
    if (!status && options->convergence) {
        const BaselineRuns runs = runs_of(comparison);
        status = baseline_converge(&runs, &comparison->convergence, error);
    } else if (!status) {
        status = run_methods(comparison, error);
    }
    if (status) {
        return status;
    }
    stages_enter(&comparison->invocation->stages, STAGE_REPORT);
    result_warn_notes(input_notes(&comparison->input), NULL);
    if (interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    } else if (options->strict && input_notes(&comparison->input)->count > 0) {
        *exit_code = EXIT_STRICT;
    }
    if (options->output) {
        status = write_picture(comparison, error);
    }
    interrupt_release();
    if (!status) {
        status = options->convergence ? print_solvers(comparison, error)
                                      : print_methods(comparison, error);
    }
    return status;
}

Status baselines_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Comparison comparison = {
        .invocation = invocation,
        .options = options,
        .threads = options->threads ? (int)options->threads : threads_available(),
        .picture = {.place = options->output, .force = options->force},
    };
    comparison.input = (Input){
        .options = options,
        .path = options->matrix       ? options->matrix
                : options->files_from ? options->files_from
                                      : options->arguments[0],
        .stages = &invocation->stages,
        .model = &comparison.model,
        .threads = comparison.threads,
    };
    Status status = run(&comparison, exit_code, error);
    convergence_free(&comparison.convergence);
    sparse_free(comparison.by_words);
    labels_free(&comparison.labels);
    input_free(&comparison.input);
    model_free(&comparison.model);
    return status;
}
