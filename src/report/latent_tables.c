#include "report/latent_tables.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "report/values.h"

#include <stdlib.h>

/* Loadings are parts of vectors of length 1: below this they are rounding. */
static const double rounding = 1e-12;

/* ---- words at the ends ---- */

typedef struct Loading {
    WordId word;
    double value;
} Loading;

/* The words of all dimensions, each with its loadings by falling value. */
typedef struct Ends {
    const LatentReport *report;
    int words;         /* at most so many at either end */
    int64_t *positive; /* owned, rank: how many there are at either end */
    int64_t *negative;
    int64_t *starts;   /* owned, rank + 1: rows before each dimension */
    Loading *loadings; /* owned: those of a dimension, positive ones falling, then negative ones
                          rising, from `starts` on */
    char **texts;      /* owned: two for each dimension; or NULL */
} Ends;

static int compare_loadings(const void *left, const void *right)
{
    const Loading *a = left, *b = right;
    const int by_value = (a->value < b->value) - (a->value > b->value);
    return by_value ? by_value : (a->word > b->word) - (a->word < b->word);
}

static void ends_free(void *context)
{
    Ends *ends = context;
    for (int i = 0; ends && ends->texts && i < 2 * ends->report->latent->svd.rank; i++) {
        free(ends->texts[i]);
    }
    if (ends) {
        free(ends->texts);
        free(ends->positive);
        free(ends->negative);
        free(ends->starts);
        free(ends->loadings);
    }
    free(ends);
}

static int64_t at_most(int64_t count, int64_t most)
{
    return count < most ? count : most;
}

/* Takes both ends of a dimension; `all` has room for every word. */
static void take_dimension(Ends *ends, int t, Loading *all)
{
    const Latent *latent = ends->report->latent;
    const int64_t m = latent->rows;
    int64_t positive = 0, negative = 0;
    for (int64_t i = 0; i < m; i++) {
        const double value = latent->svd.u[i * latent->svd.rank + t];
        all[i] = (Loading){.word = (WordId)i, .value = value};
        positive += value > rounding;
        negative += value < -rounding;
    }
    qsort(all, (size_t)m, sizeof *all, compare_loadings);
    ends->positive[t] = at_most(positive, ends->words);
    ends->negative[t] = at_most(negative, ends->words);
    Loading *own = ends->loadings + ends->starts[t];
    for (int64_t i = 0; i < ends->positive[t]; i++) {
        *own++ = all[i];
    }
    for (int64_t i = 0; i < ends->negative[t]; i++) {
        *own++ = all[m - 1 - i];
    }
    ends->starts[t + 1] = ends->starts[t] + ends->positive[t] + ends->negative[t];
}

static Ends *ends_new(const LatentReport *report, int words, Error *error)
{
    const int64_t m = report->latent->rows;
    const size_t rank = (size_t)report->latent->svd.rank;
    const size_t rows = 2 * (size_t)at_most(m, words);
    Ends *ends = memory_new(1, sizeof *ends, error);
    Loading *all = ends ? memory_new((size_t)m, sizeof *all, error) : NULL;
    if (!all) {
        free(ends);
        return NULL;
    }
    *ends = (Ends){.report = report, .words = words};
    ends->positive = memory_new(rank, sizeof *ends->positive, error);
    ends->negative = memory_new(rank, sizeof *ends->negative, error);
    ends->starts = memory_new(rank + 1, sizeof *ends->starts, error);
    ends->loadings = memory_new(rank, rows * sizeof *ends->loadings, error);
    const bool whole = ends->positive && ends->negative && ends->starts && ends->loadings;
    for (int t = 0; whole && t < (int)rank; t++) {
        take_dimension(ends, t, all);
    }
    free(all);
    if (!whole) {
        ends_free(ends);
        return NULL;
    }
    return ends;
}

/* ---- a row for each dimension ---- */

/* "energy, market": the words of one end as a text; NULL without memory. */
static char *end_text(const Ends *ends, const Loading *first, int64_t count, Error *error)
{
    Buffer text = {0};
    Status status = buffer_append_text(&text, "", error);
    for (int64_t i = 0; i < count && !status; i++) {
        status = buffer_print(&text, error, "%s%s", i ? ", " : "",
                              model_surface(ends->report->model, first[i].word));
    }
    if (status) {
        buffer_free(&text);
    }
    return text.bytes;
}

