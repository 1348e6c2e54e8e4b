/* How much two topics of one model are alike: by their words, and by the documents that have both.
 *
 * p(w, t) is a topic's probability of a word, h(d, t) a document's share of a topic. Formulas in
 * docs/method.md, "Topics beside one another". */
#ifndef THEMATA_MODEL_SIMILARITY_H
#define THEMATA_MODEL_SIMILARITY_H

#include "base/error.h"
#include "model/model.h"

#include <stdbool.h>

typedef struct TopicPair {
    int a; /* numbers of topics, a < b */
    int b;
    /* √JS, JS = ½ Σ p(w, a)·ln(p(w, a)/mean) + ½ Σ p(w, b)·ln(p(w, b)/mean), mean = (p(w, a) +
     * p(w, b))/2: a metric (Endres, Schindelin 2003), from 0 to √ln 2 = 0.8326, which is that of
     * topics without a common word */
    double js_distance;
    double cosine; /* of the two rows of words: 0 to 1 */
    /* ln(P(a, b)/(P(a)·P(b))), P(a) the topic's share, P(a, b) the mean of h(d, a)·h(d, b) over the
     * documents that are modelled: above 0 of topics that go together, below 0 of those that shun
     * one another */
    double pmi;
    bool together; /* a document has both; if none has, there is no pmi, and it is 0 */
} TopicPair;

/* Every pair of two topics, (1, 2), (1, 3) … (k − 1, k): k·(k − 1)/2 of them, owned by the caller;
 * NULL without memory. O(k·(entries of p that are not 0) + n·(topics of a document)²). */
TopicPair *similarity_measure(const Model *model, Error *error);

#endif
