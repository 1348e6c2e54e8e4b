/* How much of each topic there is in parts of a collection: the documents of a year, of a party, of
 * an outlet. */
#ifndef THEMATA_MODEL_SLICES_H
#define THEMATA_MODEL_SLICES_H

#include "base/error.h"
#include "model/documents.h"

#include <stdint.h>

/* `count` sets of documents, their sums; start all-zero. A document that is not modelled has no
 * share of anything and is not counted. */
typedef struct Slices {
    int64_t count;
    int k;
    int64_t *documents; /* count: modelled documents */
    double *tokens;     /* count: occurrences of the model's words in them */
    double *shares;     /* count × k: Σ share of the topic */
    double *masses;     /* count × k: Σ tokens · share of the topic */
    int64_t *main;      /* count × k: documents whose main topic it is */
} Slices;

/* Room for `count` sets, all empty. */
Status slices_new(Slices *slices, int64_t count, int k, Error *error);

/* Puts a document with its k shares into a set. The sums are added in the order of the calls. */
void slices_add(Slices *slices, int64_t slice, const DocumentFacts *facts, const float *mixture);

/* Three measures, each from 0 to 1, of a set with documents and a topic counted from 0. Over the
 * topics each sums to 1.
 *   mean share: (1/n)·Σ share — every document counts alike;
 *   mass share: Σ tokens·share / Σ tokens — every token counts alike;
 *   main share: the part of the documents whose main topic it is. */
double slices_mean_share(const Slices *slices, int64_t slice, int topic);
double slices_mass_share(const Slices *slices, int64_t slice, int topic);
double slices_main_share(const Slices *slices, int64_t slice, int topic);

void slices_free(Slices *slices);

#endif
