/* What the columns of a table are called where people read them. */
#ifndef THEMATA_REPORT_NOUNS_H
#define THEMATA_REPORT_NOUNS_H

#include "model/model.h"
#include "report/table.h"

#include <stdbool.h>

/* Of a model of a table: factor, entry and item in place of topic, word and document. In files, if
 * `in_files`, columns have one name whatever the model is of, and nothing changes. `room` holds the
 * columns for as long as the table is used. */
void nouns_rename(const Model *model, bool in_files, Table *table, Column room[TABLE_COLUMNS_MAX]);

#endif
