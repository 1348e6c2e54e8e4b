/* The blocks `pairs`, how much every two topics are alike and the tree that follows from it, and
 * `map`, where this puts each topic. */
#include "report/page_parts.h"

static int64_t pair_count(int k)
{
    return (int64_t)k * (k - 1) / 2;
}

static void write_measures(JsonWriter *json, const TopicPair *pairs, int64_t count)
{
    json_key(json, "js_distance");
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) {
        json_number_float(json, (float)pairs[i].js_distance);
    }
    json_close_array(json);
    json_key(json, "cosine");
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) {
        json_number_float(json, (float)pairs[i].cosine);
    }
    json_close_array(json);
    json_key(json, "pmi");
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) {
        if (pairs[i].together) {
            json_number_float(json, (float)pairs[i].pmi);
        } else {
            json_nothing(json);
        }
    }
    json_close_array(json);
}

static void write_tree(JsonWriter *json, const TopicMap *map)
{
    json_key(json, "merges");
    json_open_array(json);
    for (int i = 0; i < map->k - 1; i++) {
        json_open_array(json);
        json_whole(json, map->merges[i].left);
        json_whole(json, map->merges[i].right);
        json_number_float(json, (float)map->merges[i].height);
        json_whole(json, map->merges[i].size);
        json_close_array(json);
    }
    json_close_array(json);
    json_key(json, "order");
    json_open_array(json);
    for (int t = 0; t < map->k; t++) {
        json_whole(json, map->order[t]);
    }
    json_close_array(json);
}

Status page_write_pairs(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    (void)error;
    json_open_object(json);
    write_measures(json, data->pairs, pair_count(data->model->k));
    write_tree(json, &data->map);
    json_close_object(json);
    return STATUS_OK;
}

/* ---- the map ---- */

static void write_axis(JsonWriter *json, const char *name, const double *values, int count)
{
    json_key(json, name);
    json_open_array(json);
    for (int i = 0; i < count; i++) {
        json_number_float(json, (float)values[i]);
    }
    json_close_array(json);
}

Status page_write_map(const void *context, JsonWriter *json, Error *error)
{
    const TopicMap *map = &((const PageData *)context)->map;
    (void)error;
    json_open_object(json);
    write_axis(json, "x", map->places.x, map->k);
    write_axis(json, "y", map->places.y, map->k);
    write_axis(json, "explained", map->places.explained, 2);
    json_close_object(json);
    return STATUS_OK;
}
