#include "text/stopwords.h"

#include "base/buffer.h"
#include "support/support.h"
#include "text/collect.h"
#include "text/language.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 256 };

static Tokenizer *make_tokenizer(void)
{
    Tokenizer *tokenizer;
    Error error;
    cr_assert_eq(tokenizer_new(&tokenizer_defaults, &tokenizer, &error), STATUS_OK);
    return tokenizer;
}

static StopWords read_stopwords(const char *specification)
{
    Tokenizer *tokenizer = make_tokenizer();
    StopWords stop = {0};
    Error error = {0};
    cr_assert_eq(stopwords_read(specification, tokenizer, &stop, &error), STATUS_OK, "%s",
                 error.message);
    tokenizer_free(tokenizer);
    return stop;
}

static bool stops(const StopWords *stop, const char *word)
{
    return vocabulary_find(&stop->words, word, strlen(word)) != WORD_NONE;
}

static void expect_same_words(const char *left, const char *right)
{
    StopWords a = read_stopwords(left), b = read_stopwords(right);
    cr_assert_eq(a.words.bytes.length, b.words.bytes.length, "%s and %s differ", left, right);
    cr_assert(memcmp(a.words.bytes.bytes, b.words.bytes.bytes, a.words.bytes.length) == 0,
              "%s and %s differ", left, right);
    stopwords_free(&a);
    stopwords_free(&b);
}

/* ---- the lists ---- */

Test(stopwords, have_lists_for_the_languages_and_each_has_a_name_and_a_code)
{
    static const char *const names[] = {"english", "german", "french", "spanish"};
    static const char *const codes[] = {"en", "de", "fr", "es"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const StopLanguage *language = stop_languages;
        while (language->name && strcmp(language->name, names[i]) != 0) {
            language++;
        }
        cr_assert(language->name != NULL, "no list for %s", names[i]);
        cr_assert_str_eq(language->code, codes[i]);
    }
    for (const StopLanguage *one = stop_languages; one->name; one++) {
        for (const StopLanguage *two = one + 1; two->name; two++) {
            cr_assert_str_neq(one->name, two->name);
            cr_assert_str_neq(one->code, two->code);
        }
    }
}

Test(stopwords, every_list_names_its_origin_and_licence_and_has_a_hundred_words)
{
    for (const StopLanguage *language = stop_languages; language->name; language++) {
        bool origin = false, licence = false, head = true;
        int words = 0;
        const char *before = "";
        size_t before_length = 0;
        for (const char *line = language->list; *line;) {
            const size_t length = strcspn(line, "\n");
            cr_assert(!memchr(line, '\r', length), "%s has CRLF", language->name);
            if (line[0] == '#') {
                origin |= head && strncmp(line, "# Origin: ", 10) == 0;
                licence |= head && strncmp(line, "# Licence: ", 11) == 0;
            } else if (length) {
                head = false;
                words++;
                /* The order that the list itself promises; so there is none twice either. */
                const size_t shorter = length < before_length ? length : before_length;
                const int order = memcmp(before, line, shorter);
                cr_assert(order < 0 || (order == 0 && before_length < length),
                          "%s: '%.*s' is not in byte order", language->name, (int)length, line);
                before = line;
                before_length = length;
            }
            line += length + (line[length] == '\n');
        }
        cr_assert(origin, "%s does not say where it comes from", language->name);
        cr_assert(licence, "%s does not name its licence", language->name);
        cr_assert(words >= 100, "%s has %d words", language->name, words);
    }
}

