/* Tables that set topics beside one another. */
#ifndef THEMATA_REPORT_PAIR_TABLES_H
#define THEMATA_REPORT_PAIR_TABLES_H

#include "base/error.h"
#include "model/model.h"
#include "report/table.h"

/* Every pair of topics (model/similarity.h): topic_a, topic_b, js_distance, cosine, pmi; a < b. No
 * rows if there is one topic. The caller frees the table. */
Status topic_similarity_table(const Model *model, Table *table, Error *error);

#endif
