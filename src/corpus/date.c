#include "corpus/date.h"

#include "base/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

const char *const date_order_names[] = {"auto", "dmy", "mdy", "ymd", "unix", NULL};

enum { TEXT_BYTES = 64 }; /* a date is not longer */

typedef struct Date {
    int year; /* 0: none */
    int month;
    int day;
    int hour; /* −1: no time */
    int minute;
    int second; /* −1: none */
    bool zoned;
    int zone; /* minutes ahead of UTC */
} Date;

static const Date no_date = {.hour = -1, .second = -1};

/* ---- the text, made plain ---- */

/* The letters of the months' names that have accents; their second bytes in UTF-8 behind C3, where
 * small ones are 0x20 above large ones. */
static char without_accent(unsigned char second)
{
    switch (second | 0x20) {
    case 0xA4: /* ä */
    case 0xA1: /* á */
        return 'a';
    case 0xA9: /* é */
        return 'e';
    case 0xBB: /* û */
        return 'u';
    default:
        return '?';
    }
}

/* Small letters without accents, commas and white space as blanks, none around them. False if it is
 * too long. */
static bool make_plain(const char *text, char plain[TEXT_BYTES])
{
    size_t length = 0;
    for (const char *at = text; *at && length < TEXT_BYTES; at++) {
        const unsigned char byte = (unsigned char)*at;
        const bool blank = byte == ' ' || byte == ',' || (byte >= '\t' && byte <= '\r');
        if (byte == 0xC2 && (unsigned char)at[1] == 0xA0) { /* a blank that does not break */
            at++;
            plain[length] = ' ';
        } else if (byte == 0xC3 && at[1]) {
            plain[length] = without_accent((unsigned char)*++at);
        } else {
            plain[length] = blank ? ' ' : byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : *at;
        }
        length += length > 0 || plain[length] != ' ';
    }
    if (length == TEXT_BYTES) {
        return false;
    }
    while (length > 0 && plain[length - 1] == ' ') {
        length--;
    }
    plain[length] = '\0';
    return true;
}

/* ---- parts ---- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static void skip(const char **at, const char *bytes)
{
    *at += strspn(*at, bytes);
}

/* Takes a number of `least` to `most` digits (at most 8); more than that are none. */
static bool take_number(const char **at, int least, int most, int *value)
{
    int digits = 0, number = 0;
    while (digits <= most && is_digit((*at)[digits])) {
        number = 10 * number + ((*at)[digits++] - '0');
    }
    if (digits < least || digits > most) {
        return false;
    }
    *at += digits;
    *value = number;
    return true;
}

static bool take_byte(const char **at, char byte)
{
    const bool there = **at == byte;
    *at += there;
    return there;
}

/* Takes a word if it is one of those in `words`, which have blanks between and around them. */
static bool take_word(const char **at, const char *words)
{
    char word[16] = " ";
    size_t length = 0;
    while (is_letter((*at)[length])) {
        length++;
    }
    if (length == 0 || length > sizeof word - 3) {
        return false;
    }
    memcpy(word + 1, *at, length);
    memcpy(word + 1 + length, " ", 2);
    if (!strstr(words, word)) {
        return false;
    }
    *at += length;
    return true;
}

static bool take_month(const char **at, int *month)
{
    static const char *const names[12] = {
        " january jan januar janner janvier janv enero ene ",
        " february feb februar fevrier fevr fev febrero ",
        " march mar marz mrz mars marzo ",
        " april apr avril avr abril abr ",
        " may mai mayo ",
        " june jun juni juin junio ",
        " july jul juli juillet juil julio ",
        " august aug aout agosto ago ",
        " september sep sept septembre septiembre setiembre ",
        " october oct oktober okt octobre octubre ",
        " november nov novembre noviembre ",
        " december dec dezember dez decembre diciembre dic ",
    };
    for (int m = 0; m < 12; m++) {
        if (take_word(at, names[m])) {
            take_byte(at, '.');
            *month = m + 1;
            return true;
        }
    }
    return false;
}

