/* The documents that show a topic best, and those that a page has room for. Documents are numbered
 * from 0 here, in the model's order. */
#ifndef THEMATA_MODEL_BEST_DOCUMENTS_H
#define THEMATA_MODEL_BEST_DOCUMENTS_H

#include "base/error.h"
#include "model/model.h"

#include <stdbool.h>
#include <stdint.h>

/* By what documents are better than others: their share of the topic in thousandths, rounded up,
 * where that is equal by their tokens; or the share times the tokens, which is how much of the
 * topic is in them. */
typedef enum BestBy { BEST_BY_SHARE, BEST_BY_MASS, BEST_KINDS } BestBy;

/* The best documents of each topic, both ways. Start all-zero. */
typedef struct BestDocuments {
    int k;
    int64_t depth;                  /* room of each list */
    int64_t *counts[BEST_KINDS];    /* owned, k: how many are in each list */
    int64_t *documents[BEST_KINDS]; /* owned, k × depth: the best first, of equal ones the first
                                       in the model's order */
} BestDocuments;

/* Fills *best (all-zero before) with the `depth` ≥ 1 best documents of each topic; those whose
 * share or mass is 0 are in no list. O(n·k), and O(log depth) for each document that is, at the
 * time, among the best. */
Status best_documents_find(const Model *model, int64_t depth, BestDocuments *best, Error *error);

/* The list of a topic (1..k): counts documents. */
static inline const int64_t *best_documents_of(const BestDocuments *best, BestBy by, int topic,
                                               int64_t *count)
{
    *count = best->counts[by][topic - 1];
    return best->documents[by] + (topic - 1) * best->depth;
}

void best_documents_free(BestDocuments *best);

enum {
    BEST_SHOWN = 20,         /* documents of a topic that a page shows */
    SELECTION_MOST = 200000, /* documents that a page has room for */
    SELECTION_BEST = 1000,   /* of a larger collection: the best of each topic, at most so many */
    SELECTION_LEAST = BEST_SHOWN, /* and at least so many, whatever the room */
};

/* Some of the documents. Start all-zero. */
typedef struct DocumentSelection {
    int64_t *documents; /* owned: rising */
    int64_t count;
    bool sampled;           /* not all of them */
    int64_t best_per_topic; /* if they are sampled: so many of each list of BestDocuments are in */
} DocumentSelection;

/* All documents if there are no more than `most` ≥ 1. Else the best of each topic, either way, as
 * many as make up at most half of `most`, within SELECTION_LEAST and SELECTION_BEST; and of the
 * others a random sample, each as likely as any, up to `most` in all (by the model's seed:
 * selection sampling, Fan, Muller and Rezucha 1962). O(n·k). */
Status selection_make(const Model *model, int64_t most, DocumentSelection *selection, Error *error);

/* Where a document is in the selection; −1: it is not. O(log count). */
int64_t selection_find(const DocumentSelection *selection, int64_t document);

void selection_free(DocumentSelection *selection);

#endif
