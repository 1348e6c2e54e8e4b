#include "nmf/cells.h"

#include "base/logarithm.h"
#include "base/memory.h"
#include "base/threads.h"
#include "nmf/halves.h"
#include "nmf/kl.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SWEEPS_MOST = 2 };

/* KL: below this part of the column's mass, on its way down, an entry becomes 0. */
static const double share_least = 1e-9;
/* KL: a step down goes no further than this part of the EM step, which keeps s away from 0. */
static const double shrink_most = 0.3;
/* KL: s counts as at least this. */
static const double product_least = 1e-100;

/* One thread's room, for the column at hand. Places without an entry hold v = 0 and A = 0. */
typedef struct Desk {
    Half *v;       /* places */
    Half *fit;     /* places: what is left over, v − s (Frobenius), or s (KL) */
    Half *columns; /* k × pitch: A's columns over the places */
    double *b;     /* k */
    double *pull;  /* k: Frobenius: curvature; KL: u with the rates' l1 */
    int *active;   /* k: the topics that are coordinates */
    int active_count;
    int64_t halves;
    double cells;
    double mass; /* Σv */
} Desk;

struct CellRoom {
    Desk *desks;
    int desk_count;
    CellFacts *facts; /* of each column */
};

/* ---- room ---- */

static int64_t longest_column(const SparseMatrix *v)
{
    int64_t longest = 0;
    for (int64_t j = 0; j < v->columns; j++) {
        const int64_t length = v->starts[j + 1] - v->starts[j];
        longest = length > longest ? length : longest;
    }
    return longest;
}

static Status desk_new(Desk *desk, int64_t halves, int k, Error *error)
{
    const size_t places = (size_t)halves, topics = (size_t)k;
    desk->v = memory_new_aligned(places, sizeof(Half), error);
    desk->fit = memory_new_aligned(places, sizeof(Half), error);
    desk->columns = memory_new_aligned(topics, places * sizeof(Half), error);
    desk->b = memory_new(topics, sizeof *desk->b, error);
    desk->pull = memory_new(topics, sizeof *desk->pull, error);
    desk->active = memory_new(topics, sizeof *desk->active, error);
    return desk->v && desk->fit && desk->columns && desk->b && desk->pull && desk->active
               ? STATUS_OK
               : error_status(error);
}

static void desk_free(Desk *desk)
{
    free(desk->v);
    free(desk->fit);
    free(desk->columns);
    free(desk->b);
    free(desk->pull);
    free(desk->active);
}

CellRoom *cell_room_new(const SparseMatrix *x, const SparseMatrix *transposed, int k, int threads,
                        Error *error)
{
    const int64_t of_x = longest_column(x), of_transposed = longest_column(transposed);
    const int64_t longest = of_x > of_transposed ? of_x : of_transposed;
    const int64_t columns = x->columns > x->rows ? x->columns : x->rows;
    CellRoom *room = memory_new(1, sizeof *room, error);
    if (!room) {
        return NULL;
    }
    room->facts = memory_new((size_t)columns, sizeof *room->facts, error);
    room->desks = memory_new((size_t)threads, sizeof *room->desks, error);
    room->desk_count = room->desks ? threads : 0;
    Status status = room->facts && room->desks ? STATUS_OK : error_status(error);
    for (int t = 0; t < room->desk_count && !status; t++) {
        status = desk_new(&room->desks[t], halves_of(longest) + 1, k, error);
    }
    if (status) {
        cell_room_free(room);
        return NULL;
    }
    return room;
}

void cell_room_free(CellRoom *room)
{
    if (!room) {
        return;
    }
    for (int t = 0; t < room->desk_count; t++) {
        desk_free(&room->desks[t]);
    }
    free(room->desks);
    free(room->facts);
    free(room);
}

/* ---- one column: packed ---- */

KERNEL_PART Half *column_of(const Desk *desk, int t)
{
    return desk->columns + t * desk->halves;
}

/* Fills v, A's columns and b, and s = A·b into `fit`. */
KERNEL_PART void pack(const CellStep *step, int64_t j, Desk *desk)
{
    const SparseMatrix *v = step->v;
    const int64_t begin = v->starts[j], count = v->starts[j + 1] - begin;
    const int k = step->k;
    desk->halves = halves_of(count);
    desk->cells = cells_of(step->counts, j);
    desk->mass = 0.0;
    memcpy(desk->b, step->b + j * k, (size_t)k * sizeof *desk->b);
    double *values = (double *)desk->v, *columns = (double *)desk->columns;
    const int64_t pitch = desk->halves * HALF;
    for (int64_t i = 0; i < count; i++) {
        const double *row = step->a + (int64_t)v->row_indices[begin + i] * k;
        values[i] = v->values[begin + i];
        desk->mass += values[i];
        for (int t = 0; t < k; t++) {
            columns[t * pitch + i] = row[t];
        }
    }
    for (int64_t i = count; i < pitch; i++) {
        values[i] = 0.0;
        for (int t = 0; t < k; t++) {
            columns[t * pitch + i] = 0.0;
        }
    }
    for (int64_t i = 0; i < desk->halves; i++) {
        desk->fit[i] = half_of(0.0);
    }
    for (int t = 0; t < k; t++) {
        const Half *column = column_of(desk, t);
        for (int64_t i = 0; i < desk->halves && desk->b[t] > 0.0; i++) {
            desk->fit[i] += desk->b[t] * column[i];
        }
    }
}

