/* The tables of two models beside each other, A the first and B the second. As report/tables.h:
 * each borrows what it is made of, and is released with table_free. */
#ifndef THEMATA_REPORT_COMPARE_TABLES_H
#define THEMATA_REPORT_COMPARE_TABLES_H

#include "base/error.h"
#include "model/alignment.h"
#include "model/model.h"
#include "model/movement.h"
#include "report/table.h"

#include <stdbool.h>
#include <stdint.h>

/* Two models and what was found out about them; all is borrowed. */
typedef struct ComparedModels {
    const Model *first;
    const Model *second;
    const Alignment *alignment;
    const Movement *movement;
    int words; /* of a topic that are its top words */
} ComparedModels;

/* Partners by the first model's number, and then, unless `partners_only`, the topics without one:
 * topic, label, share and n_docs of both; relation (`partner`, or why there is none); similarity;
 * n_docs_both (documents whose main topics the two are); the words that are among the top ones of
 * both, of A alone, of B alone; of those, the ones that the other model does not know. */
Status topic_matches_table(const ComparedModels *models, bool partners_only, Table *table,
                           Error *error);

/* The parts of topics that were split or merged, and topics that are new or have vanished:
 * relation; topic, label and share of both; similarity, together, n_docs_both; the top words of the
 * part, or of the topic that is alone. */
Status topic_relations_table(const ComparedModels *models, Table *table, Error *error);

/* At most `most` of the documents that did not stay, the strongest moves first: doc_id; doc_id_b,
 * where the second model has another; title; move; topic, label and share in both. */
Status moved_documents_table(const ComparedModels *models, int64_t most, Table *table,
                             Error *error);

#endif
