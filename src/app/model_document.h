/* A document of a model that the user names. */
#ifndef THEMATA_APP_MODEL_DOCUMENT_H
#define THEMATA_APP_MODEL_DOCUMENT_H

#include "base/error.h"
#include "model/model.h"

#include <stdint.h>

/* The number of the document with this id; STATUS_INPUT, saying where the ids are listed, if there
 * is none. */
Status model_document_find(const Model *model, const char *id, int64_t *document, Error *error);

#endif
