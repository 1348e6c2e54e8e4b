#include "text/clean.h"

#include "base/random.h"
#include "base/utf8.h"
#include "text/links.h"
#include "text/mail.h"
#include "text/substitution.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

typedef Status Rule(const char *text, size_t length, Buffer *result, bool *changed, Error *error);

/* NULL as `expected`: the text stays as it is. */
typedef struct Case {
    const char *text;
    const char *expected;
} Case;

/* From memory of the text's own size, so that a sanitizer sees a byte too many. */
static bool apply(Rule *rule, const char *text, size_t length, Buffer *result)
{
    Error error;
    bool changed;
    char *exact = malloc(length ? length : 1);
    memcpy(exact, text, length);
    cr_assert(rule(exact, length, result, &changed, &error) == STATUS_OK);
    free(exact);
    return changed;
}

static void check(Rule *rule, const Case *cases, size_t count)
{
    Buffer result = {0};
    for (size_t i = 0; i < count; i++) {
        if (!apply(rule, cases[i].text, strlen(cases[i].text), &result)) {
            cr_assert(!cases[i].expected, "nothing taken out of '%s'", cases[i].text);
            continue;
        }
        cr_assert(cases[i].expected, "'%s' became '%s'", cases[i].text, buffer_text(&result));
        cr_assert_str_eq(buffer_text(&result), cases[i].expected);
        cr_assert(!apply(rule, result.bytes, result.length, &(Buffer){0}), "'%s' twice",
                  cases[i].text);
    }
    buffer_free(&result);
}

#define CHECK(rule, ...)                                                                           \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        check(rule, cases, sizeof cases / sizeof *cases);                                          \
    } while (0)

/* ---- links ---- */

Test(links, addresses_of_pages_are_taken_out)
{
    CHECK(links_strip, {"see http://a.org/b?c=d#e now", "see   now"}, {"HTTPS://A.ORG", " "},
          {"(http://a.org/b_(c))", "( )"}, {"<ftp://a.org>", "< >"}, {"at http://a.org.", "at  ."},
          {"www.a.org, WWW.A.ORG Www.A.Org", " ,    "}, {"\"http://a.org/\"", "\" \""},
          {"http://t.cn/ab\xE7\x9C\x8B", " \xE7\x9C\x8B"}, {"http://a.org/x\nb", " \nb"},
          {"[1](http://a.org)", "[1]( )"});
}

Test(links, addresses_of_people_are_taken_out)
{
    CHECK(links_strip, {"a.b+c@d-e.co.uk.", " ."}, {"<x@y.org>", "< >"},
          {"mailto:x@y.org", "mailto: "}, {"x@y.org@z.org", " @z.org"});
}

Test(links, words_with_dots_stay)
{
    CHECK(links_strip, {"example.org", NULL}, {"U.S. e.g. 3.14", NULL}, {"@name", NULL},
          {"a@b", NULL}, {"a@b.c", NULL}, {"a@.org", NULL}, {"http://", NULL}, {"://x", NULL},
          {"c://x", NULL}, {"www.", NULL}, {"www. x", NULL}, {"awww.x", NULL}, {"@ @@", NULL},
          {"", NULL}, {"a@b.org1", NULL}, {"and/or", NULL}, {"5 @ $1.00", NULL});
}

/* ---- mail ---- */

Test(mail, header_quotations_and_signature_are_taken_out)
{
    CHECK(mail_strip, {"From: a@b\nSubject: x\n\ntext\n", "text\n"},
          {"From: a@b\r\nReceived: x\r\n\ty\r\n\r\ntext", "text"},
          {"From a@b Mon\nSubject: x\n\ntext", "text"}, {"a\n> b\nc", "a\nc"},
          {"a\n  | b\nc", "a\nc"}, {">a", ""}, {"In article <1@b> a@b writes:\nx", "x"},
          {"In article <1@b>, a\nwrites:\nx", "x"}, {"On Monday, A wrote:\nx", "x"},
          {"On Monday,\nA <a@b> wrote: \nx", "x"}, {"a@b.org (A) writes:\nx", "x"},
          {"x\n-- \nA\nB", "x\n"}, {"x\r\n--\r\nA", "x\r\n"}, {"A: \nB:\n\nx", "x"});
}

