/* What the factors of a table say of the cells that are not known. Formulas: docs/method.md,
 * "Unknown cells". */
#ifndef THEMATA_MODEL_PREDICTION_H
#define THEMATA_MODEL_PREDICTION_H

#include "base/error.h"
#include "model/model.h"
#include "model/uniqueness.h"

#include <stdbool.h>
#include <stdint.h>

/* The range that predictions are kept in. */
typedef struct Range {
    double low;
    double high;
} Range;

typedef struct Prediction {
    int64_t item;
    WordId entry;
    double value; /* within the range */
    double low;   /* least and largest of all solutions, as they are */
    double high;
    bool determined; /* by the data; see predict_item */
} Prediction;

/* Least and largest value that the counts hold; what they do not hold is 0, or of a table with
 * unknown cells not known and does not count. */
Range prediction_range(const Model *model);

/* Σ_t of the model for one cell, kept in the range. */
double predict_cell(const Model *model, int64_t item, WordId entry, Range range);

/* Predicts the cells of an item that the counts do not hold: those of the `most` largest values
 * above `least`, by falling value, equal ones in the order of the entries. Returns how many were
 * filled; `predictions` has room for `most`.
 *
 * A cell counts as determined if item and entry have at least k known cells each, and the solutions
 * of all starts agree on it within a tenth of the range. O(m·(k·solutions + most)). */
int64_t predict_item(const Model *model, int64_t item, Range range, double least, int64_t most,
                     Prediction *predictions);

/* Keeps the factors of the set's fair solutions, but for that of start `kept`, in the model. */
Status prediction_keep(Model *model, const SolutionSet *set, int kept, double mass, Error *error);

#endif
