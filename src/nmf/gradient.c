#include "nmf/gradient.h"

#include "nmf/cell_descent.h"
#include "nmf/frobenius.h"
#include "nmf/squares.h"

static const double rate_of_cells = 0.005;

/* One cell's part in the objective pulls at both of its rows. */
static void visit(double value, double *w, double *h, int k, Rates of_w, Rates of_h, double rate)
{
    double left = value;
    for (int t = 0; t < k; t++) {
        left -= w[t] * h[t];
    }
    for (int t = 0; t < k; t++) {
        const double next_w = w[t] + rate * (left * h[t] - of_w.l1 - of_w.l2 * w[t]);
        const double next_h = h[t] + rate * (left * w[t] - of_h.l1 - of_h.l2 * h[t]);
        w[t] = next_w > 0.0 ? next_w : 0.0;
        h[t] = next_h > 0.0 ? next_h : 0.0;
    }
}

static void visit_cells(void *context, const SparseMatrix *x, Charged *w, Charged *h, int k)
{
    const double rate = *(const double *)context;
    for (int64_t j = 0; j < x->columns; j++) {
        for (int64_t p = x->starts[j]; p < x->starts[j + 1]; p++) {
            visit(x->values[p], w->ahead + (int64_t)x->row_indices[p] * k, h->ahead + j * k, k,
                  w->rates, h->rates, rate);
        }
    }
}

/* Steps that are too long may end anywhere, and rest there. With penalties zeros can be best. */
static Status check_descent(const SparseMatrix *x, const NmfOptions *options,
                            const NmfResult *result, Error *error)
{
    const double of_zeros = frobenius_square(x);
    return result->objective < of_zeros || result->stop == NMF_INTERRUPTED ||
                   (result->objective == of_zeros && nmf_is_penalised(&options->penalty))
               ? STATUS_OK
               : error_set(error, STATUS_FAILED,
                           "the squared error is %.3g, not less than that of factors of zeros, "
                           "%.3g",
                           result->objective, of_zeros);
}

Status gradient_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                      NmfResult *result, Error *error)
{
    const bool chosen = options->learning_rate > 0.0;
    double rate = chosen ? options->learning_rate : rate_of_cells;
    Status status = options->observed_only
                        ? cell_visits_solve(x, start, options, visit_cells, &rate, result, error)
                        : squares_solve(x, start, options, squares_descend, result, error);
    if (!status && (chosen || options->observed_only)) {
        status = check_descent(x, options, result, error);
    }
    return status == STATUS_FAILED && (chosen || options->observed_only)
               ? error_hint(error, "a smaller --learning-rate goes less far")
               : status;
}