Test(mail, what_only_looks_like_it_stays)
{
    CHECK(mail_strip, {"Note: the first line\nof a text\n\nand more", NULL},
          {"A: b\nC: d\ntext", NULL}, {"A: b\n\nC", NULL},
          {"In article 5 of the law\nit says", NULL}, {"he wrote:\nx", NULL}, {"a -- b", NULL},
          {"---\nx", NULL}, {"a > b | c", NULL}, {"", NULL}, {"\n", NULL},
          {"http://x: y\nA: b\n\nc", NULL}, {"-: x\nA: b\n\nc", NULL},
          {"On it goes\nand on", NULL});
}

Test(mail, the_last_mark_begins_the_signature)
{
    Buffer result = {0};
    static const char text[] = "x\n-- \ny\n-- \nz";
    cr_assert(apply(mail_strip, text, strlen(text), &result));
    cr_assert_str_eq(result.bytes, "x\n-- \ny\n");
    buffer_free(&result);
}

Test(mail, nul_bytes_are_bytes)
{
    Buffer result = {0};
    cr_assert(apply(mail_strip, "a\0\n>b\0\nc\0", 9, &result));
    cr_assert(result.length == 5 && memcmp(result.bytes, "a\0\nc\0", 5) == 0);
    buffer_free(&result);
}

/* ---- both ---- */

Test(rules, hostile_texts_take_linear_time, .timeout = 90)
{
    static const char *const units[] = {
        "@",   "a@",    "a@a.", "://",       "ab://",  "ab://.", "www.",           "a.www.",
        ".",   ">",     "\n",   "\n>",       "A: b\n", "-- \n",  "a@\n",           " ",
        "|\n", "On \n", ": ",   "http://)(", "www.a(", "a@-.",   "In article @\n", "wrote:\n@",
    };
    enum { BYTES = 4 << 20 };
    char *text = malloc(BYTES);
    Buffer result = {0};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const size_t size = strlen(units[i]);
        for (size_t at = 0; at < BYTES; at++) {
            text[at] = units[i][at % size];
        }
        apply(links_strip, text, BYTES, &result);
        apply(mail_strip, text, BYTES, &result);
    }
    buffer_free(&result);
    free(text);
}

Test(rules, results_are_utf8_and_never_longer)
{
    static const char *const pieces[] = {"http",   "://",      "www.", "@", ".", "a",     "é",
                                         "世",     "\n",       " ",    ">", "|", "-- \n", ":",
                                         "A: b\n", "wrote:\n", "On ",  ")", "(", "org",   "-"};
    Buffer text = {0}, result = {0};
    Error error;
    for (uint64_t number = 0; number < 100000; number++) {
        const RandomStream stream = {.seed = 11, .stream = number};
        buffer_clear(&text);
        for (uint64_t i = 0; i < 1 + random_bits(stream, 0) % 16; i++) {
            cr_assert(!buffer_append_text(
                &text, pieces[random_bits(stream, i + 1) % (sizeof pieces / sizeof *pieces)],
                &error));
        }
        static Rule *const rules[] = {links_strip, mail_strip};
        for (int r = 0; r < 2; r++) {
            if (apply(rules[r], text.bytes, text.length, &result)) {
                cr_assert(result.length <= text.length, "'%s'", text.bytes);
                cr_assert(utf8_valid_length(buffer_text(&result), result.length) == result.length,
                          "'%s'", text.bytes);
            }
        }
    }
    buffer_free(&text);
    buffer_free(&result);
}

/* ---- the user's rules ---- */

/* What a rule makes of a text; NULL if it finds nothing. Freed by the caller. */
static char *substitute(const char *pattern, const char *replacement, const char *text)
{
    Substitution *substitution;
    Buffer result = {0};
    Error error = {0};
    bool changed;
    cr_assert(substitution_new("--replace", pattern, replacement, &substitution, &error) ==
                  STATUS_OK,
              "%s", error.message);
    cr_assert(substitution_apply(substitution, text, strlen(text), &result, &changed, &error) ==
                  STATUS_OK,
              "%s", error.message);
    substitution_free(substitution);
    if (!changed) {
        buffer_free(&result);
        return NULL;
    }
    return result.bytes;
}