Test(stopwords, every_entry_is_stopped_when_the_text_has_it)
{
    for (const StopLanguage *language = stop_languages; language->name; language++) {
        StopWords stop = read_stopwords(language->name);
        Tokenizer *tokenizer = make_tokenizer();
        cr_assert(stop.words.count >= 100, "%s: %u words", language->name, stop.words.count);
        for (const char *line = language->list; *line;) {
            const size_t length = strcspn(line, "\n");
            Error error;
            Token token;
            bool found = line[0] != '#';
            if (found) {
                cr_assert_eq(tokenizer_start(tokenizer, line, length, &error), STATUS_OK);
            }
            while (found) {
                cr_assert_eq(tokenizer_next(tokenizer, &token, &found, &error), STATUS_OK);
                cr_assert(!found ||
                              vocabulary_find(&stop.words, token.bytes, token.length) != WORD_NONE,
                          "%s: '%.*s'", language->name, (int)length, line);
            }
            line += length + (line[length] == '\n');
        }
        /* Nothing of the head comment. */
        cr_assert(!stops(&stop, "licence") && !stops(&stop, "themata") && !stops(&stop, "utf"));
        tokenizer_free(tokenizer);
        stopwords_free(&stop);
    }
}

Test(stopwords, know_the_commonest_words_and_leave_subjects_alone)
{
    static const struct {
        const char *language, *stopped[6], *kept[4];
    } cases[] = {
        {"english", {"the", "and", "of", "don't", "with", "is"}, {"system", "fire", "bill", "cry"}},
        {"german",
         {"der", "und", "nicht", "für", "dass", "ist"},
         {"haus", "recht", "staat", "geld"}},
        {"french",
         {"le", "et", "les", "dans", "c'est", "être"},
         {"maison", "droit", "école", "eau"}},
        {"spanish", {"el", "de", "los", "que", "para", "está"}, {"casa", "derecho", "agua", "año"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StopWords stop = read_stopwords(cases[i].language);
        for (size_t w = 0; w < 6; w++) {
            cr_assert(stops(&stop, cases[i].stopped[w]), "%s: %s", cases[i].language,
                      cases[i].stopped[w]);
        }
        for (size_t w = 0; w < 4; w++) {
            cr_assert(!stops(&stop, cases[i].kept[w]), "%s: %s", cases[i].language,
                      cases[i].kept[w]);
        }
        stopwords_free(&stop);
    }
}

Test(stopwords, go_through_the_tokenizer_of_the_text)
{
    StopWords stop = read_stopwords("german");
    cr_assert(stops(&stop, "dass")); /* normalised */
    cr_assert(!stops(&stop, "daß"));
    stopwords_free(&stop);
    TokenizerOptions options = tokenizer_defaults;
    options.pattern = "\\p{L}+"; /* cuts don't into don and t */
    options.graphemes_min = 1;
    Tokenizer *tokenizer;
    Error error;
    cr_assert_eq(tokenizer_new(&options, &tokenizer, &error), STATUS_OK);
    stop = (StopWords){0};
    cr_assert_eq(stopwords_read("english", tokenizer, &stop, &error), STATUS_OK);
    cr_assert(stops(&stop, "don") && stops(&stop, "t") && stops(&stop, "a"));
    cr_assert(!stops(&stop, "don't"));
    tokenizer_free(tokenizer);
    stopwords_free(&stop);
}

/* ---- specifications ---- */

Test(stopwords, codes_are_other_names_of_the_languages)
{
    for (const StopLanguage *language = stop_languages; language->name; language++) {
        expect_same_words(language->name, language->code);
    }
}

Test(stopwords, none_is_no_words)
{
    StopWords stop = read_stopwords("none");
    cr_assert_eq(stop.words.count, 0);
    cr_assert(!stop.automatic && stop.language == NULL);
    stopwords_free(&stop);
}

Test(stopwords, of_several_lists_are_added_up)
{
    StopWords stop = read_stopwords("en,de");
    cr_assert(stops(&stop, "the") && stops(&stop, "und") && !stops(&stop, "dans"));
    cr_assert(!stop.automatic);
    stopwords_free(&stop);
    expect_same_words("en,none", "en");
    expect_same_words("en,en", "en");
    stop = read_stopwords("auto,french");
    cr_assert(stop.automatic && stops(&stop, "dans") && !stops(&stop, "the"));
    stopwords_free(&stop);
}

Test(stopwords, are_read_from_a_file)
{
    static const struct {
        const char *list;
        const char *stopped[5], *not_stopped[4];
    } cases[] = {
        {"alpha\nbeta\n", {"alpha", "beta"}, {"gamma"}},
        {"alpha\nbeta", {"alpha", "beta"}, {0}}, /* no line feed at the end */
        {"alpha\r\nbeta\r\n", {"alpha", "beta"}, {"alpha\r"}},
        {"\xEF\xBB\xBF"
         "alpha\n",
         {"alpha"},
         {0}},
        {"# a comment\nalpha # another\n#beta\n\n\n", {"alpha"}, {"comment", "another", "beta"}},
        {"\xEF\xBB\xBF# mark\nalpha\n", {"alpha"}, {"mark"}},
        {"  Alpha  \n\tSTRAẞE\n", {"alpha", "strasse"}, {"Alpha", "straße"}},
        {"two words\nhy-phen\n", {"two", "words", "hy", "phen"}, {"two words"}},
        {"can’t\ne\u0301te\u0301\n", {"can't", "été"}, {0}},
        {"alpha,beta;gamma\n", {"alpha", "beta", "gamma"}, {0}},
        {"", {0}, {"alpha"}},
        {"a\n12\n", {0}, {"a", "12"}}, /* what the tokenizer drops */
    };
    char *directory = support_directory(), path[PATH_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        support_write_text(directory, "list.txt", cases[i].list);
        snprintf(path, sizeof path, "%s/list.txt", directory);
        StopWords stop = read_stopwords(path);
        uint32_t words = 0;
        for (; words < 5 && cases[i].stopped[words]; words++) {
            cr_assert(stops(&stop, cases[i].stopped[words]), "case %zu: %s", i,
                      cases[i].stopped[words]);
        }
        cr_assert_eq(stop.words.count, words, "case %zu", i);
        for (size_t w = 0; w < 4 && cases[i].not_stopped[w]; w++) {
            cr_assert(!stops(&stop, cases[i].not_stopped[w]), "case %zu: %s", i,
                      cases[i].not_stopped[w]);
        }
        stopwords_free(&stop);
    }
    char both[PATH_SIZE + 8];
    support_write_text(directory, "list.txt", "alpha\n");
    snprintf(both, sizeof both, "en,%s,fr", path);
    StopWords stop = read_stopwords(both);
    cr_assert(stops(&stop, "the") && stops(&stop, "alpha") && stops(&stop, "dans"));
    stopwords_free(&stop);
    free(directory);
}

Test(stopwords, of_a_file_with_a_nul_are_refused_or_all_there)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write(directory, "list.txt", "alpha\n\0beta\ngamma\n", 18);
    snprintf(path, sizeof path, "%s/list.txt", directory);
    Tokenizer *tokenizer = make_tokenizer();
    StopWords stop = {0};
    Error error = {0};
    const Status status = stopwords_read(path, tokenizer, &stop, &error);
    cr_assert(status || stops(&stop, "gamma"), "what stands behind the NUL was lost silently");
    tokenizer_free(tokenizer);
    stopwords_free(&stop);
    free(directory);
}

static void expect_refusal(const char *specification, Status status, const char *word,
                           bool has_hint)
{
    Tokenizer *tokenizer = make_tokenizer();
    StopWords stop = {0};
    Error error = {0};
    cr_assert_eq(stopwords_read(specification, tokenizer, &stop, &error), status, "'%s'",
                 specification);
    cr_assert_eq(error.status, status);
    cr_assert(strstr(error.message, word) != NULL, "%s", error.message);
    if (has_hint) {
        static const char *const choices[] = {"english", "german", "french", "spanish",
                                              "auto",    "none",   "list"};
        for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
            cr_assert(strstr(error.hint, choices[i]), "no %s in: %s", choices[i], error.hint);
        }
    }
    tokenizer_free(tokenizer);
    stopwords_free(&stop);
}

