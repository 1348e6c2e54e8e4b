/* themata fit: documents, or a ready matrix, → model, tables, and the topics on standard output.
 * The one place that knows the order of the stages. */
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/given_start.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "app/metadata_input.h"
#include "app/progress.h"
#include "app/reading.h"
#include "app/result.h"
#include "app/run_record.h"
#include "app/words.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/threads.h"
#include "corpus/corpus.h"
#include "matrix/market.h"
#include "model/store.h"
#include "report/tables.h"
#include "text/collect.h"
#include "text/language.h"
#include "text/script.h"
#include "text/stopwords.h"
#include "text/word_breaks.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_WORDS = 100 }; /* words of a topic in tables/topic_words.csv */

/* A fit on its way; every part starts all-zero and is freed in the end. */
typedef struct Fit {
    Invocation *invocation;
    const Options *options;
    const char *corpus_path; /* or the matrix', or the list's */
    Output output;
    OutputFile export;
    char *default_output; /* owned */
    int threads;
    Corpus *corpus; /* NULL: a matrix */
    MetadataInput metadata;
    int64_t topics; /* k, once it is known */
    Words words;
    SparseMatrix *x;
    Progress progress;
    NmfResult result;
    Model model;
} Fit;

static void enter(Fit *fit, Stage stage)
{
    stages_enter(&fit->invocation->stages, stage);
}

/* What was skipped or repaired: of a matrix, nothing. */
static const CorpusNotes *notes_of(const Fit *fit)
{
    static const CorpusNotes none = {0};
    return fit->corpus ? corpus_notes(fit->corpus) : &none;
}

/* ---- corpus, text ---- */

/* The length of a file's name without the endings that say what kind of file it is. */
static size_t without_extensions(const char *name, size_t length)
{
    static const char *const extensions[] = {".mtx",  ".gz",    ".bz2",    ".xz",  ".zst", ".zip",
                                             ".tgz",  ".tar",   ".txt",    ".csv", ".tsv", ".tab",
                                             ".json", ".jsonl", ".ndjson", ".list"};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        const size_t behind = strlen(extensions[i]);
        if (length > behind && memcmp(name + length - behind, extensions[i], behind) == 0) {
            return without_extensions(name, length - behind);
        }
    }
    return length;
}

/* `name.themata` in the current directory, after the last component of the corpus' path. */
static Status choose_output(Fit *fit, Error *error)
{
    fit->output.mark = MODEL_MARK;
    fit->output.mark_begin = MODEL_MARK_BEGIN;
    fit->output.force = fit->options->force;
    if (fit->options->output) {
        fit->output.place = fit->options->output;
        return STATUS_OK;
    }
    const char *last;
    size_t length = file_last_name(fit->corpus_path, &last);
    if (!file_is_directory(fit->corpus_path)) {
        length = without_extensions(last, length);
    }
    Buffer name = {0};
    const bool nameless = length == 0 || last[0] == '.' || strcmp(fit->corpus_path, "-") == 0;
    Status status = nameless ? buffer_append_text(&name, "corpus", error)
                             : buffer_append(&name, last, length, error);
    if (!status) {
        status = buffer_append_text(&name, ".themata", error);
    }
    fit->default_output = name.bytes;
    fit->output.place = name.bytes;
    return status;
}

/* Says when much of the text is in scripts whose words were not told apart. Where none of it is,
 * the model does not ask for ICU: it is the same, and good for the same, in every build. */
static void judge_unspaced(Fit *fit)
{
    static const double share_min = 0.05;
    const UnspacedFacts facts = script_unspaced(&fit->words.all.words, fit->words.all.tokens);
    if (facts.share == 0.0) {
        fit->words.rules.unspaced = UNSPACED_WHOLE;
    } else if (facts.share > share_min && fit->words.rules.unspaced == UNSPACED_WHOLE) {
        message_warning("%.0f %% of the letters are in a script without blanks between words (%s); "
                        "the words of such a text are not told apart%s",
                        100.0 * facts.share, facts.name,
                        word_breaks_built_in() ? " (--unspaced)" : ": this program is without ICU");
    }
}

