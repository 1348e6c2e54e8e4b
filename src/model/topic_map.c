#include "model/topic_map.h"

#include "base/memory.h"

#include <stdlib.h>

/* The pairs of similarity_measure are in the order of linkage_place. */
static void take_distances(const TopicPair *pairs, int64_t count, double *distances)
{
    for (int64_t i = 0; i < count; i++) {
        distances[i] = pairs[i].js_distance;
    }
}

static Status find_places(const double *distances, int k, Coordinates *places, Error *error)
{
    places->x = memory_new((size_t)k, sizeof *places->x, error);
    places->y = memory_new((size_t)k, sizeof *places->y, error);
    return places->x && places->y ? coordinates_find(distances, k, places, error)
                                  : error_status(error);
}

Status topic_map_make(const TopicPair *pairs, int k, TopicMap *map, Error *error)
{
    const int64_t pair_count = (int64_t)k * (k - 1) / 2;
    double *distances = memory_new((size_t)pair_count, sizeof *distances, error);
    map->k = k;
    map->merges = memory_new((size_t)k, sizeof *map->merges, error);
    map->order = memory_new((size_t)k, sizeof *map->order, error);
    Status status = distances && map->merges && map->order ? STATUS_OK : error_status(error);
    if (!status) {
        take_distances(pairs, pair_count, distances);
    }
    if (!status && k <= TOPIC_MAP_MOST) {
        status = find_places(distances, k, &map->places, error);
    }
    status = status ? status : linkage_average(distances, k, map->merges, error);
    if (!status) { /* which has used them up */
        take_distances(pairs, pair_count, distances);
        status = linkage_order(distances, k, map->merges, map->order, error);
    }
    for (int t = 0; t < k && !status; t++) {
        map->order[t]++;
    }
    if (status) {
        topic_map_free(map);
    }
    free(distances);
    return status;
}

void topic_map_free(TopicMap *map)
{
    free(map->places.x);
    free(map->places.y);
    free(map->merges);
    free(map->order);
    *map = (TopicMap){0};
}
