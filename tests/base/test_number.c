#include "base/number.h"

#include "base/random.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static const struct {
    double value;
    const char *text;
} known[] = {
    {0.0, "0"},
    {1.0, "1"},
    {-1.0, "-1"},
    {0.1, "0.1"},
    {-2.5, "-2.5"},
    {0.3, "0.3"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1.0 / 3.0, "0.3333333333333333"},
    {2.0 / 3.0, "0.6666666666666666"},
    {100.0, "100"},
    {123456789.0, "123456789"},
    {123456.789, "123456.789"},
    {1e15, "1e+15"},
    {9007199254740993.0, "9007199254740992"},
    {1e21, "1e+21"},
    {0.0001, "0.0001"},
    {1e-5, "1e-05"},
    {DBL_MAX, "1.7976931348623157e+308"},
    {-DBL_MAX, "-1.7976931348623157e+308"},
    {DBL_MIN, "2.2250738585072014e-308"},
    {DBL_EPSILON, "2.220446049250313e-16"},
    {3.141592653589793, "3.141592653589793"},
};

Test(number, is_written_in_its_shortest_form)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[NUMBER_TEXT_SIZE];
        const size_t length = number_format(known[i].value, text);
        cr_assert_str_eq(text, known[i].text);
        cr_assert_eq(length, strlen(known[i].text));
    }
}

Test(number, float_is_written_in_its_shortest_form)
{
    static const struct {
        float value;
        const char *text;
    } cases[] = {
        {0.0f, "0"},
        {0.1f, "0.1"},
        {-0.3f, "-0.3"},
        {1.0f / 3.0f, "0.33333334"},
        {16777216.0f, "16777216"},
        {0.0001f, "0.0001"},
        {FLT_MAX, "3.4028235e+38"},
        {FLT_MIN, "1.1754944e-38"},
        {FLT_EPSILON, "1.1920929e-07"},
        {3.1415927f, "3.1415927"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[NUMBER_TEXT_SIZE];
        const size_t length = number_format_float(cases[i].value, text);
        cr_assert_str_eq(text, cases[i].text);
        cr_assert_eq(length, strlen(cases[i].text));
    }
}

static size_t significant_digits(const char *text)
{
    size_t digits = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text == '0') {
            zeros += digits > 0;
        } else if (*text >= '1' && *text <= '9') {
            digits += zeros + 1;
            zeros = 0;
        }
    }
    return digits;
}

/* Whether the value, rounded to this many digits, reads back the same. */
static bool reads_back_in(int digits, double value, bool is_float)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    return is_float ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value;
}

static void expect_shortest(double value, bool is_float)
{
    char text[NUMBER_TEXT_SIZE];
    const size_t length =
        is_float ? number_format_float((float)value, text) : number_format(value, text);
    cr_assert(length == strlen(text) && length < NUMBER_TEXT_SIZE);
    const double back = is_float ? (double)strtof(text, NULL) : strtod(text, NULL);
    cr_assert(back == value && signbit(back) == signbit(value), "%a became %s", value, text);
    const size_t digits = significant_digits(text);
    cr_assert(digits <= (is_float ? 9 : 17), "%s", text);
    cr_assert(digits <= 1 || !reads_back_in((int)digits - 1, value, is_float),
              "%a became %s, fewer digits do", value, text);
}

static double double_of_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static float float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

Test(number, any_normal_number_reads_back_the_same_from_the_fewest_digits)
{
    const RandomStream stream = {.seed = 11, .stream = 0};
    for (uint64_t i = 0; i < 50000; i++) {
        const uint64_t bits = random_bits(stream, i);
        const double value = double_of_bits(bits);
        if (isnormal(value)) {
            expect_shortest(value, false);
        }
        const float single = float_of_bits((uint32_t)bits);
        if (isnormal(single)) {
            expect_shortest((double)single, true);
        }
        expect_shortest((double)(bits % 100000) / 1000.0, false); /* as tables hold */
        expect_shortest((double)(float)((double)(bits % 100000) / 100000.0), true);
    }
}

Test(number, subnormal_numbers_take_the_fewest_digits)
{
    expect_shortest(0x1p-1074, false); /* 5e-324 */
    const RandomStream stream = {.seed = 12, .stream = 0};
    for (uint64_t i = 0; i < 10000; i++) {
        const uint64_t bits = random_bits(stream, i);
        expect_shortest(double_of_bits(bits >> (12 + bits % 52)), false);
        expect_shortest((double)float_of_bits((uint32_t)bits >> (9 + bits % 23)), true);
    }
}

Test(number, powers_of_two_take_the_fewest_digits)
{
    for (int e = -1021; e < 1024; e++) {
        expect_shortest(ldexp(1.0, e), false);
    }
    for (int e = -125; e < 128; e++) {
        expect_shortest(ldexp(1.0, e), true);
    }
}

Test(number, negative_zero_keeps_its_sign)
{
    char text[NUMBER_TEXT_SIZE];
    number_format(-0.0, text);
    cr_assert_str_eq(text, "-0");
    double value = 1.0;
    cr_assert(number_parse("-0", &value) && value == 0.0 && signbit(value));
}

/* What the C library makes of it by trial: the fewest digits from 6 that read back the same. */
static void format_by_trial(float value, char text[NUMBER_TEXT_SIZE])
{
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(text, NUMBER_TEXT_SIZE, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value) {
            return;
        }
    }
}

