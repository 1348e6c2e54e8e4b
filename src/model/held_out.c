#include "model/held_out.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <stdlib.h>

static const double background_part = 0.1;

/* Σ_w W(w, t)/idf(w) of each topic. */
static void sum_topics(const Factors *factors, const double *idf, double *sums)
{
    const int k = factors->rank;
    for (int64_t w = 0; w < factors->rows; w++) {
        for (int t = 0; t < k; t++) {
            sums[t] += (double)factors->w[w * k + t] / idf[w];
        }
    }
}

static double product(const float *left, const float *right, int k)
{
    double sum = 0.0;
    for (int t = 0; t < k; t++) {
        sum += (double)left[t] * (double)right[t];
    }
    return sum;
}

/* Adds what was held out of the document at place i. */
static void measure_document(const Sample *sample, const Factors *factors, const double *idf,
                             const double *background, const double *sums, int64_t i, HeldOut *held)
{
    const int k = factors->rank;
    const Counts *counts = &sample->held;
    const float *h = factors->h + i * k;
    const double tokens = counts_tokens(counts, i);
    double all = 0.0;
    for (int t = 0; t < k; t++) {
        all += (double)h[t] * sums[t];
    }
    for (int64_t p = counts->starts[i]; p < counts->starts[i + 1]; p++) {
        const WordId word = counts->words[p];
        const double y = (double)counts->values[p];
        const double told = product(factors->w + (int64_t)word * k, h, k) / idf[word];
        const double q =
            all > 0.0 ? (1.0 - background_part) * told / all + background_part * background[word]
                      : background[word];
        held->nats -= y * logarithm(q);
        held->divergence += y * logarithm(y / (tokens * q));
    }
    held->tokens += tokens;
}

Status held_out_measure(const Sample *sample, const Factors *factors, const double *idf,
                        const double *background, HeldOut *held, Error *error)
{
    *held = (HeldOut){0};
    if (sample->held_tokens == 0.0) {
        return STATUS_OK;
    }
    double *sums = memory_new((size_t)factors->rank, sizeof *sums, error);
    if (!sums) {
        return error_status(error);
    }
    sum_topics(factors, idf, sums);
    for (int64_t i = 0; i < sample->count; i++) {
        if (sample->held.starts[i + 1] > sample->held.starts[i]) {
            measure_document(sample, factors, idf, background, sums, i, held);
        }
    }
    free(sums);
    return STATUS_OK;
}
