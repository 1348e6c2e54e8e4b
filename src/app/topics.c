/* themata topics: the topics of a model, or the words of one of them. */
#include "app/commands.h"
#include "app/result.h"
#include "model/store.h"
#include "report/tables.h"

Status topics_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    Model model = {0};
    Table table = {0};
    Status status = model_load(options->arguments[0], &model, error);
    if (!status && options->topic > model.k) {
        status = error_set(error, STATUS_USAGE, "--topic: there is no topic %lld (1 to %d)",
                           (long long)options->topic, model.k);
    }
    if (!status) {
        status = options->topic ? topic_words_table(&model, (int)options->topic,
                                                    (int)options->words, &table, error)
                                : topics_table(&model, (int)options->words, &table, error);
    }
    if (!status) {
        status = result_print(options, &table, error);
    }
    table_free(&table);
    model_free(&model);
    return status;
}
