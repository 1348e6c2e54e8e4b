/* What is to be factored: a corpus or a ready matrix, read into a model's vocabulary, counts and
 * documents, and weighted to X. fit and sweep share it. */
#ifndef THEMATA_APP_INPUT_H
#define THEMATA_APP_INPUT_H

#include "app/metadata_input.h"
#include "app/options.h"
#include "app/stages.h"
#include "app/words.h"
#include "base/error.h"
#include "corpus/corpus.h"
#include "matrix/sparse.h"
#include "model/model.h"

/* Start with the first six members set and the rest all-zero. The functions are called in their
 * order; what they learn of words and documents goes into the model. */
typedef struct Input {
    const Options *options; /* borrowed, as the next four */
    const char *path;       /* the corpus', or the matrix', or the list's */
    const char *avoid;      /* the place of the result, which is no part of the corpus; or NULL */
    StageClock *stages;
    Model *model;
    int threads;
    Corpus *corpus; /* NULL: a matrix */
    MetadataInput metadata;
    Words words;
    SparseMatrix *x;
} Input;

/* Settles the rules, reads the small files and opens the corpus: what can fail before the long
 * work. */
Status input_prepare(Input *input, Error *error);

/* Reads, counts and chooses words. STATUS_INPUT, with what became of all tokens, when none is
 * left. */
Status input_read(Input *input, Error *error);

/* Makes X of the counts. */
Status input_weigh(Input *input, Error *error);

/* What was skipped or repaired: of a matrix, nothing. */
const CorpusNotes *input_notes(const Input *input);

void input_free(Input *input);

#endif
