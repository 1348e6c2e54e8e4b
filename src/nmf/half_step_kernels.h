/* The arithmetic of a half-step on one unit; included by half_step.c alone, which compiles it once
 * per instruction set. Symbols as in nmf/half_step.h; a unit's entries stand in places, LANES to a
 * vector (nmf/unit.h). */
#ifndef THEMATA_NMF_HALF_STEP_KERNELS_H
#define THEMATA_NMF_HALF_STEP_KERNELS_H

#include "nmf/half_step.h"
#include "nmf/lanes.h"
#include "nmf/unit.h"

enum {
    SWEEPS_MAX = 2, /* coordinate sweeps in one half-step */
};

/* Below this part of the column's mass, on its way down, an entry becomes 0. */
static const float share_least = 1e-7F;
/* A step down goes no further than this part of the EM step, which keeps A·b away from 0. */
static const float shrink_most = 0.3F;
/* Extrapolation leaves at least this part of an entry. */
static const float ahead_least = 0.1F;
/* A·b counts as at least this. An entry that no topic describes then pulls hard, and its Q, at most
 * v·(A/this)², stays within float32 (for v·A² < 3e8: X is scaled to about 1). Were it infinite, G/Q
 * would be 0 and no topic could come. */
static const float product_least = 1e-15F;
/* A coordinate that moves less than this part of the unit's mass is at rest. */
static const float coordinate_change = 1e-3F;
/* The u of a topic that no row of A has: nothing wants it. */
static const float never = 1e30F;

/* One thread's room. Places without an entry hold v = 0 and s = 1. */
typedef struct Bench {
    Lanes *v;        /* places */
    Lanes *s;        /* places: A·b */
    Lanes *columns;  /* k × pitch: for each coordinate, A's column over the places */
    Lanes *b;        /* k: the coordinate's entry of B in each lane */
    Lanes *u;        /* k: its u */
    Lanes *gradient; /* stride / LANES: G of one column */
    int *active;     /* LANES × stride: which topics are each lane's coordinates */
    int *order;      /* k: the coordinates that a sweep visits */
} Bench;

/* The entries of one column and their places in the unit: the first, and how far on the next is. */
typedef struct Entries {
    const uint32_t *rows;
    const float *values;
    int64_t count;
    int64_t first;
    int64_t step;
} Entries;

KERNEL_PART Entries entries_of(const Compact *v, const Unit *unit, int lane)
{
    const int64_t begin = v->starts[unit->begin + lane];
    return (Entries){
        .rows = v->rows_of + begin,
        .values = v->values + begin,
        .count = v->starts[unit->begin + lane + 1] - begin,
        .first = unit->wide ? 0 : lane,
        .step = unit->wide ? 1 : LANES,
    };
}

/* ---- products and gradient ---- */

/* Four rows of A and what has become of them. */
typedef struct Quad {
    const Lanes *rows[4];
    Four ratio; /* v/s */
} Quad;

KERNEL_PART void add_pull(const Quad *quad, int64_t vectors, Lanes *gradient)
{
    const Four ratio = quad->ratio;
    for (int64_t c = 0; c < vectors; c++) {
        gradient[c] += (ratio[0] * quad->rows[0][c] + ratio[1] * quad->rows[1][c]) +
                       (ratio[2] * quad->rows[2][c] + ratio[3] * quad->rows[3][c]);
    }
}

/* Multiplies the rows of entries i to i + 3, of which `there` are there. */
KERNEL_PART Quad multiply_four(const float *a, int64_t vectors, const Entries *entries, int64_t i,
                               int there, const Lanes *b, Bench *bench)
{
    const int64_t stride = vectors * LANES;
    Quad quad;
    Lanes products[4];
    Four v = {0};
    for (int e = 0; e < 4; e++) {
        const int64_t at = e < there ? i + e : i;
        quad.rows[e] = (const Lanes *)(a + entries->rows[at] * stride);
        v[e] = e < there ? entries->values[at] : 0.0F;
        /* rows are all over the memory: asked for early */
        const float *next = a + entries->rows[at + COMPACT_SLACK] * stride;
        products[e] = quad.rows[e][0] * b[0];
        for (int64_t c = 1; c < vectors; c++) {
            products[e] += quad.rows[e][c] * b[c];
        }
        for (int64_t c = 0; c < vectors; c++) {
            __builtin_prefetch(next + c * LANES);
        }
    }
    Four s = lanes_sum_four(products[0], products[1], products[2], products[3]);
    for (int e = 0; e < 4; e++) {
        s[e] = s[e] > product_least ? s[e] : product_least;
    }
    quad.ratio = v / s;
    for (int e = 0; e < there; e++) {
        const int64_t place = entries->first + (i + e) * entries->step;
        ((float *)bench->v)[place] = v[e];
        ((float *)bench->s)[place] = s[e];
    }
    return quad;
}

