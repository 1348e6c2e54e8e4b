#include "model/similarity.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

static const double LN_2 = 0x1.62e42fefa39efp-1;

/* ---- documents ---- */

/* Where the pair of topics a < b, counted from 0, stands among the pairs. */
static int64_t pair_at(int k, int a, int b)
{
    return (int64_t)a * (2 * k - a - 1) / 2 + b - a - 1;
}

/* Σ h(d, a)·h(d, b) into the pmi of each pair. `present` has room for k. */
static void sum_products(const Model *model, int *present, TopicPair *pairs)
{
    const int k = model->k;
    for (int64_t d = 0; d < model->documents.count; d++) {
        const float *mixture = model->mixtures + d * k;
        int count = 0;
        for (int t = 0; t < k; t++) {
            present[count] = t;
            count += mixture[t] > 0.0F;
        }
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                const int a = present[i], b = present[j];
                pairs[pair_at(k, a, b)].pmi += (double)mixture[a] * (double)mixture[b];
            }
        }
    }
}

/* Makes the pmi of the sum that stands in its place. */
static void finish_pmi(const Model *model, TopicPair *pair)
{
    const double expected = model->shares[pair->a - 1] * model->shares[pair->b - 1];
    pair->together = pair->pmi > 0.0;
    if (pair->together) {
        pair->pmi = logarithm(pair->pmi / (double)model->modelled / expected);
    }
}

/* ---- words ---- */

/* The words of one topic that have a probability, and the sums of all topics. */
typedef struct Words {
    WordId *ids; /* owned, m */
    int64_t count;
    double *totals;  /* owned, k: Σ p */
    double *squares; /* owned, k: Σ p² */
} Words;

static void words_free(Words *words)
{
    free(words->ids);
    free(words->totals);
    free(words->squares);
}

static Status words_new(const Model *model, Words *words, Error *error)
{
    const int64_t m = model->vocabulary.count;
    words->ids = memory_new((size_t)m, sizeof *words->ids, error);
    words->totals = memory_new((size_t)model->k, sizeof *words->totals, error);
    words->squares = memory_new((size_t)model->k, sizeof *words->squares, error);
    if (!words->ids || !words->totals || !words->squares) {
        return error_status(error);
    }
    for (int t = 0; t < model->k; t++) {
        for (int64_t w = 0; w < m; w++) {
            const double p = (double)model->topics[t * m + w];
            words->totals[t] += p;
            words->squares[t] += p * p;
        }
    }
    return STATUS_OK;
}

static void words_of(const Model *model, int topic, Words *words)
{
    const int64_t m = model->vocabulary.count;
    words->count = 0;
    for (int64_t w = 0; w < m; w++) {
        words->ids[words->count] = (WordId)w;
        words->count += model->topics[topic * m + w] > 0.0F;
    }
}

/* A word that one topic alone has adds p·ln 2 to twice the divergence. Those of b alone are what
 * b's sum has beyond the common ones. */
static void compare_words(const Model *model, const Words *words, TopicPair *pair)
{
    const int64_t m = model->vocabulary.count;
    const int a = pair->a - 1, b = pair->b - 1;
    const float *of_a = model->topics + a * m, *of_b = model->topics + b * m;
    double divergence = 0.0, common = 0.0, product = 0.0;
    for (int64_t i = 0; i < words->count; i++) {
        const double p = (double)of_a[words->ids[i]], q = (double)of_b[words->ids[i]];
        if (q > 0.0) {
            divergence += p * logarithm(2.0 * p / (p + q)) + q * logarithm(2.0 * q / (p + q));
            common += q;
            product += p * q;
        } else {
            divergence += p * LN_2;
        }
    }
    divergence = 0.5 * (divergence + LN_2 * (words->totals[b] - common));
    pair->js_distance = divergence > 0.0 ? sqrt(divergence) : 0.0;
    if (product > 0.0) {
        const double cosine = product / sqrt(words->squares[a] * words->squares[b]);
        pair->cosine = cosine < 1.0 ? cosine : 1.0;
    }
}

/* ---- both ---- */

static void measure(const Model *model, int *present, Words *words, TopicPair *pairs)
{
    sum_products(model, present, pairs);
    for (int a = 1; a < model->k; a++) {
        words_of(model, a - 1, words);
        for (int b = a + 1; b <= model->k; b++, pairs++) {
            pairs->a = a;
            pairs->b = b;
            finish_pmi(model, pairs);
            compare_words(model, words, pairs);
        }
    }
}

TopicPair *similarity_measure(const Model *model, Error *error)
{
    const size_t k = (size_t)model->k;
    Words words = {0};
    TopicPair *pairs = memory_new(k * (k - 1) / 2, sizeof *pairs, error);
    int *present = pairs ? memory_new(k, sizeof *present, error) : NULL;
    if (present && !words_new(model, &words, error)) {
        measure(model, present, &words, pairs);
    } else {
        free(pairs);
        pairs = NULL;
    }
    words_free(&words);
    free(present);
    return pairs;
}
