/* themata docs: the documents of a model, those that show a topic best, or the mixture of one. */
#include "app/commands.h"
#include "app/messages.h"
#include "app/model_document.h"
#include "app/result.h"
#include "model/store.h"
#include "report/nouns.h"
#include "report/tables.h"

static Status check_choice(const Options *options, Error *error)
{
    return options->topic && options->argument_count > 1
               ? error_set(error, STATUS_USAGE, "a document and --topic exclude each other")
               : STATUS_OK;
}

static Status one_document(const Model *model, const Options *options, Table *table, Error *error)
{
    const char *id = options->arguments[1];
    int64_t document;
    if (model_document_find(model, id, &document, error)) {
        return error_status(error);
    }
    Status status = mixture_table(model, document, (int)options->words, table, error);
    if (!status && table->row_count == 0) {
        message_warning("%s is not modelled: it has no %s of the model", id,
                        model_nouns(model)->word);
    }
    return status;
}

static Status make_table(const Model *model, const Options *options, Table *table, Error *error)
{
    if (options->argument_count > 1) {
        return one_document(model, options, table, error);
    }
    if (options->topic > model->k) {
        return error_set(error, STATUS_USAGE, "--topic: there is no topic %lld (1 to %d)",
                         (long long)options->topic, model->k);
    }
    if (options->topic) {
        return topic_documents_table(model, (int)options->topic, (int)options->top, table, error);
    }
    return documents_table(&model->documents, model->mixtures, model->k, false, table, error);
}

Status docs_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    Model model = {0};
    Table table = {0};
    Column named[TABLE_COLUMNS_MAX];
    Status status = check_choice(options, error);
    if (!status) {
        status = model_load(options->arguments[0], &model, error);
    }
    if (!status) {
        status = make_table(&model, options, &table, error);
    }
    if (!status) {
        nouns_rename(&model, options->csv || options->json, &table, named);
        status = result_print(options, &table, error);
    }
    table_free(&table);
    model_free(&model);
    return status;
}
