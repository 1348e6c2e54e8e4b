#include "base/calendar.h"

#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

static CalendarDate read(const char *iso)
{
    CalendarDate date;
    cr_assert(calendar_read(iso, &date), "%s", iso);
    return date;
}

static void check_label(const char *iso, CalendarUnit unit, const char *expected)
{
    char label[CALENDAR_LABEL_SIZE];
    calendar_bin_label(calendar_bin(read(iso), unit), unit, label);
    cr_assert_str_eq(label, expected, "%s: %s", iso, label);
}

Test(calendar, reads_what_is_known_of_a_date)
{
    cr_assert_eq(read("1984").month, 0);
    cr_assert_eq(read("1984-05").month, 5);
    cr_assert_eq(read("1984-05").day, 0);
    cr_assert_eq(read("1984-05-17T14:05:33+02:00").day, 17);
    CalendarDate date;
    cr_assert_not(calendar_read("", &date));
    cr_assert_not(calendar_read("198", &date));
    cr_assert_not(calendar_read("0000", &date));
    cr_assert_not(calendar_read("May 84", &date));
}

/* The C library counts days as well; every day of 800 years, leap years and centuries among them.
 */
Test(calendar, counts_days_as_the_c_library_does)
{
    const int64_t first = calendar_day_number((CalendarDate){1600, 1, 1});
    const int64_t last = calendar_day_number((CalendarDate){2400, 12, 31});
    for (int64_t number = first; number <= last; number++) {
        const time_t seconds = (time_t)number * 86400;
        struct tm expected;
        gmtime_r(&seconds, &expected);
        const CalendarDate date = calendar_bin_start(number, CALENDAR_DAY);
        cr_assert(date.year == expected.tm_year + 1900 && date.month == expected.tm_mon + 1 &&
                      date.day == expected.tm_mday,
                  "day %d", (int)number);
        cr_assert_eq(calendar_day_number(date), number);
        char week[CALENDAR_LABEL_SIZE], iso[CALENDAR_LABEL_SIZE];
        calendar_bin_label(calendar_bin(date, CALENDAR_WEEK), CALENDAR_WEEK, week);
        strftime(iso, sizeof iso, "%G-W%V", &expected);
        cr_assert_str_eq(week, iso);
    }
}

Test(calendar, the_ends_of_its_years_are_in_order)
{
    cr_assert_eq(calendar_bin_start(calendar_day_number((CalendarDate){1, 1, 1}), 0).year, 1);
    cr_assert_eq(calendar_bin_start(calendar_day_number((CalendarDate){9999, 12, 31}), 0).day, 31);
    cr_assert_eq(calendar_day_number((CalendarDate){1970, 1, 1}), 0);
}

Test(calendar, names_bins)
{
    check_label("1984-05-17", CALENDAR_DAY, "1984-05-17");
    check_label("2020-12-31", CALENDAR_WEEK, "2020-W53");
    check_label("2021-01-03", CALENDAR_WEEK, "2020-W53");
    check_label("2021-01-04", CALENDAR_WEEK, "2021-W01");
    check_label("1984-05-17", CALENDAR_MONTH, "1984-05");
    check_label("1984-12", CALENDAR_QUARTER, "1984-Q4");
    check_label("1984", CALENDAR_YEAR, "1984");
    check_label("1989-12-31", CALENDAR_DECADE, "1980s");
    check_label("0007", CALENDAR_DECADE, "0000s");
}

Test(calendar, bins_follow_one_another)
{
    static const char *const days[] = {"1999-12-31", "2000-01-01"};
    for (int unit = CALENDAR_DAY; unit < CALENDAR_UNITS; unit++) {
        if (unit != CALENDAR_WEEK) { /* that Saturday is of the same week */
            cr_assert_eq(calendar_bin(read(days[0]), unit) + 1, calendar_bin(read(days[1]), unit));
        }
        const int64_t bin = calendar_bin(read(days[1]), unit);
        cr_assert_eq(calendar_bin(calendar_bin_start(bin, unit), unit), bin);
    }
}

Test(calendar, knows_what_is_exact_enough)
{
    cr_assert(calendar_is_exact(read("1984"), CALENDAR_YEAR));
    cr_assert_not(calendar_is_exact(read("1984"), CALENDAR_QUARTER));
    cr_assert(calendar_is_exact(read("1984-05"), CALENDAR_MONTH));
    cr_assert_not(calendar_is_exact(read("1984-05"), CALENDAR_WEEK));
    cr_assert(calendar_is_exact(read("1984-05-17"), CALENDAR_DAY));
}
