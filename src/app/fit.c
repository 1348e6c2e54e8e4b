/* themata fit: documents, or a ready matrix, → model, tables, and the topics on standard output.
 * The one place that knows the order of the stages. */
#include "app/automatic.h"
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/factorise.h"
#include "app/fit_stability.h"
#include "app/given_start.h"
#include "app/input.h"
#include "app/interrupt.h"
#include "app/latent_output.h"
#include "app/messages.h"
#include "app/output_place.h"
#include "app/page_output.h"
#include "app/result.h"
#include "app/run_record.h"
#include "app/slice_output.h"
#include "app/starts_report.h"
#include "app/window_reading.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/threads.h"
#include "matrix/market.h"
#include "model/reconstruction.h"
#include "model/scaled.h"
#include "model/store.h"
#include "report/pair_tables.h"
#include "report/tables.h"
#include "report/wide_table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_WORDS = 100 }; /* words of a topic in tables/topic_words.csv */

/* A fit on its way; every part starts all-zero and is freed in the end. */
typedef struct Fit {
    Invocation *invocation;
    const Options *options;
    Output output;
    OutputFile export;
    char *default_output; /* owned */
    int threads;
    Input input;
    int64_t topics; /* k, once it is known */
    Sweep sweep;    /* of -k auto, as the next */
    Choice choice;
    bool abandoned; /* Ctrl-C came before there was a number of topics */
    Factorisation work;
    Latent latent; /* of a method that is signed, in place of topics */
    Model model;
    Reconstruction reconstruction; /* of a model whose factors are the solver's own */
    Stability stability;           /* all-zero: not measured */
} Fit;

static void enter(Fit *fit, Stage stage)
{
    stages_enter(&fit->invocation->stages, stage);
}

static PageOutput page_output(const Fit *fit)
{
    return (PageOutput){
        .options = fit->options,
        .model = &fit->model,
        .corpus = fit->options->matrix ? NULL : fit->input.path,
        .avoid = fit->output.place,
    };
}

static WindowReading window_reading(const Fit *fit)
{
    return (WindowReading){
        .options = fit->options,
        .path = fit->input.path,
        .avoid = fit->output.place,
        .threads = fit->threads,
    };
}

/* ---- the place of the result ---- */

/* Named after the corpus, if no other name is given; of dimensions there is no such name. */
static Status choose_output(Fit *fit, Error *error)
{
    const bool is_signed = method_is_signed(fit->options->method);
    fit->output.mark = is_signed ? LATENT_MARK : MODEL_MARK;
    fit->output.mark_begin = is_signed ? LATENT_MARK_BEGIN : MODEL_MARK_BEGIN;
    fit->output.force = fit->options->force;
    fit->output.place = fit->options->output;
    if (is_signed) {
        return STATUS_OK;
    }
    if (!fit->options->output) {
        fit->default_output = output_place_of(fit->input.path, "corpus", error);
        fit->output.place = fit->default_output;
    }
    return fit->output.place ? STATUS_OK : error_status(error);
}

/* Writes X, as the solver is given it. */
static Status export_matrix(Fit *fit, Error *error)
{
    OutputFile *output = &fit->export;
    interrupt_defer();
    Status status = output_file_begin(output, error);
    if (!status) {
        market_write(output->file, fit->input.x, "words × documents, by themata " THEMATA_VERSION);
        status = output_file_commit(output, error);
    }
    output_file_end(output);
    interrupt_release();
    return status;
}

/* ---- model, report ---- */

/* What windows of text tell of the topics, if that is asked for. Ctrl-C meanwhile sets a mark, as
 * it does while the solver works. */
static Status measure_windows(Fit *fit, Error *error)
{
    if (fit->options->coherence != COHERENCE_ALL) {
        return STATUS_OK;
    }
    if (interrupt_seen()) {
        message_warning("interrupted: coherence by windows was not measured");
        return STATUS_OK;
    }
    const WindowReading reading = window_reading(fit);
    interrupt_catch();
    Status status = window_reading_measure(&reading, &fit->model, error);
    interrupt_defer();
    return status;
}

/* Topics and mixtures. These are solved anew for the topics, as `infer` does, unless a penalty has
 * made them what they are. */
