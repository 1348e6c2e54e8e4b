#include "model/topic_lists.h"

#include "model/topic_scores.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static const double close_enough = 1e-12;

/* Lists of given words. */
static TopicLists lists_of(int depth, int length, WordId *words)
{
    static int lengths[2];
    lengths[length == 0] = length;
    return (TopicLists){.k = 1, .depth = depth, .lengths = &lengths[length == 0], .words = words};
}

Test(topic_lists, takes_the_heaviest_words_in_order)
{
    const float w[] = {0.1F, 0.0F, 0.4F, 0.5F, 0.1F, 0.5F, 0.4F, 0.0F}; /* 4 words × 2 topics */
    TopicLists lists;
    Error error = {0};
    cr_assert_eq(topic_lists_make(w, 4, 2, 3, &lists, &error), STATUS_OK);
    cr_assert_eq(lists.lengths[0], 3);
    cr_assert(topic_list(&lists, 0)[0] == 1 && topic_list(&lists, 0)[1] == 3 &&
                  topic_list(&lists, 0)[2] == 0,
              "equal weights: the lower number first, and of those at the end it alone");
    cr_assert_eq(lists.lengths[1], 2, "words of weight 0 are in no list");
    cr_assert(topic_list(&lists, 1)[0] == 1 && topic_list(&lists, 1)[1] == 2);
    topic_lists_free(&lists);
}

Test(topic_lists, equal_lists_agree_fully)
{
    WordId words[] = {4, 7, 2};
    const TopicLists lists = lists_of(3, 3, words), short_of = lists_of(20, 3, words);
    cr_assert_float_eq(topic_lists_agreement(&lists, 0, &lists, 0), 1.0, close_enough);
    cr_assert_float_eq(topic_lists_agreement(&short_of, 0, &short_of, 0), 1.0, close_enough);
}

Test(topic_lists, different_and_empty_lists_agree_in_nothing)
{
    WordId words[] = {4, 7, 2}, others[] = {1, 3, 5};
    const TopicLists a = lists_of(3, 3, words), b = lists_of(3, 3, others);
    const TopicLists none = lists_of(3, 0, others);
    cr_assert_eq(topic_lists_agreement(&a, 0, &b, 0), 0.0);
    cr_assert_eq(topic_lists_agreement(&a, 0, &none, 0), 0.0);
    cr_assert_eq(topic_lists_agreement(&none, 0, &none, 0), 0.0);
}

/* The example of Greene et al. (2014), table 1: album, music, best, award, win against sport, best,
 * win, medal, award has Jaccard 0, 0, 1/5, 1/7, 3/7, and so an average of .154. */
Test(topic_lists, agreement_of_greenes_example)
{
    WordId first[] = {0, 1, 2, 3, 4}, second[] = {5, 2, 4, 6, 3};
    const TopicLists a = lists_of(5, 5, first), b = lists_of(5, 5, second);
    const double expected = (0.0 + 0.0 + 1.0 / 5.0 + 1.0 / 7.0 + 3.0 / 7.0) / 5.0;
    cr_assert_float_eq(topic_lists_agreement(&a, 0, &b, 0), expected, close_enough);
    cr_assert_float_eq(topic_lists_agreement(&b, 0, &a, 0), expected, close_enough);
}

/* Words 0 and 1 are together in the documents 0 and 1 of 4, word 2 in document 2, word 3 in all. */
static SparseMatrix *by_words(void)
{
    static const int64_t rows[] = {0, 1, 0, 1, 2, 0, 1, 2, 3}, starts[] = {0, 2, 4, 5, 9};
    Error error = {0};
    SparseMatrix *matrix = sparse_new(4, 4, 9, &error);
    for (int i = 0; i < 9; i++) {
        matrix->own_rows[i] = rows[i];
        matrix->values[i] = 1.0;
    }
    for (int i = 0; i < 5; i++) {
        matrix->own_starts[i] = starts[i];
    }
    return matrix;
}

/* Topic 0 has the words 0 and 1: P = ½ each and together, NPMI ln 2/ln 2 = 1. Topic 1 has 2 and 3:
 * ln(¼/(¼·1)) = 0. All four words differ and each is its topic's alone. */
Test(topic_scores, by_hand)
{
    const float w[] = {0.6F, 0.0F, 0.4F, 0.0F, 0.0F, 0.5F, 0.0F, 0.5F};
    SparseMatrix *matrix = by_words();
    TopicScores scores;
    Error error = {0};
    cr_assert_eq(topic_scores_measure(w, 2, matrix, &scores, &error), STATUS_OK);
    cr_assert_float_eq(scores.coherence, 0.5, close_enough);
    cr_assert_float_eq(scores.exclusivity, 1.0, close_enough);
    cr_assert_eq(scores.diversity, 1.0);
    sparse_free(matrix);
}

/* Identical topics with words that never meet. */
Test(topic_scores, of_identical_topics)
{
    const float w[] = {0.0F, 0.0F, 0.5F, 0.5F, 0.5F, 0.5F, 0.0F, 0.0F};
    SparseMatrix *matrix = by_words();
    TopicScores scores;
    Error error = {0};
    cr_assert_eq(topic_scores_measure(w, 2, matrix, &scores, &error), STATUS_OK);
    cr_assert_float_eq(scores.coherence, -1.0, close_enough);
    cr_assert_float_eq(scores.exclusivity, 0.5, close_enough);
    cr_assert_eq(scores.diversity, 0.5);
    sparse_free(matrix);
}

Test(topic_scores, of_a_topic_without_words)
{
    const float w[] = {0.0F, 0.0F, 0.0F, 0.0F};
    SparseMatrix *matrix = by_words();
    TopicScores scores;
    Error error = {0};
    cr_assert_eq(topic_scores_measure(w, 1, matrix, &scores, &error), STATUS_OK);
    cr_assert(scores.coherence == 0.0 && scores.exclusivity == 0.0 && scores.diversity == 0.0);
    sparse_free(matrix);
}
