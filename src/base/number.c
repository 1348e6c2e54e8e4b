#include "base/number.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The C library writes and reads the locale's decimal point, which can be more than one byte. The
 * functions here put the matter right around a call instead of changing the locale, which belongs
 * to the whole process. */
static void to_plain_point(char *text)
{
    const char *point = localeconv()->decimal_point;
    char *at = strstr(text, point);
    if (at && strcmp(point, ".") != 0) {
        *at = '.';
        memmove(at + 1, at + strlen(point), strlen(at + strlen(point)) + 1);
    }
}

size_t number_format(double value, char text[NUMBER_TEXT_SIZE])
{
    assert(isfinite(value));
    /* 15 digits always survive text → float64 → text, so a number whose shortest form is shorter
     * prints as that form here, its trailing zeros dropped by %g; except for subnormal numbers. */
    for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
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
    for (int digits = fabsf(value) < FLT_MIN ? 1 : 6; digits <= 9; digits++) {
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
    char copy[512], *end;
    const char *point = strchr(text, '.');
    const int whole = point ? (int)(point - text) : (int)strlen(text);
    snprintf(copy, sizeof copy, "%.*s%s%s", whole, text, point ? localeconv()->decimal_point : "",
             point ? point + 1 : "");
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