Test(stopwords, refuse_an_unknown_name_with_a_hint)
{
    char *directory = support_directory(), path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/missing.txt", directory);
    expect_refusal("klingon", STATUS_USAGE, "'klingon'", true);
    expect_refusal("en,klingon", STATUS_USAGE, "'klingon'", true);
    expect_refusal("English", STATUS_USAGE, "'English'", true);
    expect_refusal("", STATUS_USAGE, "''", true);
    expect_refusal("en,", STATUS_USAGE, "''", true);
    expect_refusal("en, de", STATUS_USAGE, "' de'", true);
    expect_refusal(path, STATUS_USAGE, "missing.txt", true);
    free(directory);
}

Test(stopwords, refuse_what_is_there_and_cannot_be_read_by_its_name)
{
    char *directory = support_directory();
    Tokenizer *tokenizer = make_tokenizer();
    StopWords stop = {0};
    Error error = {0};
    const Status status = stopwords_read(directory, tokenizer, &stop, &error);
    cr_assert(status == STATUS_USAGE || status == STATUS_INPUT, "%d", (int)status);
    cr_assert_eq(error.status, status);
    cr_assert(strstr(error.message, directory) != NULL, "%s", error.message);
    tokenizer_free(tokenizer);
    stopwords_free(&stop);
    free(directory);
}

