/* The tables of one document that is explained. They borrow model and explanation. */
#ifndef THEMATA_REPORT_EXPLAIN_TABLES_H
#define THEMATA_REPORT_EXPLAIN_TABLES_H

#include "base/error.h"
#include "model/explanation.h"
#include "report/table.h"

/* For files: topic (empty: what is left over), label, share (of the document), term, value (what
 * the document has), part (what the topic has of it; of the rest the difference, of either sign).
 */
Status explanation_table(const Model *model, const Explanation *explanation, Table *table,
                         Error *error);

/* For people: a row for each topic of the document, and one for what is left over: topic, label,
 * share, words, each with the part of the document's mass. */
Status explanation_summary_table(const Model *model, const Explanation *explanation, Table *table,
                                 Error *error);

#endif
