/* The arguments of pyLDAvis.prepare, as one JSON object. */
#include "base/json_writer.h"
#include "base/memory.h"
#include "report/export_formats.h"

#include <inttypes.h>
#include <stdlib.h>

/* So many numbers make a file of about a gigabyte, and take Python several times that. */
static const int64_t numbers_most = 50000000;

/* pyLDAvis takes logarithms of probabilities: 0 would become −infinity, which JSON has not. This
 * is below what a float32 that was rounded can tell, however many words there are. */
static const double probability_least = 1e-15;

/* A distribution, brought to the sum 1 in float64; zeros become `least`. */
static void write_distribution(JsonWriter *json, const float *values, int64_t count, double least)
{
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++) {
        const double value = (double)values[i];
        sum += value > least ? value : least;
    }
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) {
        const double value = (double)values[i];
        json_number(json, (value > least ? value : least) / sum);
    }
    json_close_array(json);
}

static void write_topics(JsonWriter *json, const Model *model)
{
    const int64_t m = model->vocabulary.count;
    json_key(json, "topic_term_dists");
    json_open_array(json);
    for (int t = 0; t < model->k; t++) {
        write_distribution(json, model->topics + t * m, m, probability_least);
    }
    json_close_array(json);
    json_key(json, "vocab");
    json_open_array(json);
    for (WordId w = 0; w < model->vocabulary.count; w++) {
        json_text(json, vocabulary_word(&model->vocabulary, w));
    }
    json_close_array(json);
    json_key(json, "term_frequency");
    json_open_array(json);
    for (int64_t w = 0; w < m; w++) {
        json_number(json, model->term_frequency[w]);
    }
    json_close_array(json);
}

static bool is_modelled(const Model *model, int64_t document)
{
    return mixture_summarise(model->mixtures + document * model->k, model->k).modelled;
}

static void write_documents(JsonWriter *json, const Model *model)
{
    json_key(json, "doc_topic_dists");
    json_open_array(json);
    for (int64_t d = 0; d < model->documents.count; d++) {
        if (is_modelled(model, d)) {
            write_distribution(json, model->mixtures + d * model->k, model->k, 0.0);
        }
    }
    json_close_array(json);
    json_key(json, "doc_lengths");
    json_open_array(json);
    for (int64_t d = 0; d < model->documents.count; d++) {
        if (is_modelled(model, d)) {
            json_number(json, model->documents.items[d].tokens);
        }
    }
    json_close_array(json);
}

static Status check_size(const Model *model, Error *error)
{
    const int64_t largest = model->modelled > (int64_t)model->vocabulary.count
                                ? model->modelled
                                : (int64_t)model->vocabulary.count;
    if (largest <= numbers_most / model->k) {
        return STATUS_OK;
    }
    error_set(error, STATUS_INPUT,
              "ldavis: %d topics of %" PRId64 " documents and %" PRIu32
              " words are too many numbers for pyLDAvis (50 million of either were expected)",
              model->k, model->modelled, model->vocabulary.count);
    return error_hint(error, "take npz, or fit fewer topics or fewer words (--max-features)");
}

Status export_ldavis(Export *export, const char *path, Error *error)
{
    (void)path;
    const Model *model = export->model;
    Status status = check_size(model, error);
    if (status) {
        return status;
    }
    JsonWriter json = {.file = export->file};
    json_open_object(&json);
    write_topics(&json, model);
    write_documents(&json, model);
    json_close_object(&json);
    json_end(&json);
    return model->modelled < model->documents.count
               ? export_note(export, error,
                             "%" PRId64 " documents that are not modelled are left out, for "
                             "pyLDAvis takes none without topics",
                             model->documents.count - model->modelled)
               : STATUS_OK;
}
