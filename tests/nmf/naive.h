/* The fast solver's half-step (nmf/half_step.h) once more in float64 and plain loops: what the
 * float32 one is compared with. Rows are k numbers, without padding. It takes the same units,
 * because the columns of one end their sweeps together. */
#ifndef THEMATA_TESTS_NMF_NAIVE_H
#define THEMATA_TESTS_NMF_NAIVE_H

#include "nmf/half_step_kernels.h"
#include "nmf/kl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct NaiveFactor {
    int64_t rows;
    double *now;   /* rows × k */
    double *ahead; /* rows × k */
    double *sums;  /* k: column sums of `ahead` */
} NaiveFactor;

typedef struct NaiveStep {
    const Compact *v;
    const double *values; /* beside v->rows_of, in place of v's own */
    const NaiveFactor *a;
    NaiveFactor *b;
    const double *mass;
    int k;
    double beta;
} NaiveStep;

static inline NaiveFactor naive_factor_new(int64_t rows, int k)
{
    const size_t count = (size_t)rows * (size_t)k + 1;
    return (NaiveFactor){.rows = rows,
                         .now = calloc(count, sizeof(double)),
                         .ahead = calloc(count, sizeof(double)),
                         .sums = calloc((size_t)k, sizeof(double))};
}

static inline void naive_factor_free(NaiveFactor *factor)
{
    free(factor->now);
    free(factor->ahead);
    free(factor->sums);
}

/* Takes `ahead` as it is for `now` too and sums it. */
static inline void naive_factor_begin(NaiveFactor *factor, int k)
{
    memcpy(factor->now, factor->ahead, (size_t)factor->rows * (size_t)k * sizeof(double));
    memset(factor->sums, 0, (size_t)k * sizeof(double));
    for (int64_t i = 0; i < factor->rows * k; i++) {
        factor->sums[i % k] += factor->ahead[i];
    }
}

static inline double naive_u(const NaiveStep *step, int t)
{
    return step->a->sums[t] > 0.0 ? step->a->sums[t] : (double)never;
}

/* A·b at one entry. */
static inline double naive_product(const NaiveStep *step, const double *b, int64_t entry)
{
    const double *row = step->a->ahead + step->v->rows_of[entry] * (int64_t)step->k;
    double s = 0.0;
    for (int t = 0; t < step->k; t++) {
        s += row[t] * b[t];
    }
    return fmax(s, (double)product_least);
}

/* G and Q of topic t in column j, where A·b is s. */
static inline void naive_slope(const NaiveStep *step, int64_t j, int t, const double *s, double *g,
                               double *q)
{
    *g = *q = 0.0;
    for (int64_t p = step->v->starts[j]; p < step->v->starts[j + 1]; p++) {
        const double pull =
            step->a->ahead[step->v->rows_of[p] * (int64_t)step->k + t] / s[p - step->v->starts[j]];
        *g += step->values[p] * pull;
        *q += step->values[p] * pull * pull;
    }
}

/* Where a coordinate moves (docs/method.md, "Coordinate descent"). */
static inline double naive_newton(double g, double q, double old, double u, double mass)
{
    if (old == 0.0 && g <= u) {
        return 0.0;
    }
    double next = q > 0.0 ? old + g / q * (g / u - 1.0) : 0.0;
    if (g < u) {
        next = fmax(next, (double)shrink_most * old * g / u);
        next = next * u < (double)share_least * mass ? 0.0 : next;
    }
    return fmin(next, mass / u);
}

/* One column as the step finds it. */
typedef struct NaiveColumn {
    double *s;    /* A·b at each entry */
    bool *active; /* k */
    int count;    /* of active topics */
    double log_sum;
    double residual;
} NaiveColumn;

static inline NaiveColumn naive_survey(const NaiveStep *step, int64_t j)
{
    const int64_t begin = step->v->starts[j], length = step->v->starts[j + 1] - begin;
    const double *b = step->b->ahead + j * step->k;
    NaiveColumn column = {.s = calloc((size_t)length + 1, sizeof(double)),
                          .active = calloc((size_t)step->k, sizeof(bool))};
    for (int64_t i = 0; i < length; i++) {
        column.s[i] = naive_product(step, b, begin + i);
        column.log_sum += step->values[begin + i] * log(column.s[i]);
    }
    for (int t = 0; t < step->k; t++) {
        double g, q;
        naive_slope(step, j, t, column.s, &g, &q);
        const double u = naive_u(step, t);
        column.active[t] = b[t] > 0.0 || g > u;
        column.count += column.active[t];
        column.residual += kl_kkt_step(b[t] * u, step->mass[j] / step->k, 1.0 - g / u);
    }
    return column;
}

