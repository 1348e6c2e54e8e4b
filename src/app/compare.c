/* themata compare: the topics of two models beside each other, and where their documents went. */
#include "app/commands.h"
#include "app/compare_report.h"
#include "app/diagnosis.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "app/result.h"
#include "app/run_record.h"
#include "base/file.h"
#include "model/store.h"
#include "report/compare_tables.h"
#include "report/tables.h"

#include <inttypes.h>
#include <stdlib.h>

/* The file by which a result of compare is known. */
#define COMPARISON_MARK "comparison.json"

typedef struct Comparison {
    Invocation *invocation;
    const Options *options;
    Model first;
    Model second;
    Alignment alignment;
    DocumentPairs pairs;
    Movement movement;
} Comparison;

static ComparedModels compared(const Comparison *comparison)
{
    return (ComparedModels){
        .first = &comparison->first,
        .second = &comparison->second,
        .alignment = &comparison->alignment,
        .movement = &comparison->movement,
        .words = (int)comparison->options->words,
    };
}

/* ---- what may not be meant ---- */

/* The models have no word in common: says what theirs are like. */
static Status explain_strangers(const Comparison *comparison, Error *error)
{
    const Model *first = &comparison->first, *second = &comparison->second;
    const char *const *paths = comparison->options->arguments;
    error_set(error, STATUS_INPUT,
              "%.300s and %.300s have no word in common ('%.60s' …; '%.60s' …)", paths[0], paths[1],
              vocabulary_word(&first->vocabulary, 0), vocabulary_word(&second->vocabulary, 0));
    return first->input != second->input
               ? error_hint(error, "one was made of texts, the other of a matrix: are the words of "
                                   "its vocabulary words?")
               : error_hint(error, "models can be compared if their words are of one language, "
                                   "found by like rules");
}

static void warn_of_kinds(const Model *first, const Model *second)
{
    if (first->input != second->input) {
        message_warning("%s was made of a matrix, the other of texts: words and documents are "
                        "compared by their names alone",
                        first->input == MODEL_OF_MATRIX ? "A" : "B");
    } else if (first->text.stem != second->text.stem) {
        message_warning("words of %s are stems, those of the other are not: most of them count as "
                        "different",
                        first->text.stem ? "A" : "B");
    }
}

static void warn_of_documents(const DocumentPairs *pairs)
{
    if (pairs->changed > 0) {
        message_warning("%" PRId64 " document%s same id in both but not the same text: they may "
                        "be others, if ids are numbers",
                        pairs->changed, pairs->changed == 1 ? " has the" : "s have the");
    }
}

/* ---- comparing ---- */

static Status find_all(Comparison *comparison, Error *error)
{
    const Options *options = comparison->options;
    Model *first = &comparison->first, *second = &comparison->second;
    Status status = model_load(options->arguments[0], first, error);
    if (!status) {
        status = model_load(options->arguments[1], second, error);
    }
    if (!status) {
        status =
            alignment_make(first, second, options->least_similarity, &comparison->alignment, error);
        if (status == STATUS_INPUT) {
            return explain_strangers(comparison, error);
        }
    }
    if (!status) {
        warn_of_kinds(first, second);
        status = documents_pair(&first->documents, &second->documents, &comparison->pairs, error);
    }
    if (!status) {
        warn_of_documents(&comparison->pairs);
        status = movement_find(first, second, &comparison->alignment, &comparison->pairs,
                               &comparison->movement, error);
    }
    return status;
}

/* ---- output ---- */

static Status save_tables(const ComparedModels *models, const char *directory, Error *error)
{
    Table table = {0};
    Status status = result_make_tables(directory, error);
    if (!status) {
        status = topic_matches_table(models, false, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = topic_relations_table(models, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = moved_documents_table(models, INT64_MAX, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    return status;
}

static Status save_facts(Comparison *comparison, const char *path, Error *error)
{
    const ComparedModels models = compared(comparison);
    FILE *file = file_create(path, error);
    if (!file) {
        return error_status(error);
    }
    compare_report_save(&models, &comparison->pairs, file);
    return file_close(file, path, error);
}

static Status save_run(Comparison *comparison, const char *path, Error *error)
{
    const RunRecord record = {
        .argc = comparison->invocation->argc,
        .argv = comparison->invocation->argv,
        .output = comparison->options->output,
        .threads = 1,
        .stages = &comparison->invocation->stages,
    };
    return run_record_write(&record, path, error);
}

static Output output_of(const Options *options)
{
    return (Output){
        .place = options->output,
        .mark = COMPARISON_MARK,
        .mark_begin = "{\n  \"format\": \"themata-comparison\"",
        .force = options->force,
    };
}

static Status save_all(void *context, const char *directory, Error *error)
{
    Comparison *comparison = context;
    static const struct {
        const char *name;
        Status (*save)(Comparison *, const char *, Error *);
    } files[] = {
        {COMPARISON_MARK, save_facts}, {"run.json", save_run}, /* last: it ends the clock */
    };
    const ComparedModels models = compared(comparison);
    Status status = save_tables(&models, directory, error);
    for (size_t i = 0; i < sizeof files / sizeof *files && !status; i++) {
        char *path = file_join(directory, files[i].name, error);
        status = path ? files[i].save(comparison, path, error) : error_status(error);
        free(path);
    }
    return status;
}

static Status write_output(Comparison *comparison, Error *error)
{
    Output output = output_of(comparison->options);
    interrupt_defer();
    Status status = output_write(&output, save_all, comparison, error);
    interrupt_release();
    return status;
}

static Status show(const Comparison *comparison, Error *error)
{
    const Options *options = comparison->options;
    const ComparedModels models = compared(comparison);
    if (!options->csv) {
        return compare_report_print(&models, &comparison->pairs, options, error);
    }
    Table table = {0};
    Status status = topic_matches_table(&models, false, &table, error);
    if (!status) {
        status = result_print(options, &table, error);
    }
    table_free(&table);
    return status;
}

Status compare_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Comparison comparison = {.invocation = invocation, .options = options};
    const Output output = output_of(options);
    Status status = options->output ? output_check(&output, error) : STATUS_OK;
    stages_enter(&invocation->stages, STAGE_REPORT);
    if (!status) {
        status = find_all(&comparison, error);
    }
    if (!status && options->output) {
        status = write_output(&comparison, error);
    }
    if (!status) {
        status = show(&comparison, error);
    }
    if (!status && options->output && !options->quiet) {
        message_line("wrote %s", options->output);
    }
    if (!status && interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    }
    movement_free(&comparison.movement);
    document_pairs_free(&comparison.pairs);
    alignment_free(&comparison.alignment);
    model_free(&comparison.first);
    model_free(&comparison.second);
    return status;
}
