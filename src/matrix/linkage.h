/* Hierarchical clustering by average linkage, and what it tells of a consensus of several
 * partitions. */
#ifndef THEMATA_MATRIX_LINKAGE_H
#define THEMATA_MATRIX_LINKAGE_H

#include "base/error.h"

#include <stdint.h>

/* Two clusters become one. Items are clusters 0 … n − 1; the cluster of merge i is n + i. */
typedef struct LinkageMerge {
    int64_t left; /* the lower number of the two */
    int64_t right;
    double height; /* the mean distance between the items of the one and those of the other */
    int64_t size;  /* items in the new cluster */
} LinkageMerge;

/* Where the distance of items i < j of n stands among n·(n − 1)/2. */
static inline int64_t linkage_place(int64_t n, int64_t i, int64_t j)
{
    return i * (2 * n - i - 1) / 2 + (j - i - 1);
}

/* Clusters n ≥ 1 items. `distances` holds one for each pair, in the order of linkage_place, finite
 * and ≥ 0; it is used up. merges[0 … n − 2] are filled, by rising height. By chains of nearest
 * neighbours (Murtagh 1983): O(n²). Where distances are equal, always the same tree is made, one of
 * several. */
Status linkage_average(double *distances, int64_t n, LinkageMerge *merges, Error *error);

/* An order of the items in which each cluster stands together, for a picture of the tree: going up
 * from the first merge, its two clusters are put beside one another with those ends together whose
 * items are nearest, turned round for that as needed (Gruvaeus and Wainer 1972). Of equal ends, the
 * last of the left one counts before its first, then the first of the right one before its last.
 * In the end the whole is turned so that its first item has a lower number than its last. Fills
 * order[0 … n − 1]. `distances` and the merges are those of linkage_average, before the distances
 * are used up. O(n²) at most. */
Status linkage_order(const double *distances, int64_t n, const LinkageMerge *merges, int64_t *order,
                     Error *error);

/* The correlation (Pearson's) of distances with the heights at which their pairs come together,
 * over all pairs (Sokal and Rohlf 1962): 1 if the distances are those of a tree. Also 1, by
 * definition here, if all distances are the same, as they are for n < 3: there is nothing for a
 * tree to get wrong. `distances` is used up. */
Status linkage_cophenetic(double *distances, int64_t n, double *correlation, Error *error);

/* What several partitions of the same items have in common. */
typedef struct Consensus {
    double cophenetic; /* correlation of 1 − consensus */
    double dispersion; /* (1/n²)·Σ 4·(consensus − ½)² over all n² cells: 1 if all partitions agree
                          (Kim and Park 2007) */
} Consensus;

/* Compares `count` ≥ 1 partitions of n ≥ 1 items: partitions[p][i] is the part of item i, negative
 * if partition p does not have the item. The consensus of two items is the part of the partitions
 * with both in which they are together (Brunet et al. 2004); every two items must be in at least
 * one partition together. Of one partition both figures are 1, always. O(n²·count). */
Status linkage_consensus(const int32_t *const *partitions, int count, int64_t n,
                         Consensus *consensus, Error *error);

/* Of the same partitions, 1 − consensus of each two items, in the order of linkage_place.
 * O(n²·count). */
void linkage_disagreement(const int32_t *const *partitions, int count, int64_t n,
                          double *distances);

#endif