/* Moves topic t of column j; returns how much mass. */
static inline double naive_visit(const NaiveStep *step, int64_t j, int t, double *s)
{
    double *b = step->b->ahead + j * step->k, g, q;
    naive_slope(step, j, t, s, &g, &q);
    const double u = naive_u(step, t), next = naive_newton(g, q, b[t], u, step->mass[j]);
    const double moved = next - b[t];
    for (int64_t p = step->v->starts[j]; p < step->v->starts[j + 1]; p++) {
        double *at = &s[p - step->v->starts[j]];
        const double own = step->a->ahead[step->v->rows_of[p] * (int64_t)step->k + t];
        *at = fmax(*at + moved * own, (double)product_least);
    }
    b[t] = next;
    return fabs(moved) * u;
}

/* Sweeps over the active topics (or all) of some columns. Their first ones form a slot, their
 * second ones the next: slots that a sweep moves too little are not visited again. */
static inline void naive_sweeps(const NaiveStep *step, int64_t begin, int columns_count,
                                NaiveColumn *columns, bool all, double mass)
{
    bool *rests = calloc((size_t)step->k, sizeof(bool));
    for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
        double *moved = calloc((size_t)step->k, sizeof(double));
        for (int l = 0; l < columns_count; l++) {
            for (int t = 0, slot = 0; t < step->k; t++) {
                if (all || columns[l].active[t]) {
                    moved[slot] +=
                        rests[slot] ? 0.0 : naive_visit(step, begin + l, t, columns[l].s);
                    slot++;
                }
            }
        }
        for (int slot = 0; slot < step->k; slot++) {
            rests[slot] = moved[slot] <= (double)coordinate_change * mass;
        }
        free(moved);
    }
    free(rests);
}

/* The end of the step for one column: revived if lost, kept, pushed on. */
static inline void naive_keep(const NaiveStep *step, int64_t j)
{
    double *ahead = step->b->ahead + j * step->k, *now = step->b->now + j * step->k, sum = 0.0;
    int topics = 0;
    for (int t = 0; t < step->k; t++) {
        sum += ahead[t];
        topics += step->a->sums[t] > 0.0;
    }
    for (int t = 0; t < step->k; t++) {
        if (sum == 0.0 && step->a->sums[t] > 0.0) {
            ahead[t] = step->mass[j] / step->a->sums[t] / topics;
        }
        const double next = ahead[t];
        ahead[t] = fmax(next + step->beta * (next - now[t]), (double)ahead_least * next);
        now[t] = next;
        step->b->sums[t] += ahead[t];
    }
}

static inline void naive_unit(const NaiveStep *step, const Unit *unit, HalfStepFacts *facts)
{
    NaiveColumn columns[LANES];
    int active = 0;
    for (int l = 0; l < unit->columns; l++) {
        columns[l] = naive_survey(step, unit->begin + l);
        facts->log_sum += columns[l].log_sum;
        facts->residual += columns[l].residual;
        active += columns[l].count;
    }
    const bool all = 2 * active > step->k * unit->columns;
    double mass = 0.0;
    for (int l = 0; l < unit->columns; l++) {
        mass += all || columns[l].count > 0 ? step->mass[unit->begin + l] : 0.0;
    }
    naive_sweeps(step, unit->begin, unit->columns, columns, all, mass);
    for (int l = 0; l < unit->columns; l++) {
        naive_keep(step, unit->begin + l);
        free(columns[l].s);
        free(columns[l].active);
    }
}

/* half_step_take, always measured. */
static inline HalfStepFacts naive_half_step(const NaiveStep *step)
{
    const int64_t wide = unit_count_wide(step->v);
    HalfStepFacts facts = {0};
    memset(step->b->sums, 0, (size_t)step->k * sizeof(double));
    for (int64_t index = 0; index < unit_count(step->v); index++) {
        const Unit unit = unit_at(step->v, wide, index);
        naive_unit(step, &unit, &facts);
    }
    return facts;
}

#endif
