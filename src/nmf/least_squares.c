#include "nmf/least_squares.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/frobenius.h"
#include "nmf/lanes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows are taken eight at a time, a lane each, so that no sum crosses lanes. A sweep that moves
 * them by less than this part of what the first one did is the last. */
static const double sweep_worth = 0.01; /* squared: a tenth */

/* One thread's room: k vectors each. */
typedef struct Desk {
    WideLanes *b;
    WideLanes *p;
    WideLanes *gradient;
} Desk;

struct LeastSquaresRoom {
    Desk *desks;
    int desk_count;
    LeastSquaresFacts *facts; /* of each eight rows */
};

LeastSquaresRoom *least_squares_room_new(int64_t count_most, int k, int threads, Error *error)
{
    LeastSquaresRoom *room = memory_new(1, sizeof *room, error);
    if (!room) {
        return NULL;
    }
    const size_t blocks = (size_t)((count_most + LANES - 1) / LANES);
    room->facts = memory_new(blocks, sizeof *room->facts, error);
    room->desks = memory_new((size_t)threads, sizeof *room->desks, error);
    room->desk_count = room->desks ? threads : 0;
    bool complete = room->facts && room->desks;
    for (int t = 0; t < room->desk_count && complete; t++) {
        Desk *desk = &room->desks[t];
        desk->b = memory_new_aligned((size_t)k, sizeof(WideLanes), error);
        desk->p = memory_new_aligned((size_t)k, sizeof(WideLanes), error);
        desk->gradient = memory_new_aligned((size_t)k, sizeof(WideLanes), error);
        complete = desk->b && desk->p && desk->gradient;
    }
    if (!complete) {
        least_squares_room_free(room);
        return NULL;
    }
    return room;
}

void least_squares_room_free(LeastSquaresRoom *room)
{
    if (!room) {
        return;
    }
    for (int t = 0; t < room->desk_count; t++) {
        free(room->desks[t].b);
        free(room->desks[t].p);
        free(room->desks[t].gradient);
    }
    free(room->desks);
    free(room->facts);
    free(room);
}

/* ---- eight rows ---- */

KERNEL_PART WideLanes positive(WideLanes v)
{
    WideLanes result;
    for (int l = 0; l < LANES; l++) {
        result[l] = v[l] > 0.0 ? v[l] : 0.0;
    }
    return result;
}

KERNEL_PART double sum_of(WideLanes v)
{
    return ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
}

KERNEL_PART bool any_moves(WideLanes delta)
{
    bool any = false;
    for (int l = 0; l < LANES; l++) {
        any |= delta[l] != 0.0;
    }
    return any;
}

/* Rows `begin` to `begin` + `rows` into the lanes; where there is no row there are zeros. */
KERNEL_PART void load(const LeastSquares *step, int64_t begin, int rows, Desk *desk)
{
    const int k = step->k;
    for (int t = 0; t < k; t++) {
        WideLanes b = {0}, p = {0};
        for (int l = 0; l < rows; l++) {
            b[l] = step->b[(begin + l) * k + t];
            p[l] = step->targets[(begin + l) * k + t] - step->l1;
        }
        desk->b[t] = b;
        desk->p[t] = p;
        desk->gradient[t] = step->l2 * b - p;
    }
    for (int t = 0; t < k; t++) {
        const WideLanes b = desk->b[t];
        const double *gram = step->gram + (int64_t)t * k;
        for (int s = 0; s < k && any_moves(b); s++) {
            desk->gradient[s] += gram[s] * b;
        }
    }
}

KERNEL_PART void store(const LeastSquares *step, int64_t begin, int rows, const Desk *desk)
{
    for (int t = 0; t < step->k; t++) {
        for (int l = 0; l < rows; l++) {
            step->b[(begin + l) * step->k + t] = desk->b[t][l];
        }
    }
}

/* 2·f of all rows: b·(∇f(b) − p). */
KERNEL_PART double measure(const LeastSquares *step, const Desk *desk)
{
    WideLanes sum = {0};
    for (int t = 0; t < step->k; t++) {
        sum += desk->b[t] * (desk->gradient[t] - desk->p[t]);
    }
    return sum_of(sum);
}

KERNEL_PART double measure_residual(const LeastSquares *step, const Desk *desk)
{
    WideLanes sum = {0};
    for (int t = 0; t < step->k; t++) {
        const double curvature = step->gram[(int64_t)t * step->k + t] + step->l2;
        if (curvature > 0.0) {
            const WideLanes move =
                desk->b[t] - positive(desk->b[t] - desk->gradient[t] / curvature);
            sum += move * move * curvature;
        }
    }
    return sum_of(sum);
}

/* Returns how far it moved: Σ δ²·curvature. A topic that A does not have has no say. */
KERNEL_PART double sweep(const LeastSquares *step, Desk *desk)
{
    const int k = step->k;
    WideLanes *gradient = desk->gradient;
    WideLanes moved = {0};
    for (int t = 0; t < k; t++) {
        const double *gram = step->gram + (int64_t)t * k;
        const double curvature = gram[t] + step->l2;
        if (curvature <= 0.0) {
            continue;
        }
        const WideLanes next = positive(desk->b[t] - gradient[t] / curvature);
        const WideLanes delta = next - desk->b[t];
        if (any_moves(delta)) {
            for (int s = 0; s < k; s++) {
                gradient[s] += gram[s] * delta;
            }
            gradient[t] += step->l2 * delta;
            desk->b[t] = next;
            moved += delta * delta * curvature;
        }
    }
    return sum_of(moved);
}

KERNEL static LeastSquaresFacts step_rows(const LeastSquares *step, int64_t begin, Desk *desk)
{
    const int64_t left = step->count - begin;
    const int rows = left < LANES ? (int)left : LANES;
    load(step, begin, rows, desk);
    LeastSquaresFacts facts = {
        .before = measure(step, desk),
        .residual = measure_residual(step, desk),
    };
    const double first = sweep(step, desk);
    double last = first;
    for (int s = 1; s < step->sweeps_most && last > sweep_worth * first; s++) {
        last = sweep(step, desk);
    }
    facts.after = measure(step, desk);
    store(step, begin, rows, desk);
    return facts;
}

/* ---- all rows ---- */

LeastSquaresFacts least_squares_take(const LeastSquares *step, LeastSquaresRoom *room)
{
    const int64_t blocks = (step->count + LANES - 1) / LANES;
#pragma omp parallel for schedule(dynamic, 16) num_threads(step->threads)
    for (int64_t i = 0; i < blocks; i++) {
        room->facts[i] = step_rows(step, i * LANES, &room->desks[threads_current()]);
    }
    LeastSquaresFacts facts = {0};
    for (int64_t i = 0; i < blocks; i++) {
        facts.before += room->facts[i].before;
        facts.after += room->facts[i].after;
        facts.residual += room->facts[i].residual;
    }
    return facts;
}
