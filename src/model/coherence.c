#include "model/coherence.h"

#include "base/logarithm.h"

#include <math.h>

Meetings meetings_of(const Cooccurrence *counted, const WordGroups *groups, int group)
{
    const int depth = groups->depth;
    Meetings meetings = {
        .units = counted->units,
        .both = counted->both + (int64_t)group * depth * depth,
        .depth = depth,
    };
    const WordId *words = groups->words + (int64_t)group * depth;
    while (meetings.words < depth && words[meetings.words] != WORD_NONE) {
        meetings.words++;
    }
    return meetings;
}

/* P(i, j); P(i) if they are the same. */
static double probability(const Meetings *meetings, int i, int j)
{
    return (double)meetings->both[i * meetings->depth + j] / (double)meetings->units;
}

static int64_t occurs(const Meetings *meetings, int i)
{
    return meetings->both[i * meetings->depth + i];
}

/* The mean of a measure of two words over all pairs i < j. */
static double mean_of_pairs(const Meetings *meetings, double (*of_pair)(const Meetings *, int, int))
{
    double sum = 0.0;
    const int words = meetings->words;
    for (int j = 1; j < words; j++) {
        for (int i = 0; i < j; i++) {
            sum += of_pair(meetings, i, j);
        }
    }
    return words > 1 ? sum / (0.5 * words * (words - 1)) : 0.0;
}

static double pair_npmi(const Meetings *meetings, int i, int j)
{
    const int64_t both = meetings->both[i * meetings->depth + j];
    if (both == 0 || both == meetings->units) {
        return both == 0 ? -1.0 : 0.0;
    }
    const double together = probability(meetings, i, j);
    return logarithm(together / (probability(meetings, i, i) * probability(meetings, j, j))) /
           -logarithm(together);
}

static double pair_pmi_epsilon(const Meetings *meetings, int i, int j)
{
    if (occurs(meetings, i) == 0 || occurs(meetings, j) == 0) {
        return 0.0;
    }
    return logarithm((probability(meetings, i, j) + COHERENCE_EPSILON) /
                     (probability(meetings, i, i) * probability(meetings, j, j)));
}

static double pair_npmi_epsilon(const Meetings *meetings, int i, int j)
{
    if (occurs(meetings, i) == 0 || occurs(meetings, j) == 0) {
        return 0.0;
    }
    return pair_pmi_epsilon(meetings, i, j) /
           -logarithm(probability(meetings, i, j) + COHERENCE_EPSILON);
}

static double pair_umass(const Meetings *meetings, int i, int j)
{
    return occurs(meetings, i) == 0 ? 0.0
                                    : logarithm((probability(meetings, i, j) + COHERENCE_EPSILON) /
                                                probability(meetings, i, i));
}

double coherence_npmi(const Meetings *meetings)
{
    return mean_of_pairs(meetings, pair_npmi);
}

double coherence_npmi_epsilon(const Meetings *meetings)
{
    return mean_of_pairs(meetings, pair_npmi_epsilon);
}

double coherence_uci(const Meetings *meetings)
{
    return mean_of_pairs(meetings, pair_pmi_epsilon);
}

double coherence_umass(const Meetings *meetings)
{
    return mean_of_pairs(meetings, pair_umass);
}

/* Σ over all words of their npmi with word j: an entry of Σ v. */
static double sum_of_column(const Meetings *meetings, int j)
{
    double sum = 0.0;
    for (int i = 0; i < meetings->words; i++) {
        sum += pair_npmi_epsilon(meetings, i, j);
    }
    return sum;
}

double coherence_cv(const Meetings *meetings)
{
    const int words = meetings->words;
    double sum = 0.0;
    for (int i = 0; i < words && words > 1; i++) {
        double product = 0.0, own = 0.0, all = 0.0;
        for (int j = 0; j < words; j++) {
            const double value = pair_npmi_epsilon(meetings, i, j);
            const double of_all = sum_of_column(meetings, j);
            product += value * of_all;
            own += value * value;
            all += of_all * of_all;
        }
        sum += own > 0.0 && all > 0.0 ? product / (sqrt(own) * sqrt(all)) : 0.0;
    }
    return words > 1 ? sum / words : 0.0;
}
