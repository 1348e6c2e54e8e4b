#include "nmf/half_step.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "base/threads.h"
#include "nmf/kl.h"
#include "nmf/lanes.h"

#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = 64,     /* columns to a block of sums: part of the result's definition */
    SWEEPS_MAX = 4, /* coordinate sweeps in one half-step */
};

/* Below this part of the column's mass, on its way down, an entry becomes 0. */
static const float share_least = 1e-7F;
/* A step down goes no further than this part of the EM step, which keeps A·b away from 0. */
static const float shrink_most = 0.3F;
/* Extrapolation leaves at least this part of an entry. */
static const float ahead_least = 0.1F;
/* A·b counts as at least this; with v > 0 the entry then pulls as hard as float32 allows. */
static const float product_least = 1e-30F;
/* Sweeps end when the whole sweep moves less than this part of the column's mass. */
static const float sweep_change = 1e-3F;

/* One thread's room. Vectors of a column are padded to whole Lanes: v with 0, s with 1. */
typedef struct Bench {
    Lanes *values;   /* longest */
    Lanes *s;        /* longest: A·b */
    Lanes *inverse;  /* longest: 1/s */
    Lanes *ratio;    /* longest: v/s */
    Lanes *columns;  /* stride × longest: the gathered columns of A */
    Lanes *gradient; /* stride: G */
    int *active;     /* stride: the coordinates that are gathered */
} Bench;

struct HalfStepRoom {
    Bench *benches;
    int bench_count;
    double *log_sums;   /* longest factor */
    double *residuals;  /* longest factor */
    double *block_sums; /* blocks × stride */
    float *u;           /* stride: column sums of A */
    float *inverse_u;   /* stride: 1/u, 0 where u is 0 */
};

/* ---- room ---- */

static Status bench_new(Bench *bench, int64_t longest, int64_t stride, Error *error)
{
    const size_t vectors = (size_t)(lanes_padded(longest) / LANES);
    bench->values = memory_new_aligned(vectors, sizeof(Lanes), error);
    bench->s = memory_new_aligned(vectors, sizeof(Lanes), error);
    bench->inverse = memory_new_aligned(vectors, sizeof(Lanes), error);
    bench->ratio = memory_new_aligned(vectors, sizeof(Lanes), error);
    bench->columns = memory_new_aligned(vectors * (size_t)stride, sizeof(Lanes), error);
    bench->gradient = memory_new_aligned((size_t)(stride / LANES), sizeof(Lanes), error);
    bench->active = memory_new_aligned((size_t)stride, sizeof(int), error);
    return bench->values && bench->s && bench->inverse && bench->ratio && bench->columns &&
                   bench->gradient && bench->active
               ? STATUS_OK
               : error_status(error);
}

static void bench_free(Bench *bench)
{
    free(bench->values);
    free(bench->s);
    free(bench->inverse);
    free(bench->ratio);
    free(bench->columns);
    free(bench->gradient);
    free(bench->active);
}

HalfStepRoom *half_step_room_new(const CompactPair *pair, int64_t stride, int threads, Error *error)
{
    const int64_t m = pair->words.columns, n = pair->documents.columns;
    const int64_t most = m > n ? m : n;
    const int64_t longest = pair->documents.longest > pair->words.longest ? pair->documents.longest
                                                                          : pair->words.longest;
    HalfStepRoom *room = memory_new(1, sizeof *room, error);
    if (!room) {
        return NULL;
    }
    Status status = STATUS_OK;
    room->benches = memory_new((size_t)threads, sizeof *room->benches, error);
    room->bench_count = room->benches ? threads : 0;
    room->log_sums = memory_new((size_t)most, sizeof(double), error);
    room->residuals = memory_new((size_t)most, sizeof(double), error);
    room->block_sums =
        memory_new((size_t)((most + BLOCK - 1) / BLOCK), (size_t)stride * sizeof(double), error);
    room->u = memory_new_aligned((size_t)stride, sizeof *room->u, error);
    room->inverse_u = memory_new_aligned((size_t)stride, sizeof *room->inverse_u, error);
    if (!room->benches || !room->log_sums || !room->residuals || !room->block_sums || !room->u ||
        !room->inverse_u) {
        status = error_status(error);
    }
    for (int t = 0; t < room->bench_count && !status; t++) {
        status = bench_new(&room->benches[t], longest, stride, error);
    }
    if (status) {
        half_step_room_free(room);
        return NULL;
    }
    return room;
}

