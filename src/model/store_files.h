/* What saving and loading a model have in common; for the two of them only. */
#ifndef THEMATA_MODEL_STORE_FILES_H
#define THEMATA_MODEL_STORE_FILES_H

#include "model/model.h"

#include <stdbool.h>

#define MODEL_FORMAT "themata-model"

#define FILE_TOPICS     "topics.npy"
#define FILE_MIXTURES   "mixtures.npy"
#define FILE_COUNTS     "counts.npz"
#define FILE_VOCABULARY "vocabulary.csv"
#define FILE_DOCUMENTS  "documents.csv"
#define FILE_LABELS     "labels.csv"
#define FILE_MASSES     "masses.npy"
#define FILE_OTHERS_W   "other_topics.npy"
#define FILE_OTHERS_H   "other_mixtures.npy"

/* The files that model.json vouches for; ends with NULL. The last three are those of tables. */
extern const char *const model_data_files[];

/* Whether a model has the file. */
bool model_has_file(const Model *model, const char *name);

#endif
