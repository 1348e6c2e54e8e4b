#include "model/prediction.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Solutions that differ by more than this part of the range do not agree. */
static const double spread_most = 0.1;

Range prediction_range(const Model *model)
{
    Range range = {0.0, 0.0};
    const int64_t pairs = counts_pairs(&model->counts);
    for (int64_t p = 0; p < pairs; p++) {
        const double value = counts_value(&model->counts, p);
        if (p == 0 && model->observed_only) {
            range.low = value;
        }
        range.low = value < range.low ? value : range.low;
        range.high = value > range.high ? value : range.high;
    }
    return range;
}

static double own_value(const Model *model, int64_t item, WordId entry)
{
    const int64_t m = model->vocabulary.count;
    double sum = 0.0;
    for (int t = 0; t < model->k; t++) {
        sum += (double)model->mixtures[item * model->k + t] * (double)model->topics[t * m + entry];
    }
    return sum * (double)model->masses[item];
}

static double other_value(const Model *model, int solution, int64_t item, WordId entry)
{
    const int k = model->k;
    const float *w =
        model->solutions.w + ((int64_t)solution * model->vocabulary.count + (int64_t)entry) * k;
    const float *h = model->solutions.h + ((int64_t)solution * model->documents.count + item) * k;
    double sum = 0.0;
    for (int t = 0; t < k; t++) {
        sum += (double)w[t] * (double)h[t];
    }
    return sum;
}

static double within(double value, Range range)
{
    return value < range.low ? range.low : value > range.high ? range.high : value;
}

double predict_cell(const Model *model, int64_t item, WordId entry, Range range)
{
    return within(own_value(model, item, entry), range);
}

static Prediction predict(const Model *model, int64_t item, WordId entry, Range range)
{
    const double value = own_value(model, item, entry);
    const int64_t known = model->documents.items[item].terms;
    Prediction prediction = {
        .item = item, .entry = entry, .value = within(value, range), .low = value, .high = value};
    for (int s = 0; s < model->solutions.count; s++) {
        const double other = other_value(model, s, item, entry);
        prediction.low = other < prediction.low ? other : prediction.low;
        prediction.high = other > prediction.high ? other : prediction.high;
    }
    prediction.determined =
        known >= model->k && model->document_frequency[entry] >= model->k &&
        prediction.high - prediction.low <= spread_most * (range.high - range.low);
    return prediction;
}

int64_t predict_item(const Model *model, int64_t item, Range range, double least, int64_t most,
                     Prediction *predictions)
{
    const Counts *counts = &model->counts;
    int64_t next = counts->starts[item], found = 0;
    for (WordId w = 0; w < model->vocabulary.count; w++) {
        if (next < counts->starts[item + 1] && counts->words[next] == w) {
            next++;
            continue;
        }
        const double value = predict_cell(model, item, w, range);
        if (value <= least || (found == most && value <= predictions[found - 1].value)) {
            continue;
        }
        int64_t at = found < most ? found++ : found - 1;
        for (; at > 0 && value > predictions[at - 1].value; at--) {
            predictions[at] = predictions[at - 1];
        }
        predictions[at] = predict(model, item, w, range);
    }
    return found;
}

/* ---- the solutions of other starts ---- */

Status prediction_keep(Model *model, const SolutionSet *set, int kept, double mass, Error *error)
{
    ModelSolutions *others = &model->solutions;
    const size_t m = model->vocabulary.count * (size_t)model->k,
                 n = (size_t)model->documents.count * (size_t)model->k;
    others->w = memory_new(m, SOLUTIONS_MAX * sizeof *others->w, error);
    others->h = memory_new(n, SOLUTIONS_MAX * sizeof *others->h, error);
    if (!others->w || !others->h) {
        return error_status(error);
    }
    const double best = model->fit.restarts[kept];
    for (int i = 0; i < set->count; i++) {
        const Solution *solution = &set->items[i];
        if (solution->start != kept && solution->factors.w &&
            solution_is_fair(solution->objective, best, mass)) {
            memcpy(others->w + (size_t)others->count * m, solution->factors.w,
                   m * sizeof *others->w);
            memcpy(others->h + (size_t)others->count * n, solution->factors.h,
                   n * sizeof *others->h);
            others->count++;
        }
    }
    return STATUS_OK;
}
