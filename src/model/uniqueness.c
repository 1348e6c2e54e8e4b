#include "model/uniqueness.h"

#include "base/memory.h"
#include "matrix/assignment.h"
#include "nmf/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double near_part = 1e-3; /* of the best D */
static const double near_mass = 1e-9; /* of the sum of X: where D is nearly 0 */

/* ---- one solution ---- */

/* Puts a word into a topic's list if it belongs there; words come in their order. */
static void rank_word(TopicWord *list, WordId word, float probability)
{
    if (!(probability > list[SOLUTION_WORDS - 1].probability)) {
        return;
    }
    int at = SOLUTION_WORDS - 1;
    for (; at > 0 && probability > list[at - 1].probability; at--) {
        list[at] = list[at - 1];
    }
    list[at] = (TopicWord){.word = word, .probability = probability};
}

static void describe_topics(const Factors *factors, Solution *solution)
{
    const int k = factors->rank;
    for (int64_t i = 0; i < factors->rows; i++) {
        for (int t = 0; t < k; t++) {
            const float w = factors->w[i * k + t];
            rank_word(solution->words + (int64_t)t * SOLUTION_WORDS, (WordId)i, w);
            solution->lengths[t] += (double)w * (double)w;
        }
    }
    for (int t = 0; t < k; t++) {
        solution->lengths[t] = sqrt(solution->lengths[t]);
    }
}

static void describe_documents(const float *mixtures, int64_t documents, Solution *solution)
{
    const int k = solution->k;
    int64_t modelled = 0;
    for (int64_t d = 0; d < documents; d++) {
        const MixtureSummary summary = mixture_summarise(mixtures + d * k, k);
        solution->main_topics[d] = summary.topic;
        modelled += summary.modelled;
        for (int t = 0; t < k && summary.modelled; t++) {
            solution->shares[t] += (double)mixtures[d * k + t];
        }
    }
    for (int t = 0; t < k && modelled > 0; t++) {
        solution->shares[t] /= (double)modelled;
    }
}

/* The columns of H, each scaled to sum 1. */
static void scale_columns(const Factors *factors, float *mixtures)
{
    const int k = factors->rank;
    for (int64_t j = 0; j < factors->columns; j++) {
        double mass = 0.0;
        for (int t = 0; t < k; t++) {
            mass += (double)factors->h[j * k + t];
        }
        for (int t = 0; t < k && mass > 0.0; t++) {
            mixtures[j * k + t] = (float)((double)factors->h[j * k + t] / mass);
        }
    }
}

Status solution_describe(const char *solver, const SparseMatrix *x, const NmfResult *result,
                         int start, int threads, Solution *solution, Error *error)
{
    const size_t k = (size_t)result->factors.rank, n = (size_t)result->factors.columns;
    *solution = (Solution){.start = start, .objective = result->objective, .k = (int)k};
    float *mixtures = memory_new(n, k * sizeof *mixtures, error);
    solution->words = memory_new(k, SOLUTION_WORDS * sizeof *solution->words, error);
    solution->lengths = memory_new(k, sizeof *solution->lengths, error);
    solution->shares = memory_new(k, sizeof *solution->shares, error);
    solution->main_topics = memory_new(n, sizeof *solution->main_topics, error);
    Status status = mixtures && solution->words && solution->lengths && solution->shares &&
                            solution->main_topics
                        ? STATUS_OK
                        : error_status(error);
    if (!status && x) {
        status = method_mixtures(solver, x, result->factors.w, (int)k, threads, mixtures, error);
    }
    if (!status) {
        if (!x) {
            scale_columns(&result->factors, mixtures);
        }
        describe_topics(&result->factors, solution);
        describe_documents(mixtures, (int64_t)n, solution);
    }
    free(mixtures);
    if (status) {
        solution_free(solution);
    }
    return status;
}

void solution_free(Solution *solution)
{
    free(solution->words);
    free(solution->lengths);
    free(solution->shares);
    free(solution->main_topics);
    factors_free(&solution->factors);
    *solution = (Solution){0};
}

Status solution_keep_factors(Solution *solution, const Factors *factors, Error *error)
{
    const size_t k = (size_t)factors->rank;
    Status status =
        factors_new(&solution->factors, factors->rows, factors->columns, factors->rank, error);
    if (!status) {
        memcpy(solution->factors.w, factors->w, (size_t)factors->rows * k * sizeof(float));
        memcpy(solution->factors.h, factors->h, (size_t)factors->columns * k * sizeof(float));
    }
    return status;
}