/* v, s = A·b and G = Σ v/s·A of one column in one sweep over the rows of A, four at a time; each
 * four are added to G after the next four have been multiplied, so that nothing waits for a
 * division. */
KERNEL_PART void sweep_rows_of(const HalfStep *step, int64_t vectors, const Entries *entries,
                               const Lanes *b, Bench *bench, Lanes *gradient)
{
    const float *a = step->a->ahead;
    const int64_t whole = entries->count / 4 * 4;
    for (int64_t c = 0; c < vectors; c++) {
        gradient[c] = (Lanes){0};
    }
    if (whole > 0) {
        Quad last = multiply_four(a, vectors, entries, 0, 4, b, bench);
        for (int64_t i = 4; i < whole; i += 4) {
            const Quad quad = multiply_four(a, vectors, entries, i, 4, b, bench);
            add_pull(&last, vectors, gradient);
            last = quad;
        }
        add_pull(&last, vectors, gradient);
    }
    if (whole < entries->count) {
        const Quad quad =
            multiply_four(a, vectors, entries, whole, (int)(entries->count - whole), b, bench);
        add_pull(&quad, vectors, gradient);
    }
}

/* The same with the number of vectors known to the compiler, which then keeps G in registers. */
#define SWEEP_ROWS_OF(vectors)                                                                     \
    case vectors: {                                                                                \
        Lanes gradient[vectors];                                                                   \
        sweep_rows_of(step, vectors, entries, b, bench, gradient);                                 \
        for (int c = 0; c < (vectors); c++) {                                                      \
            bench->gradient[c] = gradient[c];                                                      \
        }                                                                                          \
        break;                                                                                     \
    }

KERNEL_PART void sweep_rows(const HalfStep *step, const Entries *entries, const Lanes *b,
                            Bench *bench)
{
    switch (step->stride / LANES) {
        SWEEP_ROWS_OF(1)
        SWEEP_ROWS_OF(2)
        SWEEP_ROWS_OF(3)
        SWEEP_ROWS_OF(4)
        SWEEP_ROWS_OF(5)
        SWEEP_ROWS_OF(6)
        SWEEP_ROWS_OF(7)
        SWEEP_ROWS_OF(8)
    default:
        sweep_rows_of(step, step->stride / LANES, entries, b, bench, bench->gradient);
    }
}
#undef SWEEP_ROWS_OF

/* Σ v·ln s of each lane. */
KERNEL_PART WideLanes sum_logarithms(const Bench *bench, int64_t vectors)
{
    WideLanes sum = {0};
    for (int64_t i = 0; i < vectors; i++) {
        sum += lanes_times_logarithm(bench->v[i], bench->s[i]);
    }
    return sum;
}

/* KKT residual of one row b of B, from the gradient at b: kl_kkt_step for a vector of entries at a
 * time. */
KERNEL_PART double measure_residual(const HalfStep *step, double mass, const Lanes *b,
                                    const Bench *bench, const Lanes *u, const Lanes *inverse_u)
{
    const float share = (float)(mass / step->k);
    Lanes residual = {0};
    for (int64_t c = 0; c < step->stride / LANES; c++) {
        const Lanes held = b[c] * u[c];
        const Lanes moved = held - share * (1.0F - bench->gradient[c] * inverse_u[c]);
        const Lanes change = held - lanes_max(moved, (Lanes){0});
        residual += lanes_max(change, -change);
    }
    return (double)lanes_sum(residual);
}

/* ---- packing: A's columns over the unit's places ---- */

/* Where the row of A at a place begins; some row that does no harm where there is no entry. */
KERNEL_PART const float *row_at(const HalfStep *step, const Unit *unit, const Entries *entries,
                                int64_t place)
{
    const Entries *own = unit->wide ? entries : &entries[place % LANES];
    const int64_t i = unit->wide ? place : place / LANES;
    const uint32_t row = own->count == 0 ? 0 : own->rows[i < own->count ? i : 0];
    return step->a->ahead + row * step->stride;
}

/* Of each lane's coordinates. */
KERNEL_PART void pack_active(const HalfStep *step, const Unit *unit, const Entries *entries,
                             int coordinates, Bench *bench)
{
    const int64_t places = unit->vectors * LANES, pitch = unit->pitch * LANES;
    float *columns = (float *)bench->columns;
    for (int64_t p = 0; p < places; p++) {
        const float *row = row_at(step, unit, entries, p);
        const int *active = bench->active + (unit->wide ? 0 : p % LANES) * step->stride;
        for (int c = 0; c < coordinates; c++) {
            columns[c * pitch + p] = row[active[c]];
        }
    }
}

