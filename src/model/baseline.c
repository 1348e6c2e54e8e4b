#include "model/baseline.h"

#include "base/memory.h"
#include "model/sparseness.h"
#include "model/topic_scores.h"
#include "nmf/kl.h"

#include <math.h>
#include <stdlib.h>

/* ---- ‖X − WH‖ ---- */

/* gram[s·k + t] = Σ_i a(i, s)·a(i, t) over `count` rows of k. */
static void fill_gram(const float *a, int64_t count, int k, double *gram)
{
    for (int64_t i = 0; i < count; i++) {
        const float *row = a + i * k;
        for (int s = 0; s < k; s++) {
            for (int t = 0; t < k; t++) {
                gram[s * k + t] += (double)row[s] * (double)row[t];
            }
        }
    }
}

/* Σ x² and Σ x·(WH) over the entries. */
static void sum_entries(const BaselineFit *fit, double *squares, double *products)
{
    const SparseMatrix *x = fit->x;
    *squares = *products = 0.0;
    for (int64_t j = 0; j < x->columns; j++) {
        const float *h = fit->h + j * fit->k;
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            const float *w = fit->w + (int64_t)x->row_indices[p] * fit->k;
            double product = 0.0;
            for (int t = 0; t < fit->k; t++) {
                product += (double)w[t] * (double)h[t];
            }
            *squares += x->values[p] * x->values[p];
            *products += x->values[p] * product;
        }
    }
}

/* ‖X − WH‖² = ‖X‖² − 2·Σ x·(WH) + Σ_st (WᵀW)_st·(HHᵀ)_st: WH is never formed. */
static Status measure_error(const BaselineFit *fit, Baseline *baseline, Error *error)
{
    const int k = fit->k;
    double *of_w = memory_new((size_t)k, (size_t)k * sizeof *of_w, error);
    double *of_h = memory_new((size_t)k, (size_t)k * sizeof *of_h, error);
    Status status = of_w && of_h ? STATUS_OK : error_status(error);
    if (!status) {
        double squares, products, all = 0.0;
        fill_gram(fit->w, fit->x->rows, k, of_w);
        fill_gram(fit->h, fit->x->columns, k, of_h);
        for (int i = 0; i < k * k; i++) {
            all += of_w[i] * of_h[i];
        }
        sum_entries(fit, &squares, &products);
        const double rest = squares - 2.0 * products + all;
        baseline->frobenius = rest > 0.0 ? sqrt(rest) : 0.0; /* rounding, where the fit is exact */
        baseline->relative_error = squares > 0.0 ? baseline->frobenius / sqrt(squares) : 0.0;
    }
    free(of_w);
    free(of_h);
    return status;
}

/* ---- the rest ---- */

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
