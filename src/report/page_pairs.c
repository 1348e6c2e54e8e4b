/* The block `pairs`: how much every two topics are alike, and the tree that follows from it. */
#include "base/memory.h"
#include "matrix/linkage.h"
#include "model/similarity.h"
#include "report/page_parts.h"

#include <stdlib.h>

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

/* The topics in the order of the tree's leaves: of each merge the left side first. `waiting` has
 * room for k clusters. */
static void write_order(JsonWriter *json, const LinkageMerge *merges, int k, int64_t *waiting)
{
    int count = 0;
    json_key(json, "order");
    json_open_array(json);
    waiting[count++] = 2 * (int64_t)k - 2; /* the last merge, which holds all */
    while (count > 0) {
        const int64_t cluster = waiting[--count];
        if (cluster < k) {
            json_whole(json, cluster + 1);
        } else {
            waiting[count++] = merges[cluster - k].right;
            waiting[count++] = merges[cluster - k].left;
        }
    }
    json_close_array(json);
}

static Status write_tree(JsonWriter *json, const TopicPair *pairs, int k, Error *error)
{
    const int64_t count = pair_count(k);
    double *distances = memory_new((size_t)count, sizeof *distances, error);
    LinkageMerge *merges = memory_new((size_t)k, sizeof *merges, error);
    int64_t *waiting = memory_new((size_t)k, sizeof *waiting, error);
    Status status = distances && merges && waiting ? STATUS_OK : error_status(error);
    for (int64_t i = 0; i < count && !status; i++) {
        distances[i] = pairs[i].js_distance;
    }
    if (!status) {
        status = linkage_average(distances, k, merges, error);
    }
    if (!status) {
        write_merges(json, merges, k);
        write_order(json, merges, k, waiting);
    }
    free(distances);
    free(merges);
    free(waiting);
    return status;
}

Status page_write_pairs(const void *context, JsonWriter *json, Error *error)
{
    const Model *model = ((const PageData *)context)->model;
    TopicPair *pairs = similarity_measure(model, error);
    if (!pairs) {
        return error_status(error);
    }
    json_open_object(json);
    write_measures(json, pairs, pair_count(model->k));
    Status status = write_tree(json, pairs, model->k, error);
    json_close_object(json);
    free(pairs);
    return status;
}
