#include "base/number.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The C library writes and reads the locale's decimal point. These two put the matter right around
 * a call instead of changing the locale, which belongs to the whole process. */
static char locale_point(void)
{
    return localeconv()->decimal_point[0];
}

static void to_plain_point(char *text)
{
    char point = locale_point();
    char *at = point == '.' ? NULL : strchr(text, point);
    if (at) {
        *at = '.';
    }
}

size_t number_format(double value, char text[NUMBER_TEXT_SIZE])
{
    assert(isfinite(value));
    /* 15 digits always survive text → float64 → text, so a number whose shortest form is shorter
     * prints as that form here, its trailing zeros dropped by %g. */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, NUMBER_TEXT_SIZE, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    to_plain_point(text);
    return strlen(text);
}

size_t number_format_float(float value, char text[NUMBER_TEXT_SIZE])
{
    assert(isfinite(value));
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(text, NUMBER_TEXT_SIZE, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value) {
            break;
        }
    }
    to_plain_point(text);
    return strlen(text);
}

/* Whether the text is made of the characters of a plain decimal number, which keeps out what
 * strtod also takes: blanks, "nan", "infinity", hexadecimal, the locale's decimal point. */
static bool looks_decimal(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length < 400 && strspn(text, "0123456789+-.eE") == length &&
           text[0] != '+';
}

bool number_parse(const char *text, double *value)
{
    if (!looks_decimal(text)) {
        return false;
    }
    char copy[400];
    memcpy(copy, text, strlen(text) + 1);
    char *point = strchr(copy, '.');
    if (point) {
        *point = locale_point();
    }
    char *end;
    double parsed = strtod(copy, &end);
    if (end == copy || *end || !isfinite(parsed)) {
        return false;
    }
    *value = parsed;
    return true;
}

bool number_parse_whole(const char *text, int64_t *value)
{
    if (!isdigit((unsigned char)text[0]) && !(text[0] == '-' && isdigit((unsigned char)text[1]))) {
        return false;
    }
    char *end;
    errno = 0;
    long long parsed = strtoll(text, &end, 10);
    if (*end || errno) {
        return false;
    }
    *value = parsed;
    return true;
}
