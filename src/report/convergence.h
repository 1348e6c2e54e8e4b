/* Solvers from one start: how the objective falls by passes and by processor time. */
#ifndef THEMATA_REPORT_CONVERGENCE_H
#define THEMATA_REPORT_CONVERGENCE_H

#include "nmf/nmf.h"
#include "report/table.h"

#include <stdio.h>

enum { CONVERGENCE_RUNS_MAX = 6 };

typedef struct ConvergenceRun {
    const char *solver; /* static */
    NmfResult result;   /* owned: its passes */
} ConvergenceRun;

/* Start with the start's objective in `start` and `lowest` and the rest all-zero. */
typedef struct Convergence {
    double start;  /* the objective of the start */
    double lowest; /* that any of the runs came to, or the start's */
    ConvergenceRun runs[CONVERGENCE_RUNS_MAX];
    int count;
} Convergence;

void convergence_free(Convergence *convergence);

/* Takes over a run that has ended; there are fewer than CONVERGENCE_RUNS_MAX so far. */
void convergence_add(Convergence *convergence, const char *solver, NmfResult *result);

/* What is left of the way from the start to the lowest, where the objective is `objective`: 1 at
 * the start, 0 at the lowest; more than 1 where it has risen. */
double convergence_left(const Convergence *convergence, double objective);

/* The first pass after which no more than `part` of the way is left, from 1; 0 if there is none. */
int convergence_pass(const Convergence *convergence, int run, double part);

/* A row for each solver: where it ended, and how many passes and seconds of processor time it took
 * until a tenth, a hundredth and a thousandth of the way was left. */
void solvers_table(const Convergence *convergence, Table *table);

/* A row for each pass of each solver. */
void passes_table(const Convergence *convergence, Table *table);

/* Writes an SVG of two panels: what is left of the way, by passes and by processor time. Errors
 * stay on the FILE. */
void convergence_chart(FILE *file, const Convergence *convergence);

#endif
