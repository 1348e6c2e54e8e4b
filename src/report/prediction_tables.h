/* Predictions of unknown cells, as a table. It borrows model and predictions. */
#ifndef THEMATA_REPORT_PREDICTION_TABLES_H
#define THEMATA_REPORT_PREDICTION_TABLES_H

#include "model/prediction.h"
#include "report/table.h"

typedef struct PredictionReport {
    const Model *model;
    const Prediction *predictions;
    int64_t count;
} PredictionReport;

/* item, entry, prediction, low, high (over the solutions of all starts; empty if there was one),
 * determined (1, or 0; people see what is not determined marked as such). */
void predictions_table(const PredictionReport *report, bool in_files, Table *table);

#endif
