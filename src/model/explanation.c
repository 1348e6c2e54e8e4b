#include "model/explanation.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* What is left over is told down to this part of the mass; less is rounding. */
static const double rest_least = 1e-6;

/* The document in full: x and Σ_t h_t·p(w, t) of every word, and whether it is known. */
typedef struct Whole {
    double *x;
    double *fitted;
    bool *known;
} Whole;

static void whole_free(Whole *whole)
{
    free(whole->x);
    free(whole->fitted);
    free(whole->known);
}

static Status fill_x(const Model *model, int64_t document, Whole *whole, Error *error)
{
    const Counts *counts = &model->counts;
    const int64_t begin = counts->starts[document], end = counts->starts[document + 1];
    const size_t m = model->vocabulary.count;
    double *values = memory_new((size_t)(end - begin), sizeof *values, error);
    whole->x = memory_new(m, sizeof *whole->x, error);
    whole->fitted = memory_new(m, sizeof *whole->fitted, error);
    whole->known = memory_new(m, sizeof *whole->known, error);
    Status status =
        values && whole->x && whole->fitted && whole->known ? STATUS_OK : error_status(error);
    if (!status) {
        weight_document(&model->weight, counts, model->idf, document, values);
        for (size_t w = 0; w < m; w++) {
            whole->known[w] = !model->observed_only;
        }
        for (int64_t p = begin; p < end; p++) {
            whole->x[counts->words[p]] = values[p - begin];
            whole->known[counts->words[p]] = true;
        }
    }
    free(values);
    return status;
}

/* The weights of the topics: shares of the mass that the factors give back, or of x's own. */
static void fill_fitted(const Model *model, int64_t document, Whole *whole,
                        Explanation *explanation)
{
    const int64_t m = model->vocabulary.count;
    double mass = 0.0;
    for (int64_t w = 0; w < m; w++) {
        mass += whole->x[w];
    }
    mass = model->masses ? (double)model->masses[document] : mass;
    for (int t = 0; t < model->k; t++) {
        explanation->weights[t] = mass * (double)model->mixtures[document * model->k + t];
        for (int64_t w = 0; w < m && explanation->weights[t] > 0.0; w++) {
            whole->fitted[w] += explanation->weights[t] * (double)model->topics[t * m + w];
        }
    }
}

static void measure(const Model *model, const Whole *whole, Misfit *misfit)
{
    static const double least = 1e-300; /* as in reconstruction.h */
    for (WordId w = 0; w < model->vocabulary.count; w++) {
        const double x = whole->x[w], y = whole->fitted[w];
        if (!whole->known[w]) {
            continue;
        }
        misfit->mass += x;
        misfit->fitted += y;
        misfit->squares += x * x;
        misfit->error += (x - y) * (x - y);
        misfit->divergence += y - x;
        if (x > 0.0) {
            misfit->divergence += x * logarithm(x / (y > least ? y : least));
        }
    }
    misfit->divergence = misfit->divergence > 0.0 ? misfit->divergence : 0.0;
}

/* Adds the `most` words of the largest |part| of a topic, or of the rest if it is 0. Equal ones
 * keep their order. */
static void add_strongest(const Model *model, const Whole *whole, int topic, double least,
                          int64_t most, Explanation *explanation)
{
    const int64_t m = model->vocabulary.count;
    ExplainedWord *best = explanation->words + explanation->word_count;
    int64_t found = 0;
    for (int64_t w = 0; w < m; w++) {
        const double part =
            topic ? explanation->weights[topic - 1] * (double)model->topics[(topic - 1) * m + w]
                  : whole->x[w] - whole->fitted[w];
        if (!whole->known[w] || fabs(part) <= least ||
            (found == most && fabs(part) <= fabs(best[found - 1].part))) {
            continue;
        }
        int64_t at = found < most ? found++ : found - 1;
        for (; at > 0 && fabs(part) > fabs(best[at - 1].part); at--) {
            best[at] = best[at - 1];
        }
        best[at] = (ExplainedWord){topic, (WordId)w, whole->x[w], part};
    }
    explanation->word_count += found;
}

/* The topic of the largest weight among those not yet taken, from 1; 0 if none is left. */
static int next_topic(const Explanation *explanation, int k, const bool *taken)
{
    int next = 0;
    for (int t = 1; t <= k; t++) {
        if (!taken[t - 1] && explanation->weights[t - 1] > 0.0 &&
            (next == 0 || explanation->weights[t - 1] > explanation->weights[next - 1])) {
            next = t;
        }
    }
    return next;
}

Status explanation_make(const Model *model, int64_t document, int most, Explanation *explanation,
                        Error *error)
{
    const int64_t m = model->vocabulary.count, each = most < m ? most : m;
    Whole whole = {0};
    bool *taken = memory_new((size_t)model->k, sizeof *taken, error);
    explanation->document = document;
    explanation->weights = memory_new((size_t)model->k, sizeof *explanation->weights, error);
    explanation->words =
        memory_new((size_t)each, ((size_t)model->k + 1) * sizeof *explanation->words, error);
    Status status = taken && explanation->weights && explanation->words
                        ? fill_x(model, document, &whole, error)
                        : error_status(error);
    if (!status) {
        fill_fitted(model, document, &whole, explanation);
        measure(model, &whole, &explanation->misfit);
        for (int topic; (topic = next_topic(explanation, model->k, taken)) > 0;) {
            taken[topic - 1] = true;
            add_strongest(model, &whole, topic, 0.0, each, explanation);
        }
        add_strongest(model, &whole, 0, rest_least * explanation->misfit.mass, each, explanation);
    }
    free(taken);
    whole_free(&whole);
    return status;
}

void explanation_free(Explanation *explanation)
{
    free(explanation->weights);
    free(explanation->words);
    *explanation = (Explanation){0};
}