/* ---- several ---- */

bool solution_is_near(double objective, double best, double mass)
{
    return objective - best <= near_part * best || objective - best <= near_mass * mass;
}

bool solution_is_fair(double objective, double best, double mass)
{
    static const double fair_part = 0.05;
    return solution_is_near(objective, best, mass) || objective - best <= fair_part * best;
}

static bool is_before(const Solution *a, const Solution *b)
{
    return a->objective < b->objective || (a->objective == b->objective && a->start < b->start);
}

void solutions_add(SolutionSet *set, Solution *solution)
{
    int at = set->count;
    if (at == SOLUTIONS_MAX) {
        at--;
        if (is_before(solution, &set->items[at])) {
            solution_free(&set->items[at]);
        } else {
            solution_free(solution);
            return;
        }
    } else {
        set->count++;
    }
    for (; at > 0 && is_before(solution, &set->items[at - 1]); at--) {
        set->items[at] = set->items[at - 1];
    }
    set->items[at] = *solution;
    *solution = (Solution){0};
}

void solutions_free(SolutionSet *set)
{
    for (int i = 0; i < set->count; i++) {
        solution_free(&set->items[i]);
    }
    set->count = 0;
}

/* ---- the comparison ---- */

/* The model beside one solution at a time. */
typedef struct Comparison {
    Model *model;
    TopicWord *top;  /* k × UNIQUENESS_WORDS: the model's */
    bool *stays;     /* beside `top`: the word is among the first in every solution so far */
    double *lengths; /* k: as Solution has them */
    bool *same;      /* n: the main topic is the same in every solution so far */
    double *scores;  /* k × k */
    int *partner;    /* k: the solution's topic, from 0, of each of the model's */
} Comparison;

static Status comparison_new(Comparison *comparison, Model *model, Error *error)
{
    const size_t k = (size_t)model->k, n = (size_t)model->documents.count;
    *comparison = (Comparison){.model = model};
    comparison->top = memory_new(k, UNIQUENESS_WORDS * sizeof *comparison->top, error);
    comparison->stays = memory_new(k, UNIQUENESS_WORDS * sizeof *comparison->stays, error);
    comparison->lengths = memory_new(k, sizeof *comparison->lengths, error);
    comparison->same = memory_new(n, sizeof *comparison->same, error);
    comparison->scores = memory_new(k, k * sizeof *comparison->scores, error);
    comparison->partner = memory_new(k, sizeof *comparison->partner, error);
    return comparison->top && comparison->stays && comparison->lengths && comparison->same &&
                   comparison->scores && comparison->partner
               ? STATUS_OK
               : error_status(error);
}

static void comparison_free(Comparison *comparison)
{
    free(comparison->top);
    free(comparison->stays);
    free(comparison->lengths);
    free(comparison->same);
    free(comparison->scores);
    free(comparison->partner);
}

/* The model by itself: everything is as it is. */
static Status begin(Comparison *comparison, Error *error)
{
    Model *model = comparison->model;
    const int64_t m = model->vocabulary.count;
    for (int t = 0; t < model->k; t++) {
        TopicUniqueness *facts = &model->uniqueness.topics[t];
        const int64_t found = model_top_words(model, t + 1, UNIQUENESS_WORDS,
                                              comparison->top + t * UNIQUENESS_WORDS, error);
        if (found < 0) {
            return error_status(error);
        }
        *facts = (TopicUniqueness){.share_min = model->shares[t],
                                   .share_max = model->shares[t],
                                   .words = (int)found,
                                   .documents = model->main_documents[t]};
        double squares = 0.0;
        for (int64_t i = 0; i < m; i++) {
            const double p = (double)model->topics[t * m + i];
            squares += p * p;
        }
        comparison->lengths[t] = sqrt(squares);
    }
    memset(comparison->stays, true, (size_t)model->k * UNIQUENESS_WORDS);
    memset(comparison->same, true, (size_t)model->documents.count);
    return STATUS_OK;
}

/* The cosine of topic t of the model, from 0, with topic s of a solution; what is beyond the
 * solution's first words counts as apart. */
static double cosine(const Comparison *comparison, const Solution *solution, int t, int s)
{
    const float *topic =
        comparison->model->topics + t * (int64_t)comparison->model->vocabulary.count;
    const TopicWord *words = solution->words + (int64_t)s * SOLUTION_WORDS;
    const double lengths = comparison->lengths[t] * solution->lengths[s];
    double sum = 0.0;
    for (int r = 0; r < SOLUTION_WORDS && words[r].probability > 0.0F; r++) {
        sum += (double)topic[words[r].word] * (double)words[r].probability;
    }
    return lengths > 0.0 ? sum / lengths : 0.0;
}

