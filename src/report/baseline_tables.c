#include "report/baseline_tables.h"

#include "base/memory.h"
#include "report/values.h"

#include <stdlib.h>

static const Column baselines_columns[] = {
    {"method", COLUMN_TEXT, false, 0},           {"objective", COLUMN_NUMBER, false, 2},
    {"frobenius_error", COLUMN_NUMBER, true, 0}, {"relative_error", COLUMN_NUMBER, false, 4},
    {"coherence", COLUMN_NUMBER, false, 3},      {"nmi", COLUMN_NUMBER, false, 3},
    {"purity", COLUMN_NUMBER, false, 3},         {"topics_hoyer", COLUMN_NUMBER, false, 2},
    {"topics_zeros", COLUMN_SHARE, false, 0},    {"mixtures_hoyer", COLUMN_NUMBER, false, 2},
    {"mixtures_zeros", COLUMN_SHARE, false, 0},  {"passes", COLUMN_WHOLE, false, 0},
    {"cpu_s", COLUMN_NUMBER, false, 2},
};

enum { COLUMNS = sizeof baselines_columns / sizeof *baselines_columns, NMI = 5, PURITY = 6 };

typedef struct Context {
    const BaselineReport *report;
    Column columns[COLUMNS];
} Context;

static void fill_baseline(void *context, int64_t row, Value *values)
{
    const Baseline *item = &((const Context *)context)->report->items[row];
    for (int c = 1; c < COLUMNS; c++) {
        values[c].missing = item->failed;
    }
    values[0] = text_value(item->method);
    if (item->failed) {
        return;
    }
    values[1] = item->has_objective ? number_value(item->objective) : missing_value;
    values[2] = number_value(item->frobenius);
    values[3] = number_value(item->relative_error);
    values[4] = number_value(item->coherence);
    values[NMI] = item->has_agreement ? number_value(item->nmi) : missing_value;
    values[PURITY] = item->has_agreement ? number_value(item->purity) : missing_value;
    values[7] = number_value(item->topics_hoyer);
    values[8] = number_value(item->topics_zeros);
    values[9] = number_value(item->mixtures_hoyer);
    values[10] = number_value(item->mixtures_zeros);
    values[11] = item->passes > 0 ? whole_value(item->passes) : missing_value;
    values[12] = number_value(item->cpu_s);
}

Status baselines_table(const BaselineReport *report, Table *table, Error *error)
{
    *table = (Table){0};
    Context *context = memory_new(1, sizeof *context, error);
    if (!context) {
        return error_status(error);
    }
    context->report = report;
    memcpy(context->columns, baselines_columns, sizeof baselines_columns);
    context->columns[NMI].only_files = context->columns[PURITY].only_files = !report->has_labels;
    *table = (Table){.name = "baselines",
                     .columns = context->columns,
                     .column_count = COLUMNS,
                     .row_count = report->count,
                     .fill = fill_baseline,
                     .context = context,
                     .release = free};
    return STATUS_OK;
}

void baselines_notes(const BaselineReport *report, FILE *file)
{
    fputs(
        "\nobjective: D(X‖WH), the Kullback-Leibler divergence; svd and lsa have entries below 0, "
        "for which there is none.\n"
        "relative_error: ‖X − WH‖/‖X‖, Frobenius; none of so few dimensions is lower than "
        "svd's.\n"
        "coherence: NPMI of ten words, of svd and lsa those with the largest positive loadings.\n",
        file);
    if (report->has_labels) {
        fputs("nmi, purity: main topics beside labels; of svd the dimension with the largest "
              "coordinate, of lsa groups of documents in its space.\n",
              file);
    }
    fputs(
        "kmeans: a document is its topic's centroid, scaled to the document's sum; the best of ten "
        "starts, if --restarts does not say otherwise.\n",
        file);
    for (int i = 0; i < report->count; i++) {
        if (report->items[i].failed) {
            fprintf(file, "%s: %s.\n", report->items[i].method, report->items[i].reason);
        }
    }
}
