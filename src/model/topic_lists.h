/* Topics as short lists of their most probable words, and how alike two lists are. */
#ifndef THEMATA_MODEL_TOPIC_LISTS_H
#define THEMATA_MODEL_TOPIC_LISTS_H

#include "base/error.h"
#include "text/vocabulary.h"

#include <stdint.h>

/* The first words of k topics. Start all-zero. */
typedef struct TopicLists {
    int k;
    int depth;     /* room of each list */
    int *lengths;  /* k: a topic may have fewer words */
    WordId *words; /* k × depth: by falling weight, of equal ones the lower number first */
} TopicLists;

/* Takes the `depth` heaviest words of each topic out of W (words × k, as in Factors); words of
 * weight 0 are in no list. O(words · k), and a little for each word that enters a list. */
Status topic_lists_make(const float *w, int64_t words, int k, int depth, TopicLists *lists,
                        Error *error);
void topic_lists_free(TopicLists *lists);

static inline const WordId *topic_list(const TopicLists *lists, int topic)
{
    return lists->words + (int64_t)topic * lists->depth;
}

/* Average Jaccard (Greene, O'Callaghan and Cunningham 2014): the mean over d = 1 … depth of
 * |A_d ∩ B_d| / |A_d ∪ B_d|, A_d the first d words of the one topic or all if it has fewer. 1 for
 * equal lists; 0 if either is empty. O(depth²). */
double topic_lists_agreement(const TopicLists *left, int a, const TopicLists *right, int b);

#endif
