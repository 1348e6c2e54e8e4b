#include "matrix/linkage.h"

#include "reference/linkage.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double close_enough = 1e-12;

static double *copy_of(const double *distances, int n)
{
    const size_t bytes = (size_t)n * (size_t)n * sizeof *distances;
    double *copy = malloc(bytes);
    memcpy(copy, distances, (size_t)(n * (n - 1) / 2) * sizeof *distances);
    return copy;
}

Test(linkage, merges_are_those_of_scipy)
{
    for (size_t c = 0; c < sizeof linkage_cases / sizeof *linkage_cases; c++) {
        const LinkageCase *expected = &linkage_cases[c];
        double *distances = copy_of(expected->distances, expected->n);
        LinkageMerge *merges = malloc((size_t)expected->n * sizeof *merges);
        Error error = {0};
        cr_assert_eq(linkage_average(distances, expected->n, merges, &error), STATUS_OK);
        for (int i = 0; i < expected->n - 1; i++) {
            const double *row = expected->merges + 4 * i;
            cr_assert_eq(merges[i].left, (int64_t)row[0], "case %zu, merge %d", c, i);
            cr_assert_eq(merges[i].right, (int64_t)row[1], "case %zu, merge %d", c, i);
            cr_assert_float_eq(merges[i].height, row[2], close_enough);
            cr_assert_eq(merges[i].size, (int64_t)row[3]);
        }
        free(merges);
        free(distances);
    }
}

Test(linkage, cophenetic_correlation_is_that_of_scipy)
{
    for (size_t c = 0; c < sizeof linkage_cases / sizeof *linkage_cases; c++) {
        const LinkageCase *expected = &linkage_cases[c];
        double *distances = copy_of(expected->distances, expected->n);
        double correlation;
        Error error = {0};
        cr_assert_eq(linkage_cophenetic(distances, expected->n, &correlation, &error), STATUS_OK);
        cr_assert_float_eq(correlation, expected->cophenetic, close_enough, "case %zu: %.17g", c,
                           correlation);
        free(distances);
    }
}

/* By hand: items at 0, 1 and 4. The first two meet at 1, the third at (4 + 3)/2 = 3.5. Distances
 * 1, 4, 3 against heights 1, 3.5, 3.5: the means are 8/3, Σ (height − mean)² = 25/6,
 * Σ (distance − mean)² = 14/3, so the correlation is √(25/28). */
Test(linkage, three_items_by_hand)
{
    double distances[] = {1.0, 4.0, 3.0}, again[] = {1.0, 4.0, 3.0}, correlation;
    LinkageMerge merges[2];
    Error error = {0};
    cr_assert_eq(linkage_average(distances, 3, merges, &error), STATUS_OK);
    cr_assert(merges[0].left == 0 && merges[0].right == 1 && merges[0].size == 2);
    cr_assert(merges[1].left == 2 && merges[1].right == 3 && merges[1].size == 3);
    cr_assert_eq(merges[1].height, 3.5);
    cr_assert_eq(linkage_cophenetic(again, 3, &correlation, &error), STATUS_OK);
    cr_assert_float_eq(correlation, sqrt(25.0 / 28.0), close_enough);
}

Test(linkage, constant_distances_correlate_by_definition)
{
    double correlation = 0.0;
    Error error = {0};
    for (int64_t n = 1; n <= 5; n++) {
        double distances[10];
        for (int i = 0; i < 10; i++) {
            distances[i] = 0.3;
        }
        cr_assert_eq(linkage_cophenetic(distances, n, &correlation, &error), STATUS_OK);
        cr_assert_eq(correlation, 1.0, "n = %d", (int)n);
    }
}

Test(linkage, ties_always_give_the_same_tree)
{
    double first[] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0}, second[6];
    memcpy(second, first, sizeof first);
    LinkageMerge a[3] = {{0}}, b[3] = {{0}};
    Error error = {0};
    cr_assert_eq(linkage_average(first, 4, a, &error), STATUS_OK);
    cr_assert_eq(linkage_average(second, 4, b, &error), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        cr_assert(a[i].left == b[i].left && a[i].right == b[i].right && a[i].height == 1.0);
    }
}

Test(consensus, of_a_single_partition_is_perfect)
{
    const int32_t only[] = {0, 1, 1, 0, 2};
    const int32_t *const partitions[] = {only};
    Consensus consensus;
    Error error = {0};
    cr_assert_eq(linkage_consensus(partitions, 1, 5, &consensus, &error), STATUS_OK);
    cr_assert_float_eq(consensus.cophenetic, 1.0, close_enough);
    cr_assert_eq(consensus.dispersion, 1.0);
}

Test(consensus, of_one_document_is_perfect)
{
    const int32_t only[] = {3};
    const int32_t *const partitions[] = {only, only};
    Consensus consensus;
    Error error = {0};
    cr_assert_eq(linkage_consensus(partitions, 2, 1, &consensus, &error), STATUS_OK);
    cr_assert(consensus.cophenetic == 1.0 && consensus.dispersion == 1.0);
}

