/* The block `topics`: what is known of each. */
#include "report/page_parts.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/quality.h"

#include <stdlib.h>
#include <string.h>

enum { HISTOGRAM_BINS = 20 };

/* For each topic, how many documents have a share of it in each twentieth of 0 to 1; those without
 * it are left out. NULL without memory. */
static int64_t *count_shares(const Model *model, Error *error)
{
    const int k = model->k;
    int64_t *counts = memory_new((size_t)k, HISTOGRAM_BINS * sizeof *counts, error);
    for (int64_t d = 0; d < model->documents.count && counts; d++) {
        for (int t = 0; t < k; t++) {
            const float share = model->mixtures[d * k + t];
            if (share > 0.0F) {
                const int bin = (int)((double)share * HISTOGRAM_BINS);
                counts[t * HISTOGRAM_BINS + (bin < HISTOGRAM_BINS ? bin : HISTOGRAM_BINS - 1)]++;
            }
        }
    }
    return counts;
}

static void write_histogram(JsonWriter *json, const int64_t *counts)
{
    json_key(json, "histogram");
    json_open_array(json);
    for (int b = 0; b < HISTOGRAM_BINS; b++) {
        json_whole(json, counts[b]);
    }
    json_close_array(json);
}

/* What quality_flags says, one by one. */
static Status write_flags(JsonWriter *json, const Model *model, int topic, Error *error)
{
    Buffer flags = {0};
    Status status = quality_flags(model, topic, &flags, error);
    json_key(json, "flags");
    json_open_array(json);
    for (char *flag = flags.bytes; flag && *flag && !status;) {
        char *end = strstr(flag, "; ");
        if (end) {
            *end = '\0';
        }
        json_text(json, flag);
        flag = end ? end + 2 : NULL;
    }
    json_close_array(json);
    buffer_free(&flags);
    return status;
}

static void write_measures(JsonWriter *json, const Model *model, int t)
{
    if (model->quality.topics) {
        const TopicQuality *measured = &model->quality.topics[t];
        json_key_whole(json, "n_docs_5pct", (int64_t)measured->documents);
        json_key_number(json, "npmi", measured->npmi);
        json_key_number(json, "exclusivity", measured->exclusivity);
        json_key_number(json, "eff_words", measured->effective_words);
        json_key_number(json, "eff_docs", measured->effective_documents);
        json_key_number(json, "doc_entropy", measured->document_entropy);
        json_key_number(json, "rank1", measured->rank1);
        json_key_number(json, "corpus_distance", measured->corpus_distance);
        json_key(json, "similar");
        if (measured->similar > 0.0) {
            json_whole(json, (int64_t)measured->similar);
            json_key_number(json, "similarity", measured->similarity);
        } else {
            json_nothing(json);
        }
    }
    if (model->stability.samples > 0) {
        json_key_number(json, "stability", model->stability.topic[t]);
    }
}

static void write_uniqueness(JsonWriter *json, const Model *model, int t)
{
    if (model->uniqueness.compared == 0) {
        return;
    }
    const TopicUniqueness *facts = &model->uniqueness.topics[t];
    json_key(json, "uniqueness");
    json_open_object(json);
    json_key_number(json, "share_min", facts->share_min);
    json_key_number(json, "share_max", facts->share_max);
    json_key_whole(json, "words", facts->words);
    json_key_whole(json, "words_kept", facts->words_kept);
    json_key_whole(json, "documents", facts->documents);
    json_key_whole(json, "documents_kept", facts->documents_kept);
    json_close_object(json);
}

static void write_best(JsonWriter *json, const PageData *data, BestBy by, int topic)
{
    int64_t count;
    const int64_t *documents = best_documents_of(&data->best, by, topic, &count);
    json_key(json, by == BEST_BY_SHARE ? "share" : "mass");
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) {
        json_whole(json, selection_find(&data->shown, documents[i]));
    }
    json_close_array(json);
}

static Status write_topic(JsonWriter *json, const PageData *data, int t, const int64_t *counts,
                          Error *error)
{
    const Model *model = data->model;
    json_open_object(json);
    json_key_whole(json, "topic", t + 1);
    json_key_text(json, "label", model->labels[t].label);
    json_key_text(json, "auto_label", data->names[t]);
    json_key_text(json, "note", model->labels[t].note);
    json_key(json, "hidden");
    json_boolean(json, model->labels[t].hidden);
    json_key_number(json, "share", model->shares[t]);
    json_key_number(json, "mass_share", model->mass_shares[t]);
    json_key_whole(json, "n_docs", model->main_documents[t]);
    write_measures(json, model, t);
    Status status = write_flags(json, model, t + 1, error);
    write_uniqueness(json, model, t);
    if (model->fit.anchors && model->fit.anchors[t] != WORD_NONE) {
        json_key_text(json, "anchor", model_surface(model, model->fit.anchors[t]));
    }
    write_histogram(json, counts);
    json_key(json, "top_documents");
    json_open_object(json);
    write_best(json, data, BEST_BY_SHARE, t + 1);
    write_best(json, data, BEST_BY_MASS, t + 1);
    json_close_object(json);
    json_close_object(json);
    return status;
}

Status page_write_topics(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    int64_t *counts = count_shares(data->model, error);
    Status status = counts ? STATUS_OK : error_status(error);
    json_open_array(json);
    for (int t = 0; t < data->model->k && !status; t++) {
        status = write_topic(json, data, t, counts + t * HISTOGRAM_BINS, error);
    }
    json_close_array(json);
    free(counts);
    return status;
}