static bool take_weekday(const char **at)
{
    static const char names[] =
        " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs "
        "fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di "
        "mi "
        "do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam "
        "dim lunes martes miercoles jueves viernes sabado domingo ";
    const bool there = take_word(at, names);
    skip(at, there ? ". " : "");
    return there;
}

static bool is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool is_valid(const Date *date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date->year < 1 || date->month < 0 || date->month > 12) {
        return false;
    }
    const int last = date->month == 0 ? 0 : days[date->month - 1];
    const int more = date->month == 2 && is_leap_year(date->year);
    return date->day >= 0 && date->day <= last + more && date->hour < 24 && date->minute < 60 &&
           date->second < 61 && date->zone > -24 * 60 && date->zone < 24 * 60;
}

/* ---- the time ---- */

/* Z, UTC, +02:00, +0200, +02, or one of the names that RFC 5322 has. */
static bool take_zone(const char **at, Date *date)
{
    static const struct {
        const char *names;
        int hours;
    } zones[] = {{" z ut utc gmt ", 0}, {" edt ", -4},     {" est cdt ", -5},
                 {" cst mdt ", -6},     {" mst pdt ", -7}, {" pst ", -8}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (take_word(at, zones[i].names)) {
            date->zoned = true;
            date->zone = 60 * zones[i].hours;
            return true;
        }
    }
    const bool minus = **at == '-';
    int hours, minutes = 0;
    if (!minus && **at != '+') {
        return false;
    }
    ++*at;
    if (take_number(at, 4, 4, &hours)) {
        minutes = hours % 100;
        hours /= 100;
    } else if (!take_number(at, 2, 2, &hours) ||
               (take_byte(at, ':') && !take_number(at, 2, 2, &minutes))) {
        return false;
    }
    date->zoned = true;
    date->zone = (minus ? -1 : 1) * (60 * hours + minutes);
    return minutes < 60;
}

/* 9:05, 14:05:33.25, 2:05 pm, 140533 */
static bool take_time(const char **at, Date *date)
{
    int compact;
    if (take_number(at, 6, 6, &compact)) {
        date->hour = compact / 10000;
        date->minute = compact / 100 % 100;
        date->second = compact % 100;
        return true;
    }
    if (!take_number(at, 1, 2, &date->hour) || !take_byte(at, ':') ||
        !take_number(at, 2, 2, &date->minute) ||
        (take_byte(at, ':') && !take_number(at, 2, 2, &date->second))) {
        return false;
    }
    if (date->second >= 0 && **at == '.') {
        ++*at;
        skip(at, "0123456789");
    }
    const char *behind = *at;
    skip(&behind, " ");
    const bool morning = take_word(&behind, " am "), evening = take_word(&behind, " pm ");
    if (morning || evening) {
        *at = behind;
        if (date->hour < 1 || date->hour > 12) {
            return false;
        }
        date->hour = date->hour % 12 + (evening ? 12 : 0);
    }
    return true;
}

/* What may stand behind a date: nothing, or a time, a zone, and a remark in brackets. */
static bool take_rest(const char *at, Date *date)
{
    const bool marked = date->day && *at == 't'; /* a large T, once */
    at += marked;
    if (marked && !*at) {
        return false;
    }
    skip(&at, marked ? "" : " ");
    if (*at && *at != '(' && (date->day == 0 || date->hour >= 0 || !take_time(&at, date))) {
        return false;
    }
    skip(&at, " ");
    if (*at && *at != '(' && (date->zoned || date->hour < 0 || !take_zone(&at, date))) {
        return false;
    }
    skip(&at, " ");
    if (*at == '(') {
        at += strcspn(at, ")");
        at += *at == ')';
    }
    return *at == '\0' && is_valid(date);
}

/* ---- forms ---- */

/* 1984, 1984-05, 1984-05-17, 19840517; also 1984.0, as programs write a number that is missing
 * elsewhere. */
