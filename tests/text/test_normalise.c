#include "text/normalise.h"

#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect_normalised(const char *text, size_t length, const char *expected)
{
    Normaliser normaliser = {0};
    Error error;
    const char *normalised = NULL;
    size_t normalised_length = 12345;
    cr_assert_eq(normalise_text(&normaliser, text, length, &normalised, &normalised_length, &error),
                 STATUS_OK);
    cr_assert(normalised_length == strlen(expected) &&
                  memcmp(normalised, expected, normalised_length) == 0,
              "'%s' became '%.*s', not '%s'", text, (int)normalised_length, normalised, expected);
    normaliser_free(&normaliser);
}

typedef struct Case {
    const char *text, *normalised;
} Case;

static void expect_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        expect_normalised(cases[i].text, strlen(cases[i].text), cases[i].normalised);
    }
}

Test(normalise, makes_upper_and_lower_case_one)
{
    static const Case cases[] = {
        {"Hello WORLD", "hello world"},
        {"straße", "strasse"},
        {"STRAẞE", "strasse"},
        {"STRASSE", "strasse"},
        {"Σίσυφος", "σίσυφοσ"}, /* the final sigma is a sigma */
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
        {"ПРИВЕТ", "привет"},
        {"ÀÉÎÕÜ", "àéîõü"},
        {"ſ", "s"},
        {"Ⅷ", "viii"},
        {"\u212A", "k"}, /* the Kelvin sign */
        {"ǅ", "dž"},
        {"İ", "i\u0307"}, /* without a language, no Turkish rule */
        {"ı", "ı"},
    };
    expect_cases(cases, sizeof cases / sizeof *cases);
}

Test(normalise, unifies_compatibility_forms)
{
    static const Case cases[] = {
        {"ﬁnd ﬄuent", "find ffluent"},
        {"ＡＢＣ１２３", "abc123"},
        {"x²", "x2"},
        {"№ ™ ㎏", "no tm kg"},
        {"ｶﾞ", "ガ"},    /* half-width katakana */
        {"\u00A0", " "}, /* no-break space */
        {"\u2460", "1"}, /* circled one */
        {"\u3000", " "}, /* ideographic space */
        {"½", "1\u20442"},
    };
    expect_cases(cases, sizeof cases / sizeof *cases);
}

Test(normalise, composes_letters_and_marks)
{
    static const Case cases[] = {
        {"e\u0301", "é"},       {"\u00E9", "é"},
        {"E\u0301", "é"},       {"de\u0301cor", "décor"},
        {"A\u030A", "å"},       {"\u212B", "å"},              /* the Ångström sign */
        {"a\u0323\u0302", "ậ"},                               /* two marks, */
        {"a\u0302\u0323", "ậ"},                               /* in either order */
        {"и\u0306", "й"},       {"\u1112\u1161\u11AB", "한"}, /* Hangul from its parts */
        {"हिन्दी", "हिन्दी"}, /* marks without a composed form stay */
        {"q\u0301", "q\u0301"},
    };
    expect_cases(cases, sizeof cases / sizeof *cases);
}

Test(normalise, drops_what_a_reader_does_not_see)
{
    static const Case cases[] = {
        {"co\u00ADoperate", "cooperate"}, /* soft hyphen */
        {"zero\u200Bwidth", "zerowidth"}, /* zero-width space */
        {"\uFEFFmark", "mark"},           /* byte order mark */
        {"می\u200Cخواهم", "میخواهم"},     /* zero-width non-joiner */
        {"a\u200Db", "ab"},               /* zero-width joiner */
        {"word\u2060joiner", "wordjoiner"},
        {"❤\uFE0F", "❤"}, /* variation selector */
        {"left\u200Eto\u200Fright", "lefttoright"},
        {"\u00AD", ""},
    };
    expect_cases(cases, sizeof cases / sizeof *cases);
}

Test(normalise, makes_apostrophes_one)
{
    static const Case cases[] = {
        {"don\u2019t", "don't"}, {"don't", "don't"},          {"don\u02BCt", "don't"},
        {"don\uFF07t", "don't"}, {"l\u2019ÉCOLE", "l'école"},
    };
    expect_cases(cases, sizeof cases / sizeof *cases);
}

Test(normalise, makes_the_apostrophe_within_a_letter_one_too)
{
    expect_normalised("\u0149", 2, "'n"); /* ŉ stands for ʼn */
}

Test(normalise, leaves_other_characters_alone)
{
    static const Case cases[] = {
        {"", ""},
        {"a-b_c.d, e;f\t\n(g)", "a-b_c.d, e;f\t\n(g)"},
        {"“quoted” – dash — \u2018single", "“quoted” – dash — \u2018single"},
        {"日本語", "日本語"},
        {"😀", "😀"},
        {"42", "42"},
    };
    expect_cases(cases, sizeof cases / sizeof *cases);
}

