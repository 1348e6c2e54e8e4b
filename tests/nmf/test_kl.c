#include "nmf/kl.h"

#include "base/random.h"
#include "nmf/mu.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

/* D by its definition, over all cells. */
static double dense_divergence(const double *x, const double *w, const double *h, int m, int n,
                               int k)
{
    double sum = 0.0;
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            double wh = 0.0;
            for (int t = 0; t < k; t++) {
                wh += w[i * k + t] * h[j * k + t];
            }
            const double value = x[i * n + j];
            sum += (value > 0.0 ? value * log(value / wh) : 0.0) - value + wh;
        }
    }
    return sum;
}

Test(kl, divergence_equals_its_definition)
{
    const RandomStream stream = {.seed = 4, .stream = 4};
    uint64_t at = 0;
    for (int k = 1; k <= 13; k++) {
        const int m = 5 + 3 * k, n = 300 + k;
        double *x = calloc((size_t)(m * n), sizeof *x), *w = calloc((size_t)(m * k), sizeof *w),
               *h = calloc((size_t)(n * k), sizeof *h);
        for (int i = 0; i < m * n; i++) {
            x[i] = random_uniform(stream, at++) < 0.2 ? random_uniform(stream, at++) : 0.0;
        }
        for (int i = 0; i < m * k; i++) {
            w[i] = random_uniform(stream, at++);
        }
        for (int i = 0; i < n * k; i++) {
            h[i] = random_uniform(stream, at++);
        }
        SparseMatrix *matrix = support_sparse(m, n, x);
        Error error;
        double divergence = 0.0;
        KlRoom room = {0};
        cr_assert(kl_room_new(&room, m, n, k, &error) == STATUS_OK);
        const double expected = dense_divergence(x, w, h, m, n, k);
        for (int threads = 1; threads <= 4; threads++) {
            double before = divergence;
            divergence = kl_divergence(matrix, w, h, k, threads, &room);
            cr_assert(fabs(divergence - expected) <= 1e-12 * expected, "k %d: %.17g, %.17g", k,
                      divergence, expected);
            cr_assert(threads == 1 || divergence == before);
        }
        kl_room_free(&room);
        sparse_free(matrix);
        free(x);
        free(w);
        free(h);
    }
}

Test(kl, divergence_is_finite_where_nothing_describes_an_entry)
{
    static const double values[2 * 2] = {1, 0, 0, 1};
    SparseMatrix *x = support_sparse(2, 2, values);
    const double w[2] = {1, 0}, h[2] = {1, 1};
    Error error;
    KlRoom room = {0};
    cr_assert(kl_room_new(&room, 2, 2, 1, &error) == STATUS_OK);
    const double divergence = kl_divergence(x, w, h, 1, 1, &room);
    cr_assert(isfinite(divergence) && divergence > 100.0);
    kl_room_free(&room);
    sparse_free(x);
}

Test(kl, kkt_step_is_zero_exactly_at_stationary_entries)
{
    cr_assert(kl_kkt_step(0.4, 0.1, 0.0) == 0.0);   /* gradient 0 */
    cr_assert(kl_kkt_step(0.0, 0.1, 0.3) == 0.0);   /* at the bound, pulled outwards */
    cr_assert(kl_kkt_step(0.0, 0.1, -0.3) > 0.0);   /* at the bound, pulled inwards */
    cr_assert(kl_kkt_step(0.4, 0.1, 0.3) > 0.0);    /* could become smaller */
    cr_assert(kl_kkt_step(1e-9, 0.1, 0.3) == 1e-9); /* only by as much as it is */
}

Test(kl, sums_of_rows_do_not_depend_on_threads)
{
    enum { COUNT = 1000, K = 3 };
    static double rows[COUNT * K];
    const RandomStream stream = {.seed = 1, .stream = 1};
    for (int i = 0; i < COUNT * K; i++) {
        rows[i] = random_uniform(stream, (uint64_t)i);
    }
    double one[K], more[K];
    Error error;
    KlRoom room = {0};
    cr_assert(kl_room_new(&room, COUNT, 1, K, &error) == STATUS_OK);
    kl_sum_rows(rows, COUNT, K, 1, &room, one);
    for (int threads = 2; threads < 6; threads++) {
        kl_sum_rows(rows, COUNT, K, threads, &room, more);
        for (int t = 0; t < K; t++) {
            cr_assert(one[t] == more[t]);
        }
    }
    cr_assert(fabs(one[0] - 500.0) < 40.0);
    kl_room_free(&room);
}
