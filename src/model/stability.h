/* Whether topics are found again: B fits on random samples of the documents, each from a
 * start of its own, compared with the topics of the whole corpus (Greene, O'Callaghan and
 * Cunningham 2014). docs/method.md, "Stability". */
#ifndef THEMATA_MODEL_STABILITY_H
#define THEMATA_MODEL_STABILITY_H

#include "base/error.h"
#include "model/held_out.h"
#include "model/sample.h"
#include "model/topic_scores.h"
#include "nmf/nmf.h"

#include <stdbool.h>
#include <stdint.h>

enum { STABILITY_DEPTH = 20 }; /* words of a topic that are compared */

/* The topics whose stability is asked for. All borrowed. */
typedef struct StabilityReference {
    int k;
    int64_t words;
    int64_t documents;
    const float *w;      /* words × k, as in Factors */
    const int32_t *main; /* documents: the main topic, from 0; −1: none */
} StabilityReference;

/* The samples are the caller's to draw, with their decompositions, or drawn for each fit where
 * `samples` is NULL. */
typedef struct StabilityOptions {
    int runs;              /* B ≥ 1 */
    const Sample *samples; /* B of them, or NULL */
    NmfInit init;          /* of the sample fits: sample_start */
    double tolerance;      /* of the sample fits */
    int passes_max;
    int threads;
    const double *background;     /* words: each word's part of all tokens; NULL: nothing is
                                     measured on held-out tokens */
    const SparseMatrix *by_words; /* the transpose of X, for `scores`; NULL: they are not wanted */
    bool (*interrupted)(void *context); /* optional; may be called by any thread */
    void *context;
} StabilityOptions;

static const StabilityOptions stability_defaults = {
    .init = NMF_INIT_NNDSVDA,
    .tolerance = 1e-3,
    .passes_max = 100,
    .threads = 1,
};

/* One fit on a sample, seen from the reference. All owned. */
typedef struct StabilityRun {
    double *agreement; /* k: average Jaccard with the topic that was matched; depth 20 */
    double *cosine;    /* k: of the two topics' word vectors */
    bool *kept;        /* k × depth: whether the word is among the matched topic's first */
    int32_t *main; /* documents: the reference's number of the main topic, −1: not in the sample
                      or without words */
    double mean;   /* of `agreement` */
    double objective;
    int passes;
    HeldOut held;
    TopicScores scores;
} StabilityRun;

/* What all the fits say together. Start all-zero. */
typedef struct Stability {
    int k;
    int depth; /* words compared of each topic: STABILITY_DEPTH, or as many as there are */
    int run_count;
    int64_t documents;
    StabilityRun *runs;
    uint32_t *words;   /* k × depth: the words that were compared, −1 (as WORD_NONE): none */
    double *topic;     /* k: mean agreement over the runs, 0 to 1 */
    double *cosine;    /* k: mean cosine over the runs */
    double *word_part; /* k × depth: part of the runs in which the word stays among the first */
    double *document_part; /* documents: part of the runs with the document in their sample in which
                              its main topic stays; −1: in none, or without a main topic */
    double mean;           /* of `topic` */
    bool interrupted;      /* nothing else means anything then */
} Stability;

/* Makes the fits and compares them. Runs are shared out to the threads, or, if there are fewer,
 * each has all of them; the result is the same for any number. Of each run only what is compared is
 * kept: 4 bytes for each document. */
Status stability_measure(const SampleSource *source, const StabilityReference *reference,
                         const StabilityOptions *options, Stability *stability, Error *error);

void stability_free(Stability *stability);

#endif
