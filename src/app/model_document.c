#include "app/model_document.h"

#include "base/nearest.h"

#include <string.h>

static const char digits[] = "0123456789";

/* Whether the digits of two texts are the same: a number is no slip of another. */
static bool same_digits(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strcspn(a, digits);
        b += strcspn(b, digits);
        if (*a != *b || *a == '\0') {
            return *a == *b;
        }
    }
}

/* The document whose id is nearest to one that does not exist, NULL if none is near. */
static const char *find_nearest(const Model *model, const char *id)
{
    Nearest nearest = nearest_to(id);
    nearest.distance = strlen(id) / 6 + 2; /* paths are long, and begin and end alike */
    for (int64_t d = 0; d < model->documents.count && id[0]; d++) {
        if (same_digits(id, model->documents.items[d].id)) {
            nearest_consider(&nearest, model->documents.items[d].id);
        }
    }
    return nearest.found;
}

Status model_document_find(const Model *model, const char *id, int64_t *document, Error *error)
{
    *document = documents_find(&model->documents, id);
    if (*document >= 0) {
        return STATUS_OK;
    }
    const bool texts = model->input == MODEL_OF_CORPUS;
    const char *nearest = find_nearest(model, id);
    error_set(error, STATUS_INPUT, "%s: the model has no such %s", id[0] ? id : "''",
              model_nouns(model)->document);
    if (nearest) {
        return error_hint(error, "did you mean '%s'?", nearest);
    }
    return error_hint(error, "%sthemata docs MODEL lists them all",
                      texts ? "a document's id is its path below the corpus; " : "");
}
