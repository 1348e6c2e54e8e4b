#include "model/groups.h"

#include <criterion/criterion.h>

static float mixtures[] = {1, 0, 0.5F, 0.5F, 0, 1, 0, 0, 0, 1};

static Groups make(DocumentFacts *facts, int64_t count, int64_t most)
{
    const DocumentList list = {.items = facts, .count = count};
    Groups groups = {0};
    Error error;
    cr_assert_eq(groups_make(&list, mixtures, 2, 0, most, &groups, &error), STATUS_OK);
    return groups;
}

static DocumentFacts of(char *value)
{
    return (DocumentFacts){.values = value, .value_count = 1, .tokens = 10.0};
}

Test(groups, sort_documents_by_value)
{
    /* The fourth is not modelled, the fifth has no value. */
    DocumentFacts facts[] = {of("b"), of("a"), of("b"), of("c"), of("")};
    Groups groups = make(facts, 5, 10);
    cr_assert_eq(groups.slices.count, 2);
    cr_assert_str_eq(groups.values[0], "b");
    cr_assert_str_eq(groups.values[1], "a");
    cr_assert_eq(groups.slices.documents[0], 2);
    cr_assert_eq(groups.largest, 2);
    cr_assert_eq(groups.without, 1);
    cr_assert_float_eq(slices_mean_share(&groups.slices, 0, 0), 0.5, 1e-15);
    cr_assert_float_eq(slices_mean_share(&groups.slices, 1, 0), 0.5, 1e-15);
    groups_free(&groups);
}

Test(groups, a_list_is_one_of_each)
{
    DocumentFacts facts[] = {of("comedy; drama"), of("drama; drama"), of("ama; comedy; ")};
    Groups groups = make(facts, 3, 10);
    cr_assert_eq(groups.slices.count, 3);
    cr_assert_str_eq(groups.values[0], "comedy");
    cr_assert_str_eq(groups.values[1], "drama");
    cr_assert_str_eq(groups.values[2], "ama");
    cr_assert_eq(groups.slices.documents[1], 2); /* the second document counts once */
    groups_free(&groups);
}

Test(groups, too_many_values_are_counted_only)
{
    DocumentFacts facts[] = {of("1"), of("2"), of("3")};
    Groups groups = make(facts, 3, 2);
    cr_assert_eq(groups.slices.count, 0);
    cr_assert_eq(groups.distinct, 3);
    groups_free(&groups);
}

Test(groups, a_column_without_values_has_none)
{
    DocumentFacts facts[] = {of(""), of("")};
    Groups groups = make(facts, 2, 2);
    cr_assert_eq(groups.slices.count, 0);
    cr_assert_eq(groups.distinct, 0);
    cr_assert_eq(groups.without, 2);
    groups_free(&groups);
}
