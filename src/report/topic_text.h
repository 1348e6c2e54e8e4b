/* What topics are called in tables. */
#ifndef THEMATA_REPORT_TOPIC_TEXT_H
#define THEMATA_REPORT_TOPIC_TEXT_H

#include "base/error.h"
#include "model/model.h"

/* The `words` most probable words of each topic as one text, with ", " between them: k texts, or
 * NULL without memory. Freed by topic_texts_free, which takes NULL. */
char **topic_texts_new(const Model *model, int words, Error *error);

/* The same of the `words` with the largest relevance (quality_relevance), equal ones by byte order.
 */
char **relevant_texts_new(const Model *model, int words, Error *error);

void topic_texts_free(char **texts, int k);

#endif
