/* Dates as people write them, made ISO 8601. What a single one means cannot always be said (is
 * 05/04/1984 in April or in May?), so the order of day and month is decided for all of a corpus. */
#ifndef THEMATA_CORPUS_DATE_H
#define THEMATA_CORPUS_DATE_H

enum { DATE_TEXT_SIZE = 32 }; /* room for any date with its NUL */

/* How dates of three numbers are written, unless the year with all its digits stands first. */
typedef enum DateOrder {
    DATE_AUTO, /* not known: what can be read in two ways is not read */
    DATE_DMY,
    DATE_MDY,
    DATE_YMD,
    DATE_UNIX, /* not so at all: seconds since 1970 */
} DateOrder;

/* The names of these values; ends with NULL. */
extern const char *const date_order_names[];

typedef enum DateReading {
    DATE_NOT_READ,
    DATE_READ,
    DATE_READ_DAY_FIRST,   /* read, and it could only be so */
    DATE_READ_MONTH_FIRST, /* likewise */
    DATE_EITHER,           /* not read: day and month may stand in either order */
    DATE_EITHER_DOTTED,    /* likewise, with dots between, as is usual with the day in front */
} DateReading;

/* Reads a date: 1984, 1984-05, 1984-05-17 (also with / or .), 19840517; 17 May 1984, 17. Mai 1984,
 * 17-May-1984, 17 de mayo de 1984, May 17, 1984, May 1984 (months in English, German, French and
 * Spanish, the usual abbreviations too); 17.05.1984, 05/17/1984, 05/1984; with a weekday in front;
 * with a time behind, and a zone behind that. RFC 5322 and ctime are of these. Writes 1984, 1984-05
 * or 1984-05-17, with a time 1984-05-17T14:05:33+02:00, zone and seconds as far as they are there;
 * fractions of seconds are left out. Years are 1 to 9999, written with four digits; with two digits
 * (69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068) where `order` names the order. *iso is
 * empty if it is not read. O(length). */
DateReading date_parse(const char *text, DateOrder order, char iso[DATE_TEXT_SIZE]);

#endif
