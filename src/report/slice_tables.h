/* Tables of topics over time and by group. As in report/tables.h, what they are made of is
 * borrowed. */
#ifndef THEMATA_REPORT_SLICE_TABLES_H
#define THEMATA_REPORT_SLICE_TABLES_H

#include "base/error.h"
#include "model/model.h"
#include "model/timeline.h"
#include "report/group_fields.h"
#include "report/table.h"

/* Every bin and topic, or `topic` alone if it is not 0: bin_start, bin, topic, label, n_docs,
 * mean_share, mass_share, main_share. Without documents in a bin there are no shares. */
Status topic_time_table(const Model *model, const Timeline *timeline, int topic, Table *table,
                        Error *error);

/* The same for people, of one topic and with bars of the mean shares. */
Status time_topic_table(const Model *model, const Timeline *timeline, int topic, Table *table,
                        Error *error);

/* For people, a row for each topic: topic, label, share, its mean shares as a line of bars, each
 * from 0 to the topic's largest, the bin with that one (peak), top_words. */
Status time_overview_table(const Model *model, const Timeline *timeline, int words, Table *table,
                           Error *error);

/* Every value of every field and every topic, or `topic` alone: field, value, topic, label, n_docs,
 * mean_share, mass_share, main_share. */
Status topic_groups_table(const Model *model, const GroupField *fields, size_t count, int topic,
                          Table *table, Error *error);

/* For people, the first `most` values of one field, a row each: value, n_docs, and the three topics
 * with the largest mean shares. */
Status groups_overview_table(const Model *model, const GroupField *field, int64_t most,
                             Table *table, Error *error);

/* For people, one topic in the `most` values that have the largest mean shares of it. */
Status group_topic_table(const Model *model, const GroupField *field, int topic, int64_t most,
                         Table *table, Error *error);

#endif
