/* The blocks `pairs` and `map`: how much every two topics are alike, and the tree and the map that
 * follow from it. */
#include "report/page_parts.h"

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

static void write_merges(JsonWriter *json, const LinkageMerge *merges, int k)
{
    json_key(json, "merges");
    json_open_array(json);
    for (int i = 0; i < k - 1; i++) {
        json_open_array(json);
        json_whole(json, merges[i].left);
        json_whole(json, merges[i].right);
        json_number_float(json, (float)merges[i].height);
        json_whole(json, merges[i].size);
        json_close_array(json);
    }
    json_close_array(json);
}

static void write_order(JsonWriter *json, const TopicMap *map)
{
    json_key(json, "order");
    json_open_array(json);
    for (int i = 0; i < map->k; i++) {
        json_whole(json, map->order[i]);
    }
    json_close_array(json);
}

Status page_write_pairs(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    const int k = data->model->k;
    (void)error;
    json_open_object(json);
    write_measures(json, data->pairs, (int64_t)k * (k - 1) / 2);
    write_merges(json, data->map.merges, k);
    write_order(json, &data->map);
    json_close_object(json);
    return STATUS_OK;
}

static void write_axis(JsonWriter *json, const char *name, const double *places, int k)
{
    json_key(json, name);
    json_open_array(json);
    for (int t = 0; t < k; t++) {
        json_number_float(json, (float)places[t]);
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
    json_key(json, "explained");
    json_open_array(json);
    json_number_float(json, (float)map->places.explained[0]);
    json_number_float(json, (float)map->places.explained[1]);
    json_close_array(json);
    json_close_object(json);
    return STATUS_OK;
}
