#include "report/prediction_tables.h"

#include "report/values.h"

static const Column file_columns[] = {
    {"item", COLUMN_TEXT, false, 0},         {"entry", COLUMN_TEXT, false, 0},
    {"prediction", COLUMN_NUMBER, false, 2}, {"low", COLUMN_NUMBER, false, 2},
    {"high", COLUMN_NUMBER, false, 2},       {"determined", COLUMN_WHOLE, false, 0},
};
static const Column people_columns[] = {
    {"item", COLUMN_TEXT, false, 0},         {"entry", COLUMN_TEXT, false, 0},
    {"prediction", COLUMN_NUMBER, false, 2}, {"low", COLUMN_NUMBER, false, 2},
    {"high", COLUMN_NUMBER, false, 2},       {"note", COLUMN_TEXT, false, 0},
};

static const Prediction *fill(void *context, int64_t row, Value *values)
{
    const PredictionReport *report = context;
    const Model *model = report->model;
    const Prediction *prediction = &report->predictions[row];
    const bool alone = model->solutions.count == 0;
    values[0] = text_value(model->documents.items[prediction->item].id);
    values[1] = text_value(vocabulary_word(&model->vocabulary, prediction->entry));
    values[2] = number_value(prediction->value);
    values[3] = (Value){.missing = alone, .number = prediction->low};
    values[4] = (Value){.missing = alone, .number = prediction->high};
    return prediction;
}

static void fill_file(void *context, int64_t row, Value *values)
{
    const Prediction *prediction = fill(context, row, values);
    values[5] = whole_value(prediction->determined);
}

static void fill_people(void *context, int64_t row, Value *values)
{
    const Prediction *prediction = fill(context, row, values);
    values[5] = text_value(prediction->determined ? "" : "not determined");
}

void predictions_table(const PredictionReport *report, bool in_files, Table *table)
{
    *table = (Table){.name = "predictions",
                     .columns = in_files ? file_columns : people_columns,
                     .column_count = sizeof file_columns / sizeof *file_columns,
                     .row_count = report->count,
                     .fill = in_files ? fill_file : fill_people,
                     .context = (void *)report};
}
