#include "model/topic_lists.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

/* Puts a word in its place among the heaviest, if it belongs there. Words come in the order of
 * their numbers, so one of equal weight goes behind. */
static void offer(const float *w, int k, int t, int64_t word, int depth, WordId *list, int *length)
{
    const float weight = w[word * k + t];
    int at = *length;
    if (weight <= 0.0F || (at == depth && weight <= w[(int64_t)list[at - 1] * k + t])) {
        return;
    }
    if (at < depth) {
        (*length)++;
    } else {
        at--;
    }
    for (; at > 0 && w[(int64_t)list[at - 1] * k + t] < weight; at--) {
        list[at] = list[at - 1];
    }
    list[at] = (WordId)word;
}

Status topic_lists_make(const float *w, int64_t words, int k, int depth, TopicLists *lists,
                        Error *error)
{
    *lists = (TopicLists){.k = k, .depth = depth};
    lists->lengths = memory_new((size_t)k, sizeof *lists->lengths, error);
    lists->words = memory_new((size_t)k, (size_t)depth * sizeof *lists->words, error);
    if (!lists->lengths || !lists->words) {
        topic_lists_free(lists);
        return error_status(error);
    }
    for (int64_t word = 0; word < words; word++) {
        for (int t = 0; t < k; t++) {
            offer(w, k, t, word, depth, lists->words + (int64_t)t * depth, &lists->lengths[t]);
        }
    }
    return STATUS_OK;
}

void topic_lists_free(TopicLists *lists)
{
    free(lists->lengths);
    free(lists->words);
    *lists = (TopicLists){0};
}

static bool holds(const WordId *list, int length, WordId word)
{
    for (int i = 0; i < length; i++) {
        if (list[i] == word) {
            return true;
        }
    }
    return false;
}

double topic_lists_agreement(const TopicLists *left, int a, const TopicLists *right, int b)
{
    const WordId *first = topic_list(left, a), *second = topic_list(right, b);
    const int first_length = left->lengths[a], second_length = right->lengths[b];
    if (first_length == 0 || second_length == 0) {
        return 0.0;
    }
    double sum = 0.0;
    int common = 0;
    for (int d = 1; d <= left->depth; d++) {
        const int of_first = d < first_length ? d : first_length;
        const int of_second = d < second_length ? d : second_length;
        /* the d-th words: each may meet one that is there already, or the other */
        if (d <= first_length && holds(second, of_second, first[d - 1])) {
            common++;
        }
        const int before = d - 1 < first_length ? d - 1 : first_length;
        if (d <= second_length && holds(first, before, second[d - 1])) {
            common++;
        }
        sum += (double)common / (double)(of_first + of_second - common);
    }
    return sum / left->depth;
}
