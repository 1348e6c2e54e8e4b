/* A sweep as a picture. */
#ifndef THEMATA_REPORT_SWEEP_CHART_H
#define THEMATA_REPORT_SWEEP_CHART_H

#include "report/sweep_tables.h"

#include <stdio.h>

/* Writes an SVG of six panels over the same numbers of topics: stability, perplexity, coherence,
 * exclusivity and diversity, cophenetic correlation and dispersion of the consensus, and the
 * singular values of X. A band is the range over the samples; a dotted line a number of topics that
 * is recommended. Errors stay on the FILE. */
void sweep_chart(FILE *file, const SweepReport *report);

#endif
