#include "report/slice_tables.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/auto_labels.h"
#include "report/topic_text.h"
#include "report/values.h"

#include <stdlib.h>

enum { SPARK_CELLS = 60, BAR_CELLS = 20, TOPICS_SHOWN = 3, SHORT_NAME_WORDS = 2 };

/* What a table needs while it is written. */
typedef struct Context {
    const Model *model;
    const Timeline *timeline;
    const GroupField *fields;
    int topics;     /* rows for each bin or value */
    int topic;      /* the only one, or 0 */
    int64_t *order; /* owned: values, the first rows' first */
    char **texts;   /* owned, a row each */
    char **words;   /* owned, a topic each */
    int64_t text_count;
    Buffer bar;
    char label[CALENDAR_LABEL_SIZE];
    char start[CALENDAR_LABEL_SIZE];
    char heading[2 * CALENDAR_LABEL_SIZE + 8];
    Column columns[TABLE_COLUMNS_MAX];
} Context;

static void release(void *opaque)
{
    Context *context = opaque;
    for (int64_t i = 0; i < context->text_count; i++) {
        free(context->texts[i]);
    }
    free(context->texts);
    topic_texts_free(context->words, context->model->k);
    free(context->order);
    buffer_free(&context->bar);
    free(context);
}

/* The columns are copied: some tables change theirs. */
static Context *begin_table(const Model *model, Table *table, const char *name,
                            const Column *columns, int count,
                            void (*fill)(void *, int64_t, Value *), Error *error)
{
    Context *context = memory_new(1, sizeof *context, error);
    *table = (Table){
        .name = name, .column_count = count, .fill = fill, .context = context, .release = release};
    if (!context) {
        return NULL;
    }
    for (int c = 0; c < count; c++) {
        context->columns[c] = columns[c];
    }
    context->model = model;
    context->topics = model->k;
    table->columns = context->columns;
    return context;
}

/* n_docs and the three measures, in four columns; without documents there are no measures. */
static void fill_measures(const Slices *slices, int64_t slice, int topic, Value *values)
{
    values[0] = whole_value(slices->documents[slice]);
    for (int i = 1; i < 4; i++) {
        values[i].missing = slices->documents[slice] == 0;
    }
    if (slices->documents[slice] > 0) {
        values[1].number = slices_mean_share(slices, slice, topic);
        values[2].number = slices_mass_share(slices, slice, topic);
        values[3].number = slices_main_share(slices, slice, topic);
    }
}

/* ---- bars ---- */

/* A bar of `share` of BAR_CELLS, in eighths of a cell. */
static const char *make_bar(Buffer *bar, double share)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    Error ignored;
    int parts = (int)(share * 8 * BAR_CELLS + 0.5);
    Status status = STATUS_OK;
    buffer_clear(bar);
    for (; parts >= 8 && !status; parts -= 8) {
        status = buffer_append_text(bar, "█", &ignored);
    }
    if (!status) {
        status = buffer_append_text(bar, eighths[parts], &ignored);
    }
    return status ? "" : buffer_text(bar);
}

/* The mean share of a topic over bins first … end − 1, all their documents alike; −1 without any.
 */
static double mean_over(const Slices *bins, int64_t first, int64_t end, int topic)
{
    double sum = 0.0;
    int64_t documents = 0;
    for (int64_t b = first; b < end; b++) {
        sum += bins->shares[b * bins->k + topic];
        documents += bins->documents[b];
    }
    return documents > 0 ? sum / (double)documents : -1.0;
}

/* A topic's line: one cell for each bin, or for several neighbours where there are too many; a
 * blank where there are no documents. */
static Status append_spark(Buffer *text, const Slices *bins, int topic, Error *error)
{
    static const char *const heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const int64_t cells = bins->count < SPARK_CELLS ? bins->count : SPARK_CELLS;
    double means[SPARK_CELLS], most = 0.0;
    for (int64_t c = 0; c < cells; c++) {
        means[c] = mean_over(bins, c * bins->count / cells, (c + 1) * bins->count / cells, topic);
        most = means[c] > most ? means[c] : most;
    }
    Status status = STATUS_OK;
    for (int64_t c = 0; c < cells && !status; c++) {
        const int height = most > 0.0 ? (int)(means[c] / most * 7.0 + 0.5) : 0;
        status = buffer_append_text(text, means[c] < 0.0 ? " " : heights[height], error);
    }
    return status;
}

