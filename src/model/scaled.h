/* A model out of factors as a solver leaves them: of a table, because no other table will be
 * described by them, and of texts where mixtures do not sum to what the documents hold. Mixtures
 * are those of the solver, not solved anew. Formulas: docs/method.md,
 * "Any table". */
#ifndef THEMATA_MODEL_SCALED_H
#define THEMATA_MODEL_SCALED_H

#include "base/error.h"
#include "model/model.h"
#include "nmf/nmf.h"

/* Fills topics, mixtures, masses, the mass of each topic and what is derived from them. The model's
 * k, vocabulary, documents and counts are set already; topics are numbered by share. What is kept
 * is topicsᵀ · mixturesᵀ · diag(masses) = W·H, up to the rounding to float32. STATUS_FAILED if a
 * mass is beyond float32. */
Status model_set_scaled(Model *model, const Factors *factors, Error *error);

#endif
