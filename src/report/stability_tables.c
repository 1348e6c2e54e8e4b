#include "report/stability_tables.h"

static const Column topic_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},   {"stability", COLUMN_NUMBER, false, 2},
    {"least", COLUMN_NUMBER, false, 2},  {"most", COLUMN_NUMBER, false, 2},
    {"cosine", COLUMN_NUMBER, false, 2},
};

static void fill_topic(void *context, int64_t row, Value *values)
{
    const Stability *stability = ((const StabilityReport *)context)->stability;
    double least = 1.0, most = 0.0;
    for (int r = 0; r < stability->run_count; r++) {
        const double one = stability->runs[r].agreement[row];
        least = one < least ? one : least;
        most = one > most ? one : most;
    }
    values[0].whole = row + 1;
    values[1].number = stability->topic[row];
    values[2].number = least;
    values[3].number = most;
    values[4].number = stability->cosine[row];
}

void topic_stability_table(const StabilityReport *report, Table *table)
{
    *table = (Table){.name = "topic_stability",
                     .columns = topic_columns,
                     .column_count = sizeof topic_columns / sizeof *topic_columns,
                     .row_count = report->stability->k,
                     .fill = fill_topic,
                     .context = (void *)report};
}

static const Column doc_columns[] = {
    {"doc_id", COLUMN_TEXT, false, 0},
    {"topic", COLUMN_WHOLE, false, 0},
    {"stability", COLUMN_NUMBER, false, 2},
};

static void fill_document(void *context, int64_t row, Value *values)
{
    const StabilityReport *report = context;
    const Model *model = report->model;
    const MixtureSummary summary = mixture_summarise(model->mixtures + row * model->k, model->k);
    const double part = report->stability->document_part[row];
    values[0].text = model->documents.items[row].id;
    values[1] = (Value){.missing = !summary.modelled, .whole = summary.topic};
    values[2] = (Value){.missing = part < 0.0, .number = part};
}

void doc_stability_table(const StabilityReport *report, Table *table)
{
    *table = (Table){.name = "doc_stability",
                     .columns = doc_columns,
                     .column_count = sizeof doc_columns / sizeof *doc_columns,
                     .row_count = report->model->documents.count,
                     .fill = fill_document,
                     .context = (void *)report};
}
