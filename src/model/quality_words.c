#include "model/quality.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "model/model.h"

#include <stdlib.h>

static const double RELEVANCE_LAMBDA = 0.6; /* C. Sievert, K. Shirley (2014) */
static const double FREX_EXCLUSIVITY = 0.5;

double quality_relevance(double probability, double lift)
{
    return RELEVANCE_LAMBDA * logarithm(probability) + (1.0 - RELEVANCE_LAMBDA) * logarithm(lift);
}

double *quality_word_sums(const Model *model, Error *error)
{
    const int64_t m = model->vocabulary.count;
    double *sums = memory_new((size_t)m, sizeof *sums, error);
    for (int64_t i = 0; i < m * model->k && sums; i++) {
        sums[i % m] += (double)model->topics[i];
    }
    return sums;
}

typedef struct Placed {
    double value;
    WordId word;
} Placed;

static int compare_placed(const void *left, const void *right)
{
    const Placed *a = left, *b = right;
    return (a->value > b->value) - (a->value < b->value);
}

/* Sorts the words that have some of it and fills, for each, the share of all `m` words that do not
 * have more; the words that have none are `m` − `count`. */
static void place(Placed *placed, int64_t count, int64_t m, double *shares)
{
    qsort(placed, (size_t)count, sizeof *placed, compare_placed);
    for (int64_t end = count, i = count - 1; i >= 0; i--) {
        end = placed[i].value < placed[end - 1].value ? i + 1 : end;
        shares[placed[i].word] = (double)(m - count + end) / (double)m;
    }
}

Status quality_frex(const Model *model, int topic, const double *sums, double *frex, Error *error)
{
    const int64_t m = model->vocabulary.count;
    const float *p = model->topics + (int64_t)(topic - 1) * m;
    Placed *placed = memory_new((size_t)m, sizeof *placed, error);
    double *frequent = memory_new((size_t)m, sizeof *frequent, error);
    int64_t count = 0;
    for (int64_t w = 0; w < m && placed; w++) {
        if (p[w] > 0.0F) {
            placed[count++] = (Placed){.value = (double)p[w], .word = (WordId)w};
        }
    }
    if (placed && frequent) {
        const double none =
            (double)(m - count) / (double)m; /* of a word that is not in the topic */
        place(placed, count, m, frequent);
        for (int64_t i = 0; i < count; i++) {
            placed[i].value = (double)p[placed[i].word] / sums[placed[i].word];
        }
        place(placed, count, m, frex);
        for (int64_t w = 0; w < m; w++) {
            frex[w] =
                p[w] > 0.0F
                    ? 1.0 / (FREX_EXCLUSIVITY / frex[w] + (1.0 - FREX_EXCLUSIVITY) / frequent[w])
                    : none;
        }
    }
    free(placed);
    free(frequent);
    return placed && frequent ? STATUS_OK : error_status(error);
}