/* Whether the language that was found has rules that were not applied: it was found too late. */
static bool has_more_rules(const Fit *fit)
{
    const Language *language = language_find(fit->words.stop.language);
    return !fit->options->matrix && language && (language->elided || language->dotless_i) &&
           fit->words.rules.language == NULL;
}

/* What is to be decided from all the words: the language of the stop words, and whether there is
 * something to warn of. */
static Status judge_words(Fit *fit, Error *error)
{
    const StopWords *stop = &fit->words.stop;
    const bool automatic = stop->automatic;
    if (!fit->options->matrix) {
        judge_unspaced(fit);
    }
    Status status = words_settle_stop_words(&fit->words, error);
    if (status || !automatic) {
        return status;
    }
    if (!stop->language && fit->words.all.words.count > 0) {
        message_warning("no built-in stop word list fits this corpus; none is used (--stopwords)");
    } else if (stop->language && !fit->options->quiet) {
        const bool more = has_more_rules(fit);
        message_line("stop words: %s, %.0f %% of the %s%s%s", stop->language,
                     100.0 * stop->coverage, fit->options->matrix ? "counts" : "tokens",
                     more ? "; its rules for words hold with --lang " : "",
                     more ? stop->language : "");
    }
    if (stop->second) {
        message_warning("%.0f %% of the %s are stop words of %s and stay; --stopwords %s,%s takes "
                        "both languages' out",
                        100.0 * stop->second_coverage, fit->options->matrix ? "counts" : "tokens",
                        stop->second, stop->language, stop->second);
    }
    return STATUS_OK;
}

/* Says what was read. */
static void say_reading(const Fit *fit)
{
    const Model *model = &fit->model;
    const int64_t documents = model->documents.count;
    const uint32_t words = fit->words.all.words.count;
    if (fit->options->matrix) {
        const int64_t pairs = counts_pairs(&fit->words.given);
        message_line("read %" PRId64 " document%s, %u word%s, %" PRId64 " count%s", documents,
                     plural(documents), words, plural(words), pairs, plural(pairs));
        return;
    }
    message_line("read %" PRId64 " document%s, %" PRId64 " token%s", documents, plural(documents),
                 model->tally.tokens.matched, plural(model->tally.tokens.matched));
    if (cleaning_should_suggest_html(&fit->words.reading.cleaned)) {
        cleaning_suggest_html(&fit->words.reading.cleaned);
    }
}

static Status read_documents(Fit *fit, Error *error)
{
    Status status;
    if (fit->options->matrix) {
        status = words_read_matrix(&fit->words, &fit->model, error);
        enter(fit, STAGE_TEXT);
    } else {
        enter(fit, STAGE_TEXT);
        status = words_read_corpus(&fit->words, fit->corpus, &fit->model, error);
    }
    if (!status && !fit->options->quiet) {
        say_reading(fit);
    }
    return status ? status
                  : metadata_input_settle(&fit->metadata, fit->options, fit->corpus_path,
                                          fit->output.place, &fit->model.documents, error);
}

static Status settle_duplicates(Fit *fit, Error *error)
{
    Status status = words_settle_duplicates(&fit->words, &fit->model, error);
    if (!status && fit->words.duplicates.count > 0 && !fit->options->quiet) {
        reading_say_duplicates(&fit->words.duplicates, fit->model.tally.dropped > 0);
    }
    return status;
}

/* Says why there is nothing to find topics of, if there is nothing. */
static Status check_words(const Fit *fit, Error *error)
{
    if (fit->model.vocabulary.count > 0) {
        return STATUS_OK;
    }
    diagnose_no_words(fit->corpus_path, &fit->model.tally, error);
    if (fit->corpus && corpus_is_one_text(fit->corpus)) {
        return error_hint(error, "a text file is one document; --lines takes every line for one, "
                                 "a directory holds many");
    }
    return error_status(error);
}

