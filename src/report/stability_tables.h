/* The tables of a model's stability. Each borrows what it is made of; there is nothing to release.
 */
#ifndef THEMATA_REPORT_STABILITY_TABLES_H
#define THEMATA_REPORT_STABILITY_TABLES_H

#include "model/model.h"
#include "model/stability.h"
#include "report/table.h"

/* What is shown. Both borrowed. */
typedef struct StabilityReport {
    const Model *model;
    const Stability *stability;
} StabilityReport;

/* Topics by number: topic, stability, least and most of a sample, cosine. */
void topic_stability_table(const StabilityReport *report, Table *table);

/* Documents in order: doc_id, topic, stability (missing for a document that no sample holds). */
void doc_stability_table(const StabilityReport *report, Table *table);

#endif
