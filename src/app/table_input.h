/* A table of numbers as a model's counts: entries stand for words, items for documents. */
#ifndef THEMATA_APP_TABLE_INPUT_H
#define THEMATA_APP_TABLE_INPUT_H

#include "app/options.h"
#include "base/error.h"
#include "model/model.h"

#include <stdbool.h>
#include <stdint.h>

/* What was read. */
typedef struct TableFacts {
    double missing;      /* cells without a value */
    int64_t passed_over; /* files of a directory that are no images */
} TableFacts;

/* Reads what `path` names, whatever of these it is: a directory of PGM images, .npy, .npz, Matrix
 * Market, triples, a table. Fills vocabulary, frequencies, counts and documents of the model
 * (all-zero before), in the order of the file, and sets model->observed_only if cells are missing
 * and to be left out. STATUS_INPUT, naming file and place, if it cannot be used. */
Status table_input_read(const Options *options, const char *path, Model *model, TableFacts *facts,
                        Error *error);

#endif