Test(normalise, makes_a_space_of_a_nul)
{
    expect_normalised("a\0b", 3, "a b");
    expect_normalised("\0", 1, " ");
    expect_normalised("A\0\0Ä", 5, "a  ä");
}

Test(normalise, has_room_for_the_longest_expansion)
{
    static const char phrase[] = "صلى الله عليه وسلم"; /* of the one code point U+FDFA */
    cr_assert_eq(strlen(phrase), 33);
    expect_normalised("\uFDFA", 3, phrase);
    for (size_t count = 1; count < 300; count += 7) {
        char *text = malloc(3 * count), *expected = malloc(33 * count + 1);
        for (size_t i = 0; i < count; i++) {
            memcpy(text + 3 * i, "\uFDFA", 3);
            memcpy(expected + 33 * i, phrase, 34);
        }
        expect_normalised(text, 3 * count, expected);
        free(text);
        free(expected);
    }
}

Test(normalise, uses_its_room_again)
{
    Normaliser normaliser = {0};
    Error error;
    const char *normalised;
    size_t length;
    char longer[10000];
    memset(longer, 'A', sizeof longer);
    for (size_t size = 0; size <= sizeof longer; size += 1000) {
        cr_assert_eq(normalise_text(&normaliser, longer, size, &normalised, &length, &error),
                     STATUS_OK);
        cr_assert_eq(length, size);
        for (size_t i = 0; i < size; i++) {
            cr_assert_eq(normalised[i], 'a');
        }
    }
    const size_t capacity = normaliser.capacity;
    cr_assert_eq(normalise_text(&normaliser, "Short", 5, &normalised, &length, &error), STATUS_OK);
    cr_assert(length == 5 && memcmp(normalised, "short", 5) == 0);
    cr_assert_eq(normaliser.capacity, capacity);
    normaliser_free(&normaliser);
    cr_assert(normaliser.room == NULL && normaliser.capacity == 0);
}

Test(normalise, takes_every_code_point_and_its_result_is_valid_bounded_and_final)
{
    Normaliser normaliser = {0}, again = {0};
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) {
            continue;
        }
        char bytes[4];
        const size_t size = utf8_encode(code_point, bytes);
        const char *normalised;
        size_t length;
        Error error;
        cr_assert_eq(normalise_text(&normaliser, bytes, size, &normalised, &length, &error),
                     STATUS_OK, "U+%04X", code_point);
        cr_assert_eq(utf8_valid_length(normalised, length), length, "U+%04X", code_point);
        cr_assert(length <= 11 * size, "U+%04X: %zu bytes", code_point, length);
        cr_assert(!memchr(normalised, '\0', length), "U+%04X", code_point);
        const char *twice;
        size_t twice_length;
        cr_assert_eq(normalise_text(&again, normalised, length, &twice, &twice_length, &error),
                     STATUS_OK);
        cr_assert(twice_length == length && memcmp(twice, normalised, length) == 0,
                  "U+%04X changes when it is normalised again", code_point);
    }
    normaliser_free(&again);
    normaliser_free(&normaliser);
}

/* utf8proc orders a run of marks by exchange; a run as long as the text must not take the square of
 * its length. */
Test(normalise, does_not_take_for_ever_over_a_run_of_marks, .timeout = 20)
{
    enum { PAIRS = 250000 };
    static const char pair[] = "\u0301\u0323"; /* above, below: to be exchanged */
    char *text = malloc(1 + 4 * PAIRS);
    text[0] = 'a';
    for (int i = 0; i < PAIRS; i++) {
        memcpy(text + 1 + 4 * i, pair, 4);
    }
    Normaliser normaliser = {0};
    const char *normalised;
    size_t length;
    Error error;
    cr_assert_eq(normalise_text(&normaliser, text, 1 + 4 * PAIRS, &normalised, &length, &error),
                 STATUS_OK);
    cr_assert_gt(length, 4 * PAIRS - 8);
    normaliser_free(&normaliser);
    free(text);
}

Test(normalise, orders_thirty_marks_as_the_standard_has_it)
{
    char text[1 + 60 + 1] = "a", expected[1 + 60 + 2] = "ạ"; /* a with the dot below */
    for (int i = 0; i < 15; i++) {
        strcat(text, "\u0301\u0323");
    }
    for (int i = 1; i < 15; i++) {
        strcat(expected, "\u0323");
    }
    for (int i = 0; i < 15; i++) {
        strcat(expected, "\u0301");
    }
    Normaliser normaliser = {0};
    const char *normalised;
    size_t length;
    Error error;
    cr_assert_eq(normalise_text(&normaliser, text, strlen(text), &normalised, &length, &error),
                 STATUS_OK);
    cr_assert(length == strlen(expected) && memcmp(normalised, expected, length) == 0, "%.*s",
              (int)length, normalised);
    normaliser_free(&normaliser);
}
