#include "model/sweep_file.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/memory.h"
#include "model/json_input.h"

#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA "themata.sweep/1"

enum { FILE_BYTES_MAX = 256 << 20, RUNS_MAX = 1000000, K_MAX = INT32_MAX / 2 };

/* ---- writing ---- */

static void write_number(JsonWriter *json, const char *name, double value)
{
    json_key(json, name);
    json_number(json, value);
}

static void write_numbers(JsonWriter *json, const char *name, const double *numbers, int count,
                          int stride)
{
    json_key(json, name);
    json_open_array(json);
    for (int i = 0; i < count; i++) {
        json_number(json, numbers[(size_t)i * (size_t)stride]);
    }
    json_close_array(json);
}

static void write_measure(JsonWriter *json, const SweepValue *value, SweepMeasure measure)
{
    const SweepSpread spread = sweep_spread(value, measure);
    json_key(json, sweep_measure_names[measure]);
    if (spread.missing) {
        json_nothing(json);
        return;
    }
    json_open_object(json);
    write_number(json, "value", spread.value);
    write_number(json, "deviation", spread.deviation);
    write_number(json, "least", spread.least);
    write_number(json, "most", spread.most);
    write_numbers(json, "samples", value->runs + measure, value->run_count, SWEEP_MEASURES);
    json_close_object(json);
}

static void write_value(JsonWriter *json, const SweepValue *value)
{
    json_open_object(json);
    json_key(json, "k");
    json_whole(json, value->k);
    for (int m = 0; m < SWEEP_MEASURES; m++) {
        write_measure(json, value, (SweepMeasure)m);
    }
    write_number(json, "cophenetic", value->cophenetic);
    write_number(json, "dispersion", value->dispersion);
    write_numbers(json, "topic_stability", value->topics, value->k, 1);
    json_close_object(json);
}

void sweep_write(FILE *file, const Sweep *sweep, const Choice *choice)
{
    JsonWriter json = {.file = file};
    char fingerprint[HASH_TEXT_SIZE];
    hash_format(sweep->fingerprint, fingerprint);
    json_open_object(&json);
    json_key(&json, "schema");
    json_text(&json, SCHEMA);
    json_key(&json, "fingerprint");
    json_text(&json, fingerprint);
    json_key(&json, "recommended");
    json_open_array(&json);
    for (int i = 0; i < choice->count; i++) {
        json_whole(&json, choice->recommended[i]);
    }
    json_close_array(&json);
    json_key(&json, "advice");
    json_text(&json, choice->advice);
    json_key(&json, "values");
    json_open_array(&json);
    for (int i = 0; i < sweep->count; i++) {
        write_value(&json, &sweep->values[i]);
    }
    json_close_array(&json);
    write_numbers(&json, "singular_values", sweep->singular, sweep->singular_count, 1);
    json_close_object(&json);
    json_end(&json);
}

/* ---- reading ---- */

/* What is read, and the first thing that was wrong with it. */
typedef struct Reading {
    const char *path;
    Status status;
    Error *error;
} Reading;

static void set_wrong(Reading *reading, const char *name, const char *expected)
{
    if (!reading->status) {
        reading->status = error_set(reading->error, STATUS_INPUT, "%s: '%s' is not %s",
                                    reading->path, name, expected);
    }
}

static double take_number(Reading *reading, const json_t *value, const char *name)
{
    const double number = json_number_value(value);
    if (!json_is_number(value) || !isfinite(number)) {
        set_wrong(reading, name, "a number that is finite");
        return 0.0;
    }
    return number;
}

/* Fills `count` numbers that stand `stride` apart. */
static void take_numbers(Reading *reading, const json_t *object, const char *name, int count,
                         int stride, double *numbers)
{
    const json_t *array = json_object_get(object, name);
    if (!json_is_array(array) || json_array_size(array) != (size_t)count) {
        set_wrong(reading, name, "an array of as many numbers as it should have");
        return;
    }
    for (int i = 0; i < count; i++) {
        numbers[(size_t)i * (size_t)stride] =
            take_number(reading, json_array_get(array, (size_t)i), name);
    }
}

static int take_whole(Reading *reading, const json_t *object, const char *name, int most)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_integer(value) || json_integer_value(value) < 1 ||
        json_integer_value(value) > most) {
        set_wrong(reading, name, "a whole number in range");
        return 1;
    }
    return (int)json_integer_value(value);
}

