/* One counter's counts as a matrix, for tests. */
#ifndef THEMATA_TESTS_SUPPORT_COUNTED_H
#define THEMATA_TESTS_SUPPORT_COUNTED_H

#include "text/collect.h"
#include "text/counter.h"

#include <criterion/criterion.h>

/* What was counted since the last time, under the counter's own numbers. */
static inline Counts counted_take(Counter *counter)
{
    CollectedBlock block = {0};
    const CollectedLayer layer = {.blocks = &block};
    Counts counts = {0};
    Error error = {0};
    const uint32_t words = counter->known ? counter->known->count : counter->words.count;
    cr_assert_eq(counter_take(counter, &block.block, &error), STATUS_OK, "%s", error.message);
    cr_assert_eq(collect_counts(&layer, 1, 1, words, 1, &counts, &error), STATUS_OK, "%s",
                 error.message);
    return counts;
}

#endif
