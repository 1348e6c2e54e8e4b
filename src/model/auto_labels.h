/* What topics are called while nobody has named them: a few words each, which no other topic has in
 * its name. */
#ifndef THEMATA_MODEL_AUTO_LABELS_H
#define THEMATA_MODEL_AUTO_LABELS_H

#include "base/error.h"
#include "model/model.h"

enum {
    AUTO_LABEL_WORDS = 3,              /* of a topic's name */
    AUTO_LABEL_CANDIDATES = TOP_WORDS, /* most probable words, of which they are chosen */
};

/* A name for each topic: up to `words` (1 to AUTO_LABEL_WORDS) of its AUTO_LABEL_CANDIDATES most
 * probable words, as they are mostly written, "/" between them. In as many rounds each topic, in
 * their order, takes the word with the largest FREX that no topic has taken (of equal ones the more
 * probable); a name of fewer words is so the beginning of one of more. A topic whose candidates are
 * all taken has a shorter name, or an empty one. k texts, freed by auto_labels_free (which takes
 * NULL); NULL without memory. O(k·m·log m). */
char **auto_labels_new(const Model *model, int words, Error *error);
void auto_labels_free(char **labels, int k);

#endif
