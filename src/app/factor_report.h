/* What factor says on standard error and prints: warnings before the work, the result behind it. */
#ifndef THEMATA_APP_FACTOR_REPORT_H
#define THEMATA_APP_FACTOR_REPORT_H

#include "app/options.h"
#include "app/table_input.h"
#include "base/error.h"
#include "model/model.h"
#include "model/reconstruction.h"

/* Says what was read, and what became of cells without a value. */
void factor_say_table(const Options *options, const Model *model, const TableFacts *facts);

/* Warns where k factors cannot be told apart: k > min(m, n), or (m + n)·k ≥ the number of cells. */
void factor_warn_of_rank(int64_t k, const Model *model);

/* Says how well the table is explained, how sparse and small the factors are, and which items and
 * entries are explained worst. */
Status factor_say_result(const Model *model, const Reconstruction *reconstruction, Error *error);

/* Prints the factors, and for people the items of a table with few of them. */
Status factor_print(const Options *options, const Model *model,
                    const Reconstruction *reconstruction, Error *error);

#endif
