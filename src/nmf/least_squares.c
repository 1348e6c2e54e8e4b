#include "nmf/least_squares.h"

#include "base/memory.h"
#include "base/threads.h"
#include "nmf/frobenius.h"
#include "nmf/halves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows are taken eight at a time, a lane each, in two vectors, so that no sum crosses lanes.
 */

/* Eight rows' entries of one topic. */
typedef struct Rows {
    Half low;
    Half high;
} Rows;

/* One thread's room: k of each. */
typedef struct Desk {
    Rows *b;
    Rows *p;
    Rows *gradient;
    double *inverse; /* of G_tt + l2, 0 where that is 0: a topic that A does not have */
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
        desk->b = memory_new_aligned((size_t)k, sizeof(Rows), error);
        desk->p = memory_new_aligned((size_t)k, sizeof(Rows), error);
        desk->gradient = memory_new_aligned((size_t)k, sizeof(Rows), error);
        desk->inverse = memory_new((size_t)k, sizeof *desk->inverse, error);
        complete = desk->b && desk->p && desk->gradient && desk->inverse;
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
        free(room->desks[t].inverse);
    }
    free(room->desks);
    free(room->facts);
    free(room);
}

/* ---- eight rows ---- */

KERNEL_PART Half positive(Half v)
{
    return half_max(v, half_of(0.0));
}

/* The rows from `begin` on into the lanes, with zeros where there is none, and g − G·b. */
KERNEL_PART void load(const LeastSquares *step, int64_t begin, int rows, Desk *desk)
{
    const int k = step->k;
    for (int t = 0; t < k; t++) {
        double b[LANES] = {0}, p[LANES] = {0};
        for (int l = 0; l < rows; l++) {
            b[l] = step->b[(begin + l) * k + t];
            p[l] = step->targets[(begin + l) * k + t] - step->l1;
        }
        desk->b[t] = (Rows){{b[0], b[1], b[2], b[3]}, {b[4], b[5], b[6], b[7]}};
        desk->p[t] = (Rows){{p[0], p[1], p[2], p[3]}, {p[4], p[5], p[6], p[7]}};
        desk->gradient[t].low = step->l2 * desk->b[t].low - desk->p[t].low;
        desk->gradient[t].high = step->l2 * desk->b[t].high - desk->p[t].high;
    }
}

KERNEL_PART void store(const LeastSquares *step, int64_t begin, int rows, const Desk *desk)
{
    for (int t = 0; t < step->k; t++) {
        for (int l = 0; l < rows; l++) {
            step->b[(begin + l) * step->k + t] =
                l < HALF ? desk->b[t].low[l] : desk->b[t].high[l - HALF];
        }
    }
}

/* g += delta·(row of G). */
KERNEL_PART void add_to_gradient(const double *gram, int k, Rows delta, Rows *gradient)
{
    for (int s = 0; s < k; s++) {
        gradient[s].low += gram[s] * delta.low;
        gradient[s].high += gram[s] * delta.high;
    }
}

KERNEL_PART void begin_gradient(const LeastSquares *step, Desk *desk)
{
    for (int t = 0; t < step->k; t++) {
        const Rows b = desk->b[t];
        if (half_sum(b.low + b.high) > 0.0) {
            add_to_gradient(step->gram + (int64_t)t * step->k, step->k, b, desk->gradient);
        }
    }
}

/* b·G·b − 2·p·b of all rows: b·(g − p − l1 − l2·b), as g = G·b − p + l1 + l2·b. */
KERNEL_PART double measure(const LeastSquares *step, const Desk *desk)
{
    const double l1 = 2.0 * step->l1; /* one is in desk->p */
    Half sum = {0};
    for (int t = 0; t < step->k; t++) {
        const Rows b = desk->b[t], g = desk->gradient[t], p = desk->p[t];
        sum += b.low * (g.low - p.low - l1 - step->l2 * b.low);
        sum += b.high * (g.high - p.high - l1 - step->l2 * b.high);
    }
    return half_sum(sum);
}

KERNEL_PART double measure_residual(const LeastSquares *step, const Desk *desk)
{
    Half sum = {0};
    for (int t = 0; t < step->k; t++) {
        const double inverse = desk->inverse[t];
        const double c = step->gram[(int64_t)t * step->k + t] + step->l2;
        const Rows b = desk->b[t], g = desk->gradient[t];
        const Half low = b.low - positive(b.low - g.low * inverse),
                   high = b.high - positive(b.high - g.high * inverse);
        sum += (low * low + high * high) * c;
    }
    return half_sum(sum);
}

/* Returns how far it moved: Σ δ²·curvature. */
KERNEL_PART double sweep(const LeastSquares *step, Desk *desk)
{
    const int k = step->k;
    double moved = 0.0;
    for (int t = 0; t < k; t++) {
        const double inverse = desk->inverse[t];
        const double *gram = step->gram + (int64_t)t * k;
        const Rows b = desk->b[t], g = desk->gradient[t];
        const Rows next = {positive(b.low - g.low * inverse), positive(b.high - g.high * inverse)};
        const Rows delta = {next.low - b.low, next.high - b.high};
        const double square = half_sum(delta.low * delta.low + delta.high * delta.high);
        if (square > 0.0) {
            desk->b[t] = next;
            add_to_gradient(gram, k, delta, desk->gradient);
            desk->gradient[t].low += step->l2 * delta.low;
            desk->gradient[t].high += step->l2 * delta.high;
            moved += square * (gram[t] + step->l2);
        }
    }
    return moved;
}

KERNEL static LeastSquaresFacts step_rows(const LeastSquares *step, int64_t begin, Desk *desk)
{
    const int64_t left = step->count - begin;
    const int rows = left < LANES ? (int)left : LANES;
    load(step, begin, rows, desk);
    begin_gradient(step, desk);
    LeastSquaresFacts facts = {
        .before = measure(step, desk),
        .residual = measure_residual(step, desk),
    };
    const double first = sweep(step, desk);
    double last = first;
    for (int s = 1; s < step->sweeps_most && last > step->sweep_worth * first; s++) {
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
    for (int d = 0; d < room->desk_count; d++) {
        for (int t = 0; t < step->k; t++) {
            const double curvature = step->gram[(int64_t)t * step->k + t] + step->l2;
            room->desks[d].inverse[t] = curvature > 0.0 ? 1.0 / curvature : 0.0;
        }
    }
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
