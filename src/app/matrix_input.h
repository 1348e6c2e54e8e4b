/* A ready matrix in place of a corpus: its values stand for counts. */
#ifndef THEMATA_APP_MATRIX_INPUT_H
#define THEMATA_APP_MATRIX_INPUT_H

#include "app/options.h"
#include "base/error.h"
#include "model/documents.h"
#include "text/counts.h"
#include "text/vocabulary.h"

/* Reads --matrix with the words of --vocabulary into *words and *counts, and the names of its
 * columns, from --documents or "1", "2", …, into *documents (all-zero before). STATUS_INPUT if one
 * of the files cannot be used or the matrix has not a row for each word and a column for each
 * document, both checked before memory is asked for them. */
Status matrix_input_read(const Options *options, Vocabulary *words, Counts *counts,
                         DocumentList *documents, Error *error);

#endif