static void check_float(float value)
{
    char text[NUMBER_TEXT_SIZE], expected[NUMBER_TEXT_SIZE];
    format_by_trial(value, expected);
    const size_t length = number_format_float(value, text);
    cr_assert_str_eq(text, expected);
    cr_assert_eq(length, strlen(text));
    cr_assert_eq(number_shorten_float(value), strtod(expected, NULL));
}

Test(number, float_is_the_same_by_arithmetic_as_by_trial)
{
    for (float value = 1e-14F; value < 1e8F; value *= 1.0003F) { /* every size */
        check_float(value);
    }
    for (int exponent = -14; exponent < 8; exponent++) { /* around powers of ten */
        float value = (float)pow(10.0, exponent);
        for (int step = 0; step < 100; step++) {
            value = nextafterf(value, 0.0F);
        }
        for (int step = 0; step < 200; step++) {
            check_float(value);
            value = nextafterf(value, INFINITY);
        }
    }
    for (int i = 1; i < 20000; i++) { /* short ones, halves of their last digit among them */
        check_float((float)i / 1000.0F);
        check_float((float)i / 16384.0F);
    }
    check_float(0.0F);
}

/* ---- reading ---- */

Test(number, whole_texts_that_are_numbers_are_read)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0},
        {"1", 1},
        {"-1", -1},
        {"0.5", 0.5},
        {"-2.25", -2.25},
        {"1e3", 1000},
        {"1E3", 1000},
        {"1e+3", 1000},
        {"25e-1", 2.5},
        {"007", 7},
        {"1.", 1},
        {".5", 0.5},
        {"-.5", -0.5},
        {"1e-400", 0},
        {"0.1", 0.1},
        {"1e308", 1e308},
        {"123456789012345678901234567890", 1.2345678901234568e29},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 99.0;
        cr_assert(number_parse(cases[i].text, &value), "'%s'", cases[i].text);
        cr_assert(value == cases[i].value, "'%s': %g", cases[i].text, value);
    }
}

Test(number, other_texts_are_refused_and_leave_the_value_alone)
{
    static const char *const texts[] = {
        "",    " ",    " 1",       "1 ",    "+1",    "+0.5",   "nan",   "NaN",   "-nan",
        "inf", "-inf", "infinity", "0x10",  "0x1p3", "1,5",    "1.2.3", "1e",    "e5",
        ".",   "-",    "--1",      "1-",    "1e999", "-1e999", "1_000", "1 000", "1e5.5",
        "\t1", "1\n",  "one",      "1e+-3", "½",     "١",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 99.0;
        cr_assert(!number_parse(texts[i], &value), "'%s' was read as %g", texts[i], value);
        cr_assert(value == 99.0, "'%s'", texts[i]);
    }
}

Test(number, whole_numbers_are_read_up_to_the_limits)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"0", 0},
        {"-0", 0},
        {"42", 42},
        {"-42", -42},
        {"0042", 42},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 99;
        cr_assert(number_parse_whole(cases[i].text, &value), "'%s'", cases[i].text);
        cr_assert_eq(value, cases[i].value, "'%s'", cases[i].text);
    }
}

Test(number, what_is_no_whole_number_is_refused)
{
    static const char *const texts[] = {
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x10",
        "--1",
        "- 1",
        "one",
        "1,0",
        "\n1",
        "１",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t value = 99;
        cr_assert(!number_parse_whole(texts[i], &value), "'%s'", texts[i]);
        cr_assert_eq(value, 99, "'%s'", texts[i]);
    }
}

/* ---- other locales ---- */

/* Takes the numbers of a locale, which is made for the test if the system lacks it; skips the test
 * where that cannot be done. */
static void enter_locale(const char *name, const char *decimal_point)
{
    char full[64], command[512];
    snprintf(full, sizeof full, "%s.UTF-8", name);
    if (!setlocale(LC_NUMERIC, full)) {
        char *directory = support_directory();
        snprintf(command, sizeof command, "localedef -i %s -f UTF-8 '%s/%s' >'%s/log' 2>&1", name,
                 directory, full, directory);
        const bool made = system(command) >= 0 && setenv("LOCPATH", directory, 1) == 0;
        free(directory);
        if (!made || !setlocale(LC_NUMERIC, full)) {
            cr_skip_test("the locale %s is not there and cannot be made", full);
        }
    }
    cr_assert_str_eq(localeconv()->decimal_point, decimal_point);
}

static void expect_plain_numbers(void)
{
    char text[NUMBER_TEXT_SIZE];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const size_t length = number_format(known[i].value, text);
        cr_assert_str_eq(text, known[i].text);
        cr_assert_eq(length, strlen(known[i].text));
        double value = 99.0;
        cr_assert(number_parse(known[i].text, &value), "'%s'", known[i].text);
        cr_assert(value == known[i].value, "'%s': %a", known[i].text, value);
    }
    number_format_float(0.1f, text);
    cr_assert_str_eq(text, "0.1");
    number_format_float(-1.5e-20f, text);
    cr_assert_str_eq(text, "-1.5e-20");
    double value;
    cr_assert(!number_parse("0,5", &value));
    cr_assert(!number_parse("1.2.3", &value));
}

Test(number, is_the_same_where_the_decimal_point_is_a_comma)
{
    enter_locale("de_DE", ",");
    expect_plain_numbers();
    int64_t whole;
    cr_assert(!number_parse_whole("1.000", &whole));
}

Test(number, is_the_same_where_the_decimal_point_has_two_bytes)
{
    enter_locale("ps_AF", "٫");
    expect_plain_numbers();
}
