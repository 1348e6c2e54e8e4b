#include "model/baseline.h"

#include "model/sparseness.h"
#include "model/topic_scores.h"
#include "nmf/frobenius.h"
#include "nmf/kl.h"

#include <math.h>
#include <stddef.h>

static Status measure_error(const BaselineFit *fit, Baseline *baseline, Error *error)
{
    double rest = 0.0;
    const double squares = frobenius_square(fit->x);
    Status status = frobenius_of_floats(fit->x, fit->w, fit->h, fit->k, false, &rest, error);
    baseline->frobenius = rest > 0.0 ? sqrt(rest) : 0.0; /* rounding, where the fit is exact */
    baseline->relative_error = squares > 0.0 ? baseline->frobenius / sqrt(squares) : 0.0;
    return status;
}

static void measure_sparseness(const BaselineFit *fit, Baseline *baseline)
{
    const int64_t m = fit->x->rows, k = fit->k;
    double hoyer = 0.0, zeros = 0.0;
    int64_t modelled = 0;
    for (int t = 0; t < k; t++) {
        baseline->topics_hoyer += sparseness_hoyer(fit->w + t, m, k) / (double)k;
    }
    baseline->topics_zeros = (double)sparseness_zeros(fit->w, m * k) / ((double)m * (double)k);
    for (int64_t j = 0; j < fit->x->columns; j++) {
        const int64_t empty = sparseness_zeros(fit->h + j * k, k);
        if (empty < k) {
            modelled++;
            hoyer += sparseness_hoyer(fit->h + j * k, k, 1);
            zeros += (double)empty;
        }
    }
    if (modelled > 0) {
        baseline->mixtures_hoyer = hoyer / (double)modelled;
        baseline->mixtures_zeros = zeros / ((double)modelled * (double)k);
    }
}

static Status measure_agreement(const BaselineFit *fit, const Classes *classes, Baseline *baseline,
                                Error *error)
{
    Contingency contingency = {0};
    Status status = contingency_count(fit->groups, fit->group_count, classes->of, classes->count,
                                      fit->x->columns, &contingency, error);
    if (!status) {
        baseline->has_agreement = contingency.total > 0;
        baseline->nmi = agreement_nmi(&contingency);
        baseline->purity = agreement_purity(&contingency);
    }
    contingency_free(&contingency);
    return status;
}

Status baseline_measure(const BaselineFit *fit, const Classes *classes, int threads,
                        Baseline *baseline, Error *error)
{
    TopicScores scores;
    Status status = measure_error(fit, baseline, error);
    if (!status && !fit->is_signed) {
        baseline->has_objective = true;
        status = kl_divergence_of_floats(fit->x, fit->w, fit->h, NULL, fit->k, threads,
                                         &baseline->objective, error);
    }
    if (!status) {
        measure_sparseness(fit, baseline);
        status = topic_scores_measure(fit->w, fit->k, fit->by_words, &scores, error);
    }
    if (!status) {
        baseline->coherence = scores.coherence;
    }
    return status || !classes ? status : measure_agreement(fit, classes, baseline, error);
}