void half_step_room_free(HalfStepRoom *room)
{
    if (!room) {
        return;
    }
    for (int t = 0; t < room->bench_count; t++) {
        bench_free(&room->benches[t]);
    }
    free(room->benches);
    free(room->log_sums);
    free(room->residuals);
    free(room->block_sums);
    free(room->u);
    free(room->inverse_u);
    free(room);
}

/* ---- one column ---- */

/* The column's entries. */
typedef struct Entries {
    const uint32_t *rows;
    const float *values;
    int64_t count;
} Entries;

/* s = A·b, ratio = v/s and G = Σ ratio·A in one sweep over the rows of A. */
KERNEL_PART void sweep_rows(const HalfStep *step, const Entries *entries, const float *b,
                            Bench *bench)
{
    enum { AHEAD = 8 }; /* rows to ask for early: they are all over the memory */
    const int64_t vectors = step->stride / LANES;
    const float *a = step->a->ahead;
    const Lanes *x = (const Lanes *)b;
    float *values = (float *)bench->values, *s = (float *)bench->s, *ratio = (float *)bench->ratio,
          *inverse = (float *)bench->inverse;
    for (int64_t c = 0; c < vectors; c++) {
        bench->gradient[c] = (Lanes){0};
    }
    for (int64_t i = 0; i < entries->count; i++) {
        const Lanes *row = (const Lanes *)(a + entries->rows[i] * step->stride);
        if (i + AHEAD < entries->count) {
            const float *next = a + entries->rows[i + AHEAD] * step->stride;
            for (int64_t c = 0; c < vectors; c++) {
                __builtin_prefetch(next + c * LANES);
            }
        }
        Lanes products = row[0] * x[0];
        for (int64_t c = 1; c < vectors; c++) {
            products += row[c] * x[c];
        }
        const float sum = lanes_sum(products);
        values[i] = entries->values[i];
        s[i] = sum > product_least ? sum : product_least;
        inverse[i] = 1.0F / s[i];
        ratio[i] = values[i] * inverse[i];
        for (int64_t c = 0; c < vectors; c++) {
            bench->gradient[c] += ratio[i] * row[c];
        }
    }
    for (int64_t i = entries->count; i < lanes_padded(entries->count); i++) {
        values[i] = 0.0F;
        s[i] = 1.0F;
        inverse[i] = 1.0F;
        ratio[i] = 0.0F;
    }
}

/* Copies the columns of A of the active coordinates, so that each lies together. */
KERNEL_PART void gather_active(const HalfStep *step, const Entries *entries, int active_count,
                               Bench *bench)
{
    const int64_t padded = lanes_padded(entries->count);
    float *columns = (float *)bench->columns;
    for (int64_t i = 0; i < entries->count; i++) {
        const float *row = step->a->ahead + entries->rows[i] * step->stride;
        for (int c = 0; c < active_count; c++) {
            columns[c * padded + i] = row[bench->active[c]];
        }
    }
    for (int c = 0; c < active_count; c++) {
        for (int64_t i = entries->count; i < padded; i++) {
            columns[c * padded + i] = 0.0F;
        }
    }
}

/* Moves coordinate t, the c-th active one, to its own minimum, nearly: Newton's step on 1/G = 1/u.
 * Returns how much mass moved. */