/* ---- over time ---- */

static const Column topic_time_columns[] = {
    {"bin_start", COLUMN_TEXT, true, 0},
    {"bin", COLUMN_TEXT, false, 0},
    {"topic", COLUMN_WHOLE, true, 0},
    {"label", COLUMN_TEXT, true, 0},
    {"n_docs", COLUMN_WHOLE, false, 0},
    {"mean_share", COLUMN_SHARE, false, 0},
    {"mass_share", COLUMN_SHARE, false, 0},
    {"main_share", COLUMN_SHARE, false, 0},
    {"", COLUMN_TEXT, false, 0},
};

static void fill_topic_time(void *opaque, int64_t row, Value *values)
{
    Context *context = opaque;
    const Timeline *timeline = context->timeline;
    const int64_t bin = row / context->topics;
    const int topic = context->topic ? context->topic - 1 : (int)(row % context->topics);
    calendar_bin_label(timeline->first + bin, timeline->unit, context->label);
    const int64_t day =
        calendar_day_number(calendar_bin_start(timeline->first + bin, timeline->unit));
    calendar_bin_label(day, CALENDAR_DAY, context->start);
    values[0] = text_value(context->start);
    values[1] = text_value(context->label);
    values[2] = whole_value(topic + 1);
    values[3] = text_value(context->model->labels[topic].label);
    fill_measures(&timeline->bins, bin, topic, values + 4);
    values[8] = text_value(values[5].missing ? "" : make_bar(&context->bar, values[5].number));
}

Status topic_time_table(const Model *model, const Timeline *timeline, int topic, Table *table,
                        Error *error)
{
    Context *context = begin_table(model, table, "topic_time", COLUMNS_OF(topic_time_columns),
                                   fill_topic_time, error);
    if (!context) {
        return error_status(error);
    }
    context->timeline = timeline;
    context->topic = topic;
    context->topics = topic ? 1 : model->k;
    table->row_count = timeline->bins.count * context->topics;
    table->column_count--; /* the bars */
    return STATUS_OK;
}

Status time_topic_table(const Model *model, const Timeline *timeline, int topic, Table *table,
                        Error *error)
{
    Status status = topic_time_table(model, timeline, topic, table, error);
    table->column_count += !status;
    return status;
}

static const Column time_overview_columns[] = {
    {"topic", COLUMN_WHOLE, false, 0}, {"label", COLUMN_TEXT, false, 0},
    {"share", COLUMN_SHARE, false, 0}, {"", COLUMN_TEXT, false, 0},
    {"peak", COLUMN_TEXT, false, 0},   {"top_words", COLUMN_TEXT, false, 0},
};

/* The bin with the largest mean share, the first of equal ones. */
static int64_t find_peak(const Slices *bins, int topic)
{
    int64_t peak = 0;
    double most = -1.0;
    for (int64_t b = 0; b < bins->count; b++) {
        const double mean = mean_over(bins, b, b + 1, topic);
        if (mean > most) {
            most = mean;
            peak = b;
        }
    }
    return peak;
}

static void fill_time_overview(void *opaque, int64_t row, Value *values)
{
    Context *context = opaque;
    const Timeline *timeline = context->timeline;
    const int64_t peak = find_peak(&timeline->bins, (int)row);
    calendar_bin_label(timeline->first + peak, timeline->unit, context->label);
    values[0] = whole_value(row + 1);
    values[1] = text_value(context->model->labels[row].label);
    values[2].number = context->model->shares[row];
    values[3] = text_value(context->texts[row]);
    values[4] = text_value(context->label);
    values[5] = text_value(context->words[row]);
}

