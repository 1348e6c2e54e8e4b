#include "report/page_parts.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "model/auto_labels.h"
#include "model/metadata.h"
#include "report/relevant_words.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

static char *make_title(const Page *page, Error *error)
{
    const Model *model = page->model;
    Buffer text = {0};
    const bool of_table = model->input == MODEL_OF_TABLE;
    Status status =
        page->title
            ? buffer_append_text(&text, page->title, error)
            : buffer_print(&text, error, "%d %s%s of %" PRId64 " %s%s", model->k,
                           of_table ? "factor" : "topic", plural(model->k), model->documents.count,
                           of_table ? "item" : "document", plural(model->documents.count));
    if (status) {
        buffer_free(&text);
    }
    return text.bytes;
}

/* "12 documents from 1961 to 1984": what was read. */
static Status say_documents(const Model *model, Buffer *text, Error *error)
{
    const int64_t count = model->documents.count;
    const DateRange dates = metadata_date_range(&model->documents);
    Status status =
        buffer_print(text, error, "%" PRId64 " %s%s", count,
                     model->input == MODEL_OF_TABLE ? "item" : "document", plural(count));
    if (!status && dates.count > 0) {
        status = strcmp(dates.first, dates.last) == 0
                     ? buffer_print(text, error, " of %s", dates.first)
                     : buffer_print(text, error, " from %s to %s", dates.first, dates.last);
    }
    return status;
}

static char *make_facts(const Model *model, Error *error)
{
    const bool of_table = model->input == MODEL_OF_TABLE;
    Buffer text = {0};
    const int64_t empty = model->documents.count - model->modelled;
    const double tokens = page_tokens(model);
    Status status = say_documents(model, &text, error);
    if (!status) {
        status = buffer_print(
            &text, error,
            model->input == MODEL_OF_CORPUS ? ", %.0f occurrences" : ", %.6g in the sum", tokens);
    }
    if (!status) {
        status = buffer_print(&text, error, " of %" PRIu32 " %s; %d %s%s", model->vocabulary.count,
                              of_table ? "entries" : "words", model->k,
                              of_table ? "factor" : "topic", plural(model->k));
    }
    if (!status && empty > 0) {
        status = buffer_print(
            &text, error, "; %" PRId64 " %s%s %s none of the %s and %s not modelled", empty,
            of_table ? "item" : "document", plural(empty), empty == 1 ? "has" : "have",
            of_table ? "entries" : "words", empty == 1 ? "is" : "are");
    }
    status = status ? status : buffer_append_text(&text, ".", error);
    if (status) {
        buffer_free(&text);
    }
    return text.bytes;
}

/* ---- what is shared ---- */

Status page_data_make(const Page *page, PageData *data, Error *error)
{
    const Model *model = page->model;
    data->page = page;
    data->model = model;
    data->title = make_title(page, error);
    data->facts = data->title ? make_facts(model, error) : NULL;
    data->names = data->facts ? auto_labels_new(model, AUTO_LABEL_WORDS, error) : NULL;
    data->masses = data->names ? relevant_words_masses(model, error) : NULL;
    Status status = data->masses ? STATUS_OK : error_status(error);
    if (!status) {
        status = selection_make(model, SELECTION_MOST, &data->shown, error);
    }
    if (!status) {
        status = best_documents_find(model, BEST_SHOWN, &data->best, error);
    }
    if (!status) {
        status = timeline_make(&model->documents, model->mixtures, model->k, page->time_bin,
                               &data->timeline, error);
    }
    if (!status) {
        status = group_fields_make(model, &data->fields, &data->field_count, error);
    }
    if (!status && model->k > 1) {
        data->pairs = similarity_measure(model, error);
        status = data->pairs ? topic_map_make(data->pairs, model->k, &data->map, error)
                             : error_status(error);
    }
    return status;
}

void page_data_free(PageData *data)
{
    free(data->title);
    free(data->facts);
    auto_labels_free(data->names, data->model->k);
    free(data->masses);
    selection_free(&data->shown);
    best_documents_free(&data->best);
    timeline_free(&data->timeline);
    group_fields_free(data->fields, data->field_count);
    free(data->pairs);
    topic_map_free(&data->map);
}

/* ---- values ---- */

double page_tokens(const Model *model)
{
    double tokens = 0.0;
    for (int64_t d = 0; d < model->documents.count; d++) {
        tokens += model->documents.items[d].tokens;
    }
    return tokens;
}

Status page_cut_text(const char *text, int64_t most, JsonWriter *json, Error *error)
{
    const size_t length = strlen(text);
    if (utf8_prefix(text, length, most) == length) {
        json_text(json, text);
        return STATUS_OK;
    }
    Buffer cut = {0};
    Status status = buffer_append(&cut, text, utf8_prefix(text, length, most - 1), error);
    status = status ? status : buffer_append_text(&cut, "…", error);
    if (!status) {
        json_text(json, cut.bytes);
    }
    buffer_free(&cut);
    return status;
}

void page_number(JsonWriter *json, double value)
{
    if (isfinite(value)) {
        json_number(json, value);
    } else {
        json_nothing(json);
    }
}

void page_key_number(JsonWriter *json, const char *name, double value)
{
    json_key(json, name);
    page_number(json, value);
}
