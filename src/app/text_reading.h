/* Reading a corpus again for the texts of a model's documents, which the model does not have. They
 * are found by their ids and must be the same as when the model was made. */
#ifndef THEMATA_APP_TEXT_READING_H
#define THEMATA_APP_TEXT_READING_H

#include "app/options.h"
#include "base/error.h"
#include "model/document_texts.h"
#include "model/model.h"

#include <stdint.h>

/* What is read, and how. All is borrowed. */
typedef struct TextReading {
    const Options *options; /* those that say how documents are read, as they were for the model */
    const Model *model;
    const char *path;   /* the corpus', or the list's */
    const char *avoid;  /* the place of the result, which is no part of the corpus */
    int64_t characters; /* of each text that are to be shown, at most */
    int64_t bytes_most; /* of all texts together; 0: no matter how many */
} TextReading;

/* Gives each of the documents its text, cleaned by the model's rules. Documents of the corpus that
 * are not asked for do not matter. STATUS_INPUT, with the name of the first, if some are missing
 * or have changed (by their hash); or if the texts are more than bytes_most. Reads no further than
 * it must; memory for the texts that are kept and one document. */
Status text_reading_run(const TextReading *reading, DocumentTexts *texts, Error *error);

#endif
