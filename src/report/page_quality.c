/* The block `quality`: how the model was found, and how good it is as a whole. */
#include "base/number.h"
#include "model/choice.h"
#include "model/sweep.h"
#include "report/page_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>

/* ---- the tables that a page shows ---- */

const char *const page_convergence_columns[] = {"objective", "relative_change", "kkt_residual"};
const int page_convergence_column_count = 3;

enum { SWEEP_K, SWEEP_RECOMMENDED, SWEEP_FIRST, OF_MEASURE = 3 };

#define SPREAD(name) name, name "_least", name "_most"

/* Every measure in its order (model/sweep.h), then what has no spread. */
const char *const page_sweep_columns[] = {
    "k",
    "recommended",
    SPREAD("stability"),
    SPREAD("perplexity"),
    SPREAD("held_out_divergence"),
    SPREAD("coherence"),
    SPREAD("exclusivity"),
    SPREAD("diversity"),
    SPREAD("objective"),
    "cophenetic",
    "dispersion",
};
enum { SWEEP_COLUMNS = sizeof page_sweep_columns / sizeof *page_sweep_columns };
const int page_sweep_column_count = SWEEP_COLUMNS;
_Static_assert((int)SWEEP_COLUMNS == (int)SWEEP_FIRST + OF_MEASURE * (int)SWEEP_MEASURES + 2,
               "a column for each measure and its spread");

/* ---- the parts ---- */

static void write_column(JsonWriter *json, const char *name, const NumberTable *table, int column)
{
    json_key(json, name);
    json_open_array(json);
    for (int64_t row = 0; row < table->rows; row++) {
        const double value = number_table_at(table, row, column);
        if (isnan(value)) {
            json_nothing(json);
        } else {
            json_number(json, value);
        }
    }
    json_close_array(json);
}

static void write_convergence(JsonWriter *json, const NumberTable *table)
{
    json_key(json, "convergence");
    json_open_object(json);
    for (int c = 0; c < page_convergence_column_count; c++) {
        write_column(json, page_convergence_columns[c], table, c);
    }
    json_close_object(json);
}

/* The objectives of all starts, and which of them is the model's. */
static void write_restarts(JsonWriter *json, const Model *model)
{
    const ModelFit *fit = &model->fit;
    int kept = 0;
    json_key(json, "restarts");
    json_open_array(json);
    for (int r = 0; r < fit->restart_count; r++) {
        json_number(json, fit->restarts[r]);
        kept = fit->restarts[r] < fit->restarts[kept] ? r : kept;
    }
    json_close_array(json);
    json_key_whole(json, "restart_kept", kept + 1);
    if (model->uniqueness.near > 0) {
        json_key_whole(json, "near", model->uniqueness.near);
    }
}

/* The row of the sweep's recommendation with this rank, 1 being the best; −1: there is none. */
static int64_t find_recommended(const NumberTable *table, int rank)
{
    for (int64_t row = 0; row < table->rows; row++) {
        if (number_table_at(table, row, SWEEP_RECOMMENDED) == (double)rank) {
            return row;
        }
    }
    return -1;
}

/* The numbers of topics that the sweep recommends, the best first. */
static void write_recommended(JsonWriter *json, const NumberTable *table)
{
    json_key(json, "recommended");
    json_open_array(json);
    for (int rank = 1; rank <= CHOICE_MOST; rank++) {
        const int64_t row = find_recommended(table, rank);
        if (row >= 0) {
            json_number(json, number_table_at(table, row, SWEEP_K));
        }
    }
    json_close_array(json);
}

static void write_sweep(JsonWriter *json, const NumberTable *table, const char *advice)
{
    static const char *const parts[OF_MEASURE] = {"value", "least", "most"};
    json_key(json, "sweep");
    json_open_object(json);
    write_column(json, "k", table, SWEEP_K);
    write_recommended(json, table);
    if (advice) {
        json_key_text(json, "advice", advice);
    }
    json_key(json, "measures");
    json_open_array(json);
    for (int c = SWEEP_FIRST; c < SWEEP_COLUMNS;) {
        const bool spreads = c < SWEEP_COLUMNS - 2;
        json_open_object(json);
        json_key_text(json, "name", page_sweep_columns[c]);
        for (int i = 0; i < (spreads ? OF_MEASURE : 1); i++, c++) {
            write_column(json, parts[i], table, c);
        }
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void write_measures(JsonWriter *json, const Quality *quality)
{
    json_key_number(json, "diversity", quality->diversity);
    json_key_number(json, "topics_hoyer", quality->topics_hoyer);
    json_key_number(json, "topics_zeros", quality->topics_zeros);
    json_key_number(json, "mixtures_hoyer", quality->mixtures_hoyer);
    json_key_number(json, "mixtures_zeros", quality->mixtures_zeros);
}

Status page_write_quality(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    const Model *model = data->model;
    char seed[NUMBER_TEXT_SIZE];
    (void)error;
    json_open_object(json);
    json_key_text(json, "solver", model->fit.solver);
    json_key_text(json, "stop", nmf_stop_names[model->fit.stop]);
    json_key_whole(json, "passes", model->fit.passes);
    json_key_number(json, "objective", model->fit.objective);
    snprintf(seed, sizeof seed, "%" PRIu64, model->fit.seed);
    json_key_text(json, "seed", seed);
    if (data->page->convergence) {
        write_convergence(json, data->page->convergence);
    }
    if (model->fit.restart_count > 1) {
        write_restarts(json, model);
    }
    if (model->quality.topics) {
        write_measures(json, &model->quality);
    }
    if (model->stability.samples > 0) {
        json_key_whole(json, "stability_samples", model->stability.samples);
    }
    if (data->page->sweep) {
        write_sweep(json, data->page->sweep, model->choice);
    }
    json_close_object(json);
    return STATUS_OK;
}
