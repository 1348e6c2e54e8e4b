/* What saving and loading a model have in common; for the two of them only. */
#ifndef THEMATA_MODEL_STORE_FILES_H
#define THEMATA_MODEL_STORE_FILES_H

#define MODEL_FORMAT "themata-model"

#define FILE_TOPICS     "topics.npy"
#define FILE_MIXTURES   "mixtures.npy"
#define FILE_COUNTS     "counts.npz"
#define FILE_VOCABULARY "vocabulary.csv"
#define FILE_DOCUMENTS  "documents.csv"
#define FILE_LABELS     "labels.csv"

/* The files that model.json vouches for; ends with NULL. */
extern const char *const model_data_files[];

/* What a model is made of, as model.json calls it: indexed by `of_matrix`; ends with NULL. */
extern const char *const model_inputs[];

#endif
