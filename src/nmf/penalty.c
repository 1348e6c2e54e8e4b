#include "nmf/penalty.h"

#include <string.h>

double penalty_of(const Charged *factor, const double *b, int k)
{
    double sum = 0.0;
    if (factor->rates.l1 == 0.0 && factor->rates.l2 == 0.0) {
        return 0.0;
    }
    for (int64_t i = 0; i < factor->rows; i++) {
        double row = 0.0;
        for (int t = 0; t < k; t++) {
            const double value = b[i * k + t];
            row += value * (factor->rates.l1 + 0.5 * factor->rates.l2 * value);
        }
        sum += cells_of(factor->counts, i) * row;
    }
    return sum;
}

/* For each topic Σ l1·b and Σ l2·b², each row times its cells. */
static void sum_costs(const Charged *factor, int k, double *linear, double *square)
{
    memset(linear, 0, (size_t)k * sizeof *linear);
    memset(square, 0, (size_t)k * sizeof *square);
    for (int64_t i = 0; i < factor->rows; i++) {
        const double cells = cells_of(factor->counts, i);
        for (int t = 0; t < k; t++) {
            const double b = factor->now[i * k + t];
            linear[t] += cells * factor->rates.l1 * b;
            square[t] += cells * factor->rates.l2 * b * b;
        }
    }
}

/* Σ l1·b and Σ l2·b² of one topic's two columns. */
typedef struct Costs {
    double linear_w;
    double square_w;
    double linear_h;
    double square_h;
} Costs;

enum { STEPS_MOST = 200 };

static double slope_sign(const Costs *c, double s)
{
    return ((c->square_w * s + c->linear_w) * s * s - c->linear_h) * s - c->square_h;
}

/* The s > 0 for which linear_w·s + square_w·s²/2 + linear_h/s + square_h/(2s²) is least: the root
 * of square_w·s⁴ + linear_w·s³ − linear_h·s − square_h, the only one; beyond it that is convex, so
 * that Newton's steps from above fall to it. 1 if a side costs nothing. */
static double best_scale(const Costs *c)
{
    if (c->linear_w + c->square_w <= 0.0 || c->linear_h + c->square_h <= 0.0) {
        return 1.0;
    }
    double s = 1.0;
    for (int step = 0; step < STEPS_MOST && slope_sign(c, s) < 0.0; step++) {
        s *= 2.0;
    }
    for (int step = 0; step < STEPS_MOST; step++) {
        const double slope = (4.0 * c->square_w * s + 3.0 * c->linear_w) * s * s - c->linear_h;
        const double next = s - slope_sign(c, s) / slope;
        if (!(next > 0.0 && next < s)) {
            break;
        }
        s = next;
    }
    return s;
}

static void scale_rows(double *b, int64_t rows, int k, const double *scales)
{
    for (int64_t i = 0; b && i < rows * k; i++) {
        b[i] *= scales[i % k];
    }
}

void penalty_balance(const Charged *w, const Charged *h, int k, double *sums)
{
    double *linear_w = sums, *square_w = sums + k, *linear_h = sums + 2 * k,
           *square_h = sums + 3 * k;
    sum_costs(w, k, linear_w, square_w);
    sum_costs(h, k, linear_h, square_h);
    for (int t = 0; t < k; t++) {
        const Costs costs = {linear_w[t], square_w[t], linear_h[t], square_h[t]};
        const double s = best_scale(&costs);
        sums[t] = s;
        sums[k + t] = 1.0 / s;
    }
    scale_rows(w->now, w->rows, k, sums);
    scale_rows(w->ahead, w->rows, k, sums);
    scale_rows(h->now, h->rows, k, sums + k);
    scale_rows(h->ahead, h->rows, k, sums + k);
}
