#include "model/timeline.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 400 };

static DocumentFacts facts[MOST];
static char dates[MOST][32];
static float mixtures[MOST * 2];

/* A list of documents with these dates, four tokens each and all of topic 1, unless a test changes
 * that. */
static DocumentList make_list(int count)
{
    for (int d = 0; d < count; d++) {
        facts[d] = (DocumentFacts){.date = dates[d], .tokens = 4.0};
        mixtures[2 * d] = 1.0F;
        mixtures[2 * d + 1] = 0.0F;
    }
    return (DocumentList){.items = facts, .count = count};
}

static DocumentList make_dates(int count, const char *const *values)
{
    for (int d = 0; d < count; d++) {
        snprintf(dates[d], sizeof dates[d], "%s", values[d]);
    }
    return make_list(count);
}

static Timeline make(const DocumentList *list, int time_bin)
{
    Timeline timeline = {0};
    Error error;
    cr_assert_eq(timeline_make(list, mixtures, 2, time_bin, &timeline, &error), STATUS_OK);
    return timeline;
}

Test(timeline, has_the_three_measures_and_empty_bins)
{
    const DocumentList list =
        make_dates(5, (const char *const[]){"2001-02", "2001-11-05", "2004", "2001", ""});
    facts[0].tokens = 30.0;
    mixtures[0] = 0.25F; /* 30 tokens, 1/4 and 3/4 */
    mixtures[1] = 0.75F;
    facts[1].tokens = 10.0;           /* 10 tokens, all of topic 1 */
    mixtures[6] = mixtures[7] = 0.0F; /* not modelled */
    Timeline timeline = make(&list, TIME_BIN_DAY + CALENDAR_YEAR);
    cr_assert_eq(timeline.first, 2001);
    cr_assert_eq(timeline.bins.count, 4); /* 2001 to 2004, the last one too */
    cr_assert_eq(timeline.undated, 1);
    cr_assert_eq(timeline.inexact, 0);
    cr_assert_eq(timeline.bins.documents[0], 2);
    cr_assert_eq(timeline.bins.documents[1], 0);
    cr_assert_eq(timeline.bins.documents[3], 1);
    cr_assert_float_eq(slices_mean_share(&timeline.bins, 0, 0), (0.25 + 1.0) / 2.0, 1e-15);
    cr_assert_float_eq(slices_mass_share(&timeline.bins, 0, 0), (7.5 + 10.0) / 40.0, 1e-15);
    cr_assert_float_eq(slices_main_share(&timeline.bins, 0, 0), 0.5, 1e-15);
    cr_assert_float_eq(slices_main_share(&timeline.bins, 3, 0), 1.0, 1e-15);
    timeline_free(&timeline);
}

Test(timeline, counts_dates_that_do_not_say_the_bin)
{
    const DocumentList list = make_dates(3, (const char *const[]){"2001-02-03", "2001-02", "2001"});
    Timeline timeline = make(&list, TIME_BIN_DAY + CALENDAR_DAY);
    cr_assert_eq(timeline.bins.count, 1);
    cr_assert_eq(timeline.inexact, 2);
    timeline_free(&timeline);
}

static void check_auto(const DocumentList *list, CalendarUnit unit, int64_t bins)
{
    Timeline timeline = make(list, TIME_BIN_AUTO);
    cr_assert_eq(timeline.unit, unit, "unit %d", (int)timeline.unit);
    cr_assert_eq(timeline.bins.count, bins, "%d bins", (int)timeline.bins.count);
    timeline_free(&timeline);
}

Test(timeline, chooses_bins_that_hold_something)
{
    for (int d = 0; d < 300; d++) { /* ten documents a day for thirty days */
        snprintf(dates[d], sizeof dates[d], "1999-04-%02d", d / 10 + 1);
    }
    DocumentList list = make_list(300);
    check_auto(&list, CALENDAR_DAY, 30);
    for (int d = 0; d < 300; d++) { /* a document a day: weeks */
        snprintf(dates[d], sizeof dates[d], "1999-%02d-%02d", d / 28 + 1, d % 28 + 1);
    }
    check_auto(&list, CALENDAR_WEEK, 47);
    for (int d = 0; d < 300; d++) { /* no days are known */
        snprintf(dates[d], sizeof dates[d], "1999-%02d", d / 28 + 1);
    }
    check_auto(&list, CALENDAR_MONTH, 11);
    for (int d = 0; d < 300; d++) {
        snprintf(dates[d], sizeof dates[d], "%04d", 1800 + d / 10);
    }
    check_auto(&list, CALENDAR_YEAR, 30);
    for (int d = 0; d < 300; d++) { /* too thin for anything else */
        snprintf(dates[d], sizeof dates[d], "%04d", 1000 + d * 3);
    }
    check_auto(&list, CALENDAR_DECADE, 90);
}

Test(timeline, without_dates_there_is_none)
{
    const DocumentList list = make_dates(2, (const char *const[]){"", "in May"});
    check_auto(&list, CALENDAR_DAY, 0);
}

Test(timeline, refuses_more_bins_than_anyone_can_use)
{
    const DocumentList list = make_dates(2, (const char *const[]){"0001-01-01", "9999-12-31"});
    Timeline timeline = {0};
    Error error;
    cr_assert_eq(timeline_make(&list, mixtures, 2, TIME_BIN_DAY + CALENDAR_DAY, &timeline, &error),
                 STATUS_USAGE);
    cr_assert(strstr(error.message, "from 0001-01-01 to 9999-12-31"), "%s", error.message);
    timeline_free(&timeline);
}
