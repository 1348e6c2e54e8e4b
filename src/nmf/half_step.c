#include "nmf/half_step.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/half_step_kernels.h"

#include <stdlib.h>
#include <string.h>

struct HalfStepRoom {
    Bench *benches;
    int bench_count;
    double *log_sums;  /* longest factor */
    double *residuals; /* longest factor */
    double *unit_sums; /* units × stride: column sums of each unit's rows of B */
    float *u;          /* stride: column sums of A, `never` where there is none */
    float *inverse_u;  /* stride: 1/u, 0 where there is none */
};

/* ---- room ---- */

static Status bench_new(Bench *bench, int64_t longest, int64_t stride, Error *error)
{
    const size_t vectors = (size_t)unit_vectors_most(longest), k = (size_t)stride;
    bench->v = memory_new_aligned(vectors, sizeof(Lanes), error);
    bench->s = memory_new_aligned(vectors, sizeof(Lanes), error);
    bench->columns = memory_new_aligned(k, (vectors | 1) * sizeof(Lanes), error);
    bench->b = memory_new_aligned(k, sizeof(Lanes), error);
    bench->u = memory_new_aligned(k, sizeof(Lanes), error);
    bench->gradient = memory_new_aligned(k / LANES, sizeof(Lanes), error);
    bench->active = memory_new_aligned(k, LANES * sizeof(int), error);
    bench->order = memory_new_aligned(k, sizeof(int), error);
    return bench->v && bench->s && bench->columns && bench->b && bench->u && bench->gradient &&
                   bench->active && bench->order
               ? STATUS_OK
               : error_status(error);
}

static void bench_free(Bench *bench)
{
    free(bench->v);
    free(bench->s);
    free(bench->columns);
    free(bench->b);
    free(bench->u);
    free(bench->gradient);
    free(bench->active);
    free(bench->order);
}