Test(stopwords, refuse_a_file_that_is_not_utf8)
{
    char *directory = support_directory(), path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/list.txt", directory);
    support_write_text(directory, "list.txt", "good\nf\xFCr\n");
    expect_refusal(path, STATUS_INPUT, path, false);
    support_write(directory, "list.txt",
                  "\xFF\xFE"
                  "a\0\n\0",
                  6);
    expect_refusal(path, STATUS_INPUT, path, false);
    free(directory);
}

/* ---- auto ---- */

/* Settles `specification` for a text. */
static StopWords resolve(const char *specification, const char *text)
{
    Tokenizer *tokenizer = make_tokenizer();
    CollectedWords all = {0};
    Counter counter = {0};
    StopWords stop = {0};
    Error error = {0};
    cr_assert_eq(stopwords_read(specification, tokenizer, &stop, &error), STATUS_OK);
    cr_assert(stop.automatic);
    cr_assert_eq(counter_add(&counter, tokenizer, text, strlen(text), &error), STATUS_OK);
    cr_assert_eq(collect_words(&counter, 1, &all, &error), STATUS_OK);
    cr_assert_eq(stopwords_resolve(&stop, tokenizer, &all.words, all.tokens, &error), STATUS_OK);
    cr_assert(!stop.automatic);
    collected_words_free(&all);
    counter_free(&counter);
    tokenizer_free(tokenizer);
    return stop;
}

static const struct {
    const char *language, *text;
} samples[] = {
    {"english", "It was the best of times, it was the worst of times, it was the age of wisdom, "
                "it was the age of foolishness, and we had everything before us."},
    {"english", "The committee met on Monday to discuss the budget for the new library, which "
                "has been delayed for more than a year."},
    {"german", "Als Gregor Samsa eines Morgens aus unruhigen Träumen erwachte, fand er sich in "
               "seinem Bett zu einem ungeheueren Ungeziefer verwandelt."},
    {"german", "Der Bundestag hat am Donnerstag über das neue Gesetz beraten, das für alle "
               "Länder gelten soll und nicht ohne Widerspruch geblieben ist."},
    {"french", "Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte, "
               "mes yeux se fermaient si vite que je n'avais pas le temps de me dire."},
    {"french", "Le conseil a voté lundi le budget de la nouvelle bibliothèque, qui est attendue "
               "par les habitants de la ville depuis plus de deux ans."},
    {"spanish", "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho "
                "tiempo que vivía un hidalgo de los de lanza en astillero."},
    {"spanish", "El consejo aprobó el lunes el presupuesto de la nueva biblioteca, que los "
                "vecinos de la ciudad esperan desde hace más de dos años."},
    {"italian", "Nel mezzo del cammin di nostra vita mi ritrovai per una selva oscura, ché la "
                "diritta via era smarrita."},
    {"portuguese", "O conselho aprovou na segunda-feira o orçamento da nova biblioteca, que os "
                   "moradores da cidade esperam há mais de dois anos."},
    {"dutch", "De raad heeft maandag de begroting van de nieuwe bibliotheek goedgekeurd, waar de "
              "inwoners van de stad al meer dan twee jaar op wachten."},
    {"swedish", "Kommunen godkände i måndags budgeten för det nya biblioteket, som invånarna i "
                "staden har väntat på i mer än två år."},
    {"danish", "Byrådet har mandag vedtaget budgettet for det nye bibliotek, som byens borgere "
               "ikke har fået lov til at se, før der var gået to år."},
    {"norwegian", "Bystyret vedtok mandag budsjettet for det nye biblioteket, som innbyggerne i "
                  "byen ikke har fått lov til å se, etter at de hadde ventet i to år."},
    {"finnish", "Valtuusto hyväksyi maanantaina uuden kirjaston talousarvion, jota kaupungin "
                "asukkaat ovat odottaneet jo yli kaksi vuotta, mutta se ei ole vielä valmis."},
    {"russian", "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива "
                "по-своему."},
    {"polish", "Rada przyjęła w poniedziałek budżet nowej biblioteki, na którą mieszkańcy miasta "
               "czekają już od ponad dwóch lat, ale nie wszyscy są z tego zadowoleni."},
    {"greek", "Η βουλή των Ελλήνων ψήφισε χθες το νέο νομοσχέδιο για την παιδεία"},
    {"turkish", "Belediye meclisi yeni kütüphanenin bütçesini kabul etti, ancak bu kütüphane için "
                "kentte yaşayanlar iki yıldan daha fazla bekledi ve çok sabırlı oldu."},
    {"arabic", "وافق المجلس يوم الاثنين على ميزانية المكتبة الجديدة التي ينتظرها سكان المدينة منذ "
               "أكثر من عامين"},
    {"hindi",
     "परिषद ने सोमवार को नए पुस्तकालय के बजट को मंजूरी दी, जिसका शहर के लोग दो साल से इंतजार कर रहे थे।"},
};

