#include "report/factor_tables.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "report/values.h"

#include <stdlib.h>

/* ---- strongest ---- */

/* A row or column of a factor with its part of it. */
typedef struct Strong {
    int64_t index;
    double part;
} Strong;

/* The part of factor t's mass that is the item's. */
static double part_of_item(const Model *model, int64_t item, int t)
{
    const double mass = model->topic_mass[t];
    return mass > 0.0
               ? (double)model->mixtures[item * model->k + t] * (double)model->masses[item] / mass
               : 0.0;
}

static double part_of_entry(const Model *model, int64_t entry, int t)
{
    return (double)model->topics[t * (int64_t)model->vocabulary.count + entry];
}

/* The `most` of `count` with the largest part, equal ones in their order; returns how many have
 * any. O(count · most). */
static int find_strongest(const Model *model, int t, int64_t count,
                          double (*part)(const Model *, int64_t, int), int most, Strong *best)
{
    int found = 0;
    for (int64_t i = 0; i < count; i++) {
        const double own = part(model, i, t);
        if (own <= 0.0 || (found == most && own <= best[found - 1].part)) {
            continue;
        }
        int at = found < most ? found++ : found - 1;
        for (; at > 0 && own > best[at - 1].part; at--) {
            best[at] = best[at - 1];
        }
        best[at] = (Strong){i, own};
    }
    return found;
}

/* "energy 61.7 %, market 18.2 %" */
static Status append_strongest(const Model *model, const Strong *best, int count, bool items,
                               Buffer *text, Error *error)
{
    Status status = buffer_reserve(text, 0, error);
    for (int i = 0; i < count && !status; i++) {
        const char *name = items ? model->documents.items[best[i].index].id
                                 : vocabulary_word(&model->vocabulary, (WordId)best[i].index);
        status =
            buffer_print(text, error, "%s%s %.1f %%", i ? ", " : "", name, 100.0 * best[i].part);
    }
    return status;
}

/* ---- factors ---- */

typedef struct FactorRows {
    const Model *model;
    double mass;     /* of all factors */
    Buffer *entries; /* owned, k, as the next */
    Buffer *items;
} FactorRows;

static const Column factor_columns[] = {
    {"factor", COLUMN_WHOLE, false, 0},  {"label", COLUMN_TEXT, true, 0},
    {"mass", COLUMN_NUMBER, false, 4},   {"share", COLUMN_SHARE, false, 0},
    {"n_items", COLUMN_WHOLE, false, 0}, {"entries", COLUMN_TEXT, false, 0},
    {"items", COLUMN_TEXT, false, 0},
};

static void fill_factor(void *context, int64_t row, Value *values)
{
    const FactorRows *rows = context;
    const Model *model = rows->model;
    values[0] = whole_value(row + 1);
    values[1] = text_value(model->labels[row].label);
    values[2] = number_value(model->topic_mass[row]);
    values[3] = number_value(rows->mass > 0.0 ? model->topic_mass[row] / rows->mass : 0.0);
    values[4] = whole_value(model->main_documents[row]);
    values[5] = text_value(buffer_text(&rows->entries[row]));
    values[6] = text_value(buffer_text(&rows->items[row]));
}

static void release_factors(void *context)
{
    FactorRows *rows = context;
    for (int t = 0; t < rows->model->k; t++) {
        if (rows->entries) {
            buffer_free(&rows->entries[t]);
        }
        if (rows->items) {
            buffer_free(&rows->items[t]);
        }
    }
    free(rows->entries);
    free(rows->items);
    free(rows);
}

static Status write_factors(FactorRows *rows, int top, Error *error)
{
    const Model *model = rows->model;
    Strong *best = memory_new((size_t)top, sizeof *best, error);
    Status status = best ? STATUS_OK : error_status(error);
    for (int t = 0; t < model->k && !status; t++) {
        rows->mass += model->topic_mass[t];
        int count = find_strongest(model, t, model->vocabulary.count, part_of_entry, top, best);
        status = append_strongest(model, best, count, false, &rows->entries[t], error);
        count = find_strongest(model, t, model->documents.count, part_of_item, top, best);
        status =
            status ? status : append_strongest(model, best, count, true, &rows->items[t], error);
    }
    free(best);
    return status;
}

