/* How good topics are, in three numbers: means over the topics of the whole, for comparing numbers
 * of topics. Formulas: docs/method.md, "How many topics". */
#ifndef THEMATA_MODEL_TOPIC_SCORES_H
#define THEMATA_MODEL_TOPIC_SCORES_H

#include "base/error.h"
#include "matrix/sparse.h"

#include <stdint.h>

enum { TOPIC_SCORES_WORDS = 10 }; /* the top words that are looked at */

typedef struct TopicScores {
    double coherence;   /* NPMI of pairs of top words, −1 to 1 */
    double exclusivity; /* p(w|t)/Σ_s p(w|s) of top words, 0 to 1 */
    double diversity;   /* different words among all top words, 0 to 1 */
} TopicScores;

/* Scores W (words × k, as in Factors). The columns of `by_words`, the transpose of X, say in which
 * documents a word is. Topics without words, or with a single one, have no pairs and count 0.
 * O(words·k + k·10²·documents of a top word). */
Status topic_scores_measure(const float *w, int k, const SparseMatrix *by_words,
                            TopicScores *scores, Error *error);

#endif