static Status set_factors(Fit *fit, Error *error)
{
    Model *model = &fit->model;
    const Options *options = fit->options;
    Factors *factors = &fit->work.result.factors;
    model->objective = options->objective;
    if (!fit->work.as_solved) {
        return model_set_factors(model, fit->input.x, factors, fit->threads, error);
    }
    Status status = STATUS_OK;
    if (!nmf_is_penalised(&options->penalty)) {
        status =
            nmf_least_squares(fit->input.x, factors->w, model->k, fit->threads, factors->h, error);
    }
    if (!status) {
        status = model_set_scaled(model, factors, error);
    }
    if (!status) {
        status = reconstruction_measure(model, fit->input.x, &fit->reconstruction, error);
        model->fit.objective = reconstruction_objective(model, &fit->reconstruction.all);
    }
    return status;
}

static Status make_model(Fit *fit, Error *error)
{
    Model *model = &fit->model;
    const char *solver = method_solver(fit->options->method, fit->options->solver)->name;
    model->fit.seed = (uint64_t)fit->options->seed;
    model->fit.passes = fit->work.result.pass_count;
    model->fit.stop = fit->work.result.stop;
    model->fit.solver = memory_copy_text(solver, strlen(solver), error);
    Status status = model->fit.solver ? STATUS_OK : error_status(error);
    if (!status) {
        status = set_factors(fit, error);
    }
    if (!status && fit->options->restarts > 1) {
        status = uniqueness_measure(model, &fit->work.near, fit->work.best, fit->work.mass, error);
    }
    if (!status) {
        status = quality_measure(model, fit->threads, error);
    }
    if (!status) {
        status = measure_windows(fit, error);
    }
    if (!status) {
        status = model_set_labels(model, error);
    }
    return status ? status : options_record(fit->options, model, error);
}