Status factors_table(const Model *model, int top, Table *table, Error *error)
{
    FactorRows *rows = memory_new(1, sizeof *rows, error);
    *table = (Table){.name = "factors",
                     .columns = factor_columns,
                     .column_count = sizeof factor_columns / sizeof *factor_columns,
                     .row_count = model->k,
                     .fill = fill_factor,
                     .context = rows,
                     .release = release_factors};
    if (!rows) {
        *table = (Table){0};
        return error_status(error);
    }
    rows->model = model;
    rows->entries = memory_new((size_t)model->k, sizeof *rows->entries, error);
    rows->items = memory_new((size_t)model->k, sizeof *rows->items, error);
    return rows->entries && rows->items ? write_factors(rows, top, error) : error_status(error);
}

/* ---- items and entries ---- */

typedef struct MisfitRows {
    const Model *model;
    const Reconstruction *reconstruction;
} MisfitRows;

enum { SHARED_COLUMNS = 6 };

#define MISFIT_COLUMNS                                                                             \
    {"factor", COLUMN_WHOLE, false, 0}, {"share", COLUMN_SHARE, false, 0},                         \
        {"factor2", COLUMN_WHOLE, false, 0}, {"share2", COLUMN_SHARE, false, 0},                   \
        {"mass", COLUMN_NUMBER, false, 4}, {"fitted", COLUMN_NUMBER, false, 4},                    \
        {"error", COLUMN_NUMBER, true, 4}, {"divergence", COLUMN_NUMBER, true, 4},                 \
        {"explained", COLUMN_SHARE, true, 0}, {"error_part", COLUMN_SHARE, false, 0},

static const Column item_columns[] = {{"item", COLUMN_TEXT, false, 0}, MISFIT_COLUMNS};
static const Column entry_columns[] = {{"entry", COLUMN_TEXT, false, 0}, MISFIT_COLUMNS};

static void fill_misfit(const MisfitRows *rows, const Misfit *misfit, Value *values)
{
    values[0] = number_value(misfit->mass);
    values[1] = number_value(misfit->fitted);
    values[2] = number_value(misfit->error);
    values[3] = number_value(misfit->divergence);
    values[4] = number_value(reconstruction_explained(misfit));
    values[5] = number_value(reconstruction_part(rows->model, rows->reconstruction, misfit));
}

static void fill_shares(const float *shares, int k, Value *values)
{
    const MixtureSummary summary = mixture_summarise(shares, k);
    values[0] = (Value){.missing = !summary.modelled, .whole = summary.topic};
    values[1] = float_value(summary.share);
    values[1].missing = !summary.modelled;
    values[2] = (Value){.missing = summary.topic2 == 0, .whole = summary.topic2};
    values[3] = float_value(summary.share2);
    values[3].missing = summary.topic2 == 0;
}

static void fill_item(void *context, int64_t row, Value *values)
{
    const MisfitRows *rows = context;
    const Model *model = rows->model;
    values[0] = text_value(model->documents.items[row].id);
    fill_shares(model->mixtures + row * model->k, model->k, values + 1);
    fill_misfit(rows, &rows->reconstruction->items[row], values + 5);
}

/* The two factors that hold most of an entry's fitted mass. */
static void fill_entry(void *context, int64_t row, Value *values)
{
    const MisfitRows *rows = context;
    const Model *model = rows->model;
    double sum = 0.0, best[2] = {0.0, 0.0};
    int topic[2] = {0, 0};
    for (int t = 0; t < model->k; t++) {
        const double part = part_of_entry(model, row, t) * model->topic_mass[t];
        sum += part;
        if (part > best[0]) {
            best[1] = best[0];
            topic[1] = topic[0];
            best[0] = part;
            topic[0] = t + 1;
        } else if (part > best[1]) {
            best[1] = part;
            topic[1] = t + 1;
        }
    }
    values[0] = text_value(vocabulary_word(&model->vocabulary, (WordId)row));
    for (int i = 0; i < 2; i++) {
        values[1 + 2 * i] = (Value){.missing = topic[i] == 0, .whole = topic[i]};
        values[2 + 2 * i] =
            (Value){.missing = topic[i] == 0, .number = sum > 0.0 ? best[i] / sum : 0.0};
    }
    fill_misfit(rows, &rows->reconstruction->entries[row], values + 5);
}

