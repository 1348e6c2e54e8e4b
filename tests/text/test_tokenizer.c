#include "text/tokenizer.h"

#include "base/buffer.h"
#include "text/word_breaks.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_S = 100 };

static Tokenizer *make(const TokenizerOptions *options)
{
    Tokenizer *tokenizer;
    Error error = {0};
    cr_assert_eq(tokenizer_new(options, &tokenizer, &error), STATUS_OK, "%s", error.message);
    return tokenizer;
}

static Tokenizer *make_with_pattern(const char *pattern)
{
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = pattern;
    options.graphemes_min = 1;
    return make(&options);
}

/* Compares the tokens of the text, separated by |. */
static void expect_tokens_of(Tokenizer *tokenizer, const char *text, size_t length,
                             const char *expected)
{
    Buffer tokens = {0};
    Error error = {0};
    cr_assert_eq(tokenizer_start(tokenizer, text, length, &error), STATUS_OK);
    for (;;) {
        Token token;
        bool found;
        cr_assert_eq(tokenizer_next(tokenizer, &token, &found, &error), STATUS_OK, "%s",
                     error.message);
        if (!found) {
            break;
        }
        cr_assert(token.length > 0);
        cr_assert_eq(buffer_print(&tokens, &error, "%s%.*s", tokens.length ? "|" : "",
                                  (int)token.length, token.bytes),
                     STATUS_OK);
    }
    Token token;
    bool found = true;
    cr_assert_eq(tokenizer_next(tokenizer, &token, &found, &error), STATUS_OK);
    cr_assert(!found, "there is something behind the end");
    cr_assert_str_eq(buffer_text(&tokens), expected);
    buffer_free(&tokens);
}

static void expect_tokens(Tokenizer *tokenizer, const char *text, const char *expected)
{
    expect_tokens_of(tokenizer, text, strlen(text), expected);
}

typedef struct Case {
    const char *text, *tokens;
} Case;

static void expect_cases(const TokenizerOptions *options, const Case *cases, size_t count)
{
    Tokenizer *tokenizer = make(options);
    for (size_t i = 0; i < count; i++) {
        expect_tokens(tokenizer, cases[i].text, cases[i].tokens);
    }
    tokenizer_free(tokenizer);
}

static void expect_by_default(const Case *cases, size_t count)
{
    expect_cases(&tokenizer_defaults, cases, count);
}

static void expect_by_pattern(const char *pattern, const char *text, const char *expected)
{
    Tokenizer *tokenizer = make_with_pattern(pattern);
    expect_tokens(tokenizer, text, expected);
    tokenizer_free(tokenizer);
}

/* ---- the default pattern ---- */