/* ---- Frobenius ---- */

typedef struct Slope {
    double first;  /* Frobenius: Σ left over·A. KL: G = Σ v·A/s */
    double second; /* Frobenius: Σ A². KL: Q = Σ v·A²/s² */
} Slope;

KERNEL_PART double square_left(const Desk *desk)
{
    Half sum = half_of(0.0);
    for (int64_t i = 0; i < desk->halves; i++) {
        sum += desk->fit[i] * desk->fit[i];
    }
    return half_sum(sum);
}

KERNEL_PART double gradient_of(const CellStep *step, const Desk *desk, int t, double product)
{
    return desk->cells * (step->rates.l1 + step->rates.l2 * desk->b[t]) - product;
}

/* Where the column stands: residual, curvatures and coordinates. `fit` becomes what is left over.
 */
KERNEL_PART double survey_squares(const CellStep *step, Desk *desk)
{
    double residual = 0.0;
    for (int64_t i = 0; i < desk->halves; i++) {
        desk->fit[i] = desk->v[i] - desk->fit[i];
    }
    desk->active_count = 0;
    for (int t = 0; t < step->k; t++) {
        const Half *column = column_of(desk, t);
        Half products = half_of(0.0), squares = half_of(0.0);
        for (int64_t i = 0; i < desk->halves; i++) {
            products += column[i] * desk->fit[i];
            squares += column[i] * column[i];
        }
        const double curvature = half_sum(squares) + desk->cells * step->rates.l2;
        const double gradient = gradient_of(step, desk, t, half_sum(products));
        desk->pull[t] = curvature;
        if (curvature > 0.0 && (desk->b[t] > 0.0 || gradient < 0.0)) {
            const double next = desk->b[t] - gradient / curvature;
            const double move = desk->b[t] - (next > 0.0 ? next : 0.0);
            residual += move * move * curvature;
            desk->active[desk->active_count++] = t;
        }
    }
    return residual;
}

/* Moves each coordinate to its minimum. Takes the last one's move into what is left over and
 * measures the next one in the same sweep. */
KERNEL_PART void descend_squares(const CellStep *step, Desk *desk)
{
    const Half *before = desk->columns;
    double delta = 0.0;
    for (int visit = 0; visit < SWEEPS_MOST * desk->active_count; visit++) {
        const int t = desk->active[visit % desk->active_count];
        const Half *column = column_of(desk, t);
        Half products = half_of(0.0);
        for (int64_t i = 0; i < desk->halves; i++) {
            desk->fit[i] -= delta * before[i];
            products += column[i] * desk->fit[i];
        }
        const double gradient = gradient_of(step, desk, t, half_sum(products));
        const double next = desk->b[t] - gradient / desk->pull[t];
        delta = (next > 0.0 ? next : 0.0) - desk->b[t];
        desk->b[t] += delta;
        before = column;
    }
    for (int64_t i = 0; i < desk->halves && desk->active_count > 0; i++) {
        desk->fit[i] -= delta * before[i];
    }
}

KERNEL_PART CellFacts move_squares(const CellStep *step, Desk *desk)
{
    CellFacts facts = {.residual = survey_squares(step, desk)};
    facts.before = square_left(desk);
    descend_squares(step, desk);
    facts.after = square_left(desk);
    return facts;
}

/* ---- Kullback-Leibler ---- */

/* D of the column but for Σ u·b: Σ v·ln(v/s) − v. */
KERNEL_PART double divergence_left(const Desk *desk)
{
    const double *v = (const double *)desk->v, *s = (const double *)desk->fit;
    double sum = 0.0;
    for (int64_t i = 0; i < desk->halves * HALF; i++) {
        sum += v[i] > 0.0 ? v[i] * (logarithm(v[i]) - logarithm(s[i])) - v[i] : 0.0;
    }
    return sum;
}

KERNEL_PART double product_sum(const CellStep *step, const Desk *desk)
{
    const double l1 = desk->cells * step->rates.l1;
    double sum = 0.0;
    for (int t = 0; t < step->k; t++) {
        sum += (desk->pull[t] - l1) * desk->b[t];
    }
    return sum;
}

/* As survey_squares, with the u of each topic. */
KERNEL_PART double survey_divergence(const CellStep *step, Desk *desk)
{
    const double l1 = desk->cells * step->rates.l1, l2 = desk->cells * step->rates.l2;
    double residual = 0.0;
    for (int64_t i = 0; i < desk->halves; i++) {
        desk->fit[i] = half_max(desk->fit[i], half_of(product_least));
    }
    desk->active_count = 0;
    for (int t = 0; t < step->k; t++) {
        const Half *column = column_of(desk, t);
        Half pulls = half_of(0.0), entries = half_of(0.0);
        for (int64_t i = 0; i < desk->halves; i++) {
            pulls += desk->v[i] * column[i] / desk->fit[i];
            entries += column[i];
        }
        const double g = half_sum(pulls);
        const double u = (step->sums ? step->sums[t] : half_sum(entries)) + l1;
        desk->pull[t] = u;
        if (u > 0.0 && (desk->b[t] > 0.0 || g > u)) {
            const double c = u + l2 * desk->b[t];
            residual += kl_kkt_step(desk->b[t] * c, desk->mass / step->k, 1.0 - g / c);
            desk->active[desk->active_count++] = t;
        }
    }
    return residual;
}

