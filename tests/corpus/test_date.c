#include "corpus/date.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect(const char *text, DateOrder order, DateReading reading, const char *expected)
{
    char iso[DATE_TEXT_SIZE];
    const DateReading got = date_parse(text, order, iso);
    cr_assert_str_eq(iso, expected, "'%s': '%s' instead of '%s'", text, iso, expected);
    cr_assert_eq(got, reading, "'%s': reading %d instead of %d", text, (int)got, (int)reading);
}

Test(date, reads_what_can_be_read_in_one_way)
{
    static const struct {
        const char *text, *iso;
    } cases[] = {
        {"1984", "1984"},
        {" 1984 ", "1984"},
        {"1984.0", "1984"},
        {"1984-05", "1984-05"},
        {"1984/5", "1984-05"},
        {"05/1984", "1984-05"},
        {"1984-05-17", "1984-05-17"},
        {"1984.5.7", "1984-05-07"},
        {"19840517", "1984-05-17"},
        {"20090417T140533Z", "2009-04-17T14:05:33Z"},
        {"2009-04-17T14:05:33+02:00", "2009-04-17T14:05:33+02:00"},
        {"2009-04-17T14:05:33.123-0330", "2009-04-17T14:05:33-03:30"},
        {"2009-04-17 14:05", "2009-04-17T14:05"},
        {"2009-04-17 14:05:33 UTC", "2009-04-17T14:05:33Z"},
        {"17 May 1984", "1984-05-17"},
        {"17 MAY 1984", "1984-05-17"},
        {"17-May-1984", "1984-05-17"},
        {"17th of May, 1984", "1984-05-17"},
        {"May 17, 1984", "1984-05-17"},
        {"May 17th 1984", "1984-05-17"},
        {"Sept. 3, 1984", "1984-09-03"},
        {"May 1984", "1984-05"},
        {"17.\u00a0Mai 1984", "1984-05-17"},
        {"3. März 1984", "1984-03-03"},
        {"1er août 1984", "1984-08-01"},
        {"14 FÉVRIER 1984", "1984-02-14"},
        {"17 de mayo de 1984", "1984-05-17"},
        {"Fri, 17 Apr 2009 14:05:33 +0200", "2009-04-17T14:05:33+02:00"},
        {"Fri, 17 Apr 2009 14:05:33 -0700 (PDT)", "2009-04-17T14:05:33-07:00"},
        {"17 Apr 2009 14:05 EST", "2009-04-17T14:05-05:00"},
        {"Fri Apr 17 14:05:33 2009", "2009-04-17T14:05:33"},
        {"Fri Apr 17 14:05:33 +0000 2009", "2009-04-17T14:05:33Z"},
        {"mardi 17 avril 1984", "1984-04-17"},
        {"mar 17 avril 1984", "1984-04-17"},
        {"Mar 17 1984", "1984-03-17"},
        {"April 17, 2009, 2:05 pm", "2009-04-17T14:05"},
        {"April 17, 2009 12:00 AM", "2009-04-17T00:00"},
        {"29 Feb 2000", "2000-02-29"},
        {"5/5/1984", "1984-05-05"},
        {"1984 (about)", "1984"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect(cases[i].text, DATE_AUTO, DATE_READ, cases[i].iso);
    }
}

Test(date, does_not_read_what_is_no_date)
{
    static const char *const texts[] = {
        "",
        "n.d.",
        "12",
        "198",
        "19845",
        "1984-13",
        "1984-00",
        "1984-02-30",
        "29 Feb 1900",
        "31 April 1984",
        "0000",
        "0 May 1984",
        "May",
        "17 May",
        "17 May 84",
        "17/05/84",
        "31/04/1984",
        "1984-05-17x",
        "1984-05-17T",
        "1984-05-17 25:00",
        "13:00 1984",
        "1984-05/17",
        "1984--05",
        "99999999",
        "19841301",
        "1984年",
        "Maybe 17 1984",
        "May 17 1984 1",
        "1240000000",
        "April 17, 2009 13:00 pm",
        "1984-05-17 14:05 +9999",
        "It was the best of times, it was the worst of times, in the year 1984 of all years",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect(texts[i], DATE_AUTO, DATE_NOT_READ, "");
    }
}

Test(date, says_what_three_numbers_tell_of_their_order)
{
    expect("17/05/1984", DATE_AUTO, DATE_READ_DAY_FIRST, "1984-05-17");
    expect("05/17/1984", DATE_AUTO, DATE_READ_MONTH_FIRST, "1984-05-17");
    expect("17.05.1984", DATE_AUTO, DATE_READ_DAY_FIRST, "1984-05-17");
    expect("05/04/1984", DATE_AUTO, DATE_EITHER, "");
    expect("05-04-1984", DATE_AUTO, DATE_EITHER, "");
    expect("5.4.1984", DATE_AUTO, DATE_EITHER_DOTTED, "");
    expect("30/02/1984", DATE_AUTO, DATE_NOT_READ, "");
    expect("17/05/1984 14:30", DATE_AUTO, DATE_READ_DAY_FIRST, "1984-05-17T14:30");
}

Test(date, reads_three_numbers_in_the_order_that_is_given)
{
    expect("05/04/1984", DATE_DMY, DATE_READ, "1984-04-05");
    expect("05/04/1984", DATE_MDY, DATE_READ, "1984-05-04");
    expect("5.4.1984", DATE_MDY, DATE_READ, "1984-05-04");
    expect("17/05/1984", DATE_MDY, DATE_NOT_READ, "");
    expect("17/05/1984", DATE_YMD, DATE_NOT_READ, "");
    expect("84-05-17", DATE_YMD, DATE_READ, "1984-05-17");
    expect("17/05/84", DATE_DMY, DATE_READ, "1984-05-17");
    expect("17/05/68", DATE_DMY, DATE_READ, "2068-05-17");
    expect("17/05/69", DATE_DMY, DATE_READ, "1969-05-17");
    expect("1984-05-17", DATE_DMY, DATE_READ, "1984-05-17");
    expect("17/05/198", DATE_DMY, DATE_NOT_READ, "");
}

Test(date, reads_seconds_only_when_told)
{
    expect("0", DATE_UNIX, DATE_READ, "1970-01-01T00:00:00Z");
    expect("1239977133", DATE_UNIX, DATE_READ, "2009-04-17T14:05:33Z");
    expect("1239977133.75", DATE_UNIX, DATE_READ, "2009-04-17T14:05:33Z");
    expect("-1", DATE_UNIX, DATE_READ, "1969-12-31T23:59:59Z");
    expect("1984-05-17", DATE_UNIX, DATE_NOT_READ, "");
    expect("1e300", DATE_UNIX, DATE_NOT_READ, "");
    expect("1239977133000000", DATE_UNIX, DATE_NOT_READ, "");
}

Test(date, takes_anything)
{
    static const char *const parts[] = {"17", "May",  "1984", ".",      "/",    "-",  " ",
                                        ",",  "T",    ":",    "+",      "(",    "é",  "Z",
                                        "pm", "\xC3", "\xC2", "000000", "9999", "1er"};
    const RandomStream random = {.seed = 7};
    for (uint64_t i = 0; i < 200000; i++) {
        char text[80] = "";
        for (uint64_t j = 0; j < 8; j++) {
            strcat(text, parts[random_bits(random, 8 * i + j) % (sizeof parts / sizeof *parts)]);
        }
        char iso[DATE_TEXT_SIZE], again[DATE_TEXT_SIZE];
        date_parse(text, DATE_AUTO, iso);
        if (iso[0]) { /* what was read is read as itself */
            cr_assert_eq(date_parse(iso, DATE_AUTO, again), DATE_READ, "'%s' of '%s'", iso, text);
            cr_assert_str_eq(iso, again);
        }
    }
}
