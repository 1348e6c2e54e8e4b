/* The record of a solver's passes, and the rule when to stop: shared by every solver. */
#ifndef THEMATA_NMF_TRACE_H
#define THEMATA_NMF_TRACE_H

#include "base/clock.h"
#include "nmf/nmf.h"

#include <stdbool.h>

typedef struct Trace {
    const NmfOptions *options; /* borrowed */
    NmfResult *result;         /* borrowed: passes, stop and objective are kept there */
    Moment begin;              /* when the solver was called */
    double mass;               /* sum of X */
    double objective;          /* D before the next pass */
    size_t capacity;           /* of result->passes */
    bool idle;                 /* the pass was tried and taken back: it says nothing */
    int patience;              /* passes in a row with too small a change before it counts */
    int still;                 /* such passes so far */
} Trace;

/* Call first thing in the solver; set `mass` and `objective` (D of the start) before the first
 * pass. */
Trace trace_begin(const NmfOptions *options, NmfResult *result);

/* Records a finished pass and says in *stop whether to end: its relative change or KKT residual
 * under the tolerances, D under 1e-12 of the mass (an exact fit), pass limit, or interruption.
 * STATUS_FAILED when out of memory or, naming the pass, when a number is not finite. */
Status trace_pass(Trace *trace, double objective, double kkt_residual, bool *stop, Error *error);

#endif
