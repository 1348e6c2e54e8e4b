/* Days and the bins of a calendar: the proleptic Gregorian one of ISO 8601, years 1 to 9999. */
#ifndef THEMATA_BASE_CALENDAR_H
#define THEMATA_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { CALENDAR_LABEL_SIZE = 32 };

/* A date that need not be exact: month and day are 0 where they are not known. */
typedef struct CalendarDate {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
} CalendarDate;

/* Stretches of time into which dates are put; from fine to coarse. */
typedef enum CalendarUnit {
    CALENDAR_DAY,
    CALENDAR_WEEK, /* ISO 8601: from Monday on */
    CALENDAR_MONTH,
    CALENDAR_QUARTER,
    CALENDAR_YEAR,
    CALENDAR_DECADE, /* 1980 to 1989 */
    CALENDAR_UNITS,
} CalendarUnit;

/* Reads the beginning of an ISO 8601 date: 1984, 1984-05 or 1984-05-17, whatever is behind it.
 * False if it is none. */
bool calendar_read(const char *iso, CalendarDate *date);

/* Days since 1970-01-01, which may be negative. */
int64_t calendar_day_number(CalendarDate date);

/* Whether the date is exact enough to say in which bin of the unit it is. */
bool calendar_is_exact(CalendarDate date, CalendarUnit unit);

/* The bin that a date which is exact enough is in: consecutive bins have consecutive numbers. */
int64_t calendar_bin(CalendarDate date, CalendarUnit unit);

/* The first day of a bin. */
CalendarDate calendar_bin_start(int64_t bin, CalendarUnit unit);

/* What a bin is called: 1984-05-17, 1984-W20, 1984-05, 1984-Q2, 1984, 1980s. */
void calendar_bin_label(int64_t bin, CalendarUnit unit, char label[CALENDAR_LABEL_SIZE]);

#endif
