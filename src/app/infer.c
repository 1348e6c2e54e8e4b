/* themata infer: the mixtures of other documents under the topics of a model. Words, weights and
 * topics stay as they are; every document is solved by itself, by the routine that made the model's
 * own mixtures. */
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/interrupt.h"
#include "app/known_terms.h"
#include "app/messages.h"
#include "app/metadata_input.h"
#include "app/reading.h"
#include "app/result.h"
#include "app/run_record.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "base/memory.h"
#include "base/threads.h"
#include "matrix/npy.h"
#include "model/store.h"
#include "nmf/method.h"
#include "report/tables.h"

#include <inttypes.h>
#include <stdlib.h>

/* The file by which a result of infer is known. */
#define INFERENCE_MARK "inference.json"

typedef struct Inference {
    Invocation *invocation;
    const Options *options;
    const char *model_path;
    const char *corpus_path;
    int threads;
    Model model;
    Corpus *corpus;
    MetadataInput metadata;
    Counts counts;
    DocumentList documents;
    float *mixtures; /* owned: documents × topics */
    int64_t known;   /* tokens that are words of the model */
    int64_t unknown; /* tokens that are not */
    int64_t modelled;
} Inference;

static void enter(Inference *inference, Stage stage)
{
    stages_enter(&inference->invocation->stages, stage);
}

static Status count_words(Inference *inference, Error *error)
{
    Model *model = &inference->model;
    const TokenizerOptions options = model_token_rules(&model->text);
    const bool ordered = model->text.ngrams.most > 1 || model->text.phrases.count > 0;
    Status status = reading_check_rules(model, inference->model_path, error);
    if (!status) {
        status = metadata_input_read(&inference->metadata, inference->options,
                                     inference->corpus_path, error);
    }
    if (!status) {
        status = reading_open(inference->options, inference->corpus_path,
                              inference->options->output, &inference->corpus, error);
    }
    Reading reading = {0};
    if (!status) {
        const ReadingPlan plan = {
            .corpus = inference->corpus,
            .path = inference->corpus_path,
            .tokenizer = &options,
            .clean = &model->text.clean,
            .known = ordered ? NULL : &model->vocabulary,
            .stopped = ordered ? NULL : &model->text.stopped,
            .keeps_order = ordered,
            .threads = inference->threads,
            .bytes_most = reading_bytes(inference->options),
            .quiet = inference->options->quiet,
        };
        enter(inference, STAGE_TEXT);
        status = reading_run(&plan, &inference->documents, &reading, error);
    }
    if (!status && ordered) {
        status = known_terms_count(model, &reading, inference->threads, &inference->documents,
                                   &inference->counts, error);
    } else if (!status) {
        const CollectedLayer words = {.blocks = reading.blocks};
        status = collect_counts(&words, 1, reading.block_count, model->vocabulary.count,
                                inference->threads, &inference->counts, error);
    }
    reading_free(&reading);
    if (!status) {
        status =
            metadata_input_settle(&inference->metadata, inference->options, inference->corpus_path,
                                  inference->options->output, &inference->documents, error);
    }
    if (status) {
        return status;
    }
    reading_fill_sizes(&inference->counts, &inference->documents);
    for (int64_t d = 0; d < inference->documents.count; d++) {
        inference->known += (int64_t)inference->documents.items[d].tokens; /* whole: of a text */
        inference->unknown += inference->documents.items[d].unknown;
    }
    return STATUS_OK;
}

/* By what the model's own were: the divergence or least squares, without penalties. */
static Status mixtures_for(Inference *inference, const SparseMatrix *x, const float *w,
                           Error *error)
{
    const int k = inference->model.k;
    if (inference->model.objective == NMF_KL) {
        return method_mixtures(inference->model.fit.solver, x, w, k, inference->threads,
                               inference->mixtures, error);
    }
    Status status = nmf_least_squares(x, w, k, inference->threads, inference->mixtures, error);
    if (!status) {
        nmf_scale_mixtures(inference->mixtures, x->columns, k, NULL);
    }
    return status;
}

static Status solve_mixtures(Inference *inference, Error *error)
{
    Model *model = &inference->model;
    const int k = model->k;
    const int64_t n = inference->documents.count;
    enter(inference, STAGE_WEIGHT);
    SparseMatrix *x = weight_matrix(&model->weight, &inference->counts, model->idf,
                                    model->vocabulary.count, inference->threads, error);
    float *w = x ? model_words_by_topic(model, error) : NULL;
    enter(inference, STAGE_NMF);
    inference->mixtures =
        w ? memory_new((size_t)n, (size_t)k * sizeof *inference->mixtures, error) : NULL;
    Status status =
        inference->mixtures ? mixtures_for(inference, x, w, error) : error_status(error);
    for (int64_t d = 0; d < n && !status; d++) {
        inference->modelled += mixture_summarise(inference->mixtures + d * k, k).modelled;
    }
    free(w);
    sparse_free(x);
    return status;
}

/* ---- output ---- */

static Status save_facts(Inference *inference, const char *path, Error *error)
{
    FILE *file = file_create(path, error);
    if (!file) {
        return error_status(error);
    }
    JsonWriter json = {.file = file};
    json_open_object(&json);
    json_key(&json, "format");
    json_text(&json, "themata-inference");
    json_key(&json, "format_version");
    json_whole(&json, 1);
    json_key(&json, "program_version");
    json_text(&json, THEMATA_VERSION);
    json_key(&json, "topics");
    json_whole(&json, inference->model.k);
    json_key(&json, "documents");
    json_whole(&json, inference->documents.count);
    json_key(&json, "modelled");
    json_whole(&json, inference->modelled);
    json_key(&json, "tokens_known");
    json_whole(&json, inference->known);
    json_key(&json, "tokens_unknown");
    json_whole(&json, inference->unknown);
    json_close_object(&json);
    json_end(&json);
    return file_close(file, path, error);
}

