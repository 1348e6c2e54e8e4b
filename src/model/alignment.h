/* The topics of two models beside each other, which may have different words and different numbers
 * of topics: which topic of the first is which of the second, which were split or merged, which are
 * new or have vanished. Formulas and reasons in docs/method.md.
 *
 * Topics are numbered from 0 here. Topics that labels.csv hides take no part. */
#ifndef THEMATA_MODEL_ALIGNMENT_H
#define THEMATA_MODEL_ALIGNMENT_H

#include "base/error.h"
#include "model/model.h"

#include <stdint.h>

enum { TOPIC_NONE = -1 };

typedef enum RelationKind {
    RELATION_SPLIT,    /* `second` is a part of `first` */
    RELATION_MERGED,   /* `first` is a part of `second` */
    RELATION_NEW,      /* `second` is like no topic of the first model */
    RELATION_VANISHED, /* `first` is like no topic of the second model */
} RelationKind;

/* The names of these values: "split" …. */
extern const char *const relation_names[];

/* One part of a topic that was split or merged, or a topic that is new or has vanished. */
typedef struct TopicRelation {
    RelationKind kind;
    int first;         /* TOPIC_NONE if new */
    int second;        /* TOPIC_NONE if vanished */
    double similarity; /* of the two; of a topic that is new or has vanished with its nearest */
    double together;   /* of all the parts, added up by their shares, with the whole; 0 if none */
} TopicRelation;

/* Start all-zero. */
typedef struct Alignment {
    int first_topics;
    int second_topics;
    int64_t shared_words;
    WordId *second_word; /* owned: of each word of the first model, that of the second, or
                            WORD_NONE */
    WordId *first_word;  /* owned: the other way round */
    double *similarity;  /* owned: first × second */
    int *partner;        /* owned: of each topic of the first, that of the second, or TOPIC_NONE */
    int *first_partner;  /* owned: the other way round */
    TopicRelation *relations; /* owned; in the order of the kinds, then of the whole, then of the
                                 parts, the most similar first */
    int64_t relation_count;
} Alignment;

/* Aligns the topics. The similarity of two topics is the cosine of the angle between their words'
 * probabilities, over the words of both models, a word that a model does not know having none: 0
 * (no word in common) to 1 (the same). Topics whose similarity is at least `least` (above 0) are
 * *related*. Partners are related, and chosen so that the sum of their similarities is largest.
 *
 * A topic's home is the topic of the other model that it is most similar to (of equal ones the
 * first), if they are related. A topic of the first is split if it has at least two parts: its
 * partner, and the topics of the second whose home it is. One of the second is merged likewise. A
 * topic without a home is new, or has vanished. Every topic without a partner is a part of
 * another, or one of these.
 *
 * STATUS_INPUT, without a subject, if the models have no word in common.
 * O(k₁·k₂·m + (k₁ + k₂)³). */
Status alignment_make(const Model *first, const Model *second, double least, Alignment *alignment,
                      Error *error);

void alignment_free(Alignment *alignment);

#endif
