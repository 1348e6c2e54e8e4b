/* Numbers of factors of a table beside each other, by how well they predict cells that were held
 * out. */
#ifndef THEMATA_REPORT_HELD_OUT_TABLE_H
#define THEMATA_REPORT_HELD_OUT_TABLE_H

#include "nmf/nmf.h"
#include "report/table.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct HeldOutRow {
    int k;
    bool recommended;
    double rmse;     /* √ of the mean of (value − prediction)² */
    double absolute; /* mean of |value − prediction| */
    double objective;
    int passes;
    NmfStop stop;
} HeldOutRow;

/* A row for each k: k, recommended (1, or missing), rmse, absolute_error, objective, passes,
 * converged (1 or 0). Borrows the rows. */
void held_out_table(const HeldOutRow *rows, int64_t count, Table *table);

#endif
