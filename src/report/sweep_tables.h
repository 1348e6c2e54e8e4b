/* The tables of a sweep. Each borrows what it is made of; there is nothing to release. */
#ifndef THEMATA_REPORT_SWEEP_TABLES_H
#define THEMATA_REPORT_SWEEP_TABLES_H

#include "model/choice.h"
#include "model/sweep.h"
#include "report/table.h"

/* What is shown. Both borrowed. */
typedef struct SweepReport {
    const Sweep *sweep;
    const Choice *choice;
} SweepReport;

/* A row for each number of topics: k, its place among the recommended, every measure, and, in
 * files, how each spreads over the samples: NAME_deviation, NAME_least, NAME_most. */
void sweep_table(const SweepReport *report, Table *table);

/* The singular values of X: rank, value. */
void singular_values_table(const SweepReport *report, Table *table);

#endif
