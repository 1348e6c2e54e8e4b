#include "base/calendar.h"

#include <ctype.h>
#include <stdio.h>

/* ---- reading ---- */

/* A number of exactly `digits` digits at `text`, or −1. */
static int read_digits(const char *text, int digits)
{
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if (!isdigit((unsigned char)text[i])) {
            return -1;
        }
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

bool calendar_read(const char *iso, CalendarDate *date)
{
    *date = (CalendarDate){.year = read_digits(iso, 4)};
    if (date->year < 1) {
        return false;
    }
    const int month = iso[4] == '-' ? read_digits(iso + 5, 2) : -1;
    date->month = month >= 1 && month <= 12 ? month : 0;
    const int day = date->month && iso[7] == '-' ? read_digits(iso + 8, 2) : -1;
    date->day = day >= 1 && day <= 31 ? day : 0;
    return true;
}

/* ---- days ---- */

/* Rounds down, also below zero; `divisor` > 0. */
static int64_t divide_down(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

/* Years that begin in March have the leap day at their end, and their months' lengths repeat every
 * five: day 306 is 1 January. */
int64_t calendar_day_number(CalendarDate date)
{
    const int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const int64_t month = date.month <= 2 ? date.month + 9 : date.month - 3;
    const int64_t days_to_1970 = 719468;
    return 365 * year + divide_down(year, 4) - divide_down(year, 100) + divide_down(year, 400) +
           (153 * month + 2) / 5 + date.day - 1 - days_to_1970;
}

static CalendarDate date_of_day(int64_t number)
{
    /* The year is guessed from its mean length and corrected. */
    int year = (int)(1970 + divide_down(number * 400, 146097));
    CalendarDate date = {.year = year + 1, .month = 1, .day = 1};
    while (calendar_day_number(date) > number) {
        date.year--;
    }
    date.month = 12;
    while (calendar_day_number(date) > number) {
        date.month--;
    }
    date.day = (int)(number - calendar_day_number(date)) + 1;
    return date;
}

/* ---- bins ---- */

bool calendar_is_exact(CalendarDate date, CalendarUnit unit)
{
    switch (unit) {
    case CALENDAR_DAY:
    case CALENDAR_WEEK:
        return date.day > 0;
    case CALENDAR_MONTH:
    case CALENDAR_QUARTER:
        return date.month > 0;
    case CALENDAR_YEAR:
    case CALENDAR_DECADE:
    case CALENDAR_UNITS:
        break;
    }
    return true;
}

/* 1970-01-01 was a Thursday: weeks are counted from the Monday before. */
static const int64_t monday_shift = 3;

int64_t calendar_bin(CalendarDate date, CalendarUnit unit)
{
    switch (unit) {
    case CALENDAR_DAY:
        return calendar_day_number(date);
    case CALENDAR_WEEK:
        return divide_down(calendar_day_number(date) + monday_shift, 7);
    case CALENDAR_MONTH:
        return (int64_t)date.year * 12 + date.month - 1;
    case CALENDAR_QUARTER:
        return (int64_t)date.year * 4 + (date.month - 1) / 3;
    case CALENDAR_YEAR:
        return date.year;
    case CALENDAR_DECADE:
    case CALENDAR_UNITS:
        break;
    }
    return date.year / 10;
}

CalendarDate calendar_bin_start(int64_t bin, CalendarUnit unit)
{
    switch (unit) {
    case CALENDAR_DAY:
        return date_of_day(bin);
    case CALENDAR_WEEK:
        return date_of_day(7 * bin - monday_shift);
    case CALENDAR_MONTH:
        return (CalendarDate){(int)(bin / 12), (int)(bin % 12) + 1, 1};
    case CALENDAR_QUARTER:
        return (CalendarDate){(int)(bin / 4), (int)(bin % 4) * 3 + 1, 1};
    case CALENDAR_YEAR:
        return (CalendarDate){(int)bin, 1, 1};
    case CALENDAR_DECADE:
    case CALENDAR_UNITS:
        break;
    }
    return (CalendarDate){(int)bin * 10, 1, 1};
}

/* The ISO year of a week is that of its Thursday, and week 1 the one with 4 January in it. */
static void label_week(int64_t bin, char label[CALENDAR_LABEL_SIZE])
{
    const int year = date_of_day(7 * bin - monday_shift + 3).year;
    const int64_t first = calendar_bin((CalendarDate){year, 1, 4}, CALENDAR_WEEK);
    snprintf(label, CALENDAR_LABEL_SIZE, "%04d-W%02d", year, (int)(bin - first) + 1);
}

void calendar_bin_label(int64_t bin, CalendarUnit unit, char label[CALENDAR_LABEL_SIZE])
{
    const CalendarDate start = calendar_bin_start(bin, unit);
    switch (unit) {
    case CALENDAR_DAY:
        snprintf(label, CALENDAR_LABEL_SIZE, "%04d-%02d-%02d", start.year, start.month, start.day);
        return;
    case CALENDAR_WEEK:
        label_week(bin, label);
        return;
    case CALENDAR_MONTH:
        snprintf(label, CALENDAR_LABEL_SIZE, "%04d-%02d", start.year, start.month);
        return;
    case CALENDAR_QUARTER:
        snprintf(label, CALENDAR_LABEL_SIZE, "%04d-Q%d", start.year, (start.month + 2) / 3);
        return;
    case CALENDAR_YEAR:
        snprintf(label, CALENDAR_LABEL_SIZE, "%04d", start.year);
        return;
    case CALENDAR_DECADE:
    case CALENDAR_UNITS:
        snprintf(label, CALENDAR_LABEL_SIZE, "%03d0s", (int)bin);
        return;
    }
}
