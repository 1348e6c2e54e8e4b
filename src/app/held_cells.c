#include "app/held_cells.h"

#include "app/reading.h"
#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

static const uint64_t stream_cells = UINT64_C(0x7E57CE11); /* far from those of starts */

/* Moves the cells that are drawn out of the counts. */
static void draw(Model *model, double fraction, uint64_t seed, HeldCells *held)
{
    Counts *counts = &model->counts;
    const RandomStream stream = {.seed = seed, .stream = stream_cells};
    int64_t kept = 0, from = 0;
    double sum = 0.0;
    for (int64_t d = 0; d < counts->documents; d++) {
        int64_t left = counts->starts[d + 1] - from;
        for (const int64_t end = counts->starts[d + 1]; from < end; from++) {
            const WordId entry = counts->words[from];
            const double value = counts_value(counts, from);
            if (left > 1 && model->document_frequency[entry] > 1 &&
                random_uniform(stream, (uint64_t)from) < fraction) {
                held->items[held->count++] = (HeldCell){d, entry, value};
                model->document_frequency[entry]--;
                left--;
                continue;
            }
            sum += value;
            counts->words[kept] = entry;
            if (counts->amounts) {
                counts->amounts[kept++] = value;
            } else {
                counts->values[kept++] = (uint32_t)value;
            }
        }
        counts->starts[d + 1] = kept;
    }
    held->mean = sum / (double)kept;
}

Status held_cells_take(Model *model, double fraction, uint64_t seed, HeldCells *held, Error *error)
{
    held->items = memory_new((size_t)counts_pairs(&model->counts), sizeof *held->items, error);
    if (!held->items) {
        return error_status(error);
    }
    draw(model, fraction, seed, held);
    if (held->count == 0) {
        error_set(error, STATUS_INPUT, "--test-fraction: no cell of the table can be held out");
        return error_hint(error, "a larger part, or a larger table");
    }
    counts_frequencies(&model->counts, model->vocabulary.count, model->document_frequency,
                       model->term_frequency);
    reading_fill_sizes(&model->counts, &model->documents);
    model->tally.pruned.beyond = model->tally.pruned.kept;
    model->tally.pruned.kept = 0.0;
    for (int64_t d = 0; d < model->documents.count; d++) {
        model->tally.pruned.kept += model->documents.items[d].tokens;
    }
    model->tally.pruned.beyond -= model->tally.pruned.kept;
    return STATUS_OK;
}

/* Adds a cell that is predicted as `told`. */
static void add_cell(const HeldCells *held, const HeldCell *cell, double told, HeldError *error)
{
    const double off = cell->value - told;
    error->rmse += off * off;
    error->absolute += fabs(off);
    error->of_mean += (cell->value - held->mean) * (cell->value - held->mean);
}

/* Makes means of the sums. */
static void finish(const HeldCells *held, HeldError *error)
{
    error->rmse = sqrt(error->rmse / (double)held->count);
    error->absolute /= (double)held->count;
    error->of_mean = sqrt(error->of_mean / (double)held->count);
}

HeldError held_cells_measure(const HeldCells *held, const Model *model, Range range)
{
    HeldError error = {0};
    for (int64_t i = 0; i < held->count; i++) {
        const HeldCell *cell = &held->items[i];
        add_cell(held, cell, predict_cell(model, cell->item, cell->entry, range), &error);
    }
    finish(held, &error);
    return error;
}

static double product(const Factors *factors, const HeldCell *cell)
{
    const float *w = factors->w + (int64_t)cell->entry * factors->rank;
    const float *h = factors->h + cell->item * factors->rank;
    double sum = 0.0;
    for (int t = 0; t < factors->rank; t++) {
        sum += (double)w[t] * (double)h[t];
    }
    return sum;
}

HeldError held_cells_of_factors(const HeldCells *held, const Factors *factors, Range range)
{
    HeldError error = {0};
    for (int64_t i = 0; i < held->count; i++) {
        const double told = product(factors, &held->items[i]);
        add_cell(held, &held->items[i], fmin(fmax(told, range.low), range.high), &error);
    }
    finish(held, &error);
    return error;
}

void held_cells_free(HeldCells *held)
{
    free(held->items);
    *held = (HeldCells){0};
}
