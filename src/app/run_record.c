#include "app/run_record.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "base/safe_text.h"
#include "base/utf8.h"
#include "matrix/libraries.h"
#include "model/store.h"
#include "report/tables.h"
#include "text/libraries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void write_library(void *context, const char *name, const char *version)
{
    JsonWriter *json = context;
    json_key(json, name);
    json_text(json, version);
}

/* A path or argument may not be UTF-8; JSON must be. */
static void write_any_text(JsonWriter *json, const char *text)
{
    if (utf8_is_valid(text)) {
        json_text(json, text);
        return;
    }
    Buffer shown = {0};
    Error ignored;
    (void)!safe_text_append(&shown, text, &ignored);
    json_text(json, buffer_text(&shown));
    buffer_free(&shown);
}

static void write_moment(JsonWriter *json, double wall_s, double cpu_s)
{
    json_key(json, "wall_seconds");
    json_number(json, wall_s);
    json_key(json, "cpu_seconds");
    json_number(json, cpu_s);
}

static void write_stages(JsonWriter *json, const StageClock *stages)
{
    json_key(json, "stages");
    json_open_array(json);
    for (int s = 0; s < STAGE_COUNT; s++) {
        if (s == STAGE_STABILITY && stages->peak_bytes[s] == 0) {
            continue; /* only where it was asked for */
        }
        json_open_object(json);
        json_key(json, "name");
        json_text(json, stage_names[s]);
        write_moment(json, stages->spent[s].wall_s, stages->spent[s].cpu_s);
        json_key(json, "peak_rss_bytes");
        json_whole(json, stages->peak_bytes[s]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_passes(JsonWriter *json, const RunRecord *record)
{
    json_key(json, "passes");
    json_open_array(json);
    for (int p = 0; p < record->pass_count; p++) {
        json_open_object(json);
        json_key(json, "pass");
        json_whole(json, p + 1);
        json_key(json, "objective");
        json_number(json, record->passes[p].objective);
        write_moment(json, record->passes[p].wall_s, record->passes[p].cpu_s);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_time(JsonWriter *json)
{
    char text[32];
    const time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_key(json, "finished");
    json_text(json, text);
}

Status run_record_write(const RunRecord *record, const char *path, Error *error)
{
    FILE *file = file_create(path, error);
    if (!file) {
        return error_status(error);
    }
    JsonWriter json = {.file = file};
    json_open_object(&json);
    json_key(&json, "version");
    json_text(&json, THEMATA_VERSION);
    json_key(&json, "libraries");
    json_open_object(&json);
    text_libraries(write_library, &json);
    matrix_libraries(write_library, &json);
    model_libraries(write_library, &json);
    report_libraries(write_library, &json);
    json_close_object(&json);
    json_key(&json, "command");
    json_open_array(&json);
    for (int i = 0; i < record->argc; i++) {
        write_any_text(&json, record->argv[i]);
    }
    json_close_array(&json);
    if (record->corpus) {
        json_key(&json, "corpus");
        write_any_text(&json, record->corpus);
    }
    json_key(&json, "output");
    write_any_text(&json, record->output);
    write_time(&json);
    json_key(&json, "threads");
    json_whole(&json, record->threads);
    json_key(&json, "peak_rss_bytes");
    json_whole(&json, clock_peak_memory());
    stages_enter(record->stages, record->stages->stage);
    write_stages(&json, record->stages);
    if (record->passes) {
        write_passes(&json, record);
    }
    json_close_object(&json);
    json_end(&json);
    return file_close(file, path, error);
}
