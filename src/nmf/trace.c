#include "nmf/trace.h"

#include "base/memory.h"

#include <math.h>

/* Below this part of the mass D is rounding. */
static const double exact_fit = 1e-12;

Trace trace_begin(const NmfOptions *options, NmfResult *result)
{
    return (Trace){.options = options, .result = result, .begin = clock_now(), .patience = 1};
}

Status trace_pass(Trace *trace, double objective, double kkt_residual, bool *stop, Error *error)
{
    const NmfOptions *options = trace->options;
    NmfResult *result = trace->result;
    const int pass = result->pass_count + 1;
    if (!isfinite(objective) || !isfinite(kkt_residual)) {
        return error_set(error, STATUS_FAILED, "pass %d: the objective is not a finite number",
                         pass);
    }
    Status status = memory_reserve(&result->passes, &trace->capacity, (size_t)pass,
                                   sizeof *result->passes, error);
    if (status) {
        return status;
    }
    const Moment spent = clock_between(trace->begin, clock_now());
    NmfPass *facts = &result->passes[result->pass_count++];
    *facts = (NmfPass){
        .objective = objective,
        .relative_change =
            trace->objective > 0.0 ? (trace->objective - objective) / trace->objective : 0.0,
        .kkt_residual = kkt_residual,
        .wall_s = spent.wall_s,
        .cpu_s = spent.cpu_s,
    };
    trace->objective = objective;
    result->objective = objective;
    if (options->progress) {
        options->progress(options->context, pass, facts);
    }
    if (!trace->idle) {
        trace->still = facts->relative_change < options->tolerance ? trace->still + 1 : 0;
    }
    const bool converged = trace->still >= trace->patience ||
                           kkt_residual < options->kkt_tolerance ||
                           objective <= exact_fit * trace->mass;
    const bool interrupted = options->interrupted && options->interrupted(options->context);
    *stop = converged || interrupted || pass == options->passes_max;
    result->stop = converged ? NMF_CONVERGED : interrupted ? NMF_INTERRUPTED : NMF_PASS_LIMIT;
    return STATUS_OK;
}
