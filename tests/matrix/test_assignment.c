#include "matrix/assignment.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

static double total(const double *scores, int rows, int columns, const int *partner)
{
    double sum = 0.0;
    for (int r = 0; r < rows; r++) {
        sum += partner[r] < 0 ? 0.0 : scores[r * columns + partner[r]];
    }
    return sum;
}

/* The best sum by trying everything: row `r` and all behind it, columns in `taken` gone. `idle`
 * rows may stay without a partner. */
static double best_of_all(const double *scores, int rows, int columns, int r, unsigned taken,
                          int idle)
{
    if (r == rows) {
        return 0.0;
    }
    double best = idle > 0 ? best_of_all(scores, rows, columns, r + 1, taken, idle - 1) : -HUGE_VAL;
    for (int c = 0; c < columns; c++) {
        if (!(taken & 1U << c)) {
            const double sum = scores[r * columns + c] +
                               best_of_all(scores, rows, columns, r + 1, taken | 1U << c, idle);
            best = sum > best ? sum : best;
        }
    }
    return best;
}

static void check_partners(int rows, int columns, const int *partner)
{
    unsigned taken = 0;
    int count = 0;
    for (int r = 0; r < rows; r++) {
        cr_assert(partner[r] >= -1 && partner[r] < columns);
        if (partner[r] >= 0) {
            cr_assert(!(taken & 1U << partner[r]), "a column is taken twice");
            taken |= 1U << partner[r];
            count++;
        }
    }
    cr_assert_eq(count, rows < columns ? rows : columns);
}

Test(assignment, is_as_good_as_the_best_of_all)
{
    Error error;
    double scores[36];
    int partner[6];
    for (uint64_t seed = 0; seed < 600; seed++) {
        const RandomStream stream = {.seed = seed, .stream = 0};
        const int rows = 1 + (int)(random_bits(stream, 100) % 6);
        const int columns = 1 + (int)(random_bits(stream, 101) % 6);
        for (int i = 0; i < rows * columns; i++) { /* of both signs; every third run many ties */
            const double value = random_uniform(stream, (uint64_t)i);
            scores[i] = seed % 3 == 0 ? floor(3.0 * value) : value - 0.5;
        }
        cr_assert_eq(assignment_solve(scores, rows, columns, partner, &error), STATUS_OK);
        check_partners(rows, columns, partner);
        const double best =
            best_of_all(scores, rows, columns, 0, 0U, rows > columns ? rows - columns : 0);
        cr_assert(fabs(total(scores, rows, columns, partner) - best) < 1e-12,
                  "seed %d: %g, best %g", (int)seed, total(scores, rows, columns, partner), best);
    }
}

Test(assignment, gives_up_the_nearest_for_the_whole)
{
    /* Greedily (0, 0) would be taken first: 10 + 1; the other way round 9 + 9. */
    const double scores[] = {10, 9, 9, 1};
    int partner[2];
    Error error;
    cr_assert_eq(assignment_solve(scores, 2, 2, partner, &error), STATUS_OK);
    cr_assert_eq(partner[0], 1);
    cr_assert_eq(partner[1], 0);
}

Test(assignment, identical_rows_keep_their_order)
{
    const double scores[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    int partner[3];
    Error error;
    cr_assert_eq(assignment_solve(scores, 3, 3, partner, &error), STATUS_OK);
    for (int r = 0; r < 3; r++) {
        cr_assert_eq(partner[r], r);
    }
}

Test(assignment, finds_a_planted_order_among_many)
{
    enum { N = 200 };
    const RandomStream stream = {.seed = 5, .stream = 0};
    double *scores = malloc(sizeof(double) * N * N);
    int partner[N];
    for (int r = 0; r < N; r++) {
        for (int c = 0; c < N; c++) { /* column 7r mod N is the right one */
            scores[r * N + c] =
                random_uniform(stream, (uint64_t)(r * N + c)) + (c == r * 7 % N ? 1.5 : 0.0);
        }
    }
    Error error;
    cr_assert_eq(assignment_solve(scores, N, N, partner, &error), STATUS_OK);
    for (int r = 0; r < N; r++) {
        cr_assert_eq(partner[r], r * 7 % N);
    }
    free(scores);
}

Test(assignment, of_nothing_is_nothing)
{
    Error error;
    int partner[2] = {5, 5};
    cr_assert_eq(assignment_solve(NULL, 0, 3, partner, &error), STATUS_OK);
    cr_assert_eq(partner[0], 5);
    cr_assert_eq(assignment_solve(NULL, 2, 0, partner, &error), STATUS_OK);
    cr_assert_eq(partner[0], -1);
    cr_assert_eq(partner[1], -1);
}
