/* Agreement of labellings by hand, and against scikit-learn's figures in
 * tests/reference/agreement.txt, whose form its maker, make_agreement.py, tells. */
#include "model/agreement.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CASES = 17 }; /* in the file */

static const double bound = 1e-12;

static Contingency count_labels(const int *first, int rows, const int *second, int columns,
                                int64_t count)
{
    Contingency table = {0};
    Error error;
    cr_assert_eq(contingency_count(first, rows, second, columns, count, &table, &error), STATUS_OK);
    return table;
}

static int read_whole(FILE *file)
{
    int whole;
    cr_assert_eq(fscanf(file, "%d", &whole), 1, "a number is missing at byte %ld", ftell(file));
    return whole;
}

static void check_case(FILE *file, int number)
{
    const int rows = read_whole(file), columns = read_whole(file), count = read_whole(file);
    int *first = calloc((size_t)count, sizeof *first),
        *second = calloc((size_t)count, sizeof *first);
    for (int i = 0; i < count; i++) {
        first[i] = read_whole(file);
        second[i] = read_whole(file);
    }
    double nmi, rand, purity;
    cr_assert_eq(fscanf(file, " expected %lf %lf %lf", &nmi, &rand, &purity), 3);
    Contingency table = count_labels(first, rows, second, columns, count);
    cr_assert(fabs(agreement_nmi(&table) - nmi) < bound, "case %d: %.17g", number,
              agreement_nmi(&table));
    cr_assert(fabs(agreement_adjusted_rand(&table) - rand) < bound, "case %d: %.17g", number,
              agreement_adjusted_rand(&table));
    cr_assert(fabs(agreement_purity(&table) - purity) < bound, "case %d: %.17g", number,
              agreement_purity(&table));
    contingency_free(&table);
    free(first);
    free(second);
}

Test(agreement, is_that_of_scikit_learn)
{
    FILE *file = fopen(THEMATA_SOURCE_DIR "/tests/reference/agreement.txt", "r");
    cr_assert(file);
    char word[16];
    int cases = 0;
    while (fscanf(file, "%15s", word) == 1) {
        cr_assert_str_eq(word, "labels");
        check_case(file, ++cases);
    }
    fclose(file);
    cr_assert_eq(cases, CASES);
}

Test(agreement, counts_what_has_both_labels)
{
    const int first[] = {0, 1, 1, -1, 2, 1}, second[] = {1, 0, 0, 0, -1, 1};
    Contingency table = count_labels(first, 3, second, 2, 6);
    const int64_t counts[] = {0, 1, 2, 1, 0, 0};
    for (int i = 0; i < 6; i++) {
        cr_assert_eq(table.counts[i], counts[i]);
    }
    cr_assert_eq(table.total, 4);
    cr_assert_eq(table.row_sums[1], 3);
    cr_assert_eq(table.row_sums[2], 0);
    cr_assert_eq(table.column_sums[0], 2);
    cr_assert_eq(contingency_largest(&table, 0), 1);
    cr_assert_eq(contingency_largest(&table, 1), 0);
    cr_assert_eq(contingency_largest(&table, 2), -1);
    contingency_free(&table);
}

Test(agreement, of_equal_counts_the_first_is_the_largest)
{
    const int first[] = {0, 0, 0, 0}, second[] = {2, 1, 1, 2};
    Contingency table = count_labels(first, 1, second, 3, 4);
    cr_assert_eq(contingency_largest(&table, 0), 1);
    contingency_free(&table);
}

