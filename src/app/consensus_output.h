/* The consensus of a table's starts: files in the model's directory, and a line about it. */
#ifndef THEMATA_APP_CONSENSUS_OUTPUT_H
#define THEMATA_APP_CONSENSUS_OUTPUT_H

#include "app/factorise.h"
#include "base/error.h"
#include "model/consensus.h"
#include "model/model.h"

/* STATUS_INPUT if the table has more items than can be compared with each other. */
Status consensus_output_check(const Model *model, Error *error);

/* Compares what the starts said, those that ended before an interruption; leaves *consensus
 * all-zero if none did. */
Status consensus_output_make(const Factorisation *work, ItemConsensus *consensus, Error *error);

/* Writes tables/consensus.csv, tables/consensus_items.csv and, of up to CONSENSUS_DRAWN_MAX items,
 * consensus.svg; `directory`/tables exists. */
Status consensus_output_save(const Model *model, const ItemConsensus *consensus,
                             const char *directory, Error *error);

/* Says how far the starts agree, and how large the groups are. */
Status consensus_output_say(const ItemConsensus *consensus, Error *error);

#endif
