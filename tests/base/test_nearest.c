#include "base/nearest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *find(const char *wanted, const char *const *names)
{
    Nearest nearest = nearest_to(wanted);
    for (; *names; names++) {
        nearest_consider(&nearest, *names);
    }
    return nearest.found;
}

Test(nearest, finds_what_was_meant)
{
    const char *const names[] = {"topics", "docs", "infer", "text-column", NULL};
    cr_assert_str_eq(find("topcis", names), "topics");
    cr_assert_str_eq(find("Topic", names), "topics");
    cr_assert_str_eq(find("text_colum", names), "text-column");
    cr_assert_str_eq(find("inferr", names), "infer");
}

Test(nearest, what_is_far_was_not_meant)
{
    const char *const names[] = {"topics", "docs", NULL};
    cr_assert_null(find("export", names));
    cr_assert_null(find("", (const char *const[]){"fit", NULL}));
    cr_assert_str_eq(find("", (const char *const[]){"k", NULL}), "k");
}

Test(nearest, the_first_of_equally_near_ones)
{
    cr_assert_str_eq(find("bit", (const char *const[]){"fit", "bat", NULL}), "fit");
}

Test(nearest, long_names_are_no_slips)
{
    char name[66], other[66];
    memset(name, 'a', 65);
    memset(other, 'a', 64);
    name[65] = other[64] = '\0';
    cr_assert_null(find(name, (const char *const[]){other, NULL}));
    cr_assert_str_eq(find(other, (const char *const[]){other, NULL}), other);
    cr_assert_null(find(other + 1, (const char *const[]){name, NULL}));
}