Test(stopwords, auto_takes_the_language_of_the_text)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        StopWords stop = resolve("auto", samples[i].text);
        cr_assert(stop.language != NULL, "%s was not seen", samples[i].language);
        cr_assert_str_eq(stop.language, samples[i].language);
        cr_assert(stop.coverage >= 0.1 && stop.coverage <= 1.0, "%g", stop.coverage);
        StopWords list = read_stopwords(samples[i].language);
        cr_assert_eq(stop.words.count, list.words.count);
        stopwords_free(&list);
        stopwords_free(&stop);
    }
}

Test(stopwords, auto_says_which_other_language_there_is)
{
    static const char both[] = "the house and the garden of the king are old; "
                               "das Haus und der Garten sind nicht neu";
    StopWords stop = resolve("auto", both);
    cr_assert_str_eq(stop.language, "english");
    cr_assert(stop.second && strcmp(stop.second, "german") == 0);
    cr_assert(fabs(stop.second_coverage - 5.0 / 18.0) < 1e-12, "%g", stop.second_coverage);
    cr_assert(!stops(&stop, "und"));
    stopwords_free(&stop);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        stop = resolve("auto", samples[i].text);
        cr_assert(!stop.second, "%s and %s", samples[i].language, stop.second);
        stopwords_free(&stop);
    }
}

Test(stopwords, auto_takes_no_list_where_none_fits)
{
    static const char *const texts[] = {
        "Μῆνιν ἄειδε θεὰ Πηληϊάδεω Ἀχιλῆος οὐλομένην, ἣ μυρί᾽ Ἀχαιοῖς ἄλγε᾽ ἔθηκε",
        "Minden boldog család hasonló egymáshoz, minden boldogtalan család a maga módján az",
        "მოდი, ძმაო, აქ დავსხდეთ და ვილაპარაკოთ ძველ ამბებზე",
        "吾輩は猫である。名前はまだ無い。",
        "",
        "42 1999 ...",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        StopWords stop = resolve("auto", texts[i]);
        cr_assert(stop.language == NULL, "'%s' was taken for %s", texts[i], stop.language);
        cr_assert_eq(stop.words.count, 0);
        stopwords_free(&stop);
    }
}

Test(stopwords, auto_adds_to_what_else_is_named)
{
    StopWords stop = resolve("french,auto", samples[0].text);
    cr_assert_str_eq(stop.language, "english");
    cr_assert(stops(&stop, "the") && stops(&stop, "dans") && !stops(&stop, "und"));
    stopwords_free(&stop);
}