static Status pair_topics(Comparison *comparison, const Solution *solution, Error *error)
{
    const int k = solution->k;
    for (int t = 0; t < k; t++) {
        for (int s = 0; s < k; s++) {
            comparison->scores[(int64_t)t * k + s] = cosine(comparison, solution, t, s);
        }
    }
    return assignment_solve(comparison->scores, k, k, comparison->partner, error);
}

static bool is_among_first(const Solution *solution, int s, WordId word)
{
    const TopicWord *words = solution->words + (int64_t)s * SOLUTION_WORDS;
    for (int r = 0; r < UNIQUENESS_WORDS && words[r].probability > 0.0F; r++) {
        if (words[r].word == word) {
            return true;
        }
    }
    return false;
}

/* Takes one more solution into account. */
static Status compare(Comparison *comparison, const Solution *solution, Error *error)
{
    Model *model = comparison->model;
    Status status = pair_topics(comparison, solution, error);
    if (status) {
        return status;
    }
    const int *partner = comparison->partner;
    for (int t = 0; t < model->k; t++) {
        TopicUniqueness *facts = &model->uniqueness.topics[t];
        const double share = solution->shares[partner[t]];
        facts->share_min = share < facts->share_min ? share : facts->share_min;
        facts->share_max = share > facts->share_max ? share : facts->share_max;
        for (int r = 0; r < facts->words; r++) {
            const int at = t * UNIQUENESS_WORDS + r;
            comparison->stays[at] &= is_among_first(solution, partner[t], comparison->top[at].word);
        }
    }
    for (int64_t d = 0; d < model->documents.count; d++) {
        const int topic = mixture_summarise(model->mixtures + d * model->k, model->k).topic;
        comparison->same[d] &= topic > 0 && solution->main_topics[d] == partner[topic - 1] + 1;
    }
    model->uniqueness.compared++;
    return STATUS_OK;
}

/* Counts what has stayed. */
static void count_kept(Comparison *comparison)
{
    Model *model = comparison->model;
    for (int t = 0; t < model->k; t++) {
        TopicUniqueness *facts = &model->uniqueness.topics[t];
        for (int r = 0; r < facts->words; r++) {
            facts->words_kept += comparison->stays[t * UNIQUENESS_WORDS + r];
        }
    }
    for (int64_t d = 0; d < model->documents.count; d++) {
        const int topic = mixture_summarise(model->mixtures + d * model->k, model->k).topic;
        if (topic > 0 && comparison->same[d]) {
            model->uniqueness.topics[topic - 1].documents_kept++;
        }
    }
}

static Status count_near(Uniqueness *uniqueness, const ModelFit *fit, double best, double mass,
                         Error *error)
{
    uniqueness->starts = fit->restart_count;
    uniqueness->is_near =
        memory_new((size_t)fit->restart_count, sizeof *uniqueness->is_near, error);
    for (int r = 0; r < fit->restart_count && uniqueness->is_near; r++) {
        uniqueness->is_near[r] = solution_is_near(fit->restarts[r], best, mass);
        uniqueness->near += uniqueness->is_near[r];
    }
    return uniqueness->is_near ? STATUS_OK : error_status(error);
}

Status uniqueness_measure(Model *model, const SolutionSet *set, int kept, double mass, Error *error)
{
    Uniqueness *uniqueness = &model->uniqueness;
    const ModelFit *fit = &model->fit;
    const double best = fit->restarts[kept];
    Comparison comparison = {0};
    uniqueness->topics = memory_new((size_t)model->k, sizeof *uniqueness->topics, error);
    Status status =
        uniqueness->topics ? comparison_new(&comparison, model, error) : error_status(error);
    if (!status) {
        status = count_near(uniqueness, fit, best, mass, error);
    }
    if (!status) {
        status = begin(&comparison, error);
    }
    for (int i = 0; i < set->count && !status; i++) {
        const Solution *solution = &set->items[i];
        if (solution->start != kept && solution_is_near(solution->objective, best, mass)) {
            status = compare(&comparison, solution, error);
        }
    }
    if (!status) {
        count_kept(&comparison);
    }
    comparison_free(&comparison);
    return status;
}
