/* Counting the terms of a model, of which some are phrases or n-grams, in documents that were read
 * with all their words in order. */
#ifndef THEMATA_APP_KNOWN_TERMS_H
#define THEMATA_APP_KNOWN_TERMS_H

#include "app/reading.h"
#include "base/error.h"
#include "model/documents.h"
#include "model/model.h"
#include "text/counts.h"

/* Fills *all (all-zero before) with the words that were read or, where words were spilled, those of
 * them that the model needs: terms, stop words, and words in n-grams and phrases. All others are
 * then one, without letters (text/collect.h). Gives the blocks their numbers. */
Status known_terms_collect(const Model *model, const Reading *reading, CollectedWords *all,
                           Error *error);

/* Fills *counts (all-zero before), under the model's numbers, with what was read; and the
 * documents' `unknown`: tokens that are no term, no stop word and in no n-gram of the model. The
 * reading can only be freed afterwards. */
Status known_terms_count(const Model *model, Reading *reading, int threads, DocumentList *documents,
                         Counts *counts, Error *error);

#endif
