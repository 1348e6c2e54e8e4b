/* The tables that tell how topics depend on where the solver began. They borrow the model. */
#ifndef THEMATA_REPORT_START_TABLES_H
#define THEMATA_REPORT_START_TABLES_H

#include "model/model.h"
#include "report/table.h"

/* Topics that were found by anchor words: topic, term, surface, prob, doc_freq; a topic that has no
 * anchor has its number alone. The model has anchors. */
Table anchors_table(const Model *model);

/* The starts of a model that had several: restart (from 1), init, objective, passes, within (1: D
 * is within 0.1 % of the lowest). */
Table restarts_table(const Model *model);

/* What they say of the topics: topic, share, share_min, share_max, words, words_kept, docs,
 * docs_kept, as TopicUniqueness has them. */
Table uniqueness_table(const Model *model);

#endif
