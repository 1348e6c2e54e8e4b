/* Several numbers of factors of one table, compared by how well they predict known cells that are
 * held out of the fit. */
#ifndef THEMATA_APP_FACTOR_SWEEP_H
#define THEMATA_APP_FACTOR_SWEEP_H

#include "app/factorise.h"
#include "app/held_cells.h"
#include "app/options.h"
#include "base/error.h"
#include "report/held_out_table.h"

#include <stdint.h>

/* Start all-zero. */
typedef struct FactorSweep {
    HeldOutRow *rows; /* owned; by rising k */
    int64_t count;
    int64_t unfinished; /* of them, those that did not converge */
} FactorSweep;

/* Factors work->x with each number of factors in options->range, from the starts that one number
 * alone would have, and measures it on the held cells, with predictions kept in `range`. `work` is
 * as for factorise, but for k. Ctrl-C ends it: `sweep` then has the numbers before. Marks the one
 * whose predictions are off least by the root of the mean square; of equal ones, the lowest. */
Status factor_sweep_run(const Factorisation *work, const HeldCells *held, Range range,
                        FactorSweep *sweep, Error *error);

/* Prints the table, and for people a sentence that says which number is recommended. */
Status factor_sweep_print(const Options *options, const FactorSweep *sweep, Error *error);

void factor_sweep_free(FactorSweep *sweep);

#endif
