#include "model/topic_scores.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "model/topic_lists.h"

#include <stdlib.h>

/* In how many documents both words are. */
static int64_t count_both(const SparseMatrix *by_words, WordId a, WordId b)
{
    int64_t p = by_words->starts[a], q = by_words->starts[b], both = 0;
    const int64_t end_p = by_words->starts[a + 1], end_q = by_words->starts[b + 1];
    while (p < end_p && q < end_q) {
        const int64_t left = by_words->row_indices[p], right = by_words->row_indices[q];
        both += left == right;
        p += left <= right;
        q += right <= left;
    }
    return both;
}

/* ln(P(a, b)/(P(a)·P(b))) / −ln P(a, b); −1 of a pair that never meets, its limit; 0 of one that is
 * in every document, which tells nothing. */
static double npmi(const SparseMatrix *by_words, WordId a, WordId b)
{
    const double n = (double)by_words->rows;
    const double both = (double)count_both(by_words, a, b) / n;
    if (both == 0.0 || both == 1.0) {
        return both == 0.0 ? -1.0 : 0.0;
    }
    const double of_a = (double)(by_words->starts[a + 1] - by_words->starts[a]) / n;
    const double of_b = (double)(by_words->starts[b + 1] - by_words->starts[b]) / n;
    return (logarithm(both) - logarithm(of_a) - logarithm(of_b)) / -logarithm(both);
}

static double coherence_of(const TopicLists *lists, int t, const SparseMatrix *by_words)
{
    const WordId *list = topic_list(lists, t);
    const int length = lists->lengths[t];
    double sum = 0.0;
    for (int i = 1; i < length; i++) {
        for (int j = 0; j < i; j++) {
            sum += npmi(by_words, list[i], list[j]);
        }
    }
    return length > 1 ? sum / (length * (length - 1) / 2.0) : 0.0;
}

static double exclusivity_of(const TopicLists *lists, int t, const float *w)
{
    const WordId *list = topic_list(lists, t);
    double mean = 0.0;
    for (int i = 0; i < lists->lengths[t]; i++) {
        const float *row = w + (int64_t)list[i] * lists->k;
        double everywhere = 0.0;
        for (int s = 0; s < lists->k; s++) {
            everywhere += (double)row[s];
        }
        mean += (double)row[t] / everywhere / lists->lengths[t];
    }
    return mean;
}

static int compare_words(const void *left, const void *right)
{
    const WordId a = *(const WordId *)left, b = *(const WordId *)right;
    return (a > b) - (a < b);
}

/* Part of the words of all lists that differ from each other. */
static Status measure_diversity(const TopicLists *lists, double *diversity, Error *error)
{
    WordId *all = memory_new((size_t)lists->k, (size_t)lists->depth * sizeof *all, error);
    if (!all) {
        return error_status(error);
    }
    int64_t count = 0, different = 0;
    for (int t = 0; t < lists->k; t++) {
        for (int i = 0; i < lists->lengths[t]; i++) {
            all[count++] = topic_list(lists, t)[i];
        }
    }
    qsort(all, (size_t)count, sizeof *all, compare_words);
    for (int64_t i = 0; i < count; i++) {
        different += i == 0 || all[i] != all[i - 1];
    }
    *diversity = count > 0 ? (double)different / (double)count : 0.0;
    free(all);
    return STATUS_OK;
}

Status topic_scores_measure(const float *w, int k, const SparseMatrix *by_words,
                            TopicScores *scores, Error *error)
{
    TopicLists lists = {0};
    const int64_t words = by_words->columns;
    const int depth = words < TOPIC_SCORES_WORDS ? (int)words : TOPIC_SCORES_WORDS;
    *scores = (TopicScores){0};
    Status status = topic_lists_make(w, words, k, depth, &lists, error);
    for (int t = 0; t < k && !status; t++) {
        scores->coherence += coherence_of(&lists, t, by_words) / k;
        scores->exclusivity += exclusivity_of(&lists, t, w) / k;
    }
    if (!status) {
        status = measure_diversity(&lists, &scores->diversity, error);
    }
    topic_lists_free(&lists);
    return status;
}