static void take_measure(Reading *reading, const json_t *object, SweepMeasure measure,
                         SweepValue *value)
{
    const char *name = sweep_measure_names[measure];
    const json_t *part = json_object_get(object, name);
    if ((measure == SWEEP_PERPLEXITY || measure == SWEEP_DIVERGENCE) && json_is_null(part)) {
        value->predicts = false;
        return;
    }
    if (!json_is_object(part)) {
        set_wrong(reading, name, "an object");
        return;
    }
    value->whole[measure] = take_number(reading, json_object_get(part, "value"), name);
    take_numbers(reading, part, "samples", value->run_count, SWEEP_MEASURES, value->runs + measure);
}

/* How many samples there were: as many as there are values of stability. No more memory is asked
 * for than the file has numbers. */
static int count_runs(Reading *reading, const json_t *object)
{
    const json_t *stability = json_object_get(object, sweep_measure_names[SWEEP_STABILITY]);
    const size_t count = json_array_size(json_object_get(stability, "samples"));
    if (count < 1 || count > RUNS_MAX) {
        set_wrong(reading, "samples", "an array of numbers");
        return 1;
    }
    return (int)count;
}

static Status take_value(Reading *reading, const json_t *object, Sweep *sweep)
{
    const int runs = count_runs(reading, object);
    const int k = take_whole(reading, object, "k", K_MAX);
    if (!reading->status &&
        (json_array_size(json_object_get(object, "topic_stability")) != (size_t)k ||
         sweep_find(sweep, k))) {
        set_wrong(reading, "k", "a number of topics that stands there once, with all of them");
    }
    if (reading->status) {
        return reading->status;
    }
    SweepValue value;
    Status status = sweep_value_new(&value, k, runs, reading->error);
    if (status) {
        return status;
    }
    value.predicts = true;
    for (int m = 0; m < SWEEP_MEASURES; m++) {
        take_measure(reading, object, (SweepMeasure)m, &value);
    }
    value.cophenetic = take_number(reading, json_object_get(object, "cophenetic"), "cophenetic");
    value.dispersion = take_number(reading, json_object_get(object, "dispersion"), "dispersion");
    take_numbers(reading, object, "topic_stability", k, 1, value.topics);
    status = reading->status ? reading->status : sweep_add(sweep, &value, reading->error);
    sweep_value_free(&value);
    return status;
}

static Status take_singular(Reading *reading, const json_t *root, Sweep *sweep)
{
    const size_t count = json_array_size(json_object_get(root, "singular_values"));
    if (count > INT_MAX) {
        set_wrong(reading, "singular_values", "an array of numbers");
        return reading->status;
    }
    sweep->singular = memory_new(count, sizeof *sweep->singular, reading->error);
    if (!sweep->singular) {
        return error_status(reading->error);
    }
    sweep->singular_count = (int)count;
    take_numbers(reading, root, "singular_values", sweep->singular_count, 1, sweep->singular);
    return reading->status;
}

static Status take_fingerprint(Reading *reading, const json_t *root, Sweep *sweep)
{
    const char *text = json_string_value(json_object_get(root, "fingerprint"));
    if (!text || strlen(text) != HASH_TEXT_SIZE - 1 ||
        strspn(text, "0123456789abcdef") != HASH_TEXT_SIZE - 1) {
        set_wrong(reading, "fingerprint", "16 hexadecimal digits");
        return reading->status;
    }
    sweep->fingerprint = strtoull(text, NULL, 16);
    return STATUS_OK;
}

static Status take_sweep(Reading *reading, const json_t *root, Sweep *sweep)
{
    const char *schema = json_string_value(json_object_get(root, "schema"));
    if (!schema || strcmp(schema, SCHEMA) != 0) {
        set_wrong(reading, "schema", SCHEMA);
        return reading->status;
    }
    Status status = take_fingerprint(reading, root, sweep);
    const json_t *values = json_object_get(root, "values");
    for (size_t i = 0; i < json_array_size(values) && !status; i++) {
        status = take_value(reading, json_array_get(values, i), sweep);
    }
    return status ? status : take_singular(reading, root, sweep);
}

Status sweep_read(const char *path, Sweep *sweep, Error *error)
{
    Buffer text = {0};
    Reading reading = {.path = path, .error = error};
    Status status = file_read(path, FILE_BYTES_MAX, &text, error);
    if (status) {
        buffer_free(&text);
        return status;
    }
    json_t *root = json_input(path, &text, error);
    status = root ? take_sweep(&reading, root, sweep) : error_status(error);
    json_decref(root);
    buffer_free(&text);
    if (status) {
        sweep_free(sweep);
    }
    return status;
}
