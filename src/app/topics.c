/* themata topics: the topics of a model, or the words of one of them; over time, or by group. */
#include "app/commands.h"
#include "app/result.h"
#include "app/slice_output.h"
#include "model/store.h"
#include "report/nouns.h"
#include "report/tables.h"

static Status print_topics(const Options *options, const Model *model, Error *error)
{
    Table table;
    Column named[TABLE_COLUMNS_MAX];
    Status status = options->topic ? topic_words_table(model, (int)options->topic,
                                                       (int)options->words, &table, error)
                                   : topics_table(model, (int)options->words, &table, error);
    if (!status) {
        nouns_rename(model, options->csv || options->json, &table, named);
        status = result_print(options, &table, error);
    }
    table_free(&table);
    return status;
}

Status topics_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    Model model = {0};
    Status status = model_load(options->arguments[0], &model, error);
    if (!status && options->topic > model.k) {
        status = error_set(error, STATUS_USAGE, "--topic: there is no topic %lld (1 to %d)",
                           (long long)options->topic, model.k);
    }
    if (!status) {
        status = options->over_time ? slice_output_print_time(options, &model, error)
                 : options->by      ? slice_output_print_groups(options, &model, error)
                                    : print_topics(options, &model, error);
    }
    model_free(&model);
    return status;
}
