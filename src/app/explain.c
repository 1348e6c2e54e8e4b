/* themata explain: one document of a model as a sum of topics, and what is left over. */
#include "app/commands.h"
#include "app/messages.h"
#include "app/model_document.h"
#include "app/result.h"
#include "model/explanation.h"
#include "model/store.h"
#include "report/explain_tables.h"
#include "report/nouns.h"

/* How well the document is explained in all. */
static void say_fit(const Model *model, const Explanation *explanation)
{
    const Misfit *misfit = &explanation->misfit;
    message_line("%s: mass %.6g, of which the %s give back %.6g; squared error %.6g, %.1f %% of "
                 "the squares are explained; divergence %.6g",
                 model->documents.items[explanation->document].id, misfit->mass,
                 model_nouns(model)->topics, misfit->fitted, misfit->error,
                 100.0 * reconstruction_explained(misfit), misfit->divergence);
}

static Status print(const Options *options, const Model *model, const Explanation *explanation,
                    Error *error)
{
    const bool in_files = options->csv || options->json;
    Table table;
    Column named[TABLE_COLUMNS_MAX];
    Status status = in_files ? explanation_table(model, explanation, &table, error)
                             : explanation_summary_table(model, explanation, &table, error);
    if (!status) {
        nouns_rename(model, in_files, &table, named);
        status = result_print(options, &table, error);
    }
    table_free(&table);
    return status;
}

Status explain_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    Model model = {0};
    Explanation explanation = {0};
    int64_t document = 0;
    Status status = model_load(options->arguments[0], &model, error);
    status = status ? status : model_document_find(&model, options->arguments[1], &document, error);
    if (!status) {
        status = explanation_make(&model, document, (int)options->words, &explanation, error);
    }
    if (!status && !options->quiet) {
        say_fit(&model, &explanation);
    }
    status = status ? status : print(options, &model, &explanation, error);
    explanation_free(&explanation);
    model_free(&model);
    return status;
}
