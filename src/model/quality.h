/* How good each topic of a model is, in numbers, and what to warn of.
 *
 * All follow from the model's topics, mixtures and counts, but for what windows of text tell, which
 * takes a second reading of the corpus. p(w, t) is a topic's probability of a word, h(d, t) a
 * document's share of a topic; the top words are the TOP_WORDS most probable. Formulas in
 * docs/method.md, "Quality of topics". */
#ifndef THEMATA_MODEL_QUALITY_H
#define THEMATA_MODEL_QUALITY_H

#include "base/buffer.h"
#include "base/error.h"
#include "text/cooccurrence.h"
#include "text/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Model Model;

enum { TOP_WORDS = 10 };

typedef struct TopicQuality {
    /* coherence of the top words by whole documents (model/coherence.h) */
    double npmi;
    double npmi_epsilon;
    double uci;
    double umass;
    /* the same by windows of text; 0 if they were not counted */
    double window_npmi; /* coherence_npmi, exact windows of 10 */
    double c_uci;
    double c_npmi;
    double c_v;
    /* words */
    double exclusivity;     /* mean over the top words of p(w, t)/Σ_s p(w, s): 0 to 1 */
    double effective_words; /* 1/Σ p(w, t)²: 1 to m */
    double corpus_distance; /* Σ p(w, t)·ln(p(w, t)/share of w among all tokens): from 0 */
    double function_words;  /* share of the top words that the built-in stop word list has which has
                               most of them */
    /* documents */
    double effective_documents; /* 1/Σ q², q = h(d, t)/Σ h(·, t): 0 to n */
    double document_entropy;    /* −Σ q·ln q: 0 to ln n */
    double documents;           /* how many have a share of at least DOCUMENT_SHARE */
    double rank1;               /* of these, the part whose main topic it is: 0 to 1 */
    /* other topics */
    double similar;      /* the topic whose p is most like this one's, 0 if no other
                            shares a word with it */
    double similarity;   /* the cosine with it: 0 to 1 */
    double duplicate_of; /* the topic before it that it repeats, 0 if it repeats none */
} TopicQuality;

/* Start with an all-zero Quality. */
typedef struct Quality {
    TopicQuality *topics; /* owned: k; NULL of a model that was saved before there were measures */
    bool has_windows;
    double diversity;      /* distinct top words of all topics / how many there are: over 0 to 1 */
    double topics_hoyer;   /* Hoyer's sparseness of p(·, t), mean over topics: 0 to 1 */
    double topics_zeros;   /* share of p that is 0 */
    double mixtures_hoyer; /* Hoyer's sparseness of h(d, ·), mean over modelled documents */
    double mixtures_zeros; /* share of these h that is 0 */
} Quality;

static const double DOCUMENT_SHARE = 0.05;

/* ---- measuring ---- */

/* Fills model->quality, windows apart; the rest of the model is complete. O(pairs of the counts +
 * k·n + k²·m + k·m·log m), by up to `threads` threads. */
Status quality_measure(Model *model, int threads, Error *error);

/* The top words of every topic: k groups of TOP_WORDS. The array is the caller's; NULL without
 * memory. */
WordId *quality_top_words(const Model *model, Error *error);

/* What windows of text hold of these. */
typedef struct WindowCounts {
    Cooccurrence exact;  /* windows of WINDOW_SHORT */
    Cooccurrence shorts; /* windows of WINDOW_SHORT, as gensim counts */
    Cooccurrence longs;  /* windows of WINDOW_LONG, as gensim counts */
} WindowCounts;

enum { WINDOW_SHORT = 10, WINDOW_LONG = 110 };

/* Adds what windows tell of the groups, which are quality_top_words' . */
void quality_add_windows(Quality *quality, const WordGroups *groups, const WindowCounts *windows);

void quality_free(Quality *quality);

/* ---- words of a topic ---- */

/* Σ_t p(w, t) of every word; NULL without memory. */
double *quality_word_sums(const Model *model, Error *error);

/* FREX of every word in topic `topic` (1..k): 1/(½/E(exclusivity) + ½/E(probability)), each E being
 * the share of all words that do not have more of it in this topic. Fills frex[0..m − 1], over 0 to
 * 1; `sums` are quality_word_sums'. O(m·log m). */
Status quality_frex(const Model *model, int topic, const double *sums, double *frex, Error *error);

/* .6·ln p + .4·ln lift, of p > 0 and lift > 0: how much a word says of a topic. */
double quality_relevance(double probability, double lift);

/* ---- flags ---- */

/* What there is to warn of a topic, as words for people, "; " in between; empty if there is
 * nothing.
 */
Status quality_flags(const Model *model, int topic, Buffer *flags, Error *error);

#endif
