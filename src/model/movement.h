/* The documents that two models have in common, and how they lie in the topics of both. */
#ifndef THEMATA_MODEL_MOVEMENT_H
#define THEMATA_MODEL_MOVEMENT_H

#include "base/error.h"
#include "model/agreement.h"
#include "model/alignment.h"
#include "model/documents.h"

#include <stdint.h>

/* ---- which documents are the same ---- */

typedef struct DocumentPair {
    int64_t first; /* its number in the one list and in the other */
    int64_t second;
} DocumentPair;

/* Start all-zero. */
typedef struct DocumentPairs {
    DocumentPair *items; /* owned; in the order of the first list */
    int64_t count;
    int64_t renamed; /* of these, with another id but the same text */
    int64_t changed; /* with the same id but another text */
} DocumentPairs;

/* Pairs the documents of two lists: first those with the same id and text, then, of those that are
 * left, ones with the same text, then ones with the same id. Texts are compared by the hash in
 * DocumentFacts; of several with the same text the first is paired with the first. None is in two
 * pairs. O(n·log n). */
Status documents_pair(const DocumentList *first, const DocumentList *second, DocumentPairs *pairs,
                      Error *error);

void document_pairs_free(DocumentPairs *pairs);

/* ---- where they went ---- */

typedef enum MoveKind {
    MOVE_STAYED,   /* the main topic's partner is the main topic */
    MOVE_FOLLOWED, /* its topic was split or merged, and it is in one of the parts or the whole */
    MOVE_MOVED,    /* it is anywhere else */
} MoveKind;

/* The names of these values: "stayed" …. */
extern const char *const move_names[];

/* A document in both models; topics are its main ones, numbered from 0. */
typedef struct DocumentMove {
    DocumentPair pair;
    MoveKind kind;
    int first_topic;
    int second_topic;
    float first_share;
    float second_share;
} DocumentMove;

/* Start all-zero. */
typedef struct Movement {
    DocumentMove *items; /* owned: those that did not stay; moved ones first, then the strongest,
                            whose smaller share is larger, then in the order of the first model */
    int64_t count;
    int64_t kinds[3];   /* how many of each kind */
    int64_t left_out;   /* pairs of which one is not modelled or in a hidden topic */
    Contingency topics; /* main topics, first × second, of all but those left out */
} Movement;

/* Looks where the documents of the pairs are. O(pairs·(k + log pairs)). */
Status movement_find(const Model *first, const Model *second, const Alignment *alignment,
                     const DocumentPairs *pairs, Movement *movement, Error *error);

void movement_free(Movement *movement);

#endif