Test(stopwords, auto_counts_tokens_and_wants_a_tenth)
{
#define NINE " xx xx xx xx xx xx xx xx xx"
    StopWords stop = resolve("auto", "the and of" NINE NINE NINE); /* 1 in 10 */
    cr_assert(stop.language != NULL);
    cr_assert_str_eq(stop.language, "english");
    cr_assert(fabs(stop.coverage - 0.1) < 1e-12, "%g", stop.coverage);
    stopwords_free(&stop);
    stop = resolve("auto", "the and of xx" NINE NINE NINE); /* less */
    cr_assert(stop.language == NULL);
    cr_assert_eq(stop.words.count, 0);
    stopwords_free(&stop);
    /* Four words of one language, but more tokens of the other. */
    stop = resolve("auto", "the and of from und und und das wird");
    cr_assert_str_eq(stop.language, "german");
    cr_assert(fabs(stop.coverage - 5.0 / 9.0) < 1e-12, "%g", stop.coverage);
    stopwords_free(&stop);
}

Test(stopwords, auto_wants_more_than_a_few_words_in_a_longer_text)
{
    static const char few[] = "the and you from with ", other[] = "xx yy zz vv ww ";
    Buffer text = {0};
    Error error;
    for (int i = 0; i < 19; i++) { /* a half of 190 tokens */
        cr_assert_eq(buffer_print(&text, &error, "%s%s", few, other), STATUS_OK);
    }
    StopWords stop = resolve("auto", buffer_text(&text));
    cr_assert(stop.language != NULL);
    stopwords_free(&stop);
    cr_assert_eq(buffer_print(&text, &error, "%s%s", few, other), STATUS_OK);
    stop = resolve("auto", buffer_text(&text)); /* of 200 */
    cr_assert(stop.language == NULL, "%s", stop.language);
    stopwords_free(&stop);
    for (int i = 0; i < 16; i++) { /* and a sixth word in 16 of 216, one in 13.5 */
        cr_assert_eq(buffer_print(&text, &error, "between "), STATUS_OK);
    }
    stop = resolve("auto", buffer_text(&text));
    cr_assert(stop.language != NULL);
    cr_assert_str_eq(stop.language, "english");
    cr_assert(fabs(stop.coverage - 116.0 / 216.0) < 1e-12, "%g", stop.coverage);
    stopwords_free(&stop);
    buffer_free(&text);
}

Test(stopwords, auto_takes_the_first_of_two_that_do_equally_well)
{
    StopWords stop = resolve("auto", "the and of und das wird");
    const StopLanguage *first = stop_languages;
    while (strcmp(first->name, "english") != 0 && strcmp(first->name, "german") != 0) {
        first++;
    }
    cr_assert_str_eq(stop.language, first->name);
    stopwords_free(&stop);
}

Test(stopwords, every_language_with_a_list_can_be_named_for_its_rules)
{
    for (const StopLanguage *stop = stop_languages; stop->name; stop++) {
        const Language *language = language_find(stop->name);
        cr_assert(language && language == language_find(stop->code), "%s", stop->name);
        cr_assert_str_eq(language->code, stop->code);
    }
    for (const Language *language = languages; language[1].name; language++) {
        cr_assert(strcmp(language[0].name, language[1].name) < 0, "%s", language[1].name);
    }
}

Test(stopwords, tells_which_language_alone_is_named)
{
    static const struct {
        const char *specification, *name;
    } cases[] = {
        {"french", "french"},    {"fr", "french"},
        {"fr,french", "french"}, {"fr,mine.txt", "french"},
        {"none,de", "german"},   {"french,german", NULL},
        {"auto", NULL},          {"fr,auto", NULL},
        {"none", NULL},          {"", NULL},
        {"mine.txt", NULL},      {"frenc", NULL},
        {"frenchy", NULL},       {"f", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = stopwords_only_language(cases[i].specification);
        cr_assert(cases[i].name ? name && strcmp(name, cases[i].name) == 0 : !name, "%s: %s",
                  cases[i].specification, name ? name : "none");
    }
}
