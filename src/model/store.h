/* A model on disk: a directory of plain files, described in docs/architecture.md, "The model on
 * disk". Nothing in it can run code; the loader trusts nothing. */
#ifndef THEMATA_MODEL_STORE_H
#define THEMATA_MODEL_STORE_H

#include "base/error.h"
#include "base/library.h"
#include "model/model.h"

#include <stdio.h>

enum { MODEL_FORMAT_VERSION = 1 };

/* The file by which a model's directory is known, and how it begins. */
#define MODEL_MARK       "model.json"
#define MODEL_MARK_BEGIN "{\n  \"format\": \"themata-model\""

/* The file by which dimensions are known, which are no model: those of SVD and LSA. */
#define DIMENSIONS_MARK "dimensions.json"

/* Writes the model's own files (model.json, topics.npy, mixtures.npy, counts.npz, vocabulary.csv,
 * documents.csv, labels.csv) into an existing directory; `version` is the program's. */
Status model_save(const Model *model, const char *directory, const char *version, Error *error);

/* Writes counts.npz: documents × words, as scipy keeps sparse matrices. */
Status model_write_counts(const Model *model, const char *path, Error *error);

/* Writes labels.csv. Errors stay on the FILE. */
void model_write_labels(const Model *model, FILE *file);

/* Reads a model (all-zero before). Checks the format's version, every file's size and checksum,
 * every shape, and every number; STATUS_INPUT, naming the file, when anything is not as it was
 * written. */
Status model_load(const char *directory, Model *model, Error *error);

/* Takes the labels of a file like labels.csv in place of the model's; a topic that it leaves out
 * has none. STATUS_INPUT, naming the file, when it cannot be read or has another form. */
Status model_read_labels(Model *model, const char *path, Error *error);

/* Tells the libraries of this floor. */
void model_libraries(LibraryFunction *tell, void *context);

#endif
