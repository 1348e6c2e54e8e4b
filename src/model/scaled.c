#include "model/scaled.h"

#include "base/memory.h"

#include <float.h>
#include <stdlib.h>

/* What is needed on the way; k numbers each. */
typedef struct Scaling {
    double *sums;   /* of the columns of W */
    double *shares; /* of the topics, in the solver's order */
    int *order;     /* order[t]: the solver's number of topic t + 1 */
} Scaling;

static Status allocate(Model *model, Scaling *scaling, Error *error)
{
    const size_t k = (size_t)model->k, m = model->vocabulary.count,
                 n = (size_t)model->documents.count;
    model->topics = memory_new(m, k * sizeof *model->topics, error);
    model->mixtures = memory_new(n, k * sizeof *model->mixtures, error);
    model->masses = memory_new(n, sizeof *model->masses, error);
    model->topic_mass = memory_new(k, sizeof *model->topic_mass, error);
    scaling->sums = memory_new(k, sizeof *scaling->sums, error);
    scaling->shares = memory_new(k, sizeof *scaling->shares, error);
    scaling->order = memory_new(k, sizeof *scaling->order, error);
    return model->topics && model->mixtures && model->masses && model->topic_mass &&
                   scaling->sums && scaling->shares && scaling->order
               ? STATUS_OK
               : error_status(error);
}

/* The mass of an item as the factors give it back, and the part of topic t in it. */
static double part_of(const Factors *factors, const double *sums, int64_t item, int t)
{
    return (double)factors->h[item * factors->rank + t] * sums[t];
}

static double mass_of(const Factors *factors, const double *sums, int64_t item)
{
    double mass = 0.0;
    for (int t = 0; t < factors->rank; t++) {
        mass += part_of(factors, sums, item, t);
    }
    return mass;
}

static void measure(const Factors *factors, Scaling *scaling)
{
    const int k = factors->rank;
    for (int64_t i = 0; i < factors->rows * k; i++) {
        scaling->sums[i % k] += (double)factors->w[i];
    }
    for (int64_t j = 0; j < factors->columns; j++) {
        const double mass = mass_of(factors, scaling->sums, j);
        for (int t = 0; t < k && mass > 0.0; t++) {
            scaling->shares[t] += part_of(factors, scaling->sums, j, t) / mass;
        }
    }
}

/* Nothing holds factors at cells that are unknown, nor one of the two if the other is penalised:
 * there they may grow without end. */
static Status check_masses(const Factors *factors, const double *sums, bool observed_only,
                           Error *error)
{
    for (int64_t j = 0; j < factors->columns; j++) {
        if (!(mass_of(factors, sums, j) <= (double)FLT_MAX)) {
            error_set(error, STATUS_FAILED, "the factors grow without end%s",
                      observed_only ? " where nothing is known" : "");
            return error_hint(error, "penalties on both keep them small: --alpha-w and --alpha-h, "
                                     "such as 0.01; fewer factors (-k) grow less");
        }
    }
    return STATUS_OK;
}

/* By falling share; equal ones keep their order (insertion sort: k is small). */
static void put_in_order(Scaling *scaling, int k)
{
    for (int t = 0; t < k; t++) {
        int at = t;
        for (; at > 0 && scaling->shares[scaling->order[at - 1]] < scaling->shares[t]; at--) {
            scaling->order[at] = scaling->order[at - 1];
        }
        scaling->order[at] = t;
    }
}

static void fill(Model *model, const Factors *factors, const Scaling *scaling)
{
    const int k = model->k;
    const double *sums = scaling->sums;
    for (int t = 0; t < k; t++) {
        const int from = scaling->order[t];
        for (int64_t i = 0; i < factors->rows && sums[from] > 0.0; i++) {
            model->topics[t * factors->rows + i] =
                (float)((double)factors->w[i * k + from] / sums[from]);
        }
    }
    for (int64_t j = 0; j < factors->columns; j++) {
        const double mass = mass_of(factors, sums, j);
        model->masses[j] = (float)mass;
        for (int t = 0; t < k && mass > 0.0; t++) {
            const double part = part_of(factors, sums, j, scaling->order[t]);
            model->mixtures[j * k + t] = (float)(part / mass);
            model->topic_mass[t] += part;
        }
    }
}

Status model_set_scaled(Model *model, const Factors *factors, Error *error)
{
    Scaling scaling = {0};
    Status status = allocate(model, &scaling, error);
    model->scaled = true;
    if (!status) {
        measure(factors, &scaling);
        status = check_masses(factors, scaling.sums, model->observed_only, error);
    }
    if (!status) {
        put_in_order(&scaling, model->k);
        fill(model, factors, &scaling);
        status = model_derive(model, error);
    }
    free(scaling.sums);
    free(scaling.shares);
    free(scaling.order);
    return status;
}