/* Four items; two partitions agree on the first two being together and the last being alone, and
 * differ on the third; a third partition does not have the third item and has the first two
 * together. Consensus: (0,1) 1, (0,2) ½, (1,2) ½, (2,3) ½, (0,3) and (1,3) 0. The three halves
 * count 0 of 1 each, and every cell of the diagonal 1: (4 + 2·3)/16. */
Test(consensus, by_hand)
{
    const int32_t a[] = {0, 0, 0, 1}, b[] = {1, 1, 0, 0}, c[] = {2, 2, -1, 0};
    const int32_t *const partitions[] = {a, b, c};
    Consensus consensus;
    Error error = {0};
    cr_assert_eq(linkage_consensus(partitions, 3, 4, &consensus, &error), STATUS_OK);
    cr_assert_float_eq(consensus.dispersion, 10.0 / 16.0, close_enough);
    cr_assert(consensus.cophenetic > 0.5 && consensus.cophenetic < 1.0);
}

/* ---- the order of a picture ---- */

static int64_t items_of(const LinkageMerge *merges, int64_t n, int64_t cluster, bool *inside)
{
    if (cluster < n) {
        inside[cluster] = true;
        return 1;
    }
    const LinkageMerge *merge = &merges[cluster - n];
    return items_of(merges, n, merge->left, inside) + items_of(merges, n, merge->right, inside);
}

/* Where a cluster begins in the order; −1 if it does not stand together. */
static int64_t place_of(const LinkageMerge *merges, int64_t n, const int64_t *order,
                        int64_t cluster, int64_t *count)
{
    bool inside[64] = {false};
    *count = items_of(merges, n, cluster, inside);
    for (int64_t i = 0; i < n; i++) {
        int64_t run = 0;
        while (i + run < n && inside[order[i + run]]) {
            run++;
        }
        if (run > 0) {
            return run == *count ? i : -1;
        }
    }
    return -1;
}

static double apart(const double *distances, int64_t n, int64_t a, int64_t b)
{
    return distances[a < b ? linkage_place(n, a, b) : linkage_place(n, b, a)];
}

/* Every cluster stands together, and where two meet no other of their ends are nearer. */
static void check_order(const double *distances, int64_t n, const LinkageMerge *merges,
                        const int64_t *order)
{
    for (int64_t m = 0; m < n - 1; m++) {
        int64_t a_count, b_count;
        const int64_t a = place_of(merges, n, order, merges[m].left, &a_count);
        const int64_t b = place_of(merges, n, order, merges[m].right, &b_count);
        cr_assert(a >= 0 && b >= 0);
        cr_assert(a + a_count == b || b + b_count == a);
        const int64_t first = a < b ? b - 1 : a - 1;
        const double meet = apart(distances, n, order[first], order[first + 1]);
        const int64_t ends_of_a[] = {a, a + a_count - 1}, ends_of_b[] = {b, b + b_count - 1};
        for (int way = 0; way < 4; way++) {
            const int64_t left = order[ends_of_a[way / 2]], right = order[ends_of_b[way % 2]];
            cr_expect_geq(apart(distances, n, left, right), meet);
        }
    }
    cr_expect(n == 1 || order[0] < order[n - 1]);
}

Test(linkage, neighbours_in_the_order_are_the_nearest_ends)
{
    for (size_t c = 0; c < sizeof linkage_cases / sizeof *linkage_cases; c++) {
        const LinkageCase *of = &linkage_cases[c];
        double *distances = copy_of(of->distances, of->n);
        LinkageMerge merges[64];
        int64_t order[64];
        Error error = {0};
        cr_assert_eq(linkage_average(distances, of->n, merges, &error), STATUS_OK);
        cr_assert_eq(linkage_order(of->distances, of->n, merges, order, &error), STATUS_OK);
        check_order(of->distances, of->n, merges, order);
        free(distances);
    }
}

/* Points on a line, out of order: 0 at 5, 1 at 0, 2 at 6, 3 at 1.5. */
Test(linkage, points_on_a_line_are_in_its_order)
{
    static const double distances[] = {5, 1, 3.5, 6, 1.5, 4.5};
    double used[6];
    memcpy(used, distances, sizeof used);
    LinkageMerge merges[3];
    int64_t order[4];
    Error error = {0};
    cr_assert_eq(linkage_average(used, 4, merges, &error), STATUS_OK);
    cr_assert_eq(linkage_order(distances, 4, merges, order, &error), STATUS_OK);
    static const int64_t expected[] = {1, 3, 0, 2};
    for (int i = 0; i < 4; i++) {
        cr_expect_eq(order[i], expected[i]);
    }
}

Test(linkage, one_item_has_an_order)
{
    int64_t order = 7;
    Error error = {0};
    cr_assert_eq(linkage_order(NULL, 1, NULL, &order, &error), STATUS_OK);
    cr_expect_eq(order, 0);
}
