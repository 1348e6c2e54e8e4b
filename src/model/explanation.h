/* One document as a sum of weighted topics: x ≈ Σ_t h_t·(topic t), which words each topic accounts
 * for, and what is left over. Formulas: docs/method.md, "One document explained". */
#ifndef THEMATA_MODEL_EXPLANATION_H
#define THEMATA_MODEL_EXPLANATION_H

#include "base/error.h"
#include "model/model.h"
#include "model/reconstruction.h"

#include <stdint.h>

/* A word and what a topic, or the rest, has of it. */
typedef struct ExplainedWord {
    int topic; /* 1..k; 0: what is left over */
    WordId word;
    double value; /* x */
    double part;  /* h_t · p(word, t); of the rest x − Σ_t of these, of either sign */
} ExplainedWord;

/* Start all-zero. */
typedef struct Explanation {
    int64_t document;
    Misfit misfit;        /* of the document, over all words; of a table with unknown cells over the
                             known ones */
    double *weights;      /* owned, k: h_t, in units of x */
    ExplainedWord *words; /* owned: of each topic with a weight, by falling weight, its strongest
                             words by falling part; then the largest of what is left over */
    int64_t word_count;
} Explanation;

/* Explains document number `document` by at most `most` words of each topic; parts of 0 are left
 * out, and so is a rest below 1e-6 of the document's mass. The document's weights are in the units
 * of X, that is as model->weight makes them of its counts. O(k·m·most). */
Status explanation_make(const Model *model, int64_t document, int most, Explanation *explanation,
                        Error *error);

void explanation_free(Explanation *explanation);

#endif
