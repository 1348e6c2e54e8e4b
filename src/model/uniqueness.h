/* What in a model does not depend on where the solver began.
 *
 * Minimising D has many solutions, some as good as the best. The solutions of other starts whose D
 * is within 0.1 % of the model's are compared with it: topics are paired so that the cosines of
 * their word vectors sum to most, and then what the model says of shares, words and documents is
 * asked of all of them. Formulas: docs/method.md, "What does not depend on the start". */
#ifndef THEMATA_MODEL_UNIQUENESS_H
#define THEMATA_MODEL_UNIQUENESS_H

#include "base/error.h"
#include "matrix/sparse.h"
#include "model/model.h"
#include "nmf/nmf.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SOLUTIONS_MAX = 50,   /* that are kept to be compared: those with the lowest D */
    SOLUTION_WORDS = 100, /* of each topic, to find its partner by */
};

/* What is kept of a solution: nothing of size words × topics, unless its factors are asked for.
 * Start all-zero. */
typedef struct Solution {
    int start; /* its number, from 0 */
    double objective;
    int k;
    TopicWord *words; /* owned, k × SOLUTION_WORDS: of each topic by falling probability; 0: none */
    double *lengths;  /* owned, k: Euclidean, of each topic with all its words */
    double *shares;   /* owned, k */
    int *main_topics; /* owned, n: 1..k, 0 if not modelled */
    Factors factors;  /* owned; all-zero unless solution_keep_factors was called */
} Solution;

/* Describes the result of one start by the solver of this name. The mixtures are those that a model
 * of it would have (method_mixtures); with `x` NULL those of its H, as model/scaled.h takes them.
 * Costs about as much as some passes of the solver; O(m·k). */
Status solution_describe(const char *solver, const SparseMatrix *x, const NmfResult *result,
                         int start, int threads, Solution *solution, Error *error);
void solution_free(Solution *solution);

/* Keeps the factors as well, for predictions (model/prediction.h). */
Status solution_keep_factors(Solution *solution, const Factors *factors, Error *error);

/* Start all-zero. */
typedef struct SolutionSet {
    Solution items[SOLUTIONS_MAX]; /* by D, of equal ones by number */
    int count;
} SolutionSet;

/* Whether D is within 0.1 % of the best, or differs from it by less than 1e-9 of the sum of X. */
bool solution_is_near(double objective, double best, double mass);

/* Whether its predictions are worth a look: within 5 % of the best, or as near as above. */
bool solution_is_fair(double objective, double best, double mass);

/* Takes a solution over, which is all-zero afterwards. The set keeps those with the lowest D, which
 * ones does not depend on the order in which they come. */
void solutions_add(SolutionSet *set, Solution *solution);
void solutions_free(SolutionSet *set);

/* Fills model->uniqueness: the model, which is that of start number `kept`, against all others of
 * the set that are near. model->fit has the objectives of all starts, `mass` is the sum of X. */
Status uniqueness_measure(Model *model, const SolutionSet *set, int kept, double mass,
                          Error *error);

#endif
