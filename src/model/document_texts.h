/* The texts of some of a model's documents, for showing them. A model has the beginning of each;
 * more of it is read again from the corpus (app/text_reading.h). */
#ifndef THEMATA_MODEL_DOCUMENT_TEXTS_H
#define THEMATA_MODEL_DOCUMENT_TEXTS_H

#include "base/error.h"
#include "model/best_documents.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct DocumentText {
    int64_t document; /* its number in the model, from 0 */
    char *text;       /* owned: UTF-8 as cleaning has left it, without NULs; NULL: not known yet */
    size_t length;
    size_t shown;  /* bytes of it that are to be shown: what is behind them tells how the last of
                      them are cut into words */
    size_t marked; /* words that end behind so many bytes are not known to be whole */
    bool cut;      /* the document goes on behind what is shown */
} DocumentText;

/* Start all-zero. */
typedef struct DocumentTexts {
    DocumentText *items; /* owned; by rising document */
    int64_t count;
} DocumentTexts;

/* Fills *texts (all-zero before) with the documents, still without texts, that are in any list of
 * the best. */
Status document_texts_of_best(const BestDocuments *best, DocumentTexts *texts, Error *error);

/* The same with those of a selection. */
Status document_texts_of_selection(const DocumentSelection *selection, DocumentTexts *texts,
                                   Error *error);

/* Gives each the text that the model has: its excerpt, which may be cut within a word. */
Status document_texts_take_excerpts(const Model *model, DocumentTexts *texts, Error *error);

/* Gives one its text, of which at most `most` characters are to be shown: all, or up to the last
 * blank in the last TEXT_CUT_BACK of them, or so many. Of what is behind, TEXT_BEHIND characters
 * are kept. NULs become blanks. */
enum { TEXT_CUT_BACK = 40, TEXT_BEHIND = 1000 };
Status document_text_take(DocumentText *item, const char *text, size_t length, int64_t most,
                          Error *error);

void document_texts_free(DocumentTexts *texts);

#endif