/* The heading of the line of bars: the first and the last bin. */
static void name_span(Context *context, int column)
{
    const Timeline *timeline = context->timeline;
    char last[CALENDAR_LABEL_SIZE];
    calendar_bin_label(timeline->first, timeline->unit, context->label);
    calendar_bin_label(timeline->first + timeline->bins.count - 1, timeline->unit, last);
    snprintf(context->heading, sizeof context->heading, "%s–%s", context->label, last);
    context->columns[column].name = context->heading;
}

Status time_overview_table(const Model *model, const Timeline *timeline, int words, Table *table,
                           Error *error)
{
    Context *context = begin_table(model, table, "time_overview", COLUMNS_OF(time_overview_columns),
                                   fill_time_overview, error);
    if (!context) {
        return error_status(error);
    }
    context->timeline = timeline;
    context->columns[1].only_files = !has_labels(model);
    name_span(context, 3);
    table->row_count = model->k;
    context->texts = memory_new((size_t)model->k, sizeof *context->texts, error);
    context->words = topic_texts_new(model, words, error);
    Status status = context->texts && context->words ? STATUS_OK : error_status(error);
    for (int t = 0; t < model->k && !status; t++) {
        Buffer text = {0};
        status = append_spark(&text, &timeline->bins, t, error);
        context->texts[context->text_count++] = text.bytes;
    }
    return status;
}

/* ---- by group ---- */

static const Column topic_groups_columns[] = {
    {"field", COLUMN_TEXT, false, 0},       {"value", COLUMN_TEXT, false, 0},
    {"topic", COLUMN_WHOLE, false, 0},      {"label", COLUMN_TEXT, false, 0},
    {"n_docs", COLUMN_WHOLE, false, 0},     {"mean_share", COLUMN_SHARE, false, 0},
    {"mass_share", COLUMN_SHARE, false, 0}, {"main_share", COLUMN_SHARE, false, 0},
};

static void fill_topic_group(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const GroupField *field = context->fields;
    int64_t slice = row / context->topics;
    while (slice >= field->groups.slices.count) {
        slice -= field->groups.slices.count;
        field++;
    }
    const int topic = context->topic ? context->topic - 1 : (int)(row % context->topics);
    values[0] = text_value(field->field);
    values[1] = text_value(field->groups.values[slice]);
    values[2] = whole_value(topic + 1);
    values[3] = text_value(context->model->labels[topic].label);
    fill_measures(&field->groups.slices, slice, topic, values + 4);
}

Status topic_groups_table(const Model *model, const GroupField *fields, size_t count, int topic,
                          Table *table, Error *error)
{
    Context *context = begin_table(model, table, "topic_groups", COLUMNS_OF(topic_groups_columns),
                                   fill_topic_group, error);
    if (!context) {
        return error_status(error);
    }
    context->fields = fields;
    context->topic = topic;
    context->topics = topic ? 1 : model->k;
    for (size_t f = 0; f < count; f++) {
        table->row_count += fields[f].groups.slices.count * context->topics;
    }
    return STATUS_OK;
}

static const Column groups_overview_columns[] = {
    {"value", COLUMN_TEXT, false, 0},
    {"n_docs", COLUMN_WHOLE, false, 0},
    {"topics", COLUMN_TEXT, false, 0},
};

static void fill_group_overview(void *opaque, int64_t row, Value *values)
{
    const Context *context = opaque;
    const Groups *groups = &context->fields->groups;
    values[0] = text_value(groups->values[row]);
    values[1] = whole_value(groups->slices.documents[row]);
    values[2] = text_value(context->texts[row]);
}

/* What a topic is called in a few letters: its label, or words that no other has. */
static const char *short_name(const Context *context, int topic)
{
    const char *label = context->model->labels[topic].label;
    return label[0] ? label : context->words[topic];
}

