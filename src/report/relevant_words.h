/* The words that a report lists of a topic: whatever weight its reader gives to how frequent a word
 * is in the topic and how much more frequent than elsewhere, the list begins as it must.
 * Relevance (Sievert, Shirley 2014): λ·ln p + (1 − λ)·ln lift, for a weight λ from 0 to 1. */
#ifndef THEMATA_REPORT_RELEVANT_WORDS_H
#define THEMATA_REPORT_RELEVANT_WORDS_H

#include "base/error.h"
#include "model/model.h"

#include <stdint.h>

enum {
    RELEVANCE_STEPS = 100, /* λ = 0, 1/RELEVANCE_STEPS … 1 */
    RELEVANT_WORDS = 30,   /* the words of largest relevance at each, equal ones by falling p */
    PROBABLE_WORDS = 100,  /* the most probable */
};

/* The logarithms are float32, so that whoever reads them orders words alike: relevance is λ·a +
 * (1 − λ)·b in float64 of these. */
typedef struct RelevantWord {
    WordId word;
    float probability;
    float log_probability;
    float log_lift; /* of a word that the model as a whole does not have, 0 */
    double lift;    /* probability / mass of the word; 1 of such a word */
} RelevantWord;

/* Σ share · probability over the topics, of every word: its part of all; NULL without memory. */
double *relevant_words_masses(const Model *model, Error *error);

double relevance_of(const RelevantWord *word, int step);

/* The words of a topic (1..k) that have a probability and are among the RELEVANT_WORDS at any step
 * or among the PROBABLE_WORDS, by falling probability, equal ones by byte order. *words is the
 * caller's; `masses` are relevant_words_masses'. O(m·log m), and a little for each step. */
Status relevant_words_find(const Model *model, int topic, const double *masses,
                           RelevantWord **words, int64_t *count, Error *error);

#endif