KERNEL_PART float move_coordinate(const HalfStepRoom *room, int64_t vectors, int c, float mass,
                                  float *b, Bench *bench)
{
    const int t = bench->active[c];
    const Lanes *column = bench->columns + c * vectors;
    Lanes first = {0}, second = {0};
    for (int64_t i = 0; i < vectors; i++) {
        const Lanes part = bench->ratio[i] * column[i];
        first += part;
        second += part * (column[i] * bench->inverse[i]);
    }
    const float g = lanes_sum(first), q = lanes_sum(second), u = room->u[t];
    const float old = b[t];
    if (!(u > 0.0F) || (old == 0.0F && g <= u)) {
        return 0.0F;
    }
    /* Without curvature there is no gradient either: nothing in this column wants the topic. */
    float next = q > 0.0F ? old + g / q * (g / u - 1.0F) : 0.0F;
    if (g < u) {
        const float bound = shrink_most * old * (g / u);
        next = next > bound ? next : bound;
        next = next * u < share_least * mass ? 0.0F : next;
    }
    next = next * u < mass ? next : mass / u;
    const float delta = next - old;
    b[t] = next;
    for (int64_t i = 0; i < vectors; i++) {
        const Lanes own = next * column[i]; /* s is no less than this topic's own part */
        const Lanes least = product_least + (Lanes){0};
        bench->s[i] = lanes_max(lanes_max(bench->s[i] + delta * column[i], own), least);
        bench->inverse[i] = 1.0F / bench->s[i];
        bench->ratio[i] = bench->values[i] * bench->inverse[i];
    }
    return (delta < 0.0F ? -delta : delta) * u;
}

KERNEL_PART void descend(const HalfStep *step, const Entries *entries, float mass, float *b,
                         Bench *bench, const HalfStepRoom *room)
{
    const float *g = (const float *)bench->gradient;
    int active_count = 0;
    for (int t = 0; t < step->k; t++) {
        if (b[t] > 0.0F || g[t] > room->u[t]) {
            bench->active[active_count++] = t;
        }
    }
    gather_active(step, entries, active_count, bench);
    const int64_t vectors = lanes_padded(entries->count) / LANES;
    for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
        float change = 0.0F;
        for (int c = 0; c < active_count; c++) {
            change += move_coordinate(room, vectors, c, mass, b, bench);
        }
        if (change <= sweep_change * mass) {
            break;
        }
    }
}

KERNEL_PART void multiply(const HalfStep *step, float *b, const Bench *bench,
                          const HalfStepRoom *room)
{
    const float *g = (const float *)bench->gradient;
    for (int t = 0; t < step->k; t++) {
        b[t] = room->u[t] > 0.0F ? b[t] * (g[t] / room->u[t]) : 0.0F;
    }
}

/* Σ v·ln s, in groups of fixed size, so that the logarithms are taken side by side. */
KERNEL_PART double log_sum(const Entries *entries, const float *s)
{
    enum { GROUP = 32 };
    double sum = 0.0;
    for (int64_t begin = 0; begin < entries->count; begin += GROUP) {
        const int64_t left = entries->count - begin;
        const int64_t count = left < GROUP ? left : GROUP;
        double terms[GROUP];
        for (int64_t i = 0; i < count; i++) {
            terms[i] = (double)entries->values[begin + i] * logarithm((double)s[begin + i]);
        }
        for (int64_t i = 0; i < count; i++) {
            sum += terms[i];
        }
    }
    return sum;
}

/* KKT residual of the row b, from the gradient at b: kl_kkt_step for sixteen entries at a time. */
KERNEL_PART double measure_residual(const HalfStep *step, double mass, const float *b,
                                    const Bench *bench, const HalfStepRoom *room)
{
    const float share = (float)(mass / step->k);
    const Lanes *x = (const Lanes *)b, *u = (const Lanes *)room->u,
                *inverse_u = (const Lanes *)room->inverse_u;
    Lanes residual = {0};
    for (int64_t c = 0; c < step->stride / LANES; c++) {
        const Lanes held = x[c] * u[c];
        const Lanes moved = held - share * (1.0F - bench->gradient[c] * inverse_u[c]);
        const Lanes change = held - lanes_max(moved, (Lanes){0});
        residual += lanes_max(change, -change);
    }
    return (double)lanes_sum(residual);
}