static Status save_run(Inference *inference, const char *path, Error *error)
{
    const RunRecord record = {
        .argc = inference->invocation->argc,
        .argv = inference->invocation->argv,
        .corpus = inference->corpus_path,
        .output = inference->options->output,
        .threads = inference->threads,
        .stages = &inference->invocation->stages,
    };
    return run_record_write(&record, path, error);
}

static Status save_mixtures(Inference *inference, const char *path, Error *error)
{
    return npy_write_floats(path, inference->mixtures, inference->documents.count,
                            inference->model.k, error);
}

static Status save_documents(Inference *inference, const char *path, Error *error)
{
    return documents_write(path, &inference->documents, inference->mixtures, inference->model.k,
                           true, error);
}

static Status save_tables(const Inference *inference, const char *directory, Error *error)
{
    Table table;
    Status status = result_make_tables(directory, error);
    if (!status) {
        status = shares_table(&inference->documents, inference->mixtures, inference->model.k,
                              &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status && corpus_notes(inference->corpus)->count > 0) {
        status = notes_table(corpus_notes(inference->corpus), &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    return status ? status : metadata_input_save(&inference->metadata, directory, error);
}

static Output output_of(const Options *options)
{
    return (Output){
        .place = options->output,
        .mark = INFERENCE_MARK,
        .mark_begin = "{\n  \"format\": \"themata-inference\"",
        .force = options->force,
    };
}

static Status save_all(void *context, const char *directory, Error *error)
{
    Inference *inference = context;
    static const struct {
        const char *name;
        Status (*save)(Inference *, const char *, Error *);
    } files[] = {
        {"mixtures.npy", save_mixtures},
        {"documents.csv", save_documents},
        {INFERENCE_MARK, save_facts},
        {"run.json", save_run}, /* last: it ends the clock */
    };
    Status status = save_tables(inference, directory, error);
    for (size_t i = 0; i < sizeof files / sizeof *files && !status; i++) {
        char *path = file_join(directory, files[i].name, error);
        status = path ? files[i].save(inference, path, error) : error_status(error);
        free(path);
    }
    return status;
}

static Status write_output(Inference *inference, Error *error)
{
    Output output = output_of(inference->options);
    interrupt_defer();
    Status status = output_write(&output, save_all, inference, error);
    interrupt_release();
    return status;
}

/* Without -o the documents are the output; with it they are in files. */
static Status show_outcome(const Inference *inference, int *exit_code, Error *error)
{
    const Options *options = inference->options;
    const CorpusNotes *notes = corpus_notes(inference->corpus);
    const int64_t tokens = inference->known + inference->unknown;
    result_warn_notes(notes, options->output);
    const int64_t empty = inference->documents.count - inference->modelled;
    if (empty > 0) {
        message_warning("%" PRId64 " document%s %s none of the model's words and %s not modelled",
                        empty, plural(empty), empty == 1 ? "has" : "have",
                        empty == 1 ? "is" : "are");
    }
    if (!options->quiet) {
        message_line("%" PRId64 " document%s; %" PRId64 " of %" PRId64
                     " token%s (%.1f %%) are not words of the model",
                     inference->documents.count, plural(inference->documents.count),
                     inference->unknown, tokens, plural(tokens),
                     tokens ? 100.0 * (double)inference->unknown / (double)tokens : 0.0);
    }
    if (interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    } else if (options->strict && notes->count > 0) {
        *exit_code = EXIT_STRICT;
    }
    if (options->output) {
        if (!options->quiet) {
            message_line("wrote %s", options->output);
        }
        return STATUS_OK;
    }
    Table table;
    Status status = documents_table(&inference->documents, inference->mixtures, inference->model.k,
                                    true, &table, error);
    if (!status) {
        status = result_print(options, &table, error);
    }
    table_free(&table);
    return status;
}

static Status run_stages(Inference *inference, Error *error)
{
    const Options *options = inference->options;
    const Output output = output_of(options);
    Status status = options->output ? output_check(&output, error) : STATUS_OK;
    if (!status) {
        status = model_load(inference->model_path, &inference->model, error);
    }
    if (!status && inference->model.input != MODEL_OF_CORPUS) {
        error_set(error, STATUS_INPUT, "%s: was made of a %s, not of texts", inference->model_path,
                  model_inputs[inference->model.input]);
        status = error_hint(error, "how its words are found in a text is not known");
    }
    if (!status) {
        status = count_words(inference, error);
    }
    if (!status) {
        status = solve_mixtures(inference, error);
    }
    enter(inference, STAGE_REPORT);
    return !status && options->output ? write_output(inference, error) : status;
}

Status infer_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Inference inference = {
        .invocation = invocation,
        .options = options,
        .model_path = options->arguments[0],
        .corpus_path = options->files_from ? options->files_from : options->arguments[1],
        .threads = options->threads ? (int)options->threads : threads_available(),
    };
    Status status = run_stages(&inference, error);
    if (!status) {
        status = show_outcome(&inference, exit_code, error);
    }
    corpus_free(inference.corpus);
    counts_free(&inference.counts);
    metadata_input_free(&inference.metadata);
    documents_free(&inference.documents);
    free(inference.mixtures);
    model_free(&inference.model);
    return status;
}
