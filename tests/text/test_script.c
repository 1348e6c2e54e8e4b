#include "text/script.h"

#include <criterion/criterion.h>
#include <string.h>

Test(script, knows_the_letters_of_some)
{
    static const struct {
        int32_t code_point;
        Script script;
    } cases[] = {
        {'a', SCRIPT_LATIN},    {'Z', SCRIPT_LATIN},    {0xE9, SCRIPT_LATIN},
        {0x1EC7, SCRIPT_LATIN}, {0x3B1, SCRIPT_GREEK},  {0x1F00, SCRIPT_GREEK},
        {0x439, SCRIPT_OTHER},  {0x3E2, SCRIPT_OTHER},  {0x627, SCRIPT_ARABIC},
        {0x6CC, SCRIPT_ARABIC}, {0x64B, SCRIPT_OTHER},  {0x939, SCRIPT_OTHER},
        {0xE01, SCRIPT_THAI},   {0xE81, SCRIPT_LAO},    {0x1000, SCRIPT_MYANMAR},
        {0x1780, SCRIPT_KHMER}, {0x4E00, SCRIPT_CJK},   {0x3042, SCRIPT_CJK},
        {0x30A2, SCRIPT_CJK},   {0x3005, SCRIPT_CJK},   {0x20BB7, SCRIPT_CJK},
        {0xAC00, SCRIPT_OTHER}, {0x3002, SCRIPT_OTHER}, {0x30FB, SCRIPT_OTHER},
        {'1', SCRIPT_OTHER},    {' ', SCRIPT_OTHER},    {0x10FFFF, SCRIPT_OTHER},
        {0xD7, SCRIPT_LATIN}, /* × is no letter: anything will do */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert_eq(script_of(cases[i].code_point), cases[i].script, "U+%04X",
                     (unsigned)cases[i].code_point);
    }
}

/* The ranges are ascending: a binary search finds what a look at each would. */
Test(script, says_nothing_of_other_letters)
{
    for (int32_t code_point = 0x400; code_point < 0x600; code_point++) {
        cr_assert_eq(script_of(code_point), SCRIPT_OTHER);
    }
    for (int32_t code_point = 0x900; code_point < 0xE00; code_point++) {
        cr_assert_eq(script_of(code_point), SCRIPT_OTHER);
    }
    for (int32_t code_point = 0xAC00; code_point < 0xD7A4; code_point++) {
        cr_assert_eq(script_of(code_point), SCRIPT_OTHER);
    }
    for (int32_t code_point = 0x4E00; code_point < 0xA000; code_point++) {
        cr_assert_eq(script_of(code_point), SCRIPT_CJK);
    }
}

static UnspacedFacts facts_of(const char *const *words, const double *frequency, size_t count)
{
    Vocabulary vocabulary = {0};
    Error error = {0};
    WordId id;
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(vocabulary_add(&vocabulary, words[i], strlen(words[i]), &id, &error),
                     STATUS_OK);
    }
    const UnspacedFacts facts = script_unspaced(&vocabulary, frequency);
    vocabulary_free(&vocabulary);
    return facts;
}

Test(script, tells_how_many_letters_are_of_scripts_without_blanks)
{
    static const char *const words[] = {"abcd", "กขค", "ກຂ"};
    static const double frequency[] = {3.0, 2.0, 1.0};
    UnspacedFacts facts = facts_of(words, frequency, 3);
    cr_assert_float_eq(facts.share, 8.0 / 20.0, 1e-12);
    cr_assert_str_eq(facts.name, "Thai");
    facts = facts_of(words, frequency, 1);
    cr_assert(facts.share == 0.0 && !facts.name);
    facts = facts_of(words, frequency, 0);
    cr_assert(facts.share == 0.0 && !facts.name);
}