static Status make_misfit_table(const Model *model, const Reconstruction *reconstruction,
                                Table *table, Error *error)
{
    MisfitRows *rows = memory_new(1, sizeof *rows, error);
    table->context = rows;
    table->release = free;
    if (!rows) {
        *table = (Table){0};
        return error_status(error);
    }
    *rows = (MisfitRows){model, reconstruction};
    return STATUS_OK;
}

Status items_table(const Model *model, const Reconstruction *reconstruction, Table *table,
                   Error *error)
{
    *table = (Table){.name = "items",
                     .columns = item_columns,
                     .column_count = sizeof item_columns / sizeof *item_columns,
                     .row_count = model->documents.count,
                     .fill = fill_item};
    return make_misfit_table(model, reconstruction, table, error);
}

Status entries_table(const Model *model, const Reconstruction *reconstruction, Table *table,
                     Error *error)
{
    *table = (Table){.name = "entries",
                     .columns = entry_columns,
                     .column_count = sizeof entry_columns / sizeof *entry_columns,
                     .row_count = model->vocabulary.count,
                     .fill = fill_entry};
    return make_misfit_table(model, reconstruction, table, error);
}

/* ---- all together ---- */

enum { MEASURES_MAX = 16 };

typedef struct Measures {
    const char *names[MEASURES_MAX];
    double values[MEASURES_MAX];
    int count;
} Measures;

static const Column measure_columns[] = {
    {"measure", COLUMN_TEXT, false, 0},
    {"value", COLUMN_NUMBER, false, 6},
};

static void fill_measure(void *context, int64_t row, Value *values)
{
    const Measures *measures = context;
    values[0] = text_value(measures->names[row]);
    values[1] = number_value(measures->values[row]);
}

static void add_measure(Measures *measures, const char *name, double value)
{
    measures->names[measures->count] = name;
    measures->values[measures->count++] = value;
}

Status factor_fit_table(const Model *model, const Reconstruction *reconstruction, Table *table,
                        Error *error)
{
    const Misfit *all = &reconstruction->all;
    const double m = (double)model->vocabulary.count, n = (double)model->documents.count;
    Measures *measures = memory_new(1, sizeof *measures, error);
    if (!measures) {
        *table = (Table){0};
        return error_status(error);
    }
    add_measure(measures, "objective", reconstruction_objective(model, all));
    add_measure(measures, "divergence", all->divergence);
    add_measure(measures, "squared_error", all->error);
    add_measure(measures, "relative_squared_error", 1.0 - reconstruction_explained(all));
    add_measure(measures, "explained_squares", reconstruction_explained(all));
    if (reconstruction->one > 0.0) {
        add_measure(measures, "explained_divergence", 1.0 - all->divergence / reconstruction->one);
    }
    add_measure(measures, "mass", all->mass);
    add_measure(measures, "fitted_mass", all->fitted);
    add_measure(measures, "cells", reconstruction->cells);
    add_measure(measures, "non_zeros", reconstruction->non_zeros);
    add_measure(measures, "numbers", (m + n) * model->k);
    add_measure(measures, "entries_hoyer", model->quality.topics_hoyer);
    add_measure(measures, "entries_zeros", model->quality.topics_zeros);
    add_measure(measures, "items_hoyer", model->quality.mixtures_hoyer);
    add_measure(measures, "items_zeros", model->quality.mixtures_zeros);
    *table = (Table){.name = "fit",
                     .columns = measure_columns,
                     .column_count = sizeof measure_columns / sizeof *measure_columns,
                     .row_count = measures->count,
                     .fill = fill_measure,
                     .context = measures,
                     .release = free};
    return STATUS_OK;
}

/* ---- parts ---- */

static const Column part_columns[] = {
    {"item", COLUMN_TEXT, false, 0},
    {"factor", COLUMN_WHOLE, false, 0},
    {"part", COLUMN_SHARE, false, 0},
};

static void fill_part(void *context, int64_t row, Value *values)
{
    const Model *model = context;
    values[0] = text_value(model->documents.items[row / model->k].id);
    values[1] = whole_value(row % model->k + 1);
    values[2] = number_value(part_of_item(model, row / model->k, (int)(row % model->k)));
}

Status item_parts_table(const Model *model, Table *table, Error *error)
{
    (void)error;
    *table = (Table){.name = "item_parts",
                     .columns = part_columns,
                     .column_count = sizeof part_columns / sizeof *part_columns,
                     .row_count = model->documents.count * model->k,
                     .fill = fill_part,
                     .context = (void *)model};
    return STATUS_OK;
}