static bool read_year_first(const char *at, Date *date)
{
    int whole;
    *date = no_date;
    if (take_number(&at, 8, 8, &whole)) {
        date->year = whole / 10000;
        date->month = whole / 100 % 100;
        date->day = whole % 100;
        return date->month && date->day && take_rest(at, date);
    }
    if (!take_number(&at, 4, 4, &date->year)) {
        return false;
    }
    if (at[0] == '.' && at[1] == '0' && at[1 + strspn(at + 1, "0")] == '\0') {
        return is_valid(date);
    }
    const char separator = *at;
    if (separator && strchr("-/.", separator)) {
        at++;
        if (!take_number(&at, 1, 2, &date->month) || date->month == 0) {
            return false;
        }
        if (take_byte(&at, separator) && (!take_number(&at, 1, 2, &date->day) || !date->day)) {
            return false;
        }
    }
    return take_rest(at, date);
}

static void take_ordinal(const char **at)
{
    if (!take_word(at, " st nd rd th er ")) {
        take_byte(at, '.');
    }
}

/* 17 May 1984, 17. Mai 1984, 17th of May, 1984, 17-May-1984, 17 de mayo de 1984 */
static bool read_day_first(const char *at, Date *date)
{
    *date = no_date;
    if (!take_number(&at, 1, 2, &date->day) || date->day == 0) {
        return false;
    }
    take_ordinal(&at);
    skip(&at, " -/");
    if (take_word(&at, " of de ")) {
        skip(&at, " ");
    }
    if (!take_month(&at, &date->month)) {
        return false;
    }
    skip(&at, " -/");
    if (take_word(&at, " of de del ")) {
        skip(&at, " ");
    }
    return take_number(&at, 4, 4, &date->year) && take_rest(at, date);
}

/* May 17, 1984; May 1984; and as C's ctime has it: May 17 14:05:33 +0000 1984 */
static bool read_month_first(const char *at, Date *date)
{
    *date = no_date;
    if (!take_month(&at, &date->month)) {
        return false;
    }
    skip(&at, " -/");
    if (take_word(&at, " of de ")) {
        skip(&at, " ");
    }
    if (take_number(&at, 4, 4, &date->year)) {
        return take_rest(at, date);
    }
    if (!take_number(&at, 1, 2, &date->day) || date->day == 0) {
        return false;
    }
    take_ordinal(&at);
    skip(&at, " -/");
    if (take_number(&at, 4, 4, &date->year)) {
        return take_rest(at, date);
    }
    if (!take_time(&at, date)) {
        return false;
    }
    skip(&at, " ");
    if (take_zone(&at, date)) {
        skip(&at, " ");
    }
    return take_number(&at, 4, 4, &date->year) && *at == '\0' && is_valid(date);
}

/* ---- three numbers ---- */

typedef struct Triple {
    int numbers[3];
    int year_digits;
    char separator;
    const char *rest;
} Triple;

static bool take_triple(const char *at, int year, Triple *triple)
{
    triple->separator = at[strspn(at, "0123456789")];
    if (triple->separator == '\0' || !strchr("-/.", triple->separator)) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        if (i > 0 && !take_byte(&at, triple->separator)) {
            return false;
        }
        const char *number = at;
        if (!take_number(&at, 1, i == year ? 4 : 2, &triple->numbers[i])) {
            return false;
        }
        triple->year_digits = i == year ? (int)(at - number) : triple->year_digits;
    }
    triple->rest = at;
    return triple->year_digits == 2 || triple->year_digits == 4;
}

/* The date that three numbers are in one order. */
static bool read_triple(const Triple *triple, DateOrder order, Date *date)
{
    const int *numbers = triple->numbers;
    *date = no_date;
    date->day = numbers[order == DATE_DMY ? 0 : order == DATE_MDY ? 1 : 2];
    date->month = numbers[order == DATE_MDY ? 0 : 1];
    date->year = numbers[order == DATE_YMD ? 0 : 2];
    if (triple->year_digits == 2) {
        date->year += date->year < 69 ? 2000 : 1900;
    }
    return date->day && date->month && take_rest(triple->rest, date);
}