Test(tokenizer, cuts_text_at_what_is_neither_letter_nor_digit)
{
    static const Case cases[] = {
        {"", ""},
        {" \n\t.,;", ""},
        {"One word", "one|word"},
        {"Hello, World! (Again.)", "hello|world|again"},
        {"under_score and/or a.b@c.de", "under|score|and|or|de"},
        {"“quoted” – dash—dash… <b>bold</b>", "quoted|dash|dash|bold"},
        {"Привет, МИР! Γειά σου", "привет|мир|γειά|σου"},
        {"日本語 한국어", "日本|本語|한국어"},
        {"smile 😀 face", "smile|face"},
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, keeps_combining_marks_with_their_letter)
{
    static const Case cases[] = {
        {"हिन्दी मानक", "हिन्दी|मानक"},
        {"décor", "décor"},
        {"de\u0301cor", "décor"},
        {"DE\u0301COR", "décor"},
        {"తెలుగు", "తెలుగు"},
        {"ไทย", "ไทย"},
        {"q\u0301q\u0301", "q\u0301q\u0301"},
        {"\u0301abc", "abc"}, /* a mark without a letter begins no token */
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, keeps_words_with_an_apostrophe_within)
{
    static const Case cases[] = {
        {"don't", "don't"},
        {"don’t", "don't"},
        {"l'école", "l'école"},
        {"L’École", "l'école"},
        {"aujourd'hui", "aujourd'hui"},
        {"rock'n'roll", "rock'n'roll"},
        {"we've they'll I'm", "we've|they'll|i'm"},
        {"o'sullivan", "o'sullivan"}, /* 's, but not at the end */
        {"O'Neill's", "o'neill"},
        {"'quoted' ''twice''", "quoted|twice"},
        {"dogs' tails", "dogs|tails"},
        {"don''t", "don"}, /* two apostrophes are a quotation */
        {"दी'दी", "दी'दी"},
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, cuts_off_the_possessive_s)
{
    static const Case cases[] = {
        {"nation's", "nation"},
        {"nation’s flag", "nation|flag"},
        {"NATION'S", "nation"},
        {"it's", "it"},
        {"the boss's.", "the|boss"},
        {"nation's-flag", "nation|flag"},
        {"nation'sa", "nation'sa"},
        {"nation's2", "nation's2"},
        {"nation's\u0301", "nation'ś"},       /* another letter than s, */
        {"nation's\u0304", "nation's\u0304"}, /* also where it has no composed form */
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, splits_at_hyphens)
{
    static const Case cases[] = {
        {"state-of-the-art", "state|of|the|art"},
        {"well\u2010known \u2013 non\u2011stop", "well|known|non|stop"},
        {"covid-19", "covid"},
        {"co\u00ADoperate", "cooperate"}, /* a soft hyphen is not seen */
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, does_not_let_a_nul_into_a_word)
{
    Tokenizer *tokenizer = make(&tokenizer_defaults);
    expect_tokens_of(tokenizer, "one\0two", 7, "one|two");
    tokenizer_free(tokenizer);
    tokenizer = make_with_pattern("(?s).+");
    expect_tokens_of(tokenizer, "one\0two", 7, "one two");
    tokenizer_free(tokenizer);
}

/* ---- the rules of languages ---- */

static void expect_in(const char *language, const Case *cases, size_t count)
{
    TokenizerOptions options = tokenizer_defaults;
    options.language = language;
    expect_cases(&options, cases, count);
}

Test(tokenizer, cuts_off_what_french_italian_and_catalan_elide)
{
    static const Case french[] = {
        {"l'école L’École d'été", "école|école|été"},
        {"qu'il jusqu'à lorsqu'une", "qu|il|jusqu|lorsqu|une"},
        {"aujourd'hui prud'homme presqu'île", "aujourd'hui|prud'homme|presqu'île"},
        {"qu'l'eau", "qu|eau"}, /* one behind the other */
        {"qu' l'", "qu"},
        {"l'12 l'A320", "a320"},
        {"n'est-ce", "est|ce"},
    };
    static const Case italian[] = {
        {"l'acqua dell'acqua un’altra", "acqua|dell|acqua|un|altra"},
        {"po' dov'è sull'Italia", "po|dov|sull|italia"},
    };
    static const Case catalan[] = {{"l'aigua d'ara", "aigua|ara"}};
    static const Case general[] = {{"l'école dell'acqua", "l'école|dell'acqua"}};
    expect_in("french", french, sizeof french / sizeof *french);
    expect_in("fr", french, sizeof french / sizeof *french);
    expect_in("it", italian, sizeof italian / sizeof *italian);
    expect_in("ca", catalan, 1);
    expect_in("auto", general, 1);
    expect_in("none", general, 1);
    expect_in("en", general, 1);
    expect_in(NULL, general, 1);
}

Test(tokenizer, tells_the_turkish_letters_i_apart)
{
    static const Case turkish[] = {
        {"DIYARBAKIR İSTANBUL", "dıyarbakır|istanbul"},
        {"I\u0307zmir ısı İSİM isim", "izmir|ısı|isim|isim"},
        {"IĞDIR", "ığdır"},
    };
    static const Case general[] = {{"DIYARBAKIR İSTANBUL", "diyarbakir|i\u0307stanbul"}};
    expect_in("tr", turkish, sizeof turkish / sizeof *turkish);
    expect_in("azerbaijani", turkish, sizeof turkish / sizeof *turkish);
    expect_in("auto", general, 1);
}

Test(tokenizer, refuses_a_language_it_does_not_know)
{
    static const struct {
        const char *language;
        bool stem;
        const char *message;
    } cases[] = {
        {"klingon", false, "'klingon' is not known"}, {"", false, "'' is not known"},
        {"FR", false, "'FR' is not known"},           {"polish", true, "no stemmer for polish"},
        {"az", true, "no stemmer for azerbaijani"},   {"auto", true, "need to know the language"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        TokenizerOptions options = tokenizer_defaults;
        options.language = cases[i].language;
        options.stem = cases[i].stem;
        Tokenizer *tokenizer;
        Error error = {0};
        cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_USAGE);
        cr_assert(tokenizer == NULL);
        cr_assert(strstr(error.message, cases[i].message), "%s", error.message);
        cr_assert(strstr(error.hint, "arabic, armenian, ") && strstr(error.hint, "yiddish"), "%s",
                  error.hint);
    }
}

/* ---- stems ---- */

Test(tokenizer, takes_stems_for_words_and_tells_the_words)
{
    static const struct {
        const char *language, *text, *stems, *words;
    } cases[] = {
        {"en", "Running rivers don't flow", "run|river|don't|flow", "running|rivers|don't|flow"},
        {"de", "Straßen STRASSE Häuser", "strass|strass|haus", "strassen|strasse|häuser"},
        {"fr", "l'école écoles", "écol|écol", "école|écoles"},
        {"el", "άνθρωπος άνθρωποι", "ανθρωπ|ανθρωπ", "άνθρωποσ|άνθρωποι"},
        {"ru", "книги книгами", "книг|книг", "книги|книгами"},
        {"en", "日本語 cats", "日本|本語|cat", "日本|本語|cats"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        TokenizerOptions options = tokenizer_defaults;
        options.language = cases[i].language;
        options.stem = true;
        Tokenizer *tokenizer = make(&options);
        expect_tokens(tokenizer, cases[i].text, cases[i].stems);
        Buffer words = {0};
        Error error = {0};
        Token token;
        bool found;
        cr_assert_eq(tokenizer_start(tokenizer, cases[i].text, strlen(cases[i].text), &error),
                     STATUS_OK);
        while (!tokenizer_next(tokenizer, &token, &found, &error) && found) {
            cr_assert_eq(buffer_print(&words, &error, "%s%.*s", words.length ? "|" : "",
                                      (int)token.word_length, token.word),
                         STATUS_OK);
        }
        cr_assert_str_eq(buffer_text(&words), cases[i].words);
        buffer_free(&words);
        tokenizer_free(tokenizer);
    }
}

Test(tokenizer, judges_the_length_of_the_word_not_of_its_stem)
{
    static const Case cases[] = {{"ties is a as", "tie|is|as"}};
    TokenizerOptions options = tokenizer_defaults;
    options.language = "en";
    options.stem = true;
    expect_cases(&options, cases, 1);
}

/* ---- hyphens ---- */

static void expect_hyphens(TokenizerHyphens hyphens, const Case *cases, size_t count)
{
    TokenizerOptions options = tokenizer_defaults;
    options.hyphens = hyphens;
    expect_cases(&options, cases, count);
}

Test(tokenizer, keeps_hyphens_on_demand)
{
    static const Case keep[] = {
        {"State-of-the-art covid-19", "state-of-the-art|covid-19"},
        {"well\u2010known non\u2011stop full\uFF0Dwidth", "well-known|non-stop|full-width"},
        {"--verbose -x- a--b \u2013 dash\u2013dash", "verbose|dash|dash"},
        {"nation's-flag rock'n'roll-band's", "nation|flag|rock'n'roll-band"},
        {"co\u00ADoperate", "cooperate"},
        {"1-2-3", ""},
    };
    static const Case both[] = {
        {"State-of-the-art", "state-of-the-art|state|of|the|art"},
        {"covid-19 plain", "covid-19|covid|plain"},
    };
    expect_hyphens(HYPHENS_KEEP, keep, sizeof keep / sizeof *keep);
    expect_hyphens(HYPHENS_BOTH, both, sizeof both / sizeof *both);
    TokenizerOptions options = tokenizer_defaults;
    options.hyphens = HYPHENS_BOTH;
    options.language = "fr";
    static const Case french[] = {
        {"l'arc-en-ciel", "arc-en-ciel|arc|en|ciel"},
        {"dit-l'homme", "dit-l'homme|dit|homme"},
    };
    expect_cases(&options, french, sizeof french / sizeof *french);
}

Test(tokenizer, keeps_hyphens_by_the_default_pattern_only)
{
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = "\\w+";
    options.hyphens = HYPHENS_KEEP;
    Tokenizer *tokenizer;
    Error error = {0};
    cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_USAGE);
    cr_assert(strstr(error.message, "keep"), "%s", error.message);
}

/* ---- Chinese and Japanese ---- */

Test(tokenizer, takes_han_and_kana_two_by_two)
{
    static const Case cases[] = {
        {"东京都 日", "东京|京都|日"},
        {"体验2D巅峰 T恤", "体验|2d|巅峰|恤"}, /* 恤 stands alone; t is too short */
        {"東京タワーへ", "東京|京タ|タワ|ワー|ーへ"},
        {"ｶﾞﾗｽ", "ガラ|ラス"},          /* half-width, the mark joined to its letter */
        {"か\u309Aき", "か\u309Aき"},   /* a mark without a composed form */
        {"서울 대학교", "서울|대학교"}, /* Hangul has blanks */
        {"word日本word's", "word|日本|word"},
        {"A'日本'B2", "日本|b2"},
        {"𠮷野家", "𠮷野|野家"}, /* beyond 16 bits */
        {"人々", "人々"},
        {"日本\u3002中国", "日本|中国"},
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
    char text[3 * 100 + 1] = ""; /* a sentence is not too long */
    for (int i = 0; i < 100; i++) {
        strcat(text, "日");
    }
    Tokenizer *tokenizer = make(&tokenizer_defaults);
    Error error = {0};
    Token token;
    bool found;
    int count = 0;
    cr_assert_eq(tokenizer_start(tokenizer, text, strlen(text), &error), STATUS_OK);
    while (!tokenizer_next(tokenizer, &token, &found, &error) && found) {
        cr_assert_eq(token.length, 6);
        count++;
    }
    cr_assert_eq(count, 99);
    tokenizer_free(tokenizer);
}

Test(tokenizer, takes_the_words_of_the_pattern_on_demand)
{
    static const Case cases[] = {{"東京タワー 日 体验2D巅峰", "東京タワー|日|体验2d巅峰"}};
    TokenizerOptions options = tokenizer_defaults;
    options.cjk = CJK_WORDS;
    expect_cases(&options, cases, 1);
    options = tokenizer_defaults;
    options.pattern = "\\S+";
    static const Case by_pattern[] = {{"東京都, (日本)", "東京|京都|日本"}};
    expect_cases(&options, by_pattern, 1);
}

/* ---- Thai, Lao, Khmer and Burmese ---- */

Test(tokenizer, takes_thai_as_words_if_it_can)
{
    static const Case words[] = {
        {"มนุษย์ทั้งหลายเกิดมาABC", "มนุษย์|ทั้ง|หลาย|เกิด|มา|abc"},
        {"ทำงานสำคัญ", "ทํางาน|สําคัญ"}, /* NFKC takes the sign am apart */
        {"日本ไทย", "日本|ไทย"},
        {"ພາສາລາວ", "ພາສາ|ລາວ"},
        {"हिन्दी français", "हिन्दी|français"},
    };
    static const Case whole[] = {{"ประเทศไทยABC 日本ไทย", "ประเทศไทยabc|日本|ไทย"}};
    TokenizerOptions options = tokenizer_defaults;
    options.unspaced = UNSPACED_WHOLE;
    expect_cases(&options, whole, 1);
    cr_assert_eq(tokenizer_unspaced(UNSPACED_WHOLE), UNSPACED_WHOLE);
    cr_assert_eq(tokenizer_unspaced(UNSPACED_AUTO),
                 word_breaks_built_in() ? UNSPACED_WORDS : UNSPACED_WHOLE);
    options.unspaced = UNSPACED_WORDS;
    if (word_breaks_built_in()) {
        expect_cases(&options, words, sizeof words / sizeof *words);
        expect_by_default(words, sizeof words / sizeof *words);
    } else {
        Tokenizer *tokenizer;
        Error error = {0};
        cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_USAGE);
        cr_assert(strstr(error.message, "without ICU"), "%s", error.message);
        expect_by_default(whole, 1);
    }
}

/* ---- accents ---- */

Test(tokenizer, strips_accents_by_script)
{
    static const Case cases[] = {
        {"Café cafe\u0301 résumé ỆỆ q\u0301q", "cafe|cafe|resume|ee|qq"},
        {"άνθρωπος ἀρχή ΐΐ", "ανθρωποσ|αρχη|ιι"},
        {"йод ёлка за\u0301мок", "йод|ёлка|за\u0301мок"},
        {"हिन्दी தமிழ்", "हिन्दी|தமிழ்"},
        {"العَرَبِيَّة مـــحمد رحمٰن أحمد", "العربية|محمد|رحمن|أحمد"},
        {"ガラス", "ガラ|ラス"},
        {"øre łódź straße", "øre|łodz|strasse"}, /* no marks of theirs */
        {"İstanbul", "istanbul"},
    };
    TokenizerOptions options = tokenizer_defaults;
    options.strip_accents = true;
    expect_cases(&options, cases, sizeof cases / sizeof *cases);
    static const Case kept[] = {{"العَرَب مـد", "العَرَب|مـد"}};
    expect_by_default(kept, 1);
}

/* ---- the rules ---- */

Test(tokenizer, drops_numbers_but_keeps_words_with_digits)
{
    static const Case cases[] = {
        {"42 1999 mp3 covid19 7up 3d b2b", "mp3|covid19|7up|3d|b2b"},
        {"3.14 1,000,000 12:30 ½ ²²", ""},
        {"٣٤ १२ ４２", ""}, /* digits of other scripts */
        {"1990s 2nd", "1990s|2nd"},
        {"20'000", ""},
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, keeps_numbers_on_demand)
{
    static const Case cases[] = {
        {"42 1999 mp3", "42|1999|mp3"},
        {"covid-19", "covid|19"},
        {"7 12", "12"}, /* the length still counts */
        {"٣٤ ４２", "٣٤|42"},
        {"20'000", "20'000"},
    };
    TokenizerOptions options = tokenizer_defaults;
    options.keep_numbers = true;
    expect_cases(&options, cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, drops_tokens_that_a_reader_would_call_too_short)
{
    static const Case cases[] = {
        {"a I é ab", "ab"},     {"e\u0301", ""},            /* one letter, two code points */
        {"q\u0301", ""},                                    /* the same without a composed form */
        {"q\u0301\u0323", ""},  {"कि", ""},                 /* one syllable */
        {"कि का किका", "किका"}, {"x² ﬁ", "x2|fi"},          /* counted after normalisation */
        {"日 日本", "日|日本"}, {"\u1112\u1161\u11AB", ""}, /* one Hangul syllable of three parts */
    };
    expect_by_default(cases, sizeof cases / sizeof *cases);
    static const Case by_four[] = {{"one four three décor cafe\u0301 q\u0301uit o'n", ""}};
    TokenizerOptions options = tokenizer_defaults;
    options.graphemes_min = 4;
    static const Case four[] = {
        {"one four three cafe\u0301 q\u0301ui q\u0301uit o'no", "four|three|café|q\u0301uit|o'no"}};
    expect_cases(&options, four, 1);
    options.graphemes_min = 6;
    expect_cases(&options, by_four, 1);
    options.graphemes_min = 1;
    static const Case one[] = {{"a q\u0301 1 bc", "a|q\u0301|bc"}};
    expect_cases(&options, one, 1);
}

Test(tokenizer, drops_tokens_that_are_too_long)
{
    char text[400] = "", expected[400] = "";
    for (int length = 63; length <= 66; length++) {
        for (int i = 0; i < length; i++) {
            strcat(text, "x");
        }
        strcat(text, " ");
    }
    memset(expected, 'x', 63 + 1 + 64);
    expected[63] = '|';
    expected[63 + 1 + 64] = '\0';
    Tokenizer *tokenizer = make(&tokenizer_defaults);
    expect_tokens(tokenizer, text, expected);
    cr_assert_eq(tokenizer_tally(tokenizer)->too_long, 2);
    tokenizer_free(tokenizer);
    TokenizerOptions options = tokenizer_defaults;
    options.graphemes_max = 3;
    static const Case cases[] = {
        {"ab abc abcd", "ab|abc"},
        {"q\u0301\u0323q\u0301q\u0301 ééé éééé", "q\u0323\u0301q\u0301q\u0301|ééé"},
        {"12345", ""},
    };
    expect_cases(&options, cases, sizeof cases / sizeof *cases);
}

Test(tokenizer, tallies_what_the_rules_dropped_over_all_texts)
{
    TokenizerOptions options = tokenizer_defaults;
    options.graphemes_max = 5;
    Tokenizer *tokenizer = make(&options);
    const TokenizerTally *tally = tokenizer_tally(tokenizer);
    cr_assert(tally->matched == 0 && tally->too_short == 0 && tally->too_long == 0 &&
              tally->without_letter == 0);
    expect_tokens(tokenizer, "a word, 42 words; b toolong 7", "word|words");
    expect_tokens(tokenizer, "", "");
    expect_tokens(tokenizer, "nation's", "");  /* nation is too long, s too short */
    expect_tokens(tokenizer, "123456789", ""); /* counts once, with the first rule */
    tally = tokenizer_tally(tokenizer);
    cr_assert_eq(tally->matched, 7 + 2 + 1);
    cr_assert_eq(tally->too_short, 2 + 1);
    cr_assert_eq(tally->too_long + tally->without_letter, 1 + 2 + 1 + 1);
    cr_assert_eq(tally->matched - tally->too_short - tally->too_long - tally->without_letter, 2);
    tokenizer_free(tokenizer);
}

Test(tokenizer, takes_one_text_after_the_other)
{
    Tokenizer *tokenizer = make(&tokenizer_defaults);
    Error error;
    Token token;
    bool found;
    cr_assert_eq(tokenizer_start(tokenizer, "first text", 10, &error), STATUS_OK);
    cr_assert_eq(tokenizer_next(tokenizer, &token, &found, &error), STATUS_OK);
    cr_assert(found && token.length == 5 && memcmp(token.bytes, "first", 5) == 0);
    expect_tokens(tokenizer, "another", "another"); /* the rest of the first is gone */
    expect_tokens(tokenizer, "", "");
    expect_tokens(tokenizer, "third", "third");
    tokenizer_free(tokenizer);
}

Test(tokenizer, reads_only_the_text_it_is_given)
{
    char *text = malloc(8); /* no NUL behind it, and nothing for a sanitizer to miss */
    memcpy(text, "one twos", 8);
    Tokenizer *tokenizer = make(&tokenizer_defaults);
    expect_tokens_of(tokenizer, text, 8, "one|twos");
    expect_tokens_of(tokenizer, text, 6, "one|tw");
    tokenizer_free(tokenizer);
    free(text);
}

/* ---- patterns of the user ---- */

Test(tokenizer, takes_patterns)
{
    static const struct {
        const char *pattern, *text, *tokens;
    } cases[] = {
        {"\\p{L}{3,}", "an old House, no. 12", "old|house"},
        {"\\b\\w\\w+\\b", "a bc d_e ÀÉ", "bc|d_e|àé"}, /* scikit-learn's; with Unicode on */
        {"[a-z]+", "MixedCase", "mixedcase"},
        {"\\S+", "a.b c-d", "a.b|c-d"},
        {"(?i)HOUSE", "House", "house"},
        {"#\\w+", "no #Tag and #two", "#tag|#two"},
        {"(?<=#)\\w+", "no #Tag and #two", "tag|two"},
        {".", "añ日", "a|ñ|日"},
        {"é", "e\u0301", "é"},
        {"(a)(b)(c)(d)?", "abcabcd", "abc|abcd"},
        {"x|y", "zzz", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_by_pattern(cases[i].pattern, cases[i].text, cases[i].tokens);
    }
}

Test(tokenizer, goes_on_after_an_empty_match, .timeout = PATIENCE_S)
{
    expect_by_pattern("a*", "baac", "aa");
    expect_by_pattern("a*", "", "");
    expect_by_pattern("a*", "bbb", "");
    expect_by_pattern("a*", "日a本aa", "a|aa");
    expect_by_pattern("a*", "aaa", "aaa");
    expect_by_pattern("a*?", "aaa", "");
    expect_by_pattern("\\b", "two words", "");
    expect_by_pattern("(?=a)|b", "ab", "b");
    expect_by_pattern("(?=日)|.", "日本", "本"); /* by a character, not by a byte */
    expect_by_pattern("^", "text", "");
    expect_by_pattern("$", "text", "");
    expect_by_pattern("", "é日😀", "");
}

Test(tokenizer, lets_a_lookbehind_see_what_came_before)
{
    expect_by_pattern("(?<=a)b", "ab b ab", "b|b");
    expect_by_pattern("(?<=a).", "aaa", "a|a"); /* also when that was a token */
    expect_by_pattern("(?<!\\p{L})\\p{L}", "abc de", "a|d");
    expect_by_pattern("(?<=é)x", "éx ex", "x");
    expect_by_pattern("\\Bb", "ab b", "b");
    expect_by_pattern("^.", "abc", "a"); /* only the text has a beginning */
}

Test(tokenizer, cuts_where_the_pattern_resets_its_beginning, .timeout = PATIENCE_S)
{
    expect_by_pattern("x\\Ka+", "xaaa aa xa", "aaa|a");
    expect_by_pattern("aa\\K", "aaaa", "");
}

Test(tokenizer, refuses_a_bad_pattern_and_says_where_it_is_bad)
{
    static const struct {
        const char *pattern, *position;
    } cases[] = {
        {"[a-z", "4"},   {"ab(cd", "5"},         {"a**+*", "2"},    {"*a", "0"},
        {"a{2,1}", "5"}, {"\\p{Nothing}", "11"}, {"(?<=a+)b", "0"}, {"(?P<n>a)(?P<n>b)", "14"},
        {"a\\Cb", "3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        TokenizerOptions options = tokenizer_defaults;
        options.pattern = cases[i].pattern;
        Tokenizer *tokenizer = (Tokenizer *)&options;
        Error error = {0};
        cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_USAGE, "%s",
                     cases[i].pattern);
        cr_assert(tokenizer == NULL);
        cr_assert_eq(error.status, STATUS_USAGE);
        cr_assert(strstr(error.message, cases[i].pattern), "%s", error.message);
        char place[32];
        snprintf(place, sizeof place, "position %s ", cases[i].position);
        cr_assert(strstr(error.message, place), "no '%s' in: %s", place, error.message);
        cr_assert(error.hint[0] != '\0');
    }
}

Test(tokenizer, refuses_a_pattern_that_is_not_utf8)
{
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = "caf\xE9";
    Tokenizer *tokenizer;
    Error error = {0};
    cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_USAGE);
}

/* Runs to the first failure. */
static Status run(Tokenizer *tokenizer, const char *text, size_t length, Error *error)
{
    Status status = tokenizer_start(tokenizer, text, length, error);
    bool found = true;
    while (!status && found) {
        Token token;
        status = tokenizer_next(tokenizer, &token, &found, error);
    }
    return status;
}

Test(tokenizer, gives_up_on_a_pattern_that_tries_too_many_ways, .timeout = PATIENCE_S)
{
    static const char *const patterns[] = {"(a+)+$", "(a|a)*$", "(a|aa)+$",
                                           "^(([a-z])+.)+[A-Z]([a-z])+$"};
    enum { LENGTH = 5000 };
    char *text = malloc(LENGTH);
    memset(text, 'a', LENGTH);
    text[LENGTH - 1] = '!';
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        Tokenizer *tokenizer = make_with_pattern(patterns[i]);
        Error error = {0};
        cr_assert_eq(run(tokenizer, text, LENGTH, &error), STATUS_FAILED, "%s", patterns[i]);
        cr_assert_eq(error.status, STATUS_FAILED);
        cr_assert(strstr(error.message, "pattern") != NULL, "%s", error.message);
        cr_assert(error.hint[0] != '\0', "%s: %s", patterns[i], error.message);
        tokenizer_free(tokenizer);
    }
    free(text);
}

Test(tokenizer, is_usable_after_it_gave_up, .timeout = PATIENCE_S)
{
    char text[200];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '!';
    Tokenizer *tokenizer = make_with_pattern("(a+)+$");
    Error error;
    cr_assert_eq(run(tokenizer, text, sizeof text, &error), STATUS_FAILED);
    expect_tokens(tokenizer, "aaa", "aaa");
    tokenizer_free(tokenizer);
}

Test(tokenizer, cuts_a_very_long_line, .timeout = PATIENCE_S)
{
    enum { WORDS = 200000 };
    char *text = malloc(8 * WORDS);
    for (int i = 0; i < WORDS; i++) {
        memcpy(text + 8 * i, "wordone ", 8);
    }
    Tokenizer *tokenizer = make(&tokenizer_defaults);
    Error error;
    cr_assert_eq(run(tokenizer, text, (size_t)8 * WORDS, &error), STATUS_OK);
    cr_assert_eq(tokenizer_tally(tokenizer)->matched, WORDS);
    /* One token of 1.6 million letters: the default pattern must not run out of steps. */
    memset(text, 'x', (size_t)8 * WORDS);
    cr_assert_eq(run(tokenizer, text, (size_t)8 * WORDS, &error), STATUS_OK);
    cr_assert_eq(tokenizer_tally(tokenizer)->too_long, 1);
    for (int i = 0; i < 4 * WORDS; i++) { /* and of as many parts, which is cut */
        memcpy(text + 2 * i, "x'", 2);
    }
    cr_assert_eq(run(tokenizer, text, (size_t)8 * WORDS, &error), STATUS_OK, "%s", error.message);
    cr_assert_gt(tokenizer_tally(tokenizer)->matched, WORDS + 1 + 4 * WORDS / 10, "cut, not lost");
    tokenizer_free(tokenizer);
    free(text);
}

Test(tokenizer, free_takes_nothing)
{
    tokenizer_free(NULL);
}
