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

/* A positive number: the digits of `whole`, the first of them worth 10^exponent. */
typedef struct ShortFloat {
    int64_t whole;
    int digits;
    int exponent;
    double value; /* nearest to it */
} ShortFloat;

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}; /* all exact */

/* Whether a float64 lies so near to the middle between two float32 numbers that it may be there
 * only by its own rounding. */
static bool is_near_middle(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint64_t below = bits & 0x1FFFFFFF; /* the bits that a float32 has not */
    return below >= 0x0FFFFFFF && below <= 0x10000001;
}

/* The shortest form of a number from 1e-13 to 1e6 by arithmetic, ten times as fast as by trial
 * through text. False where float64 may not be exact enough to tell. */
static bool shorten(float value, ShortFloat *form)
{
    const double wide = (double)value;
    if (!(wide >= 1e-13 && wide < 1e6)) {
        return false;
    }
    int exponent = wide >= 1.0 ? 0 : -1;
    while (exponent >= 0 && wide >= powers_of_ten[exponent + 1]) {
        exponent++;
    }
    while (exponent < 0 && wide * powers_of_ten[-exponent] < 1.0) {
        exponent--;
    }
    for (int digits = 6; digits <= 9; digits++) {
        const int places = digits - 1 - exponent;
        const double scaled = wide * powers_of_ten[places];
        const double whole = floor(scaled + 0.5), rest = fabs(scaled - floor(scaled) - 0.5);
        if (rest < 1e-5 || whole < powers_of_ten[digits - 1] || whole >= powers_of_ten[digits]) {
            return false;
        }
        const double back = whole / powers_of_ten[places];
        if (is_near_middle(back)) {
            return false;
        }
        if ((float)back == value) {
            *form = (ShortFloat){(int64_t)whole, digits, exponent, back};
            return true;
        }
    }
    return false;
}

/* As printf's %g: trailing zeros dropped, an exponent below −4. Returns the length. */
static size_t print_short(ShortFloat form, char text[NUMBER_TEXT_SIZE])
{
    char digits[NUMBER_TEXT_SIZE];
    int count = form.digits;
    for (int i = count - 1; i >= 0; i--) {
        digits[i] = (char)('0' + form.whole % 10);
        form.whole /= 10;
    }
    while (count > 1 && digits[count - 1] == '0') {
        count--;
    }
    char *at = text;
    const int lead = form.exponent < -4 ? 0 : form.exponent; /* the digit before the point */
    for (int i = lead < 0 ? lead : 0; i < count || i <= lead; i++) {
        *at++ = i < 0 || i >= count ? '0' : digits[i];
        if (i == lead && i + 1 < count) {
            *at++ = '.';
        }
    }
    if (form.exponent < -4) {
        *at++ = 'e';
        *at++ = '-';
        *at++ = (char)('0' + -form.exponent / 10);
        *at++ = (char)('0' + -form.exponent % 10);
    }
    *at = '\0';
    return (size_t)(at - text);
}

double number_shorten_float(float value)
{
    ShortFloat form;
    char text[NUMBER_TEXT_SIZE];
    double parsed = (double)value;
    if (value == 0.0F) {
        return parsed;
    }
    if (shorten(value, &form)) {
        return form.value;
    }
    number_format_float(value, text);
    number_parse(text, &parsed);
    return parsed;
}

size_t number_format_float(float value, char text[NUMBER_TEXT_SIZE])
{
    assert(isfinite(value));
    ShortFloat form;
    if (shorten(value, &form)) {
        return print_short(form, text);
    }
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
