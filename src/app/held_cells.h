/* Known cells of a table that are held out of the fit, to see how well they are predicted. */
#ifndef THEMATA_APP_HELD_CELLS_H
#define THEMATA_APP_HELD_CELLS_H

#include "base/error.h"
#include "model/model.h"
#include "model/prediction.h"
#include "nmf/nmf.h"

#include <stdint.h>

typedef struct HeldCell {
    int64_t item;
    WordId entry;
    double value;
} HeldCell;

/* Start all-zero. */
typedef struct HeldCells {
    HeldCell *items; /* owned */
    int64_t count;
    double mean; /* of the known cells that are left */
} HeldCells;

/* How far predictions are off. */
typedef struct HeldError {
    double rmse;     /* √ of the mean of (value − prediction)² */
    double absolute; /* mean of |value − prediction| */
    double of_mean;  /* the first, of the mean of the known cells in place of predictions */
} HeldError;

/* Takes a random `fraction` of the cells out of the model's counts, each cell alike and by the seed
 * alone, but for the last of an item or an entry, which stays. */
Status held_cells_take(Model *model, double fraction, uint64_t seed, HeldCells *held, Error *error);

HeldError held_cells_measure(const HeldCells *held, const Model *model, Range range);

/* The same of factors as a solver leaves them: equal but for the rounding of the model's. */
HeldError held_cells_of_factors(const HeldCells *held, const Factors *factors, Range range);

void held_cells_free(HeldCells *held);

#endif