Test(substitution, matches_are_replaced)
{
    static const struct {
        const char *pattern, *replacement, *text, *expected;
    } cases[] = {
        {"b", NULL, "abcb", "ac"},
        {"(.)(?:b|(c))", "[$1$2]", "ab ac", "[a] [ac]"},
        {"b", "$$$0", "abc", "a$bc"},
        {"(?<n>b)", "${n}${n}", "abc", "abbc"},
        {"x", "y", "abc", NULL},
        {"(?i)K", "", "abk", "ab"},
        {"(?i)k", "", "\xE2\x84\xAA", ""},
        {"é", "e", "été", "ete"},
        {"^", "> ", "a\nb", "> a\nb"},
        {"(?m)^", "> ", "a\nb", "> a\n> b"},
        {"a*", "-", "baac", "-b--c-"},
        {"(?<=a)b", "", "abb", "ab"},
        {"b", "a longer text", "b b b b b",
         "a longer text a longer text a longer text a longer text a longer text"},
        {"(?s).+", "", "abc", ""},
        {"(*UTF)b", "c", "b", "c"},
        {"(?x) b # comment", "c", "b", "c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *result = substitute(cases[i].pattern, cases[i].replacement, cases[i].text);
        if (cases[i].expected) {
            cr_assert(result, "case %zu", i);
            cr_assert_str_eq(result, cases[i].expected, "case %zu: %s", i, result);
        } else {
            cr_assert(!result, "case %zu: %s", i, result);
        }
        free(result);
    }
}

Test(substitution, mistakes_are_named)
{
    static const struct {
        const char *pattern, *replacement, *expected;
    } cases[] = {
        {"a(b", NULL, "--drop: missing closing parenthesis at position 3 of 'a(b'"},
        {"\xFF", NULL, "--drop: "},
        {"\\C", NULL, "--drop: "},
        {"a", "$1", "--drop: the text behind '=': unknown substring at position 2 of '$1'"},
        {"a", "${", "--drop: the text behind '='"},
        {"a", "\xFF", "is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Substitution *substitution;
        Error error = {0};
        cr_assert(substitution_new("--drop", cases[i].pattern, cases[i].replacement, &substitution,
                                   &error) == STATUS_USAGE,
                  "case %zu", i);
        cr_assert(strstr(error.message, cases[i].expected), "case %zu: %s", i, error.message);
        cr_assert(substitution == NULL);
    }
}

Test(substitution, a_pattern_that_tries_too_many_ways_is_given_up)
{
    Substitution *substitution;
    Buffer result = {0};
    Error error = {0};
    bool changed;
    cr_assert(!substitution_new("--drop", "(a+)+$", NULL, &substitution, &error));
    static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
    cr_assert(substitution_apply(substitution, text, strlen(text), &result, &changed, &error) ==
              STATUS_FAILED);
    cr_assert(strstr(error.message, "--drop: gave up after"), "%s", error.message);
    substitution_free(substitution);
    buffer_free(&result);
}

/* ---- the whole ---- */

Test(cleaner, a_clean_text_is_not_copied)
{
    CleanOptions options = {.html = true, .email = true, .links = true};
    Cleaner *cleaner;
    Error error = {0};
    cr_assert(!clean_add_rule(&options, "zz+", "y", &error));
    cr_assert(!cleaner_new(&options, &cleaner, &error));
    static const char text[] = "A plain text, with dots. And (more): a < b & c\n";
    const char *cleaned;
    size_t length;
    cr_assert(!cleaner_apply(cleaner, text, strlen(text), &cleaned, &length, &error));
    cr_assert(cleaned == text && length == strlen(text));
    cr_assert(!cleaner_apply(cleaner, "", 0, &cleaned, &length, &error) && length == 0);
    cleaner_free(cleaner);
    clean_options_free(&options);
}

Test(cleaner, rules_come_in_their_order)
{
    CleanOptions options = {.html = true, .email = true, .links = true};
    Cleaner *cleaner;
    Error error = {0};
    cr_assert(!clean_add_rule(&options, "(?m)^[*]", ">", &error));    /* makes a quoted line */
    cr_assert(!clean_add_rule(&options, "one", "two", &error));       /* in order … */
    cr_assert(!clean_add_rule(&options, "two", "three", &error));     /* … */
    cr_assert(!clean_add_rule(&options, "<q>.*?</q>", NULL, &error)); /* sees the tags */
    cr_assert(!cleaner_new(&options, &cleaner, &error));
    static const char text[] =
        "A: b\nC: d\n\n* quoted\n&gt; one <q>two</q> http://x.org?a&amp;b c\n"
        "<a href='http://y.org'>y</a>\n-- \nsig";
    const char *cleaned;
    size_t length;
    for (int twice = 0; twice < 2; twice++) {
        cr_assert(!cleaner_apply(cleaner, text, strlen(text), &cleaned, &length, &error));
        cr_assert(length == strlen("> three    c\ny\n") &&
                      memcmp(cleaned, "> three    c\ny\n", length) == 0,
                  "'%.*s'", (int)length, cleaned);
    }
    cleaner_free(cleaner);
    clean_options_free(&options);
}