/* `3 market 41 %, 1 war 20 %`: the topics with the largest mean shares in a group. */
static Status name_topics(const Context *context, int64_t slice, Buffer *text, Error *error)
{
    const Slices *slices = &context->fields->groups.slices;
    const double least = 0.005 * (double)slices->documents[slice]; /* that rounds to 1 % */
    int chosen[TOPICS_SHOWN];
    int count = 0;
    for (int t = 0; t < slices->k; t++) { /* insertion into the few best, the first of equal ones */
        const double share = slices->shares[slice * slices->k + t];
        int at = count;
        while (at > 0 && share > slices->shares[slice * slices->k + chosen[at - 1]]) {
            at--;
        }
        if (share >= least && at < TOPICS_SHOWN) {
            count += count < TOPICS_SHOWN;
            for (int i = count - 1; i > at; i--) {
                chosen[i] = chosen[i - 1];
            }
            chosen[at] = t;
        }
    }
    Status status = STATUS_OK;
    for (int i = 0; i < count && !status; i++) {
        status = buffer_print(text, error, "%s%d %s %.0f %%", i ? ", " : "", chosen[i] + 1,
                              short_name(context, chosen[i]),
                              100.0 * slices_mean_share(slices, slice, chosen[i]));
    }
    return status;
}

Status groups_overview_table(const Model *model, const GroupField *field, int64_t most,
                             Table *table, Error *error)
{
    Context *context = begin_table(model, table, "groups_overview",
                                   COLUMNS_OF(groups_overview_columns), fill_group_overview, error);
    if (!context) {
        return error_status(error);
    }
    const int64_t count = field->groups.slices.count;
    context->fields = field;
    table->row_count = most < count ? most : count;
    context->texts = memory_new((size_t)table->row_count, sizeof *context->texts, error);
    context->words = auto_labels_new(model, SHORT_NAME_WORDS, error);
    Status status = context->texts && context->words ? STATUS_OK : error_status(error);
    for (int64_t g = 0; g < table->row_count && !status; g++) {
        Buffer text = {0};
        status = name_topics(context, g, &text, error);
        context->texts[context->text_count++] = text.bytes;
    }
    return status;
}

static const Column group_topic_columns[] = {
    {"value", COLUMN_TEXT, false, 0},       {"n_docs", COLUMN_WHOLE, false, 0},
    {"mean_share", COLUMN_SHARE, false, 0}, {"mass_share", COLUMN_SHARE, false, 0},
    {"main_share", COLUMN_SHARE, false, 0}, {"", COLUMN_TEXT, false, 0},
};

static void fill_group_topic(void *opaque, int64_t row, Value *values)
{
    Context *context = opaque;
    const Groups *groups = &context->fields->groups;
    const int64_t slice = context->order[row];
    values[0] = text_value(groups->values[slice]);
    fill_measures(&groups->slices, slice, context->topic - 1, values + 1);
    values[5] = text_value(make_bar(&context->bar, values[2].number));
}

/* The largest mean share first, of equal ones the value that comes first. */
static int compare_slices(const void *left, const void *right, void *opaque)
{
    const Context *context = opaque;
    const Slices *slices = &context->fields->groups.slices;
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    const double a_share = slices_mean_share(slices, a, context->topic - 1);
    const double b_share = slices_mean_share(slices, b, context->topic - 1);
    return a_share != b_share ? (a_share > b_share ? -1 : 1) : (a > b) - (a < b);
}

Status group_topic_table(const Model *model, const GroupField *field, int topic, int64_t most,
                         Table *table, Error *error)
{
    Context *context = begin_table(model, table, "group_topic", COLUMNS_OF(group_topic_columns),
                                   fill_group_topic, error);
    if (!context) {
        return error_status(error);
    }
    const int64_t count = field->groups.slices.count;
    context->fields = field;
    context->topic = topic;
    context->order = memory_new((size_t)count, sizeof *context->order, error);
    if (!context->order) {
        return error_status(error);
    }
    for (int64_t g = 0; g < count; g++) {
        context->order[g] = g;
    }
    if (count > 0) {
        qsort_r(context->order, (size_t)count, sizeof *context->order, compare_slices, context);
    }
    table->row_count = most < count ? most : count;
    return STATUS_OK;
}
