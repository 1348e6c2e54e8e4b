/* Where topics stand among one another: a map, a tree and an order, all by their js_distance, the
 * root of the Jensen–Shannon divergence (model/similarity.h). */
#ifndef THEMATA_MODEL_TOPIC_MAP_H
#define THEMATA_MODEL_TOPIC_MAP_H

#include "base/error.h"
#include "matrix/coordinates.h"
#include "matrix/linkage.h"
#include "model/similarity.h"

#include <stdint.h>

/* To find places takes time with the third power of the topics: a second of 1,000. */
enum { TOPIC_MAP_MOST = 1000 };

/* Start all-zero. Topic t is item t − 1. */
typedef struct TopicMap {
    int k;
    Coordinates places;   /* owned: principal coordinates of the topics (matrix/coordinates.h); of
                             more than TOPIC_MAP_MOST there are none, x and y being NULL */
    LinkageMerge *merges; /* owned, k − 1: by average linkage (matrix/linkage.h) */
    int64_t *order;       /* owned, k: topics from 1, as linkage_order puts them */
} TopicMap;

/* Fills *map (all-zero before) from the pairs of similarity_measure of k ≥ 1 topics. O(k³), and
 * O(k²) of more than TOPIC_MAP_MOST. */
Status topic_map_make(const TopicPair *pairs, int k, TopicMap *map, Error *error);

void topic_map_free(TopicMap *map);

#endif