Test(agreement, a_row_is_clear_if_more_than_half_and_more_than_everywhere)
{
    /* 0: 2 of 3; 1: half; 2: nothing; column 2 is 4 of the 5 in row 3, and 4 of 10 of all. */
    int64_t counts[] = {2, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 4};
    int64_t rows[] = {3, 2, 0, 5}, columns[] = {4, 2, 4};
    Contingency table = {.rows = 4,
                         .columns = 3,
                         .counts = counts,
                         .row_sums = rows,
                         .column_sums = columns,
                         .total = 10};
    cr_assert_eq(contingency_clear(&table, 0), 0);
    cr_assert_eq(contingency_clear(&table, 1), -1);
    cr_assert_eq(contingency_clear(&table, 2), -1);
    cr_assert_eq(contingency_clear(&table, 3), 2);
    const int one[] = {0, 1}, same[] = {0, 0};
    table = count_labels(one, 2, one, 2, 2);
    cr_assert_eq(contingency_clear(&table, 0), -1, "one thing tells nothing");
    contingency_free(&table);
    table = count_labels(one, 2, same, 1, 2);
    cr_assert_eq(contingency_clear(&table, 0), -1, "what all have tells nothing");
    contingency_free(&table);
}

Test(agreement, classes_are_the_different_texts_in_byte_order)
{
    const char *const texts[] = {"b", "", "a", NULL, "b", "B"};
    const int of[] = {2, -1, 1, -1, 2, 0};
    Classes classes = {0};
    Error error;
    cr_assert_eq(classes_find(texts, 6, &classes, &error), STATUS_OK);
    cr_assert_eq(classes.count, 3);
    cr_assert_str_eq(classes.names[0], "B");
    cr_assert_str_eq(classes.names[2], "b");
    cr_assert_arr_eq(classes.of, of, sizeof of);
    classes_free(&classes);
    cr_assert_eq(classes_find(NULL, 0, &classes, &error), STATUS_OK);
    cr_assert_eq(classes.count, 0);
    classes_free(&classes);
}

Test(agreement, of_nothing_is_whole)
{
    Contingency table = count_labels(NULL, 2, NULL, 3, 0);
    cr_assert_eq(agreement_nmi(&table), 1.0);
    cr_assert_eq(agreement_adjusted_rand(&table), 1.0);
    cr_assert_eq(agreement_purity(&table), 1.0);
    contingency_free(&table);
}

Test(agreement, of_one_label_on_both_sides_is_whole_and_on_one_side_none)
{
    const int one[] = {0, 0, 0}, each[] = {0, 1, 2};
    Contingency table = count_labels(one, 1, one, 1, 3);
    cr_assert_eq(agreement_nmi(&table), 1.0);
    cr_assert_eq(agreement_adjusted_rand(&table), 1.0);
    contingency_free(&table);
    table = count_labels(one, 1, each, 3, 3);
    cr_assert_eq(agreement_nmi(&table), 0.0);
    cr_assert_eq(agreement_adjusted_rand(&table), 0.0);
    contingency_free(&table);
}

Test(agreement, of_a_worked_example)
{
    /* Two topics of two documents; the second's have a label each. The topics tell 1 bit of the
     * labels' 1.5: 2·1/(1 + 1.5). Of 6 pairs 1 is together in both, 1 in topics alone. */
    const int first[] = {0, 0, 1, 1}, second[] = {0, 0, 1, 2};
    Contingency table = count_labels(first, 2, second, 3, 4);
    cr_assert(fabs(agreement_nmi(&table) - 0.8) < bound);
    cr_assert(fabs(agreement_adjusted_rand(&table) - 4.0 / 7.0) < bound);
    cr_assert(fabs(agreement_purity(&table) - 0.75) < bound);
    contingency_free(&table);
}

Test(agreement, of_millions_does_not_overflow)
{
    /* 4·10⁹ things, more than any test can label one by one: pairs are 1.6·10¹⁹. */
    int64_t counts[] = {2000000000, 0, 0, 2000000000}, sums[] = {2000000000, 2000000000};
    const Contingency table = {.rows = 2,
                               .columns = 2,
                               .counts = counts,
                               .row_sums = sums,
                               .column_sums = sums,
                               .total = 4000000000};
    cr_assert_eq(agreement_adjusted_rand(&table), 1.0);
    cr_assert_eq(agreement_nmi(&table), 1.0);
    counts[1] = counts[2] = 1000000000;
    counts[0] = counts[3] = 1000000000;
    cr_assert(fabs(agreement_adjusted_rand(&table)) < 1e-9);
    cr_assert_eq(agreement_nmi(&table), 0.0);
}
