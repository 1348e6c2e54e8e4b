/* The shares as a wide table: a row for each document, a column for each topic. It is no Table, for
 * it has as many columns as there are topics. */
#ifndef THEMATA_REPORT_WIDE_TABLE_H
#define THEMATA_REPORT_WIDE_TABLE_H

#include "base/error.h"
#include "model/model.h"

/* Writes `directory`/tables/doc_topics_wide.csv: doc_id, topic_1 … topic_k. The numbers are as wide
 * as k (topic_01), so that names sort as numbers. Shares of a document that is not modelled are
 * missing. */
Status wide_table_save(const Model *model, const char *directory, Error *error);

#endif
