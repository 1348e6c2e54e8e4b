#include "model/consensus.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { N = 5, STARTS = 4 };

/* Items 0, 2 and 4 together always; 1 and 3 in half of the starts; 3 once with the others. */
static const int32_t first[N] = {0, 1, 0, 1, 0}, second[N] = {1, 0, 1, 0, 1},
                     third[N] = {0, 1, 0, 3, 0}, fourth[N] = {0, 1, 0, 0, 0};
static const int32_t *const partitions[STARTS] = {first, second, third, fourth};

static ItemConsensus make(int k)
{
    ItemConsensus consensus;
    Error error = {0};
    cr_assert_eq(consensus_make(partitions, STARTS, N, k, &consensus, &error), STATUS_OK);
    return consensus;
}

Test(consensus, is_the_part_of_the_starts)
{
    ItemConsensus consensus = make(2);
    cr_expect_eq(consensus_of(&consensus, 0, 2), 1.0);
    cr_expect_eq(consensus_of(&consensus, 1, 3), 0.5);
    cr_expect_eq(consensus_of(&consensus, 3, 1), 0.5);
    cr_expect_eq(consensus_of(&consensus, 4, 3), 0.25);
    cr_expect_eq(consensus_of(&consensus, 0, 1), 0.0);
    cr_expect_eq(consensus_of(&consensus, 3, 3), 1.0);
    consensus_free(&consensus);
}

/* (5 + 2·(3·1 + 3·1 + 0 + 3·¼)) / 25: 4·(c − ½)² is 1 for c of 0 and 1, 0 for ½, ¼ for ¼. */
Test(consensus, dispersion_is_that_of_the_formula)
{
    ItemConsensus consensus = make(2);
    cr_expect_float_eq(consensus.measures.dispersion, 18.5 / 25.0, 1e-12);
    consensus_free(&consensus);
}

Test(consensus, groups_are_cut_from_the_tree_and_stand_together)
{
    ItemConsensus consensus = make(2);
    cr_expect_eq(consensus.groups, 2);
    cr_expect_eq(consensus.group[0], consensus.group[2]);
    cr_expect_eq(consensus.group[0], consensus.group[4]);
    cr_expect_eq(consensus.group[1], consensus.group[3]);
    cr_expect_neq(consensus.group[0], consensus.group[1]);
    int changes = 0;
    for (int i = 1; i < N; i++) {
        const int32_t before = consensus.group[consensus.order[i - 1]];
        const int32_t here = consensus.group[consensus.order[i]];
        cr_expect(here == before || here == before + 1);
        changes += here != before;
    }
    cr_expect_eq(changes, 1);
    consensus_free(&consensus);
}

/* With k = 3 the part 3 is that of items in no factor. */
Test(consensus, items_in_no_factor_are_a_group_more)
{
    ItemConsensus consensus = make(3);
    cr_expect_eq(consensus.groups, 4);
    consensus_free(&consensus);
}

Test(consensus, as_many_groups_as_items_at_most)
{
    ItemConsensus consensus = make(9);
    cr_expect_eq(consensus.groups, N);
    for (int i = 0; i < N; i++) {
        cr_expect_eq(consensus.group[consensus.order[i]], i + 1);
    }
    consensus_free(&consensus);
}

Test(consensus, one_item_is_its_own_group)
{
    ItemConsensus consensus;
    Error error = {0};
    cr_assert_eq(consensus_make(partitions, STARTS, 1, 2, &consensus, &error), STATUS_OK);
    cr_expect_eq(consensus.group[0], 1);
    consensus_free(&consensus);
}

/* By mass: the second factor's entry is smaller in item 0, its column of W heavier. */
Test(consensus, an_item_is_in_the_factor_with_most_of_its_mass)
{
    float w[] = {1, 2, /**/ 0, 6}, h[] = {3, 1, /**/ 9, 1, /**/ 0, 0};
    const Factors factors = {.w = w, .h = h, .rows = 2, .columns = 3, .rank = 2};
    int32_t parts[3];
    Error error = {0};
    cr_assert_eq(consensus_partition(&factors, parts, &error), STATUS_OK);
    cr_expect_eq(parts[0], 1);
    cr_expect_eq(parts[1], 0);
    cr_expect_eq(parts[2], 2);
}
