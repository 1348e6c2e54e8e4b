#include "model/auto_labels.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <stdlib.h>

/* The words a topic chooses of, the best first. */
typedef struct Candidates {
    WordId words[AUTO_LABEL_CANDIDATES];
    int64_t count;
} Candidates;

/* Sorts the most probable words by FREX (insertion, so that equal ones stay as they were). */
static void sort_candidates(Candidates *candidates, const double *frex)
{
    for (int64_t i = 1; i < candidates->count; i++) {
        const WordId word = candidates->words[i];
        int64_t at = i;
        for (; at > 0 && frex[word] > frex[candidates->words[at - 1]]; at--) {
            candidates->words[at] = candidates->words[at - 1];
        }
        candidates->words[at] = word;
    }
}

/* `frex` has room for all words. */
static Status find_candidates(const Model *model, int topic, const double *sums, double *frex,
                              Candidates *candidates, Error *error)
{
    TopicWord top[AUTO_LABEL_CANDIDATES];
    const int64_t m = model->vocabulary.count;
    const int64_t wanted = m < AUTO_LABEL_CANDIDATES ? m : AUTO_LABEL_CANDIDATES;
    candidates->count = model_top_words(model, topic, wanted, top, error);
    if (candidates->count < 0 || quality_frex(model, topic, sums, frex, error)) {
        return error_status(error);
    }
    for (int64_t i = 0; i < candidates->count; i++) {
        candidates->words[i] = top[i].word;
    }
    sort_candidates(candidates, frex);
    return STATUS_OK;
}

static Status find_all(const Model *model, Candidates *candidates, Error *error)
{
    double *sums = quality_word_sums(model, error);
    double *frex = memory_new(model->vocabulary.count, sizeof *frex, error);
    Status status = sums && frex ? STATUS_OK : error_status(error);
    for (int t = 0; t < model->k && !status; t++) {
        status = find_candidates(model, t + 1, sums, frex, &candidates[t], error);
    }
    free(sums);
    free(frex);
    return status;
}

/* Adds the topic's best word that is not taken, if there is one. */
static Status take_word(const Model *model, const Candidates *candidates, bool *taken, Buffer *name,
                        Error *error)
{
    for (int64_t i = 0; i < candidates->count; i++) {
        const WordId word = candidates->words[i];
        if (!taken[word]) {
            taken[word] = true;
            return buffer_print(name, error, "%s%s", name->length ? "/" : "",
                                model_surface(model, word));
        }
    }
    return STATUS_OK;
}

static Status name_topics(const Model *model, const Candidates *candidates, int words,
                          char **labels, Error *error)
{
    const size_t k = (size_t)model->k;
    bool *taken = memory_new(model->vocabulary.count, sizeof *taken, error);
    Buffer *names = memory_new(k, sizeof *names, error);
    Status status = taken && names ? STATUS_OK : error_status(error);
    for (size_t t = 0; t < k && !status; t++) {
        status = buffer_reserve(&names[t], 0, error); /* an empty text */
    }
    for (int round = 0; round < words; round++) {
        for (size_t t = 0; t < k && !status; t++) {
            status = take_word(model, &candidates[t], taken, &names[t], error);
        }
    }
    for (size_t t = 0; t < k && names; t++) {
        labels[t] = names[t].bytes;
    }
    free(taken);
    free(names);
    return status;
}

char **auto_labels_new(const Model *model, int words, Error *error)
{
    const size_t k = (size_t)model->k;
    Candidates *candidates = memory_new(k, sizeof *candidates, error);
    char **labels = memory_new(k, sizeof *labels, error);
    Status status = candidates && labels ? find_all(model, candidates, error) : error_status(error);
    if (!status) {
        status = name_topics(model, candidates, words, labels, error);
    }
    free(candidates);
    if (status) {
        auto_labels_free(labels, model->k);
        return NULL;
    }
    return labels;
}

void auto_labels_free(char **labels, int k)
{
    for (int t = 0; t < k && labels; t++) {
        free(labels[t]);
    }
    free(labels);
}