static DateReading read_numbers(const char *at, DateOrder order, Date *date)
{
    Triple triple;
    if (!take_triple(at, order == DATE_YMD ? 0 : 2, &triple)) {
        return DATE_NOT_READ;
    }
    if (order != DATE_AUTO) {
        return read_triple(&triple, order, date) ? DATE_READ : DATE_NOT_READ;
    }
    Date other;
    const bool month_first = triple.year_digits == 4 && read_triple(&triple, DATE_MDY, &other);
    const bool day_first = triple.year_digits == 4 && read_triple(&triple, DATE_DMY, date);
    if (month_first && day_first) {
        return other.day == date->day    ? DATE_READ
               : triple.separator == '.' ? DATE_EITHER_DOTTED
                                         : DATE_EITHER;
    }
    if (month_first) {
        *date = other;
    }
    return month_first ? DATE_READ_MONTH_FIRST : day_first ? DATE_READ_DAY_FIRST : DATE_NOT_READ;
}

/* 05/1984 */
static bool read_month_and_year(const char *at, Date *date)
{
    *date = no_date;
    return take_number(&at, 1, 2, &date->month) && date->month && *at && strchr("-/.", *at) &&
           (at++, take_number(&at, 4, 4, &date->year)) && take_rest(at, date);
}

/* ---- altogether ---- */

static DateReading read_plain(const char *plain, DateOrder order, Date *date)
{
    const bool read = read_year_first(plain, date) || read_day_first(plain, date) ||
                      read_month_first(plain, date) || read_month_and_year(plain, date);
    return read ? DATE_READ : read_numbers(plain, order, date);
}

static void write_date(const Date *date, char iso[DATE_TEXT_SIZE])
{
    char *at = iso, *end = iso + DATE_TEXT_SIZE;
    at += snprintf(at, (size_t)(end - at), "%04d", date->year);
    if (date->month) {
        at += snprintf(at, (size_t)(end - at), "-%02d", date->month);
    }
    if (date->day) {
        at += snprintf(at, (size_t)(end - at), "-%02d", date->day);
    }
    if (date->hour < 0) {
        return;
    }
    at += snprintf(at, (size_t)(end - at), "T%02d:%02d", date->hour, date->minute);
    if (date->second >= 0) {
        at += snprintf(at, (size_t)(end - at), ":%02d", date->second);
    }
    const int zone = date->zone < 0 ? -date->zone : date->zone;
    if (date->zoned && zone == 0) {
        snprintf(at, (size_t)(end - at), "Z");
    } else if (date->zoned) {
        snprintf(at, (size_t)(end - at), "%c%02d:%02d", date->zone < 0 ? '-' : '+', zone / 60,
                 zone % 60);
    }
}

static DateReading read_unix(const char *text, Date *date)
{
    double seconds;
    struct tm parts;
    if (!number_parse(text, &seconds) || seconds < -62135596800.0 || seconds > 253402300799.0) {
        return DATE_NOT_READ; /* years 1 to 9999 */
    }
    const time_t whole = (time_t)floor(seconds);
    if (!gmtime_r(&whole, &parts)) {
        return DATE_NOT_READ;
    }
    *date = (Date){
        .year = parts.tm_year + 1900,
        .month = parts.tm_mon + 1,
        .day = parts.tm_mday,
        .hour = parts.tm_hour,
        .minute = parts.tm_min,
        .second = parts.tm_sec,
        .zoned = true,
    };
    return DATE_READ;
}

DateReading date_parse(const char *text, DateOrder order, char iso[DATE_TEXT_SIZE])
{
    char plain[TEXT_BYTES];
    Date date = no_date;
    DateReading reading = DATE_NOT_READ;
    iso[0] = '\0';
    if (make_plain(text, plain)) {
        const char *behind = plain;
        reading = order == DATE_UNIX ? read_unix(plain, &date) : read_plain(plain, order, &date);
        if (!reading && order != DATE_UNIX && take_weekday(&behind)) {
            reading = read_plain(behind, order, &date);
        }
    }
    if (reading == DATE_READ || reading == DATE_READ_DAY_FIRST ||
        reading == DATE_READ_MONTH_FIRST) {
        write_date(&date, iso);
    }
    return reading;
}
