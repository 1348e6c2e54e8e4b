/* How well topics predict tokens that the fit has not seen: docs/method.md, "Held-out tokens". */
#ifndef THEMATA_MODEL_HELD_OUT_H
#define THEMATA_MODEL_HELD_OUT_H

#include "base/error.h"
#include "model/sample.h"
#include "nmf/nmf.h"

/* Sums over all the tokens held out of one sample. */
typedef struct HeldOut {
    double tokens;     /* N; 0: none were, and nothing else means anything */
    double nats;       /* Σ −y·ln q, y the count of a word held out of a document */
    double divergence; /* Σ y·ln(y / (N_d·q)), N_d the tokens held out of document d */
} HeldOut;

/* Measures the factors of sample->x on what was held out of it. The chance q of word w in document
 * d is 0.9 · (WH)(w, d)/idf(w) / Σ_v (WH)(v, d)/idf(v)  +  0.1 · p(w): what the topics say, with
 * the idf that went into X taken out again, and with p(w), the word's part of all tokens
 * (`background`, one value for each word), because topics leave many words at exactly 0. Sums in
 * the order of documents and words. O(m·k + pairs held·k). */
Status held_out_measure(const Sample *sample, const Factors *factors, const double *idf,
                        const double *background, HeldOut *held, Error *error);

#endif
