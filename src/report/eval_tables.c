#include "report/eval_tables.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "report/values.h"

#include <stdlib.h>
#include <string.h>

typedef struct Context {
    LabelledTopics topics;
    Buffer *words;  /* owned: of each topic */
    int64_t *cells; /* owned: those with documents, in order */
    Column columns[TABLE_COLUMNS_MAX];
} Context;

static void release(void *opaque)
{
    Context *context = opaque;
    for (int t = 0; context->words && t < context->topics.model->k; t++) {
        buffer_free(&context->words[t]);
    }
    free(context->words);
    free(context->cells);
    free(context);
}

/* Labels are left out for people while no topic has one. */
static Context *begin_table(const LabelledTopics *topics, const char *name, Table *table,
                            const Column *columns, int column_count, Error *error)
{
    Context *context = memory_new(1, sizeof *context, error);
    *table =
        (Table){.name = name, .column_count = column_count, .release = release, .context = context};
    if (!context) {
        return NULL;
    }
    context->topics = *topics;
    memcpy(context->columns, columns, (size_t)column_count * sizeof *columns);
    for (int c = 0; c < column_count; c++) {
        if (strcmp(context->columns[c].name, "label") == 0) {
            context->columns[c].only_files = !has_labels(topics->model);
        }
    }
    table->columns = context->columns;
    return context;
}

/* ---- topics ---- */

const char *suggested_label(const LabelledTopics *topics, int topic)
{
    const int clear = contingency_clear(topics->contingency, topic);
    return clear < 0 || topics->model->labels[topic].hidden ? NULL : topics->classes->names[clear];
}

static const Column topics_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},       {"label", COLUMN_TEXT, false, 0},
    {"n_docs", COLUMN_WHOLE, false, 0},      {"class", COLUMN_TEXT, false, 0},
    {"topic_share", COLUMN_SHARE, false, 0}, {"suggested_label", COLUMN_TEXT, false, 0},
    {"top_words", COLUMN_TEXT, false, 0},
};

static void fill_topic(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const LabelledTopics *topics = &context->topics;
    const Contingency *contingency = topics->contingency;
    const int largest = contingency_largest(contingency, (int)row);
    const char *suggested = suggested_label(topics, (int)row);
    values[0] = whole_value(row + 1);
    values[1] = text_value(topics->model->labels[row].label);
    values[2] = whole_value(contingency->row_sums[row]);
    values[3] = largest < 0 ? missing_value : text_value(topics->classes->names[largest]);
    values[4] =
        largest < 0
            ? missing_value
            : number_value((double)contingency->counts[row * contingency->columns + largest] /
                           (double)contingency->row_sums[row]);
    values[5] = suggested ? text_value(suggested) : missing_value;
    values[6] = text_value(buffer_text(&context->words[row]));
}

static Status join_words(const Model *model, int topic, int64_t most, TopicWord *top, Buffer *text,
                         Error *error)
{
    const int64_t count = model_top_words(model, topic + 1, most, top, error);
    Status status = count < 0 ? error_status(error) : STATUS_OK;
    for (int64_t i = 0; i < count && !status; i++) {
        status =
            buffer_print(text, error, "%s%s", i ? ", " : "", model_surface(model, top[i].word));
    }
    return status;
}

Status topic_classes_table(const LabelledTopics *topics, Table *table, Error *error)
{
    Context *context =
        begin_table(topics, "topic_classes", table, COLUMNS_OF(topics_columns), error);
    if (!context) {
        return error_status(error);
    }
    const Model *model = topics->model;
    const int64_t words = model->vocabulary.count;
    const int64_t most = topics->words < words ? topics->words : words;
    context->words = memory_new((size_t)model->k, sizeof *context->words, error);
    TopicWord *top = memory_new((size_t)most, sizeof *top, error);
    Status status = context->words && top ? STATUS_OK : error_status(error);
    for (int t = 0; t < model->k && !status; t++) {
        status = join_words(model, t, most, top, &context->words[t], error);
    }
    free(top);
    table->fill = fill_topic;
    table->row_count = model->k;
    return status;
}

/* ---- contingency ---- */

static const Column contingency_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0},       {"label", COLUMN_TEXT, false, 0},
    {"class", COLUMN_TEXT, false, 0},        {"n_docs", COLUMN_WHOLE, false, 0},
    {"topic_share", COLUMN_SHARE, false, 0}, {"class_share", COLUMN_SHARE, false, 0},
};

static void fill_cell(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const LabelledTopics *topics = &context->topics;
    const Contingency *contingency = topics->contingency;
    const int64_t cell = context->cells[row];
    const int64_t topic = cell / contingency->columns, class = cell % contingency->columns;
    const double count = (double)contingency->counts[cell];
    values[0] = whole_value(topic + 1);
    values[1] = text_value(topics->model->labels[topic].label);
    values[2] = text_value(topics->classes->names[class]);
    values[3] = whole_value(contingency->counts[cell]);
    values[4] = number_value(count / (double)contingency->row_sums[topic]);
    values[5] = number_value(count / (double)contingency->column_sums[class]);
}

Status contingency_table(const LabelledTopics *topics, Table *table, Error *error)
{
    Context *context =
        begin_table(topics, "contingency", table, COLUMNS_OF(contingency_columns), error);
    if (!context) {
        return error_status(error);
    }
    const Contingency *contingency = topics->contingency;
    const int64_t cells = (int64_t)contingency->rows * contingency->columns;
    context->cells = memory_new((size_t)cells, sizeof *context->cells, error);
    if (!context->cells) {
        return error_status(error);
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        if (contingency->counts[cell] > 0) {
            context->cells[table->row_count++] = cell;
        }
    }
    table->fill = fill_cell;
    return STATUS_OK;
}

static void fill_across(void *opaque, int64_t row, Value *values)
{
    const LabelledTopics *topics = &((const Context *)opaque)->topics;
    const Contingency *contingency = topics->contingency;
    values[0] = whole_value(row + 1);
    values[1] = text_value(topics->model->labels[row].label);
    for (int c = 0; c < contingency->columns; c++) {
        values[2 + c] = whole_value(contingency->counts[row * contingency->columns + c]);
    }
}

Status contingency_across_table(const LabelledTopics *topics, Table *table, Error *error)
{
    Context *context =
        begin_table(topics, "contingency_across", table, contingency_columns, 2, error);
    if (!context) {
        return error_status(error);
    }
    _Static_assert(2 + CLASSES_ACROSS <= TABLE_COLUMNS_MAX, "a column for each class");
    assert(topics->classes->count <= CLASSES_ACROSS);
    for (int c = 0; c < topics->classes->count; c++) {
        context->columns[table->column_count++] =
            (Column){.name = topics->classes->names[c], .kind = COLUMN_WHOLE};
    }
    table->fill = fill_across;
    table->row_count = topics->model->k;
    return STATUS_OK;
}
