/* The blocks `time` and `groups`: how much there is of each topic in parts of the collection. */
#include "base/calendar.h"
#include "report/page_parts.h"

#include <math.h>

typedef double Measure(const Slices *slices, int64_t slice, int topic);

/* One measure: for each topic an array over the slices, null where there are no documents. */
static void write_measure(JsonWriter *json, const Slices *slices, const char *name,
                          Measure *measure)
{
    json_key(json, name);
    json_open_array(json);
    for (int t = 0; t < slices->k; t++) {
        json_open_array(json);
        for (int64_t s = 0; s < slices->count; s++) {
            const float share = slices->documents[s] > 0 ? (float)measure(slices, s, t) : NAN;
            if (isfinite(share)) {
                json_number_float(json, share);
            } else {
                json_nothing(json);
            }
        }
        json_close_array(json);
    }
    json_close_array(json);
}

static void write_slices(JsonWriter *json, const Slices *slices)
{
    json_key(json, "n_docs");
    json_open_array(json);
    for (int64_t s = 0; s < slices->count; s++) {
        json_whole(json, slices->documents[s]);
    }
    json_close_array(json);
    json_key(json, "tokens");
    json_open_array(json);
    for (int64_t s = 0; s < slices->count; s++) {
        page_number(json, slices->tokens[s]);
    }
    json_close_array(json);
    write_measure(json, slices, "mean", slices_mean_share);
    write_measure(json, slices, "mass", slices_mass_share);
    write_measure(json, slices, "main", slices_main_share);
}

/* What bins are called, or the days on which they begin. */
static void write_bins(JsonWriter *json, const Timeline *timeline, const char *name, bool starts)
{
    char label[CALENDAR_LABEL_SIZE];
    json_key(json, name);
    json_open_array(json);
    for (int64_t b = 0; b < timeline->bins.count; b++) {
        int64_t bin = timeline->first + b;
        if (starts) {
            bin = calendar_day_number(calendar_bin_start(bin, timeline->unit));
        }
        calendar_bin_label(bin, starts ? CALENDAR_DAY : timeline->unit, label);
        json_text(json, label);
    }
    json_close_array(json);
}

Status page_write_time(const void *context, JsonWriter *json, Error *error)
{
    const Timeline *timeline = &((const PageData *)context)->timeline;
    (void)error;
    json_open_object(json);
    json_key_text(json, "unit", time_bin_names[TIME_BIN_DAY + timeline->unit]);
    write_bins(json, timeline, "bins", false);
    write_bins(json, timeline, "starts", true);
    json_key_whole(json, "undated", timeline->undated);
    json_key_whole(json, "inexact", timeline->inexact);
    write_slices(json, &timeline->bins);
    json_close_object(json);
    return STATUS_OK;
}

Status page_write_groups(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    Status status = STATUS_OK;
    json_open_array(json);
    for (size_t f = 0; f < data->field_count && !status; f++) {
        const Groups *groups = &data->fields[f].groups;
        json_open_object(json);
        json_key_text(json, "field", data->fields[f].field);
        json_key(json, "values");
        json_open_array(json);
        for (int64_t g = 0; g < groups->slices.count && !status; g++) {
            status = page_cut_text(groups->values[g], PAGE_VALUE, json, error);
        }
        json_close_array(json);
        json_key_whole(json, "without", groups->without);
        write_slices(json, &groups->slices);
        json_close_object(json);
    }
    json_close_array(json);
    return status;
}
