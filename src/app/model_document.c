#include "app/model_document.h"

Status model_document_find(const Model *model, const char *id, int64_t *document, Error *error)
{
    *document = documents_find(&model->documents, id);
    if (*document >= 0) {
        return STATUS_OK;
    }
    const bool texts = model->input == MODEL_OF_CORPUS;
    error_set(error, STATUS_INPUT, "%s: the model has no such %s", id,
              model_nouns(model)->document);
    return error_hint(error, "%sthemata docs MODEL lists them all",
                      texts ? "a document's id is its path below the corpus; " : "");
}
