/* themata eval: the main topics of a model's documents beside labels that people gave them. */
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/interrupt.h"
#include "app/labels.h"
#include "app/messages.h"
#include "app/printer.h"
#include "app/result.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "base/memory.h"
#include "model/store.h"
#include "report/eval_tables.h"
#include "report/table_formats.h"
#include "report/tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct Evaluation {
    const Options *options;
    Model model;
    Labels labels;
    Contingency contingency; /* main topics × classes */
    int64_t unlabelled;      /* documents */
    int64_t unmodelled;      /* of those that have a label */
} Evaluation;

static LabelSource label_source(const Evaluation *evaluation)
{
    const Options *options = evaluation->options;
    return (LabelSource){
        .command = "eval",
        .documents = &evaluation->model.documents,
        .path = options->arguments[0],
        .owner = "the model",
        .table = options->labels,
        .id_column = options->corpus.id_column,
        .id_option = "--id-column",
        .encoding = options->corpus.encoding,
        .column = options->label_column,
        .column_option = "--column",
        .quiet = options->quiet,
    };
}

/* ---- counting ---- */

static Status count_pairs(Evaluation *evaluation, Error *error)
{
    const Model *model = &evaluation->model;
    const int64_t count = model->documents.count;
    int *topics = memory_new((size_t)count, sizeof *topics, error);
    Status status = topics ? STATUS_OK : error_status(error);
    for (int64_t d = 0; d < count && !status; d++) {
        const bool has_label = evaluation->labels.classes.of[d] >= 0;
        topics[d] = mixture_summarise(model->mixtures + d * model->k, model->k).topic - 1;
        evaluation->unlabelled += !has_label;
        evaluation->unmodelled += has_label && topics[d] < 0;
    }
    if (!status) {
        status = contingency_count(topics, model->k, evaluation->labels.classes.of,
                                   evaluation->labels.classes.count, count,
                                   &evaluation->contingency, error);
    }
    free(topics);
    if (!status && evaluation->contingency.total == 0) {
        status = error_set(error, STATUS_INPUT,
                           "%s: column '%.100s': no document that is modelled has a label",
                           evaluation->options->labels ? evaluation->options->labels
                                                       : evaluation->options->arguments[0],
                           evaluation->options->label_column);
    }
    return status;
}

/* Names, dates and numbers of documents are no labels. */
static void warn_of_classes(const Evaluation *evaluation)
{
    const int64_t labelled = evaluation->contingency.total;
    if (evaluation->labels.classes.count > CLASSES_ACROSS / 2 &&
        2 * (int64_t)evaluation->labels.classes.count > labelled) {
        message_warning("column '%s' has %d different values for %" PRId64 " documents: it may "
                        "hold no labels",
                        evaluation->options->label_column, evaluation->labels.classes.count,
                        labelled);
    }
}

/* ---- output ---- */

static LabelledTopics labelled(const Evaluation *evaluation)
{
    return (LabelledTopics){
        .model = &evaluation->model,
        .classes = &evaluation->labels.classes,
        .contingency = &evaluation->contingency,
        .words = (int)evaluation->options->words,
    };
}

static OutputFile output_of(const Options *options)
{
    return (OutputFile){.place = options->output, .force = options->force};
}

/* Names the topics that have no label yet as is suggested; returns how many, −1 without memory. */
static int64_t name_topics(Evaluation *evaluation, Error *error)
{
    const LabelledTopics topics = labelled(evaluation);
    int64_t named = 0;
    for (int t = 0; t < evaluation->model.k; t++) {
        ModelLabel *label = &evaluation->model.labels[t];
        const char *name = suggested_label(&topics, t);
        if (name && !label->label[0]) {
            char *copy = memory_copy_text(name, strlen(name), error);
            if (!copy) {
                return -1;
            }
            free(label->label);
            label->label = copy;
            named++;
        }
    }
    return named;
}

static Status write_labels(Evaluation *evaluation, Error *error)
{
    const Options *options = evaluation->options;
    OutputFile output = output_of(options);
    interrupt_defer();
    const int64_t named = name_topics(evaluation, error);
    Status status = named < 0 ? error_status(error) : output_file_begin(&output, error);
    if (!status) {
        model_write_labels(&evaluation->model, output.file);
        status = output_file_commit(&output, error);
    }
    output_file_end(&output);
    interrupt_release();
    if (!status && !options->quiet) {
        message_line("wrote %s: %" PRId64 " topic%s named", options->output, named, plural(named));
    }
    return status;
}

