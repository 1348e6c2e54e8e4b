/* themata predict: what the factors of a table say of its unknown cells. */
#include "app/clip.h"
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/messages.h"
#include "app/model_document.h"
#include "app/result.h"
#include "base/memory.h"
#include "model/prediction.h"
#include "model/store.h"
#include "report/prediction_tables.h"

#include <inttypes.h>
#include <stdlib.h>

/* The items that are asked for, and the most predictions of each. */
typedef struct Question {
    int64_t begin;
    int64_t end;
    int64_t most;
    double least;
    Range range;
} Question;

static Status ask(const Options *options, const Model *model, Question *question, Error *error)
{
    const int64_t entries = model->vocabulary.count;
    if (model->input != MODEL_OF_TABLE) {
        error_set(error, STATUS_INPUT, "%s: was made of a %s, not of a table",
                  options->arguments[0], model_inputs[model->input]);
        return error_hint(error, "themata factor makes a model of a table");
    }
    *question = (Question){.end = model->documents.count,
                           .most = options->top < entries ? options->top : entries,
                           .least = options->threshold > 0.0 ? options->threshold : -1.0};
    Status status = clip_range(options->clip, model, &question->range, error);
    if (!status && options->row) {
        status = model_document_find(model, options->row, &question->begin, error);
        question->end = question->begin + 1;
    }
    return status;
}

static void warn(const Options *options, const Model *model)
{
    if (options->quiet) {
        return;
    }
    if (!model->observed_only) {
        message_line(
            "the table was factored with zeros where nothing is known, so that predictions "
            "are drawn to 0; --missing ignore leaves such cells out");
    } else if (model->solutions.count == 0) {
        message_line("only one start is known: how far predictions depend on it, --restarts of "
                     "factor shows");
    } else {
        message_line("low and high: over %d starts that end within 5 %% of the lowest objective",
                     model->solutions.count + 1);
    }
}

static Status print(const Options *options, const PredictionReport *report, Error *error)
{
    int64_t open = 0;
    Table table;
    for (int64_t i = 0; i < report->count; i++) {
        open += !report->predictions[i].determined;
    }
    if (report->count == 0 && !options->quiet) {
        message_line("%s", options->threshold > 0.0
                               ? "no prediction is above --threshold"
                               : "no cell is unknown: there is nothing to predict");
    }
    if (open > 0 && !options->quiet) {
        message_line("%" PRId64 " of %" PRId64 " prediction%s not determined by the data: too few "
                     "known cells beside it, or starts that disagree",
                     open, report->count, report->count == 1 ? " is" : "s are");
    }
    predictions_table(report, options->csv || options->json, &table);
    return result_print(options, &table, error);
}

Status predict_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    Model model = {0};
    Question question;
    PredictionReport report = {.model = &model};
    Prediction *predictions = NULL;
    Status status = clip_check(options->clip, error);
    status = status ? status : model_load(options->arguments[0], &model, error);
    status = status ? status : ask(options, &model, &question, error);
    if (!status) {
        warn(options, &model);
        predictions = memory_new((size_t)(question.end - question.begin),
                                 (size_t)question.most * sizeof *predictions, error);
        status = predictions ? STATUS_OK : error_status(error);
    }
    for (int64_t item = question.begin; !status && item < question.end; item++) {
        report.count += predict_item(&model, item, question.range, question.least, question.most,
                                     predictions + report.count);
    }
    report.predictions = predictions;
    status = status ? status : print(options, &report, error);
    free(predictions);
    model_free(&model);
    return status;
}