static Status count_words(Fit *fit, Error *error)
{
    Status status = read_documents(fit, error);
    if (!status) {
        status = settle_duplicates(fit, error);
    }
    if (!status) {
        status = judge_words(fit, error);
    }
    if (!status) {
        status = words_choose(&fit->words, &fit->model, error);
    }
    words_release(&fit->words);
    if (!status && fit->options->phrases > 0.0 && !fit->options->quiet) {
        const size_t phrases = fit->model.text.phrases.count;
        message_line("joined %zu phrase%s (tables/phrases.csv)", phrases, plural((int64_t)phrases));
    }
    if (!status) {
        status = check_words(fit, error);
    }
    return status ? status : words_keep_rules(&fit->words, &fit->model, error);
}

/* ---- weight ---- */

/* Factors are float32: what no norm has brought into reach must be there by itself. */
static Status check_masses(const Fit *fit, Error *error)
{
    static const double least = 1e-15, most = 1e15; /* starts may hold their squares */
    double *mass = memory_new((size_t)fit->x->columns, sizeof *mass, error);
    if (!mass) {
        return error_status(error);
    }
    sparse_column_sums(fit->x, mass);
    Status status = STATUS_OK;
    for (int64_t d = 0; d < fit->x->columns && !status; d++) {
        if (mass[d] != 0.0 && (mass[d] < least || mass[d] > most)) {
            error_set(error, STATUS_INPUT,
                      "document %s: its weights sum to %.3g (1e-15 to 1e15 was expected)",
                      fit->model.documents.items[d].id, mass[d]);
            status = error_hint(error, "scale the matrix, or take --normalize l1");
        }
    }
    free(mass);
    return status;
}

static Status weigh_words(Fit *fit, Error *error)
{
    Model *model = &fit->model;
    const size_t words = model->vocabulary.count;
    model->weight = fit->options->weight;
    model->idf = memory_new(words, sizeof *model->idf, error);
    if (!model->idf) {
        return error_status(error);
    }
    weight_idf(&model->weight, model->counts.documents, model->document_frequency,
               model->vocabulary.count, model->idf);
    fit->x = weight_matrix(&model->weight, &model->counts, model->idf, model->vocabulary.count,
                           fit->threads, error);
    if (!fit->x && error_status(error) == STATUS_INPUT) { /* which file it was is known here */
        return error_put_subject(error, fit->corpus_path);
    }
    return fit->x ? check_masses(fit, error) : error_status(error);
}

/* Writes X, as the solver is given it. */
static Status export_matrix(Fit *fit, Error *error)
{
    OutputFile *output = &fit->export;
    interrupt_defer();
    Status status = output_file_begin(output, error);
    if (!status) {
        market_write(output->file, fit->x, "words × documents, by themata " THEMATA_VERSION);
        status = output_file_commit(output, error);
    }
    output_file_end(output);
    interrupt_release();
    return status;
}

/* ---- start, nmf ---- */

static bool is_interrupted(void *context)
{
    (void)context;
    return interrupt_seen();
}

static void show_pass(void *context, int pass, const NmfPass *facts)
{
    Fit *fit = context;
    if (!fit->options->quiet) {
        progress_pass(&fit->progress, pass, facts);
    }
}

/* The first start is the one asked for, the others are random. */
static Status make_start(Fit *fit, int restart, Factors *start, Error *error)
{
    const Options *options = fit->options;
    ModelFit *facts = &fit->model.fit;
    if (restart == 0 && options->start_topics) {
        facts->start_given = true;
        return given_start_read(options, fit->x, fit->model.k, start, facts->start_hashes, error);
    }
    return nmf_start(fit->x, fit->model.k, options->init, (uint64_t)options->seed, restart,
                     fit->threads, start, error);
}