/* Of all topics, four places and topics at a time. */
KERNEL_PART void pack_all(const HalfStep *step, const Unit *unit, const Entries *entries,
                          Bench *bench)
{
    const int64_t places = unit->vectors * LANES, pitch = unit->pitch * (LANES / 4);
    for (int64_t p = 0; p < places; p += 4) {
        const Four *rows[4];
        for (int r = 0; r < 4; r++) {
            rows[r] = (const Four *)row_at(step, unit, entries, p + r);
        }
        Four *to = (Four *)bench->columns + p / 4;
        for (int t = 0; t < step->k; t += 4) {
            Four *columns[4] = {to, to + pitch, to + 2 * pitch, to + 3 * pitch};
            lanes_transpose(rows[0][t / 4], rows[1][t / 4], rows[2][t / 4], rows[3][t / 4],
                            columns);
            to += 4 * pitch;
        }
    }
}

/* ---- coordinate descent ---- */

/* The topics that one column has or wants; returns how many. */
KERNEL_PART int list_active(const HalfStep *step, const Lanes *b, const Bench *bench,
                            const Lanes *u, int *active)
{
    int count = 0;
    for (int c = 0; c * LANES < step->k; c++) {
        const LaneMask wanted = (b[c] > 0.0F) | (bench->gradient[c] > u[c]);
        const int32_t *flags = (const int32_t *)&wanted;
        const int left = step->k - c * LANES;
        for (int l = 0; l < LANES && l < left; l++) {
            active[count] = c * LANES + l;
            count -= flags[l];
        }
    }
    return count;
}

/* G and Q of one coordinate in each lane. */
typedef struct Slope {
    Lanes g;
    Lanes q;
} Slope;

/* Takes the last coordinate's move into s (its column `before` by `delta`, to `moved`) and measures
 * the next one in the same sweep. */
KERNEL_PART Slope advance(const Unit *unit, const Bench *bench, const Lanes *before, Lanes delta,
                          Lanes moved, const Lanes *column)
{
    const Lanes least = lanes_of(product_least);
    Lanes g = {0}, q = {0};
    for (int64_t i = 0; i < unit->vectors; i++) {
        /* s is no less than this topic's own part */
        const Lanes s =
            lanes_max_in_place(bench->s[i] + delta * before[i], moved * before[i] + least);
        const Lanes pull = column[i] / s;
        const Lanes part = bench->v[i] * pull;
        bench->s[i] = s;
        g += part;
        q += part * pull;
    }
    return unit->wide ? (Slope){.g = lanes_of(lanes_sum(g)), .q = lanes_of(lanes_sum(q))}
                      : (Slope){.g = g, .q = q};
}

/* Newton's step on 1/G = 1/u from `old`. Without curvature there is no gradient either: nothing in
 * the column wants the topic. */
KERNEL_PART Lanes newton(Slope slope, Lanes old, Lanes u, Lanes mass)
{
    const Lanes zero = {0};
    const Lanes pull = slope.g / u;
    const Lanes full = lanes_select(slope.q > zero, old + slope.g / slope.q * (pull - 1.0F), zero);
    const Lanes low = lanes_max(full, shrink_most * old * pull);
    const Lanes down = lanes_select(low * u < share_least * mass, zero, low);
    const Lanes next = lanes_select(slope.g < u, down, full);
    const LaneMask moves = (old > zero) | (slope.g > u);
    return lanes_select(moves, lanes_min(next, mass / u), old);
}

/* Sweeps over the coordinates; each sweep after the first visits those alone that the one before
 * has moved. */
KERNEL_PART void descend(const Unit *unit, Bench *bench, int coordinates, Lanes mass)
{
    const float still = coordinate_change * lanes_sum(mass);
    const Lanes *before = bench->columns;
    Lanes delta = {0}, moved = {0};
    for (int c = 0; c < coordinates; c++) {
        bench->order[c] = c;
    }
    for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
        int kept = 0;
        for (int i = 0; i < coordinates; i++) {
            const int c = bench->order[i];
            const Lanes *column = bench->columns + c * unit->pitch;
            const Slope slope = advance(unit, bench, before, delta, moved, column);
            const Lanes old = bench->b[c];
            moved = newton(slope, old, bench->u[c], mass);
            delta = moved - old;
            bench->b[c] = moved;
            bench->order[kept] = c;
            kept += lanes_sum(lanes_max(delta, -delta) * bench->u[c]) > still;
            before = column;
        }
        coordinates = kept;
    }
}

#endif
