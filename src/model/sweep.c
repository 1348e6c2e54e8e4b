#include "model/sweep.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const sweep_measure_names[] = {"stability", "perplexity",  "held_out_divergence",
                                           "coherence", "exclusivity", "diversity",
                                           "objective", NULL};

Status sweep_value_new(SweepValue *value, int k, int runs, Error *error)
{
    *value = (SweepValue){.k = k, .run_count = runs};
    value->runs = memory_new((size_t)runs, SWEEP_MEASURES * sizeof *value->runs, error);
    value->topics = memory_new((size_t)k, sizeof *value->topics, error);
    if (!value->runs || !value->topics) {
        sweep_value_free(value);
        return error_status(error);
    }
    return STATUS_OK;
}

void sweep_value_free(SweepValue *value)
{
    free(value->runs);
    free(value->topics);
    *value = (SweepValue){0};
}

Status sweep_add(Sweep *sweep, SweepValue *value, Error *error)
{
    SweepValue *values = memory_new((size_t)sweep->count + 1, sizeof *values, error);
    if (!values) {
        return error_status(error);
    }
    int at = 0;
    while (at < sweep->count && sweep->values[at].k < value->k) {
        at++;
    }
    assert(at == sweep->count || sweep->values[at].k != value->k);
    for (int i = 0; i < sweep->count; i++) {
        values[i + (i >= at)] = sweep->values[i];
    }
    values[at] = *value;
    *value = (SweepValue){0};
    free(sweep->values);
    sweep->values = values;
    sweep->count++;
    return STATUS_OK;
}

const SweepValue *sweep_find(const Sweep *sweep, int k)
{
    for (int i = 0; i < sweep->count; i++) {
        if (sweep->values[i].k == k) {
            return &sweep->values[i];
        }
    }
    return NULL;
}

static bool is_of_samples(SweepMeasure measure)
{
    return measure == SWEEP_STABILITY || measure == SWEEP_PERPLEXITY || measure == SWEEP_DIVERGENCE;
}

SweepSpread sweep_spread(const SweepValue *value, SweepMeasure measure)
{
    const bool of_held_out = measure == SWEEP_PERPLEXITY || measure == SWEEP_DIVERGENCE;
    SweepSpread spread = {
        .missing = of_held_out && !value->predicts, .least = HUGE_VAL, .most = -HUGE_VAL};
    if (spread.missing) {
        return (SweepSpread){.missing = true};
    }
    double mean = 0.0, squares = 0.0;
    const int runs = value->run_count;
    for (int r = 0; r < runs; r++) {
        const double one = value->runs[r * SWEEP_MEASURES + measure];
        mean += one / runs;
        spread.least = one < spread.least ? one : spread.least;
        spread.most = one > spread.most ? one : spread.most;
    }
    for (int r = 0; r < runs; r++) {
        const double off = value->runs[r * SWEEP_MEASURES + measure] - mean;
        squares += off * off;
    }
    spread.value = is_of_samples(measure) ? mean : value->whole[measure];
    spread.deviation = runs > 1 ? sqrt(squares / (runs - 1)) : 0.0;
    return spread;
}

void sweep_free(Sweep *sweep)
{
    for (int i = 0; i < sweep->count; i++) {
        sweep_value_free(&sweep->values[i]);
    }
    free(sweep->values);
    free(sweep->singular);
    *sweep = (Sweep){0};
}
