/* Minimise ½·cᵀGc − gᵀc over c ≥ 0, Σc = 1. Where it is smallest there is a λ with (Gc − g)_z = λ
 * for c_z > 0 and ≥ λ for c_z = 0. */
#include "nmf/simplex.h"

#include "base/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const double kkt_tolerance = 1e-12; /* of the largest product */
static const double pivot_least = 1e-13;   /* of the vector's square: below, it depends on others */

Status simplex_room_new(SimplexRoom *room, int k, Error *error)
{
    room->active = memory_new((size_t)k, sizeof *room->active, error);
    room->factor = memory_new((size_t)k, (size_t)k * sizeof *room->factor, error);
    room->solution = memory_new((size_t)k, 3 * sizeof *room->solution, error);
    return room->active && room->factor && room->solution ? STATUS_OK : error_status(error);
}

void simplex_room_free(SimplexRoom *room)
{
    free(room->active);
    free(room->factor);
    free(room->solution);
    *room = (SimplexRoom){0};
}

/* One problem on its way. */
typedef struct Search {
    const double *gram;
    const double *products;
    int k;
    SimplexRoom *room;
    double *weights;
    int count; /* of active vectors */
} Search;

static double gram_at(const Search *search, int a, int b)
{
    return search->gram[(int64_t)a * search->k + b];
}

/* Row `row` of the Cholesky factor of the active vectors' Gram matrix, whose rows before are known.
 * False if that vector depends on those before it. */
static bool factor_row(const Search *search, int row)
{
    const int k = search->k, *active = search->room->active;
    double *factor = search->room->factor, *own = factor + (int64_t)row * k;
    for (int c = 0; c <= row; c++) {
        const double *other = factor + (int64_t)c * k;
        double rest = gram_at(search, active[row], active[c]);
        for (int i = 0; i < c; i++) {
            rest -= own[i] * other[i];
        }
        if (c < row) {
            own[c] = rest / other[c];
        } else if (rest <= pivot_least * gram_at(search, active[row], active[row])) {
            return false;
        } else {
            own[c] = sqrt(rest);
        }
    }
    return true;
}

/* x ← (L·Lᵀ)⁻¹·x for the active vectors. */
static void solve_active(const Search *search, double *x)
{
    const int k = search->k, count = search->count;
    const double *factor = search->room->factor;
    for (int r = 0; r < count; r++) {
        for (int i = 0; i < r; i++) {
            x[r] -= factor[(int64_t)r * k + i] * x[i];
        }
        x[r] /= factor[(int64_t)r * k + r];
    }
    for (int r = count - 1; r >= 0; r--) {
        for (int i = r + 1; i < count; i++) {
            x[r] -= factor[(int64_t)i * k + r] * x[i];
        }
        x[r] /= factor[(int64_t)r * k + r];
    }
}

/* The best weights of sum 1 of the active vectors, of any sign: G·y = g − ν·1. Returns y. */
static const double *solve_sum(const Search *search)
{
    double *y = search->room->solution, *ones = y + search->k;
    double sum = 0.0, sum_of_ones = 0.0;
    for (int r = 0; r < search->count; r++) {
        y[r] = search->products[search->room->active[r]];
        ones[r] = 1.0;
    }
    solve_active(search, y);
    solve_active(search, ones);
    for (int r = 0; r < search->count; r++) {
        sum += y[r];
        sum_of_ones += ones[r];
    }
    const double nu = (sum - 1.0) / sum_of_ones;
    for (int r = 0; r < search->count; r++) {
        y[r] -= nu * ones[r];
    }
    return y;
}

/* Takes out the active vectors whose weight is 0. */
static void drop_zeros(Search *search)
{
    int *active = search->room->active, kept = 0;
    for (int r = 0; r < search->count; r++) {
        if (search->weights[active[r]] > 0.0) {
            active[kept++] = active[r];
        }
    }
    search->count = kept;
    for (int r = 0; r < kept; r++) {
        factor_row(search, r); /* of fewer vectors, which were independent before */
    }
}

/* Goes from the weights towards the best of the active vectors, dropping those on the way that
 * would become negative, until the best is reached. */
static void settle(Search *search)
{
    for (;;) {
        const double *y = solve_sum(search);
        const int *active = search->room->active;
        double step = 1.0;
        int first = -1;
        for (int r = 0; r < search->count; r++) {
            const double old = search->weights[active[r]];
            if (y[r] <= 0.0 && old / (old - y[r]) <= step) {
                step = old / (old - y[r]);
                first = active[r];
            }
        }
        for (int r = 0; r < search->count; r++) {
            double *weight = &search->weights[active[r]];
            *weight = first < 0 ? y[r] : *weight + step * (y[r] - *weight);
            *weight = *weight > 0.0 ? *weight : 0.0;
        }
        if (first < 0 || search->count == 1) {
            return;
        }
        search->weights[first] = 0.0;
        drop_zeros(search);
    }
}

/* The vector that would lower the distance most, −1 if none does. Vectors are left aside whose
 * `blocked` is set. */
static int find_descent(const Search *search, double scale, const double *blocked)
{
    const int k = search->k, *active = search->room->active;
    double *gradient = search->room->solution + k; /* y and the ones are done with */
    double level = 0.0;
    for (int z = 0; z < k; z++) {
        gradient[z] = -search->products[z];
        for (int r = 0; r < search->count; r++) {
            gradient[z] += gram_at(search, z, active[r]) * search->weights[active[r]];
        }
        level += search->weights[z] * gradient[z];
    }
    int best = -1;
    double least = level - kkt_tolerance * scale;
    for (int z = 0; z < k; z++) {
        if (search->weights[z] == 0.0 && blocked[z] == 0.0 && gradient[z] < least) {
            least = gradient[z];
            best = z;
        }
    }
    return best;
}

/* The one vector that is nearest to the target. */
static int nearest_vector(const double *gram, const double *products, int k)
{
    int best = 0;
    double least = 0.0;
    for (int z = 0; z < k; z++) {
        const double half = 0.5 * gram[(int64_t)z * k + z] - products[z];
        if (z == 0 || half < least) {
            least = half;
            best = z;
        }
    }
    return best;
}

void simplex_nearest(const double *gram, const double *products, int k, SimplexRoom *room,
                     double *weights)
{
    enum { STEPS_FOR_EACH = 10 };
    Search search = {
        .gram = gram, .products = products, .k = k, .room = room, .weights = weights, .count = 1};
    double *blocked = room->solution + 2 * (int64_t)k, scale = 0.0;
    for (int z = 0; z < k; z++) {
        weights[z] = 0.0;
        blocked[z] = 0.0;
        scale = fabs(products[z]) > scale ? fabs(products[z]) : scale;
    }
    room->active[0] = nearest_vector(gram, products, k);
    weights[room->active[0]] = 1.0;
    if (!factor_row(&search, 0)) {
        return; /* all vectors are 0 */
    }
    for (int64_t step = 0; step < (int64_t)STEPS_FOR_EACH * k; step++) {
        const int next = find_descent(&search, scale, blocked);
        if (next < 0) {
            return;
        }
        room->active[search.count] = next;
        if (factor_row(&search, search.count)) {
            search.count++;
            settle(&search);
        }
        blocked[next] = weights[next] > 0.0 ? 0.0 : 1.0; /* rounding, or it depends on others */
    }
}