/* One start and one run of the solver; the result replaces fit->result if it is better. */
static Status try_start(Fit *fit, int restart, Error *error)
{
    const Options *options = fit->options;
    const NmfOptions nmf = {
        .tolerance = options->tolerance,
        .kkt_tolerance = nmf_defaults.kkt_tolerance,
        .passes_max = (int)options->passes_max,
        .threads = fit->threads,
        .interrupted = is_interrupted,
        .progress = show_pass,
        .context = fit,
    };
    fit->progress = (Progress){.tolerance = nmf.tolerance, .passes_max = nmf.passes_max};
    Factors start = {0};
    NmfResult result = {0};
    enter(fit, STAGE_START);
    Status status = make_start(fit, restart, &start, error);
    enter(fit, STAGE_NMF);
    if (!status) {
        status = nmf_solvers[options->solver].solve(fit->x, &start, &nmf, &result, error);
    }
    factors_free(&start);
    if (status) {
        return status;
    }
    fit->model.fit.restarts[fit->model.fit.restart_count++] = result.objective;
    if (restart == 0 || result.objective < fit->result.objective) {
        nmf_result_free(&fit->result);
        fit->result = result;
    } else {
        nmf_result_free(&result);
    }
    return STATUS_OK;
}

static Status factorise(Fit *fit, Error *error)
{
    const int restarts = (int)fit->options->restarts;
    fit->model.fit.restarts = memory_new((size_t)restarts, sizeof(double), error);
    Status status = fit->model.fit.restarts ? STATUS_OK : error_status(error);
    interrupt_catch();
    for (int r = 0; r < restarts && !status && (r == 0 || !interrupt_seen()); r++) {
        status = try_start(fit, r, error);
    }
    interrupt_defer(); /* what there is will be written */
    message_progress(false, "%s", "");
    if (!status && interrupt_seen()) {
        fit->result.stop = NMF_INTERRUPTED;
    }
    return status;
}

/* ---- model, report ---- */

static Status make_model(Fit *fit, Error *error)
{
    Model *model = &fit->model;
    const char *solver = nmf_solver_names[fit->options->solver];
    model->fit.seed = (uint64_t)fit->options->seed;
    model->fit.passes = fit->result.pass_count;
    model->fit.stop = fit->result.stop;
    model->fit.solver = memory_copy_text(solver, strlen(solver), error);
    Status status = model->fit.solver ? STATUS_OK : error_status(error);
    if (!status) {
        status = model_set_factors(model, fit->x, &fit->result.factors, fit->threads, error);
    }
    if (!status) {
        status = model_set_labels(model, error);
    }
    return status ? status : options_record(fit->options, model, error);
}

/* Saves and frees a table that was just made with `status`. */
static Status save_table(const char *directory, Status status, Table *table, Error *error)
{
    if (!status) {
        status = result_save_table(directory, table, error);
    }
    table_free(table);
    return status;
}

static Status save_tables(const Fit *fit, const char *directory, Error *error)
{
    const Model *model = &fit->model;
    const NmfResult *result = &fit->result;
    Table table;
    Status status = result_make_tables(directory, error);
    if (!status) {
        status = topics_table(model, (int)fit->options->words, &table, error);
        status = save_table(directory, status, &table, error);
    }
    if (!status) {
        status = topic_words_table(model, 0, TABLE_WORDS, &table, error);
        status = save_table(directory, status, &table, error);
    }
    if (!status) {
        status = shares_table(&model->documents, model->mixtures, model->k, &table, error);
        status = save_table(directory, status, &table, error);
    }
    if (!status) {
        status = convergence_table(result->passes, result->pass_count, &table, error);
        status = save_table(directory, status, &table, error);
    }
    if (!status && model->text.phrases.count > 0) {
        status = phrases_table(model, &table, error);
        status = save_table(directory, status, &table, error);
    }
    if (!status && fit->words.duplicates.count > 0) {
        status = duplicates_table(&fit->words.duplicates, &table, error);
        status = save_table(directory, status, &table, error);
    }
    if (!status && notes_of(fit)->count > 0) {
        status = notes_table(notes_of(fit), &table, error);
        status = save_table(directory, status, &table, error);
    }
    return status ? status : metadata_input_save(&fit->metadata, directory, error);
}