HalfStepRoom *half_step_room_new(const CompactPair *pair, int64_t stride, int threads, Error *error)
{
    const int64_t m = pair->words.columns, n = pair->documents.columns;
    const int64_t most = m > n ? m : n;
    const int64_t word_units = unit_count(&pair->words),
                  document_units = unit_count(&pair->documents);
    const int64_t units = word_units > document_units ? word_units : document_units;
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
    room->unit_sums = memory_new_aligned((size_t)units, (size_t)stride * sizeof(double), error);
    room->u = memory_new_aligned((size_t)stride, sizeof *room->u, error);
    room->inverse_u = memory_new_aligned((size_t)stride, sizeof *room->inverse_u, error);
    if (!room->benches || !room->log_sums || !room->residuals || !room->unit_sums || !room->u ||
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
    free(room->unit_sums);
    free(room->u);
    free(room->inverse_u);
    free(room);
}

/* ---- one unit ---- */

/* A column that no topic describes has lost its row: it is spread evenly, so that it does not
 * vanish and the other factor can come to meet it. */
static void revive_row(const HalfStep *step, float mass, float *b, const HalfStepRoom *room)
{
    int topics = 0;
    for (int t = 0; t < step->k; t++) {
        topics += room->inverse_u[t] > 0.0F;
    }
    for (int t = 0; t < step->k && topics > 0; t++) {
        b[t] = mass * room->inverse_u[t] / (float)topics;
    }
}

/* Looks at each column of the unit as it is: fills v and s, measures it, and lists its coordinates.
 * Returns the largest number of them; *total gets the sum. */
KERNEL_PART int survey(const HalfStep *step, const Unit *unit, const Entries *entries, int *counts,
                       int *total, Bench *bench, HalfStepRoom *room)
{
    const Lanes *u = (const Lanes *)room->u;
    int most = 0;
    *total = 0;
    for (int64_t i = unit->wide ? unit->vectors - 1 : 0; i < unit->vectors; i++) {
        bench->v[i] = lanes_of(0.0F);
        bench->s[i] = lanes_of(1.0F);
    }
    for (int l = 0; l < unit->columns; l++) {
        const int64_t j = unit->begin + l;
        const Lanes *b = (const Lanes *)(step->b->ahead + j * step->stride);
        sweep_rows(step, &entries[l], b, bench);
        room->residuals[j] =
            measure_residual(step, step->mass[j], b, bench, u, (const Lanes *)room->inverse_u);
        counts[l] = list_active(step, b, bench, u, bench->active + l * step->stride);
        most = counts[l] > most ? counts[l] : most;
        *total += counts[l];
    }
    return most;
}

/* Makes every topic a coordinate of every lane. */
KERNEL_PART void list_all(const HalfStep *step, const Unit *unit, int *counts, Bench *bench)
{
    for (int l = 0; l < unit->columns; l++) {
        counts[l] = step->k;
        for (int t = 0; t < step->k; t++) {
            bench->active[l * step->stride + t] = t;
        }
    }
}

/* Sets up b and u of each lane's coordinates; those that a lane has less than others, nothing
 * wants. Returns the masses. */
KERNEL_PART Lanes set_coordinates(const HalfStep *step, const Unit *unit, const int *counts,
                                  int coordinates, Bench *bench, const HalfStepRoom *room)
{
    Lanes mass = {0};
    for (int l = 0; l < LANES; l++) {
        const int of = unit->wide ? 0 : l;
        const int count = of < unit->columns ? counts[of] : 0;
        const int64_t j = unit->begin + (count ? of : 0);
        const float *b = step->b->ahead + j * step->stride;
        int *active = bench->active + of * step->stride;
        mass[l] = count ? (float)step->mass[j] : 0.0F;
        for (int c = 0; c < coordinates; c++) {
            active[c] = c < count ? active[c] : 0;
            ((float *)&bench->b[c])[l] = c < count ? b[active[c]] : 0.0F;
            ((float *)&bench->u[c])[l] = c < count ? room->u[active[c]] : never;
        }
    }
    return mass;
}

KERNEL_PART void descend_unit(const HalfStep *step, const Unit *unit, const Entries *entries,
                              int *counts, int coordinates, int total, Bench *bench,
                              const HalfStepRoom *room)
{
    const bool all = 2 * total > step->k * unit->columns;
    if (all) {
        coordinates = step->k;
        list_all(step, unit, counts, bench);
    }
    const Lanes mass = set_coordinates(step, unit, counts, coordinates, bench, room);
    if (all) {
        pack_all(step, unit, entries, bench);
    } else {
        pack_active(step, unit, entries, coordinates, bench);
    }
    descend(unit, bench, coordinates, mass);
    for (int l = 0; l < unit->columns; l++) {
        float *b = step->b->ahead + (unit->begin + l) * step->stride;
        const int *active = bench->active + l * step->stride;
        for (int c = 0; c < counts[l]; c++) {
            b[active[c]] = ((const float *)&bench->b[c])[l];
        }
    }
}

/* Takes the new row of B as `now` and pushes `ahead` on the way it came; adds it to `sums`. */
KERNEL_PART void keep_row(const HalfStep *step, int64_t j, const HalfStepRoom *room, double *sums)
{
    Lanes *ahead = (Lanes *)(step->b->ahead + j * step->stride),
          *now = (Lanes *)(step->b->now + j * step->stride);
    Lanes largest = {0};
    for (int64_t c = 0; c < step->stride / LANES; c++) {
        largest = lanes_max(largest, ahead[c]);
    }
    if (!lanes_any(largest > 0.0F) && step->mass[j] > 0.0) {
        revive_row(step, (float)step->mass[j], (float *)ahead, room);
    }
    for (int64_t c = 0; c < step->stride / LANES; c++) {
        const Lanes next = ahead[c];
        const Lanes far = lanes_max(next + step->beta * (next - now[c]), ahead_least * next);
        ahead[c] = far;
        now[c] = next;
    }
    for (int64_t t = 0; t < step->stride; t++) {
        sums[t] += (double)((const float *)ahead)[t];
    }
}

/* ---- all units ---- */

KERNEL static void step_unit(const HalfStep *step, int64_t wide, int64_t index, Bench *bench,
                             HalfStepRoom *room)
{
    const Unit unit = unit_at(step->v, wide, index);
    Entries entries[LANES] = {0};
    int counts[LANES], total;
    for (int l = 0; l < unit.columns; l++) {
        entries[l] = entries_of(step->v, &unit, l);
    }
    const int most = survey(step, &unit, entries, counts, &total, bench, room);
    if (step->measured) {
        const WideLanes logarithms = sum_logarithms(bench, unit.vectors);
        for (int l = 0; l < unit.columns; l++) {
            room->log_sums[unit.begin + l] = logarithms[l];
        }
        for (int l = 1; l < LANES && unit.wide; l++) {
            room->log_sums[unit.begin] += logarithms[l];
        }
    }
    descend_unit(step, &unit, entries, counts, most, total, bench, room);
    double *sums = room->unit_sums + index * step->stride;
    memset(sums, 0, (size_t)step->stride * sizeof *sums);
    for (int l = 0; l < unit.columns; l++) {
        keep_row(step, unit.begin + l, room, sums);
    }
}

HalfStepFacts half_step_take(const HalfStep *step, HalfStepRoom *room)
{
    const int64_t wide = unit_count_wide(step->v), units = unit_count(step->v);
    for (int t = 0; t < step->k; t++) {
        const float u = (float)step->a->sums[t];
        room->u[t] = u > 0.0F ? u : never;
        room->inverse_u[t] = u > 0.0F ? 1.0F / u : 0.0F;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(step->threads)
    for (int64_t index = 0; index < units; index++) {
        step_unit(step, wide, index, &room->benches[threads_current()], room);
    }
    memset(step->b->sums, 0, (size_t)step->stride * sizeof *step->b->sums);
    for (int64_t index = 0; index < units; index++) {
        for (int t = 0; t < step->k; t++) {
            step->b->sums[t] += room->unit_sums[index * step->stride + t];
        }
    }
    HalfStepFacts facts = {0};
    for (int64_t j = 0; j < step->v->columns; j++) {
        facts.log_sum += step->measured ? room->log_sums[j] : 0.0;
        facts.residual += room->residuals[j];
    }
    return facts;
}
