/* The consensus of the starts of a table's factors: tables and a picture. Each borrows what it is
 * made of. */
#ifndef THEMATA_REPORT_CONSENSUS_TABLES_H
#define THEMATA_REPORT_CONSENSUS_TABLES_H

#include "base/error.h"
#include "model/consensus.h"
#include "model/model.h"
#include "report/table.h"

#include <stdio.h>

/* The picture has a row for each item: at most this many. */
enum { CONSENSUS_DRAWN_MAX = 200 };

/* What is shown. Both borrowed. */
typedef struct ConsensusReport {
    const Model *model;
    const ItemConsensus *consensus;
} ConsensusReport;

/* Every two items, in the order of the tree: item_a, item_b, consensus. */
Status consensus_table(const ConsensusReport *report, Table *table, Error *error);

/* The items in that order: place, item, group. */
void consensus_items_table(const ConsensusReport *report, Table *table);

/* The matrix in that order as SVG, the darker the more often two items are together, a line around
 * each group, and the names of up to 60 items. Errors stay on the FILE. */
void consensus_picture(FILE *file, const ConsensusReport *report);

#endif