/* The shares, long and wide, and what they and the words tell of pairs of topics. */
static Status save_shares(const Model *model, const char *directory, Error *error)
{
    Table table;
    Status status = shares_table(&model->documents, model->mixtures, model->k, &table, error);
    status = result_save_made(directory, status, &table, error);
    if (!status) {
        status = wide_table_save(model, directory, error);
    }
    if (!status && model->k > 1) {
        status = topic_similarity_table(model, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    return status;
}

static Status save_tables(const Fit *fit, const char *directory, Error *error)
{
    const Model *model = &fit->model;
    const NmfResult *result = &fit->work.result;
    Table table;
    Status status = result_make_tables(directory, error);
    if (!status) {
        status = topics_table(model, (int)fit->options->words, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = topic_words_table(model, 0, TABLE_WORDS, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = coherence_table(model, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = quality_table(model, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = save_shares(model, directory, error);
    }
    if (!status) {
        status = convergence_table(result->passes, result->pass_count, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = starts_save_tables(model, directory, error);
    }
    if (!status && model->text.phrases.count > 0) {
        status = phrases_table(model, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status && fit->input.words.duplicates.count > 0) {
        status = duplicates_table(&fit->input.words.duplicates, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status && input_notes(&fit->input)->count > 0) {
        status = notes_table(input_notes(&fit->input), &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = slice_output_save(fit->options, model, directory, error);
    }
    if (!status && fit->sweep.count > 0) {
        status = automatic_save(&fit->sweep, &fit->choice, directory, error);
    }
    if (!status && fit->stability.run_count > 0) {
        status = fit_stability_save(model, &fit->stability, directory, error);
    }
    return status ? status : metadata_input_save(&fit->input.metadata, directory, error);
}

static Status save_run(Fit *fit, const char *directory, Error *error)
{
    const RunRecord record = {
        .argc = fit->invocation->argc,
        .argv = fit->invocation->argv,
        .corpus = fit->input.path,
        .output = fit->output.place,
        .threads = fit->threads,
        .stages = &fit->invocation->stages,
        .passes = fit->work.result.passes,
        .pass_count = fit->work.result.pass_count,
    };
    char *path = file_join(directory, "run.json", error);
    Status status = path ? run_record_write(&record, path, error) : error_status(error);
    free(path);
    return status;
}

static LatentReport latent_report(const Fit *fit)
{
    return (LatentReport){.latent = &fit->latent, .model = &fit->model};
}

static Status save_all(void *context, const char *directory, Error *error)
{
    Fit *fit = context;
    if (method_is_signed(fit->options->method)) {
        const LatentReport report = latent_report(fit);
        Status status = latent_output_save(fit->options, &report, directory, error);
        return status ? status : save_run(fit, directory, error);
    }
    Status status = model_save(&fit->model, directory, THEMATA_VERSION, error);
    enter(fit, STAGE_REPORT);
    if (!status) {
        status = save_tables(fit, directory, error);
    }
    if (!status && !fit->options->no_report) {
        PageOutput page = page_output(fit);
        page.directory = directory;
        status = page_output_save(&page, error);
        page_output_free(&page);
    }
    return status ? status : save_run(fit, directory, error);
}

static Status write_output(Fit *fit, Error *error)
{
    Output output = fit->output;
    Status status = output_write(&output, save_all, fit, error);
    interrupt_release();
    return status;
}

/* ---- the whole ---- */

static Status prepare(Fit *fit, Error *error)
{
    Status status = choose_output(fit, error);
    if (!status) {
        const WindowReading again = window_reading(fit);
        fit->input.avoid = fit->output.place;
        const PageOutput page = page_output(fit);
        status = window_reading_check(&again, error);
        status = status ? status : page_output_check(&page, fit->options->matrix, true, error);
    }
    if (!status) {
        status = input_prepare(&fit->input, error);
    }
    if (!status && fit->output.place) {
        status = output_check(&fit->output, error);
    }
    if (!status && fit->options->export_matrix) {
        status = output_file_check(&fit->export, error);
    }
    if (!status && fit->options->start_topics) {
        status = given_start_check(fit->options, &fit->topics, error);
    }
    return status;
}

/* -k auto. */
static Status choose_topics(Fit *fit, Error *error)
{
    enter(fit, STAGE_STABILITY);
    Status status = automatic_topics(fit->options, fit->input.x, &fit->model, fit->threads,
                                     &fit->sweep, &fit->choice, error);
    fit->abandoned = interrupt_seen();
    if (!status && fit->abandoned) {
        message_line("interrupted before the number of topics was chosen");
    }
    fit->topics = fit->choice.count > 0 ? fit->choice.recommended[0] : 1;
    if (!status && fit->choice.advice) {
        fit->model.choice = memory_copy_text(fit->choice.advice, strlen(fit->choice.advice), error);
        status = fit->model.choice ? STATUS_OK : error_status(error);
    }
    return status;
}

/* Dimensions in place of topics. */
static Status decompose(Fit *fit, Error *error)
{
    const Options *options = fit->options;
    enter(fit, STAGE_NMF);
    Status status = latent_find(fit->input.x, fit->model.k, options->method == METHOD_LSA,
                                (uint64_t)options->seed, fit->threads, &fit->latent, error);
    enter(fit, STAGE_REPORT);
    return status || !fit->output.place ? status : write_output(fit, error);
}

static Status run_stages(Fit *fit, Error *error)
{
    Status status = prepare(fit, error);
    if (!status) {
        status = input_read(&fit->input, error);
    }
    if (!status) {
        status = timeline_check(&fit->model.documents, fit->options->time_bin, error);
    }
    enter(fit, STAGE_WEIGHT);
    if (!status) {
        status = input_weigh(&fit->input, error);
    }
    if (!status && fit->options->export_matrix) {
        status = export_matrix(fit, error);
    }
    if (!status && fit->topics == TOPICS_AUTO) {
        status = choose_topics(fit, error);
    }
    if (status || fit->abandoned) {
        return status;
    }
    if (!status) {
        status = diagnose_topics(fit->topics, &fit->model, error);
        fit->model.k = (int)fit->topics;
    }
    if (!status && method_is_signed(fit->options->method)) {
        return decompose(fit, error);
    }
    if (!status) {
        fit->work.x = fit->input.x;
        fit->work.k = fit->model.k;
        status = factorise(&fit->work, error);
    }
    enter(fit, STAGE_MODEL);
    if (!status) {
        status = make_model(fit, error);
    }
    if (!status && fit->options->stability > 0) {
        enter(fit, STAGE_STABILITY);
        status = fit_stability(fit->options, fit->threads, &fit->model, &fit->stability, error);
        enter(fit, STAGE_MODEL); /* its files are part of it */
    }
    return status ? status : write_output(fit, error);
}

/* What a model whose mixtures do not sum to what the documents hold gives back. */
static void say_reconstruction(const Fit *fit)
{
    const Misfit *all = &fit->reconstruction.all;
    const bool squares = fit->model.objective == NMF_FROBENIUS;
    if (fit->work.as_solved) {
        message_line("minimised: %s%s; the topics give back %.4g %% of the mass, and explain %.4g "
                     "%% of the squares",
                     squares ? "the squared error (Frobenius)" : "the Kullback-Leibler divergence",
                     nmf_is_penalised(&fit->options->penalty) ? ", with penalties" : "",
                     all->mass > 0.0 ? 100.0 * all->fitted / all->mass : 0.0,
                     100.0 * reconstruction_explained(all));
    }
}

/* "converged after 19 passes": how the topics were found. */
static void say_result(const Fit *fit)
{
    static const char *const endings[] = {"converged", "not converged", "interrupted"};
    const Model *model = &fit->model;
    char how[64];
    snprintf(how, sizeof how, "%s after %d pass%s", endings[model->fit.stop], model->fit.passes,
             model->fit.passes == 1 ? "" : "es");
    const bool searched = !method_solver(fit->options->method, fit->options->solver)->startless;
    message_line("%u word%s × %" PRId64 " document%s, %d topic%s: %s, objective %.6g",
                 model->vocabulary.count, plural(model->vocabulary.count), model->documents.count,
                 plural(model->documents.count), model->k, plural(model->k),
                 searched ? how : "found by anchor words", model->fit.objective);
    say_reconstruction(fit);
}

static Status show_dimensions(const Fit *fit, int *exit_code, Error *error)
{
    const Options *options = fit->options;
    const CorpusNotes *notes = input_notes(&fit->input);
    result_warn_notes(notes, NULL);
    if (!options->quiet) {
        message_line("%u word%s × %" PRId64 " document%s, %d dimension%s by %s",
                     fit->model.vocabulary.count, plural(fit->model.vocabulary.count),
                     fit->model.documents.count, plural(fit->model.documents.count),
                     fit->latent.svd.rank, plural(fit->latent.svd.rank),
                     method_names[options->method]);
        if (options->export_matrix) {
            message_line("wrote %s", options->export_matrix);
        }
        if (fit->output.place) {
            message_line("wrote %s (tables in %s/tables)", fit->output.place, fit->output.place);
        }
    }
    *exit_code = options->strict && notes->count > 0 ? EXIT_STRICT : 0;
    const LatentReport report = latent_report(fit);
    return latent_output_show(options, &report, error);
}

static Status show_outcome(const Fit *fit, int *exit_code, Error *error)
{
    const Options *options = fit->options;
    const Model *model = &fit->model;
    const CorpusNotes *notes = input_notes(&fit->input);
    result_warn_notes(notes, fit->output.place);
    const int64_t empty = model->documents.count - model->modelled;
    if (empty > 0) {
        message_warning("%" PRId64 " document%s %s none of the model's words and %s not modelled",
                        empty, plural(empty), empty == 1 ? "has" : "have",
                        empty == 1 ? "is" : "are");
    }
    if (model->fit.stop == NMF_PASS_LIMIT) {
        message_warning("stopped after %d pass%s without converging (--max-passes, --tolerance)",
                        model->fit.passes, model->fit.passes == 1 ? "" : "es");
    }
    if (!options->quiet) {
        say_result(fit);
        Status status = starts_say(model, error);
        if (status) {
            return status;
        }
        if (options->export_matrix) {
            message_line("wrote %s", options->export_matrix);
        }
        page_output_say(options, fit->output.place);
    }
    if (interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    } else if (options->strict && (notes->count > 0 || model->fit.stop != NMF_CONVERGED)) {
        *exit_code = EXIT_STRICT;
    }
    Table table;
    Status status = topics_table(model, (int)options->words, &table, error);
    if (!status) {
        status = result_print(options, &table, error);
    }
    table_free(&table);
    return status;
}

static void fit_free(Fit *fit)
{
    input_free(&fit->input);
    factorise_free(&fit->work);
    latent_free(&fit->latent);
    reconstruction_free(&fit->reconstruction);
    stability_free(&fit->stability);
    sweep_free(&fit->sweep);
    choice_free(&fit->choice);
    model_free(&fit->model);
    free(fit->default_output);
}

Status fit_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Fit fit = {
        .invocation = invocation,
        .options = options,
        .topics = options->topics,
        .export = {.place = options->export_matrix, .force = options->force},
        .threads = options->threads ? (int)options->threads : threads_available(),
    };
    fit.input = (Input){
        .options = options,
        .path = options->matrix       ? options->matrix
                : options->files_from ? options->files_from
                                      : options->arguments[0],
        .stages = &invocation->stages,
        .model = &fit.model,
        .threads = fit.threads,
    };
    fit.work = (Factorisation){
        .options = options,
        .facts = &fit.model.fit,
        .stages = &invocation->stages,
        .threads = fit.threads,
        .as_solved = options->objective != NMF_KL || nmf_is_penalised(&options->penalty),
    };
    Status status = run_stages(&fit, error);
    if (fit.abandoned) {
        *exit_code = EXIT_INTERRUPTED;
    } else if (!status) {
        status = method_is_signed(options->method) ? show_dimensions(&fit, exit_code, error)
                                                   : show_outcome(&fit, exit_code, error);
    }
    fit_free(&fit);
    return status;
}