static Status make_texts(Ends *ends, Error *error)
{
    const int rank = ends->report->latent->svd.rank;
    ends->texts = memory_new((size_t)rank, 2 * sizeof *ends->texts, error);
    for (int t = 0; t < rank && ends->texts; t++) {
        const Loading *first = ends->loadings + ends->starts[t];
        ends->texts[2 * t] = end_text(ends, first, ends->positive[t], error);
        ends->texts[2 * t + 1] =
            ends->texts[2 * t] ? end_text(ends, first + ends->positive[t], ends->negative[t], error)
                               : NULL;
        if (!ends->texts[2 * t + 1]) {
            return error_status(error);
        }
    }
    return ends->texts ? STATUS_OK : error_status(error);
}

static const Column dimensions_columns[] = {
    {"dimension", COLUMN_WHOLE, false, 0},     {"singular_value", COLUMN_NUMBER, false, 3},
    {"squares_share", COLUMN_SHARE, false, 0}, {"positive_words", COLUMN_TEXT, false, 0},
    {"negative_words", COLUMN_TEXT, false, 0},
};

static void fill_dimension(void *context, int64_t row, Value *values)
{
    const Ends *ends = context;
    const Latent *latent = ends->report->latent;
    values[0] = whole_value(row + 1);
    values[1] = number_value(latent->svd.s[row]);
    values[2] = number_value(latent_part(latent, (int)row));
    values[3] = text_value(ends->texts[2 * row]);
    values[4] = text_value(ends->texts[2 * row + 1]);
}

Status dimensions_table(const LatentReport *report, int words, Table *table, Error *error)
{
    *table = (Table){0};
    Ends *ends = ends_new(report, words, error);
    if (!ends) {
        return error_status(error);
    }
    *table = (Table){.name = "dimensions",
                     COLUMNS_OF(dimensions_columns),
                     .row_count = report->latent->svd.rank,
                     .fill = fill_dimension,
                     .context = ends,
                     .release = ends_free};
    return make_texts(ends, error);
}

/* ---- a row for each word ---- */

static const Column dimension_words_columns[] = {
    {"dimension", COLUMN_WHOLE, false, 0}, {"side", COLUMN_TEXT, false, 0},
    {"rank", COLUMN_WHOLE, false, 0},      {"term", COLUMN_TEXT, false, 0},
    {"surface", COLUMN_TEXT, false, 0},    {"loading", COLUMN_NUMBER, false, 4},
    {"doc_freq", COLUMN_WHOLE, false, 0},
};

static void fill_dimension_word(void *context, int64_t row, Value *values)
{
    const Ends *ends = context;
    const Model *model = ends->report->model;
    int t = 0;
    while (ends->starts[t + 1] <= row) {
        t++;
    }
    const int64_t at = row - ends->starts[t];
    const bool above = at < ends->positive[t];
    const Loading *loading = &ends->loadings[row];
    values[0] = whole_value(t + 1);
    values[1] = text_value(above ? "positive" : "negative");
    values[2] = whole_value(1 + (above ? at : at - ends->positive[t]));
    values[3] = text_value(vocabulary_word(&model->vocabulary, loading->word));
    values[4] = text_value(model_surface(model, loading->word));
    values[5] = number_value(loading->value);
    values[6] = whole_value(model->document_frequency[loading->word]);
}

Status dimension_words_table(const LatentReport *report, int words, Table *table, Error *error)
{
    *table = (Table){0};
    Ends *ends = ends_new(report, words, error);
    if (!ends) {
        return error_status(error);
    }
    *table = (Table){.name = "dimension_words",
                     COLUMNS_OF(dimension_words_columns),
                     .row_count = ends->starts[report->latent->svd.rank],
                     .fill = fill_dimension_word,
                     .context = ends,
                     .release = ends_free};
    return STATUS_OK;
}

/* ---- a row for each document and dimension ---- */

static const Column document_dimensions_columns[] = {
    {"doc_id", COLUMN_TEXT, false, 0},
    {"dimension", COLUMN_WHOLE, false, 0},
    {"coordinate", COLUMN_NUMBER, false, 4},
};

static void fill_document_dimension(void *context, int64_t row, Value *values)
{
    const LatentReport *report = context;
    const int rank = report->latent->svd.rank;
    const int64_t document = row / rank;
    const int t = (int)(row % rank);
    values[0] = text_value(report->model->documents.items[document].id);
    values[1] = whole_value(t + 1);
    values[2] = number_value(latent_coordinate(report->latent, document, t));
}

void document_dimensions_table(const LatentReport *report, Table *table)
{
    *table = (Table){.name = "document_dimensions",
                     COLUMNS_OF(document_dimensions_columns),
                     .row_count = report->latent->columns * report->latent->svd.rank,
                     .fill = fill_document_dimension,
                     .context = (void *)report};
}
