#include "text/spellings.h"

#include <criterion/criterion.h>
#include <string.h>

/* Counts texts in turn by `counters` counters and says how a word is mostly written. */
static void expect_spellings(const char *const *texts, size_t count, int counters,
                             const TokenizerOptions *options, const char *const (*expected)[2],
                             size_t words)
{
    Counter all[3] = {0};
    CollectedWords collected = {0};
    Spellings spellings = {0};
    Tokenizer *tokenizer;
    Error error = {0};
    cr_assert_eq(tokenizer_new(options, &tokenizer, &error), STATUS_OK, "%s", error.message);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(
            counter_add(&all[i % (size_t)counters], tokenizer, texts[i], strlen(texts[i]), &error),
            STATUS_OK);
    }
    cr_assert_eq(collect_words(all, counters, &collected, &error), STATUS_OK);
    cr_assert_eq(spellings_find_all(all, &collected, 1, &spellings, &error), STATUS_OK);
    for (size_t w = 0; w < words; w++) {
        const char *word = expected[w][0];
        const char *spelling = spellings_of(&spellings, word, strlen(word));
        cr_assert_str_eq(spelling ? spelling : "(as it is)", expected[w][1], "%s", word);
    }
    spellings_free(&spellings);
    collected_words_free(&collected);
    for (int c = 0; c < counters; c++) {
        counter_free(&all[c]);
    }
    tokenizer_free(tokenizer);
}

static const char *const texts[] = {
    "NASA and nasa and NASA; iPhone, an iPhone. The STRASSE, die Straße",
    "(Straße) the Nasa “NASA’s” iphone THE",
    "NASA's straße Über-all",
    "über",
};

Test(spellings, are_the_most_frequent_ones)
{
    /* With 's or quotation marks around it a run is more than the word. Of two that are as frequent
     * the last in byte order is taken. */
    static const char *const expected[][2] = {
        {"nasa", "NASA"},      {"iphone", "iPhone"},    {"strasse", "Straße"},
        {"the", "(as it is)"}, {"and", "(as it is)"},   {"über", "(as it is)"},
        {"all", "(as it is)"}, {"never", "(as it is)"},
    };
    for (int counters = 1; counters <= 3; counters++) {
        expect_spellings(texts, sizeof texts / sizeof *texts, counters, &tokenizer_defaults,
                         expected, sizeof expected / sizeof *expected);
    }
}

Test(spellings, of_a_stem_are_those_of_its_words)
{
    static const char *const running[] = {"running runs running Running", "run RUNS running"};
    static const char *const expected[][2] = {{"run", "running"}};
    TokenizerOptions options = tokenizer_defaults;
    options.language = "english";
    options.stem = true;
    expect_spellings(running, 2, 2, &options, expected, 1);
}

Test(spellings, there_are_none_where_texts_are_taken_whole)
{
    static const char *const expected[][2] = {{"nasa", "(as it is)"}};
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = "(?:\\p{L}+)";
    expect_spellings(texts, 4, 1, &options, expected, 1);
}
