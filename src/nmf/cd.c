#include "nmf/cd.h"

#include "nmf/cell_descent.h"
#include "nmf/descent.h"
#include "nmf/kl.h"
#include "nmf/stride.h"
#include "nmf/trace.h"

/* A pass may lower D little by chance, while the extrapolation finds its stride. */
enum { PATIENCE = 3 };

Status cd_solve(const SparseMatrix *x, const Factors *start, const NmfOptions *options,
                NmfResult *result, Error *error)
{
    if (options->observed_only || nmf_is_penalised(&options->penalty)) {
        return cell_descent_solve(x, start, options, result, error);
    }
    Descent descent = {0};
    Trace trace = trace_begin(options, result);
    trace.patience = PATIENCE;
    Stride stride = stride_first;
    double w_residual = 0.0, before = 0.0;
    Status status = descent_begin(&descent, x, start, options->threads, error);
    trace.mass = status ? 0.0 : descent.mass / descent.pair.scale;
    bool stop = false;
    /* A half-step tells D where it began, so a pass is known when the next one has begun. */
    for (int pass = 0; !status && !stop; pass++) {
        const double product = descent_product(&descent);
        const HalfStepFacts h = descent_improve_h(&descent, stride.beta);
        const double d = descent_divergence(&descent, &h, product);
        if (pass == 0) {
            trace.objective = d;
        } else {
            const double residual = h.residual > w_residual ? h.residual : w_residual;
            status = trace_pass(&trace, d < trace.objective ? d : trace.objective,
                                descent.mass > 0.0 ? residual / descent.mass : 0.0, &stop, error);
            stride_adapt(&stride, d <= before);
        }
        before = d;
        w_residual = descent_improve_w(&descent, stride.beta).residual;
    }
    if (!status) {
        descent_settle(&descent);
        status = descent_keep(&descent, &result->factors, error);
    }
    if (!status) {
        status = kl_divergence_of_floats(x, result->factors.w, result->factors.h, NULL, descent.k,
                                         descent.threads, &result->objective, error);
    }
    descent_end(&descent);
    if (status) {
        nmf_result_free(result);
    }
    return status;
}
