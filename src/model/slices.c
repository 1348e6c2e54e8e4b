#include "model/slices.h"

#include "base/memory.h"

#include <stdlib.h>

Status slices_new(Slices *slices, int64_t count, int k, Error *error)
{
    *slices = (Slices){.count = count, .k = k};
    const size_t size = (size_t)count, topics = (size_t)k;
    slices->documents = memory_new(size, sizeof *slices->documents, error);
    slices->tokens = memory_new(size, sizeof *slices->tokens, error);
    slices->shares = memory_new(size, topics * sizeof *slices->shares, error);
    slices->masses = memory_new(size, topics * sizeof *slices->masses, error);
    slices->main = memory_new(size, topics * sizeof *slices->main, error);
    if (slices->documents && slices->tokens && slices->shares && slices->masses && slices->main) {
        return STATUS_OK;
    }
    slices_free(slices);
    return error_status(error);
}

void slices_add(Slices *slices, int64_t slice, const DocumentFacts *facts, const float *mixture)
{
    const int k = slices->k;
    const MixtureSummary summary = mixture_summarise(mixture, k);
    if (!summary.modelled) {
        return;
    }
    slices->documents[slice]++;
    slices->tokens[slice] += facts->tokens;
    slices->main[slice * k + summary.topic - 1]++;
    for (int t = 0; t < k; t++) {
        slices->shares[slice * k + t] += (double)mixture[t];
        slices->masses[slice * k + t] += facts->tokens * (double)mixture[t];
    }
}

double slices_mean_share(const Slices *slices, int64_t slice, int topic)
{
    return slices->shares[slice * slices->k + topic] / (double)slices->documents[slice];
}

double slices_mass_share(const Slices *slices, int64_t slice, int topic)
{
    return slices->masses[slice * slices->k + topic] / slices->tokens[slice];
}

double slices_main_share(const Slices *slices, int64_t slice, int topic)
{
    return (double)slices->main[slice * slices->k + topic] / (double)slices->documents[slice];
}

void slices_free(Slices *slices)
{
    free(slices->documents);
    free(slices->tokens);
    free(slices->shares);
    free(slices->masses);
    free(slices->main);
    *slices = (Slices){0};
}
