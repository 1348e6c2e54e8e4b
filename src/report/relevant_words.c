#include "report/relevant_words.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

double *relevant_words_masses(const Model *model, Error *error)
{
    const int64_t m = model->vocabulary.count;
    double *masses = memory_new((size_t)m, sizeof *masses, error);
    for (int t = 0; t < model->k && masses; t++) {
        for (int64_t w = 0; w < m; w++) {
            masses[w] += model->shares[t] * (double)model->topics[t * m + w];
        }
    }
    return masses;
}

double relevance_of(const RelevantWord *word, int step)
{
    const double weight = (double)step / RELEVANCE_STEPS;
    return weight * (double)word->log_probability + (1.0 - weight) * (double)word->log_lift;
}

static RelevantWord describe(const TopicWord *word, const double *masses)
{
    const double probability = (double)word->probability;
    RelevantWord described = {
        .word = word->word,
        .probability = word->probability,
        .log_probability = (float)logarithm(probability),
        .lift = 1.0,
    };
    if (masses[word->word] > 0.0) {
        described.lift = probability / masses[word->word];
        described.log_lift = (float)logarithm(described.lift);
    }
    return described;
}

/* ---- which can be among the most relevant ---- */

/* The largest numbers seen, falling. */
typedef struct Largest {
    float values[RELEVANT_WORDS];
    int count;
} Largest;

/* Takes a number in if there is room or it is larger than the smallest; says whether. */
static bool take_in(Largest *largest, float value)
{
    int at = largest->count;
    if (at == RELEVANT_WORDS) {
        if (value <= largest->values[--at]) {
            return false;
        }
    } else {
        largest->count++;
    }
    for (; at > 0 && largest->values[at - 1] < value; at--) {
        largest->values[at] = largest->values[at - 1];
    }
    largest->values[at] = value;
    return true;
}

/* Keeps, of the words by falling probability, the PROBABLE_WORDS first and those that can be among
 * the RELEVANT_WORDS at some step. A word behind so many that are no less probable and no less
 * lifted never can: relevance rises with both, in rounded arithmetic too, and of equal ones those
 * others come first. Returns how many are left. */
static int64_t keep_candidates(const TopicWord *ranked, int64_t count, const double *masses,
                               RelevantWord *words)
{
    Largest lifts = {.count = 0};
    int64_t kept = 0;
    for (int64_t i = 0; i < count; i++) {
        words[kept] = describe(&ranked[i], masses);
        const bool can = take_in(&lifts, words[kept].log_lift);
        kept += can || i < PROBABLE_WORDS;
    }
    return kept;
}

/* ---- which are ---- */

/* Marks the RELEVANT_WORDS at one step. */
static void mark_step(const RelevantWord *words, int64_t count, int step, bool *is_listed)
{
    int64_t best[RELEVANT_WORDS];
    double relevance[RELEVANT_WORDS];
    int filled = 0;
    for (int64_t i = 0; i < count; i++) {
        const double own = relevance_of(&words[i], step);
        int at = filled;
        if (filled == RELEVANT_WORDS) {
            if (own <= relevance[--at]) {
                continue;
            }
        } else {
            filled++;
        }
        for (; at > 0 && relevance[at - 1] < own; at--) {
            relevance[at] = relevance[at - 1];
            best[at] = best[at - 1];
        }
        relevance[at] = own;
        best[at] = i;
    }
    for (int i = 0; i < filled; i++) {
        is_listed[best[i]] = true;
    }
}

static Status keep_listed(RelevantWord *words, int64_t *count, Error *error)
{
    bool *is_listed = memory_new((size_t)*count, sizeof *is_listed, error);
    if (!is_listed) {
        return error_status(error);
    }
    for (int step = 0; step <= RELEVANCE_STEPS; step++) {
        mark_step(words, *count, step, is_listed);
    }
    int64_t kept = 0;
    for (int64_t i = 0; i < *count; i++) {
        if (is_listed[i] || i < PROBABLE_WORDS) {
            words[kept++] = words[i];
        }
    }
    *count = kept;
    free(is_listed);
    return STATUS_OK;
}

Status relevant_words_find(const Model *model, int topic, const double *masses,
                           RelevantWord **words, int64_t *count, Error *error)
{
    const int64_t m = model->vocabulary.count;
    TopicWord *ranked = memory_new((size_t)m, sizeof *ranked, error);
    *words = memory_new((size_t)m, sizeof **words, error);
    *count = ranked && *words ? model_top_words(model, topic, m, ranked, error) : -1;
    Status status = *count < 0 ? error_status(error) : STATUS_OK;
    if (!status) {
        *count = keep_candidates(ranked, *count, masses, *words);
        status = keep_listed(*words, count, error);
    }
    free(ranked);
    return status;
}
