#include "matrix/coordinates.h"

#include "base/random.h"
#include "matrix/linkage.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 30, SPACE = 5 };
static const double close_enough = 1e-12;

typedef struct Case {
    int n;
    double distances[MOST * (MOST - 1) / 2];
    double x[MOST];
    double y[MOST];
    Coordinates found;
} Case;

static void find(Case *made)
{
    Error error;
    made->found = (Coordinates){.x = made->x, .y = made->y};
    cr_assert_eq(coordinates_find(made->distances, made->n, &made->found, &error), STATUS_OK);
}

static double between(const Case *made, int i, int j)
{
    return hypot(made->x[i] - made->x[j], made->y[i] - made->y[j]);
}

/* Distances of random points; axis a is 3^-a as wide as the first one. */
static void draw(Case *made, int n, int axes)
{
    double points[MOST][SPACE];
    const RandomStream random = {.seed = 3, .stream = (uint64_t)axes};
    made->n = n;
    for (int i = 0; i < n; i++) {
        for (int a = 0; a < axes; a++) {
            points[i][a] = random_uniform(random, (uint64_t)(i * SPACE + a)) / pow(3.0, a);
        }
    }
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            double sum = 0.0;
            for (int a = 0; a < axes; a++) {
                sum += (points[i][a] - points[j][a]) * (points[i][a] - points[j][a]);
            }
            made->distances[linkage_place(n, i, j)] = sqrt(sum);
        }
    }
}

Test(coordinates, points_of_a_plane_are_found_again)
{
    static Case made;
    draw(&made, MOST, 2);
    find(&made);
    for (int i = 0; i < made.n; i++) {
        for (int j = i + 1; j < made.n; j++) {
            const double expected = made.distances[linkage_place(made.n, i, j)];
            cr_expect_float_eq(between(&made, i, j), expected, close_enough);
        }
    }
    cr_expect_float_eq(made.found.explained[0] + made.found.explained[1], 1.0, close_enough);
    cr_expect_gt(made.found.explained[0], made.found.explained[1]);
}

/* B = −½·J·D²·J by its definition. */
static double centred(const Case *made, int i, int j)
{
    double sum = 0.0;
    for (int a = 0; a < made->n; a++) {
        for (int b = 0; b < made->n; b++) {
            const double d = a == b  ? 0.0
                             : a < b ? made->distances[linkage_place(made->n, a, b)]
                                     : made->distances[linkage_place(made->n, b, a)];
            sum += ((a == i) - 1.0 / made->n) * d * d * ((b == j) - 1.0 / made->n);
        }
    }
    return -0.5 * sum;
}

static double dot(const double *a, const double *b, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* Points of more dimensions: each axis is an eigenvector of B, of length √λ; the axes are at right
 * angles, around the origin; and the trace is the sum of all eigenvalues. */
Test(coordinates, axes_are_eigenvectors)
{
    static Case made;
    static double product[MOST];
    draw(&made, 12, SPACE);
    find(&made);
    const double *axes[] = {made.x, made.y};
    double trace = 0.0;
    for (int i = 0; i < made.n; i++) {
        trace += centred(&made, i, i);
    }
    for (int a = 0; a < 2; a++) {
        const double eigenvalue = dot(axes[a], axes[a], made.n);
        double middle = 0.0, largest = 0.0;
        for (int i = 0; i < made.n; i++) {
            product[i] = 0.0;
            for (int j = 0; j < made.n; j++) {
                product[i] += centred(&made, i, j) * axes[a][j];
            }
            cr_expect_float_eq(product[i], eigenvalue * axes[a][i], close_enough);
            middle += axes[a][i];
            largest = fabs(axes[a][i]) > fabs(largest) ? axes[a][i] : largest;
        }
        cr_expect_float_eq(middle, 0.0, close_enough);
        cr_expect_gt(largest, 0.0);
        cr_expect_float_eq(made.found.explained[a], eigenvalue / trace, close_enough);
    }
    cr_expect_float_eq(dot(made.x, made.y, made.n), 0.0, close_enough);
    cr_expect(made.found.explained[0] > 0.8 && made.found.explained[1] > 0.05,
              "the widest axes, by their making");
}

Test(coordinates, of_a_rectangle)
{
    const double diagonal = sqrt(10.0);
    static Case made; /* corners in a round: 3 wide, 1 high */
    made = (Case){.n = 4, .distances = {3, diagonal, 1, 1, diagonal, 3}};
    find(&made);
    cr_expect_float_eq(made.found.explained[0], 0.9, close_enough);
    cr_expect_float_eq(made.found.explained[1], 0.1, close_enough);
    static const double x[] = {1.5, -1.5, -1.5, 1.5}, y[] = {0.5, 0.5, -0.5, -0.5};
    for (int i = 0; i < 4; i++) {
        cr_expect_float_eq(made.x[i], x[i], close_enough);
        cr_expect_float_eq(made.y[i], y[i], close_enough);
    }
}

Test(coordinates, of_one_item_and_of_two)
{
    static Case made;
    made = (Case){.n = 1};
    find(&made);
    cr_expect(made.x[0] == 0.0 && made.y[0] == 0.0);
    cr_expect(made.found.explained[0] == 0.0 && made.found.explained[1] == 0.0);
    made = (Case){.n = 2, .distances = {0.8}};
    find(&made);
    cr_expect_float_eq(made.x[0], 0.4, close_enough);
    cr_expect_float_eq(made.x[1], -0.4, close_enough);
    cr_expect(made.y[0] == 0.0 && made.y[1] == 0.0);
    cr_expect(made.found.explained[0] == 1.0 && made.found.explained[1] == 0.0);
}

Test(coordinates, equal_items_are_at_one_place)
{
    static Case made;
    made = (Case){.n = 5};
    find(&made);
    for (int i = 0; i < 5; i++) {
        cr_expect(made.x[i] == 0.0 && made.y[i] == 0.0);
    }
    cr_expect(made.found.explained[0] == 0.0 && made.found.explained[1] == 0.0);
}

/* 1 and 3 are farther from one another than by way of 2: no points have such distances. */
Test(coordinates, negative_eigenvalues_count_as_none)
{
    static Case made;
    made = (Case){.n = 3, .distances = {1, 4, 1}};
    find(&made);
    cr_expect_float_eq(made.x[0], 2.0, close_enough);
    cr_expect_float_eq(made.x[1], 0.0, close_enough);
    cr_expect_float_eq(made.x[2], -2.0, close_enough);
    cr_expect(made.y[0] == 0.0 && made.y[1] == 0.0 && made.y[2] == 0.0);
    cr_expect_eq(made.found.explained[0], 1.0);
}