/* A column that no topic describes has lost its row: it is spread evenly, so that it does not
 * vanish and the other factor can come to meet it. */
KERNEL_PART void revive_row(const HalfStep *step, float mass, float *b, const HalfStepRoom *room)
{
    float largest = 0.0F;
    for (int t = 0; t < step->k; t++) {
        largest = b[t] > largest ? b[t] : largest;
    }
    if (largest > 0.0F || mass <= 0.0F) {
        return;
    }
    int topics = 0;
    for (int t = 0; t < step->k; t++) {
        topics += room->u[t] > 0.0F;
    }
    for (int t = 0; t < step->k; t++) {
        b[t] = room->u[t] > 0.0F ? mass / ((float)topics * room->u[t]) : 0.0F;
    }
}

KERNEL_PART void step_column(const HalfStep *step, int64_t j, Bench *bench, HalfStepRoom *room)
{
    const int64_t begin = step->v->starts[j];
    const Entries entries = {
        .rows = step->v->rows_of + begin,
        .values = step->v->values + begin,
        .count = step->v->starts[j + 1] - begin,
    };
    float *now = step->b->now + j * step->stride, *b = step->b->ahead + j * step->stride;
    sweep_rows(step, &entries, b, bench);
    room->log_sums[j] = step->measured ? log_sum(&entries, (const float *)bench->s) : 0.0;
    room->residuals[j] = measure_residual(step, step->mass[j], b, bench, room);
    if (step->rule == HALF_STEP_EM) {
        multiply(step, b, bench, room);
    } else {
        descend(step, &entries, (float)step->mass[j], b, bench, room);
    }
    revive_row(step, (float)step->mass[j], b, room);
    Lanes *x = (Lanes *)b, *before = (Lanes *)now;
    for (int64_t c = 0; c < step->stride / LANES; c++) {
        const Lanes next = x[c];
        x[c] = lanes_max(next + step->beta * (next - before[c]), ahead_least * next);
        before[c] = next;
    }
}

/* ---- all columns ---- */

KERNEL static void step_block(const HalfStep *step, int64_t block, Bench *bench, HalfStepRoom *room)
{
    const int64_t begin = block * BLOCK;
    const int64_t end = begin + BLOCK < step->v->columns ? begin + BLOCK : step->v->columns;
    double *sums = room->block_sums + block * step->stride;
    memset(sums, 0, (size_t)step->stride * sizeof *sums);
    for (int64_t j = begin; j < end; j++) {
        step_column(step, j, bench, room);
        const float *b = step->b->ahead + j * step->stride;
        for (int t = 0; t < step->k; t++) {
            sums[t] += (double)b[t];
        }
    }
}

HalfStepFacts half_step_take(const HalfStep *step, HalfStepRoom *room)
{
    const int64_t blocks = (step->v->columns + BLOCK - 1) / BLOCK;
    for (int t = 0; t < step->k; t++) {
        const double u = step->a->sums[t];
        room->u[t] = (float)u;
        room->inverse_u[t] = room->u[t] > 0.0F ? 1.0F / room->u[t] : 0.0F;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(step->threads)
    for (int64_t block = 0; block < blocks; block++) {
        step_block(step, block, &room->benches[threads_current()], room);
    }
    memset(step->b->sums, 0, (size_t)step->stride * sizeof *step->b->sums);
    for (int64_t block = 0; block < blocks; block++) {
        for (int t = 0; t < step->k; t++) {
            step->b->sums[t] += room->block_sums[block * step->stride + t];
        }
    }
    HalfStepFacts facts = {0};
    for (int64_t j = 0; j < step->v->columns; j++) {
        facts.log_sum += room->log_sums[j];
        facts.residual += room->residuals[j];
    }
    return facts;
}