static Status save_run(Fit *fit, const char *directory, Error *error)
{
    const RunRecord record = {
        .argc = fit->invocation->argc,
        .argv = fit->invocation->argv,
        .corpus = fit->corpus_path,
        .output = fit->output.place,
        .threads = fit->threads,
        .stages = &fit->invocation->stages,
        .passes = fit->result.passes,
        .pass_count = fit->result.pass_count,
    };
    char *path = file_join(directory, "run.json", error);
    Status status = path ? run_record_write(&record, path, error) : error_status(error);
    free(path);
    return status;
}

static Status write_output(Fit *fit, Error *error)
{
    Output output = fit->output;
    Status status = output_begin(&output, error);
    if (!status) {
        status = model_save(&fit->model, output.work, THEMATA_VERSION, error);
    }
    enter(fit, STAGE_REPORT);
    if (!status) {
        status = save_tables(fit, output.work, error);
    }
    if (!status) {
        status = save_run(fit, output.work, error);
    }
    if (!status) {
        status = output_commit(&output, error);
    }
    if (status) {
        output_explain(&output, error);
    }
    output_end(&output);
    interrupt_release();
    return status;
}

/* ---- the whole ---- */

static Status prepare(Fit *fit, Error *error)
{
    Status status = choose_output(fit, error);
    if (!status) {
        status = words_prepare(&fit->words, &fit->model, error);
    }
    if (!status) {
        status = metadata_input_read(&fit->metadata, fit->options, fit->corpus_path, error);
    }
    if (!status && !fit->options->matrix) {
        status =
            reading_open(fit->options, fit->corpus_path, fit->output.place, &fit->corpus, error);
    }
    if (!status) {
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

static Status run_stages(Fit *fit, Error *error)
{
    Status status = prepare(fit, error);
    if (!status) {
        status = count_words(fit, error);
    }
    enter(fit, STAGE_WEIGHT);
    if (!status) {
        status = weigh_words(fit, error);
    }
    if (!status && fit->options->export_matrix) {
        status = export_matrix(fit, error);
    }
    if (!status) {
        status = diagnose_topics(fit->topics, &fit->model, error);
        fit->model.k = (int)fit->topics;
    }
    if (!status) {
        status = factorise(fit, error);
    }
    enter(fit, STAGE_MODEL);
    if (!status) {
        status = make_model(fit, error);
    }
    return status ? status : write_output(fit, error);
}

static Status show_outcome(const Fit *fit, int *exit_code, Error *error)
{
    const Options *options = fit->options;
    const Model *model = &fit->model;
    const CorpusNotes *notes = notes_of(fit);
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
        static const char *const endings[] = {"converged", "not converged", "interrupted"};
        message_line("%u word%s × %" PRId64 " document%s, %d topic%s: %s after %d pass%s, "
                     "objective %.6g",
                     model->vocabulary.count, plural(model->vocabulary.count),
                     model->documents.count, plural(model->documents.count), model->k,
                     plural(model->k), endings[model->fit.stop], model->fit.passes,
                     model->fit.passes == 1 ? "" : "es", model->fit.objective);
        if (options->export_matrix) {
            message_line("wrote %s", options->export_matrix);
        }
        message_line("wrote %s (tables in %s/tables)", fit->output.place, fit->output.place);
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
    corpus_free(fit->corpus);
    metadata_input_free(&fit->metadata);
    words_free(&fit->words);
    sparse_free(fit->x);
    nmf_result_free(&fit->result);
    model_free(&fit->model);
    free(fit->default_output);
}

Status fit_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Fit fit = {
        .invocation = invocation,
        .options = options,
        .corpus_path = options->matrix       ? options->matrix
                       : options->files_from ? options->files_from
                                             : options->arguments[0],
        .topics = options->topics,
        .export = {.place = options->export_matrix, .force = options->force},
        .threads = options->threads ? (int)options->threads : threads_available(),
    };
    fit.words = (Words){.options = options, .path = fit.corpus_path, .threads = fit.threads};
    Status status = run_stages(&fit, error);
    if (!status) {
        status = show_outcome(&fit, exit_code, error);
    }
    fit_free(&fit);
    return status;
}
