#include "nmf/gradient.h"

#include "nmf/cell_descent.h"
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

Status gradient_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                      NmfResult *result, Error *error)
{
    double rate = options->learning_rate > 0.0 ? options->learning_rate : rate_of_cells;
    Status status = options->observed_only
                        ? cell_visits_solve(x, start, options, visit_cells, &rate, result, error)
                        : squares_solve(x, start, options, squares_descend, result, error);
    return status == STATUS_FAILED && options->learning_rate > 0.0
               ? error_hint(error, "a smaller --learning-rate goes less far")
               : status;
}