/* Where u + l2·b meets G, if 1/G is taken for linear in b: exact for a single entry, and on the way
 * up never too far, as 1/G is concave. `u` holds l1. Without curvature nothing wants the topic. */
KERNEL_PART double newton(Slope slope, double b, double u, double l2, double mass)
{
    const double g = slope.first, q = slope.second;
    double next = 0.0;
    if (q > 0.0 && l2 > 0.0) { /* l2·q·x² + (u·q + l2·e)·x + u·e − g² = 0 */
        const double e = g - q * b;
        const double linear = 0.5 * (u * q + l2 * e), constant = u * e - g * g;
        const double root = sqrt(linear * linear - l2 * q * constant);
        next = linear > 0.0 ? -constant / (linear + root) : (root - linear) / (l2 * q);
    } else if (q > 0.0) {
        next = b + g / q * (g / u - 1.0);
    }
    const double c = u + l2 * b;
    if (g < c) {
        const double least = shrink_most * b * g / c;
        next = next > least ? next : least;
        next = next * u < share_least * mass ? 0.0 : next;
    }
    return next * u > mass ? mass / u : next;
}

KERNEL_PART void descend_divergence(const CellStep *step, Desk *desk)
{
    const double l2 = desk->cells * step->rates.l2;
    const Half *before = desk->columns;
    double delta = 0.0, moved = 0.0;
    for (int visit = 0; visit <= SWEEPS_MOST * desk->active_count; visit++) {
        const bool last = visit == SWEEPS_MOST * desk->active_count;
        const int t = last ? 0 : desk->active[visit % desk->active_count];
        const Half *column = column_of(desk, t);
        Half g = half_of(0.0), q = half_of(0.0);
        for (int64_t i = 0; i < desk->halves; i++) {
            /* s is no less than this topic's own part */
            const Half s = half_max(desk->fit[i] + delta * before[i],
                                    moved * before[i] + half_of(product_least));
            const Half pull = column[i] / s, part = desk->v[i] * pull;
            desk->fit[i] = s;
            g += part;
            q += part * pull;
        }
        if (!last) {
            const Slope slope = {half_sum(g), half_sum(q)};
            const double old = desk->b[t];
            const bool moves = old > 0.0 || slope.first > desk->pull[t];
            moved = moves ? newton(slope, old, desk->pull[t], l2, desk->mass) : old;
            delta = moved - old;
            desk->b[t] = moved;
            before = column;
        }
    }
}

/* A column that no topic describes has lost its row: it is spread evenly, so that the other factor
 * can come to meet it. */
KERNEL_PART void revive(const CellStep *step, Desk *desk)
{
    double largest = 0.0;
    for (int t = 0; t < step->k; t++) {
        largest = desk->b[t] > largest ? desk->b[t] : largest;
    }
    for (int t = 0; t < step->k && largest == 0.0 && step->sums; t++) {
        desk->b[t] = desk->pull[t] > 0.0 ? desk->mass / step->k / desk->pull[t] : 0.0;
    }
}

KERNEL_PART CellFacts move_divergence(const CellStep *step, Desk *desk)
{
    CellFacts facts = {.residual = survey_divergence(step, desk)};
    facts.before = divergence_left(desk) + product_sum(step, desk);
    descend_divergence(step, desk);
    facts.after = divergence_left(desk) + product_sum(step, desk);
    revive(step, desk);
    return facts;
}

/* ---- all columns ---- */

KERNEL static CellFacts move_column(const CellStep *step, int64_t j, Desk *desk)
{
    double *b = step->b + j * step->k;
    pack(step, j, desk);
    if (desk->halves == 0) { /* nothing is known of it */
        memset(b, 0, (size_t)step->k * sizeof *b);
        return (CellFacts){0};
    }
    const CellFacts facts =
        step->objective == NMF_FROBENIUS ? move_squares(step, desk) : move_divergence(step, desk);
    memcpy(b, desk->b, (size_t)step->k * sizeof *b);
    return facts;
}

CellFacts cell_step_take(const CellStep *step, CellRoom *room)
{
#pragma omp parallel for schedule(dynamic, 16) num_threads(step->threads)
    for (int64_t j = 0; j < step->v->columns; j++) {
        room->facts[j] = move_column(step, j, &room->desks[threads_current()]);
    }
    CellFacts facts = {0};
    for (int64_t j = 0; j < step->v->columns; j++) {
        facts.before += room->facts[j].before;
        facts.after += room->facts[j].after;
        facts.residual += room->facts[j].residual;
    }
    return facts;
}