static Status write_table(JsonWriter *json, Table *table, Status made)
{
    if (!made) {
        json_key(json, table->name);
        table_write_json_rows(table, json);
    }
    table_free(table);
    return made;
}

static Status write_report(const Evaluation *evaluation, Error *error)
{
    const LabelledTopics topics = labelled(evaluation);
    const Contingency *contingency = &evaluation->contingency;
    Table table = {0};
    JsonWriter json = {.file = stdout};
    json_open_object(&json);
    json_key(&json, "schema");
    json_text(&json, "themata.eval/1");
    json_key_whole(&json, "documents", contingency->total);
    json_key_whole(&json, "unlabelled", evaluation->unlabelled);
    json_key_whole(&json, "unmodelled", evaluation->unmodelled);
    json_key_whole(&json, "classes", evaluation->labels.classes.count);
    json_key_number(&json, "purity", agreement_purity(contingency));
    json_key_number(&json, "nmi", agreement_nmi(contingency));
    json_key_number(&json, "adjusted_rand", agreement_adjusted_rand(contingency));
    Status status = write_table(&json, &table, topic_classes_table(&topics, &table, error));
    if (!status) {
        status = write_table(&json, &table, contingency_table(&topics, &table, error));
    }
    json_close_object(&json);
    json_end(&json);
    return status;
}

static Status print_table(Table *table, Status made, Error *error)
{
    Status status = made;
    if (!status) {
        putchar('\n');
        status = table_write_terminal(table, stdout, error);
    }
    table_free(table);
    return status;
}

static Status print_report(const Evaluation *evaluation, Error *error)
{
    const LabelledTopics topics = labelled(evaluation);
    const Contingency *contingency = &evaluation->contingency;
    const int classes = evaluation->labels.classes.count;
    Printer printer = {.error = error};
    Table table = {0};
    printer_line(&printer, "documents",
                 "%" PRId64 " with a label; %" PRId64 " without one, %" PRId64 " not modelled",
                 contingency->total, evaluation->unlabelled, evaluation->unmodelled);
    printer_line(&printer, "labels", "%d different one%s in column '%s'", classes, plural(classes),
                 evaluation->options->label_column);
    printer_line(&printer, "NMI", "%.3f", agreement_nmi(contingency));
    printer_line(&printer, "adjusted Rand", "%.3f", agreement_adjusted_rand(contingency));
    printer_line(&printer, "purity", "%.3f", agreement_purity(contingency));
    Status status = printer.status;
    if (!status) {
        status = print_table(&table, topic_classes_table(&topics, &table, error), error);
    }
    if (!status && classes <= CLASSES_ACROSS) {
        status = print_table(&table, contingency_across_table(&topics, &table, error), error);
    } else if (!status) {
        puts("\nThere are too many labels to be shown side by side: --csv prints all counts.");
    }
    return status;
}

static Status show(const Evaluation *evaluation, Error *error)
{
    const Options *options = evaluation->options;
    if (!options->csv) {
        return options->json ? write_report(evaluation, error) : print_report(evaluation, error);
    }
    const LabelledTopics topics = labelled(evaluation);
    Table table = {0};
    Status status = contingency_table(&topics, &table, error);
    if (!status) {
        status = result_print(options, &table, error);
    }
    table_free(&table);
    return status;
}

static Status evaluate(Evaluation *evaluation, Error *error)
{
    const Options *options = evaluation->options;
    const OutputFile output = output_of(options);
    Status status = options->output ? output_file_check(&output, error) : STATUS_OK;
    if (!status) {
        status = model_load(options->arguments[0], &evaluation->model, error);
    }
    if (!status) {
        const LabelSource source = label_source(evaluation);
        status = labels_read(&source, &evaluation->labels, error);
        status = status ? status : labels_match(&source, &evaluation->labels, error);
    }
    return status ? status : count_pairs(evaluation, error);
}

Status eval_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Evaluation evaluation = {.options = options};
    (void)invocation;
    Status status = evaluate(&evaluation, error);
    if (!status) {
        warn_of_classes(&evaluation);
        status = show(&evaluation, error);
    }
    if (!status && options->output) {
        status = write_labels(&evaluation, error);
    }
    if (!status && interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    }
    contingency_free(&evaluation.contingency);
    labels_free(&evaluation.labels);
    model_free(&evaluation.model);
    return status;
}
