/* Methods side by side as a table. */
#ifndef THEMATA_REPORT_BASELINE_TABLES_H
#define THEMATA_REPORT_BASELINE_TABLES_H

#include "model/baseline.h"
#include "report/table.h"

#include <stdio.h>

/* What the table borrows. */
typedef struct BaselineReport {
    const Baseline *items;
    int count;
    bool has_labels;
} BaselineReport;

/* A row for each method; a cell is empty where a measure has no meaning. */
Status baselines_table(const BaselineReport *report, Table *table, Error *error);

/* What the columns' names do not say, and why cells are empty, in lines to stand below it. */
void baselines_notes(const BaselineReport *report, FILE *file);

#endif
