/* What many starts agree on: which items they put together (Brunet et al. 2004). Formulas:
 * docs/method.md, "Consensus of starts". */
#ifndef THEMATA_MODEL_CONSENSUS_H
#define THEMATA_MODEL_CONSENSUS_H

#include "base/error.h"
#include "matrix/linkage.h"
#include "nmf/nmf.h"

#include <stdint.h>

/* Distances between all pairs are held. */
enum { CONSENSUS_ITEMS_MAX = 2000 };

/* Start all-zero. */
typedef struct ItemConsensus {
    int64_t count; /* items */
    int starts;
    int groups;
    double *distances; /* owned: 1 − consensus of each pair, in the order of linkage_place */
    int64_t *order;    /* owned, count: items as the leaves of the tree stand */
    int32_t *group;    /* owned, count: of each item, 1 … groups as they stand in that order */
    Consensus measures;
} ItemConsensus;

/* The factor with the largest share of each item's mass, hⱼₜ·Σᵢ wᵢₜ; of equal ones the first; k for
 * an item in no factor. Fills parts[0 … n − 1]. O((m + n)·k). */
Status consensus_partition(const Factors *factors, int32_t *parts, Error *error);

/* Compares the partitions of `starts` ≥ 1 starts, n items each, 1 ≤ n ≤ CONSENSUS_ITEMS_MAX. The
 * groups are the k that are left of the tree by average linkage before its last merges, one more
 * if an item is in no factor (part k), and at most n.
 * O(n²·starts). */
Status consensus_make(const int32_t *const *partitions, int starts, int64_t n, int k,
                      ItemConsensus *consensus, Error *error);

/* The part of the starts in which two items are together; 1 for an item and itself. */
double consensus_of(const ItemConsensus *consensus, int64_t a, int64_t b);

void consensus_free(ItemConsensus *consensus);

#endif
