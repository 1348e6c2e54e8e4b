#include "base/random.h"
#include "base/utf8.h"
#include "text/html.h"
#include "text/html_entities.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What is left of a text, which the caller frees; NULL if nothing was to be taken out. The text is
 * read from memory of its own size, so that a sanitizer sees a byte too many. */
static char *strip(const char *text, size_t length, size_t *left)
{
    Buffer stripped = {0};
    Error error;
    bool changed;
    char *exact = malloc(length ? length : 1);
    memcpy(exact, text, length);
    cr_assert(html_strip(exact, length, &stripped, &changed, &error) == STATUS_OK);
    free(exact);
    if (!changed) {
        buffer_free(&stripped);
        return NULL;
    }
    *left = stripped.length;
    cr_assert(stripped.length <= length);
    cr_assert(stripped.bytes[stripped.length] == '\0');
    return stripped.bytes;
}

/* NULL as `expected`: the text stays as it is. */
typedef struct Case {
    const char *text;
    const char *expected;
} Case;

static void check(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t left;
        char *stripped = strip(cases[i].text, strlen(cases[i].text), &left);
        if (cases[i].expected) {
            cr_assert(stripped != NULL, "nothing taken out of '%s'", cases[i].text);
            cr_assert_str_eq(stripped, cases[i].expected);
        } else {
            cr_assert(stripped == NULL, "'%s' became '%s'", cases[i].text, stripped);
        }
        free(stripped);
    }
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        check(cases, sizeof cases / sizeof *cases);                                                \
    } while (0)

Test(html, block_tags_separate_words_and_others_do_not)
{
    CHECK({"one<br />two", "one\ntwo"}, {"one<br>two", "one\ntwo"},
          {"<p>a</p><P>b</P>", "\na\n\nb\n"}, {"<td>a</td><td>b</td>", "\na\n\nb\n"},
          {"w<b>or</b>d", "word"}, {"H<sub>2</sub>O", "H2O"}, {"<a href='x'>li</a>nk", "link"},
          {"<SPAN class=\"x\">s</SPAN>", "s"}, {"<x-custom>a</x-custom>b", "\na\nb"},
          {"un<wbr>broken", "unbroken"});
}

Test(html, what_is_no_tag_stays)
{
    CHECK({"a < b", NULL}, {"<3", NULL}, {"a <- b", NULL}, {"</ >", NULL}, {"</3", NULL},
          {"<", NULL}, {"</", NULL}, {"<!", NULL}, {"<?", NULL}, {"<! x>", NULL},
          {"<john@example.org>", NULL}, {"if a<b and c", NULL}, {"a<b", NULL}, {"the end <p", NULL},
          {"the end <p class=\"x", NULL}, {"1 < 2 > 0", NULL}, {"", NULL}, {"<b\xC3\xA4>", NULL});
}

Test(html, attributes_may_hold_anything_in_quotes)
{
    CHECK({"a<img alt=\"1 > 0\">b", "a\nb"}, {"a<img alt = '1 > 0'>b", "a\nb"},
          {"a<img alt=it's>b", "a\nb"}, {"a<b title=\"x>y\"x", "ay\"x"},
          {"<a href=\"x>one</a> <b title='y>z'>two", "one z'>two"});
}

Test(html, comments_scripts_and_declarations_are_taken_out)
{
    CHECK({"a<!-- <b>x</b> -->b", "ab"}, {"a<!-->b", "ab"}, {"a<!--->b", "ab"}, {"a<!-- b", "a"},
          {"a<!-- b -- > c --> d", "a d"},
          {"a<script type='x'>var b = '<p>' && 1 < 2;</script>c", "a\n\nc"},
          {"<style>p { x }</style >y", "\n\ny"}, {"a<SCRIPT>x</scripty></Script>b", "a\n\nb"},
          {"a<script>x", "a\n"}, {"a<script src='x'/>b", "a\nb"}, {"a</script>b", "a\nb"},
          {"<!DOCTYPE html>a", "\na"}, {"<?xml version='1.0'?>a", "\na"},
          {"<![CDATA[a<b>c]]>d", "acd"}, {"<![CDATA[a", "a"}, {"a]]>b", NULL},
          {"<![CDATA[<b x=']]>'>y", "y"});
}

Test(html, references_become_characters)
{
    CHECK({"caf&eacute;", "café"}, {"&#233;&#xE9;&#Xe9;", "ééé"}, {"AT&amp;T", "AT&T"},
          {"a&nbsp;b", "a\xC2\xA0"
                       "b"},
          {"&hearts;&thetasym;&zwj;", "♥ϑ\xE2\x80\x8D"}, {"&#128512;", "😀"}, {"&#150;&#x93;", "–“"},
          {"&copy 2", "© 2"}, {"&notit;", "¬it;"}, {"&AMP;&QUOT", "&\""}, {"&#65 b", "A b"},
          {"&#00000065;", "A"}, {"&apos;", "'"}, {"x&lt;y", "x<y"});
}

Test(html, what_is_no_reference_stays)
{
    CHECK({"a & b", NULL}, {"R&D", NULL}, {"&", NULL}, {"&;", NULL}, {"&#;", NULL}, {"&#x;", NULL},
          {"&#xg", NULL}, {"&#0;", NULL}, {"&#8;", NULL}, {"&#xD800;", NULL}, {"&#x110000;", NULL},
          {"&#99999999999999999999;", NULL}, {"&unknown;", NULL}, {"&hearts", NULL},
          {"&#129;", NULL}, {"&thetasymx;", NULL}, {"?a=1&b=2", NULL});
}

Test(html, references_without_their_ampersand_are_read)
{
    CHECK({"doesn #39;t", "doesn't"}, {"Dubai #39;s a", "Dubai's a"},
          {"makers #39; a", "makers ' a"}, {"said #39;Hello", "said 'Hello"},
          {" quot;Hi quot;", " \"Hi \""}, {"cost #36;5", "cost $5"}, {"AT amp;T", "AT &T"},
          {"#8212;", "—"}, {"it #151; is", "it — is"}, {"a lt;b gt;c", "a c"},
          {"we #39;re he #39;ll you #39;ve", "we're he'll you've"}, {"C#39;", NULL},
          {"\xC3\xA4#39;", NULL}, {"quota;", NULL}, {"camp;", NULL}, {"# 39;", NULL},
          {"##39;", NULL}, {"#x39;", NULL}, {"#3a;", NULL}, {"#;", NULL}, {";", NULL},
          {"a #39;sch\xC3\xB6n", "a 'sch\xC3\xB6n"});
}

Test(html, tags_that_were_escaped_are_taken_out_if_html_has_them)
{
    CHECK({"&lt;b&gt;bold&lt;/b&gt;", "bold"}, {"&#60;br&#62;x", "\nx"},
          {"&lt;TXN.N&gt;", "<TXN.N>"}, {"&lt;A HREF=\"http://x\"&gt;y&lt;/A&gt;", "y"},
          {"a &lt; b &gt; c", "a < b > c"}, {"&lt;!-- x --&gt;y", "y"}, {"&lt;!-- x", "<!-- x"},
          {"&lt;script&gt;x", "\nx"}, {"&lt;script&gt;x&lt;/script&gt;y", "\n\ny"},
          {"&amp;lt;b&amp;gt;", "&lt;b&gt;"}, {"&lt;!DOCTYPE x&gt;", "<!DOCTYPE x>"},
          {"<&#98;>x", "x"});
}

Test(html, taking_a_tag_out_leaves_no_new_one)
{
    CHECK({"<<b>b>x", " b>x"}, {"<di<b>v>x", " div>x"}, {"<p<i>x>", " px>"}, {"<p<br>x>", " p\nx>"},
          {"</<b>p>x", " /p>x"}, {"<p<b<i>y>z", " p by>z"}, {"a < b <i>x</i>", "a < b x"},
          {"<b<!-- -->r>", " br>"}, {"<john@x.org> <b>x</b>", "<john@x.org> x"});
}

Test(html, nul_bytes_are_bytes)
{
    size_t left;
    char *stripped = strip("a\0<b>b\0</b>&\0;", 14, &left);
    cr_assert(stripped && left == 7 && memcmp(stripped, "a\0b\0&\0;", 7) == 0);
    free(stripped);
}

Test(html, references_are_noticed)
{
    static const char *const with[] = {"doesn #39;t",  "a &eacute; b", "quot;",  "; &lt;b&gt;",
                                       "a;b;x #36;10", "&#x27;",       "(nbsp;", "&thetasym;"};
    static const char *const without[] = {"",     "a;b",  "& so;", "&none;", "abquot;", "#a;b",
                                          "é39;", "égt;", "&quot", "alt;",   "#;",      ";;;"};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        cr_assert(html_has_references(with[i], strlen(with[i])), "%s", with[i]);
    }
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        cr_assert(!html_has_references(without[i], strlen(without[i])), "%s", without[i]);
    }
}

Test(html, tags_are_noticed)
{
    static const char *const with[] = {"a<br />b", "<B>", "</p>", "a < b <i>x</i>", "<a href='x'>"};
    static const char *const without[] = {"",   "a < b",     "<3",     "<TXN.N>",
                                          "<b", "&lt;b&gt;", "<x@y.z>"};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        cr_assert(html_has_tags(with[i], strlen(with[i])), "%s", with[i]);
    }
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        cr_assert(!html_has_tags(without[i], strlen(without[i])), "%s", without[i]);
    }
}

/* ---- texts made of what matters ---- */

static const char *const pieces[] = {
    "<",     ">",         "&",     ";",
    "\"",    "'",         "=",     "/",
    "!",     "-",         "--",    "<b>",
    "</b>",  "<p ",       "br",    "b",
    "p",     "#39;",      "&lt;",  "&gt;",
    " ",     "\n",        "<!--",  "-->",
    "&amp;", "<script",   ">x</",  "script>",
    "]]>",   "<![CDATA[", "é",     "世",
    "&#60;", "&#98;",     "quot;", "lt;",
    "gt;",   "style",     "<i/>",  "&eacute",
    "&#x",   "1",         "#",     "\xF0\x9F\x98\x80",
};

static void make_text(uint64_t number, Buffer *text)
{
    const RandomStream stream = {.seed = 7, .stream = number};
    const uint64_t count = random_bits(stream, 0) % 24;
    Error error;
    buffer_clear(text);
    for (uint64_t i = 0; i < count; i++) {
        const char *piece = pieces[random_bits(stream, i + 1) % (sizeof pieces / sizeof *pieces)];
        cr_assert(buffer_append_text(text, piece, &error) == STATUS_OK);
    }
}

Test(html, no_tag_survives_and_the_result_is_utf8)
{
    Buffer text = {0};
    for (uint64_t number = 0; number < 200000; number++) {
        make_text(number, &text);
        size_t left;
        char *stripped = strip(buffer_text(&text), text.length, &left);
        if (stripped) {
            cr_assert(!html_has_tags(stripped, left), "'%s' became '%s'", text.bytes, stripped);
            cr_assert(utf8_valid_length(stripped, left) == left, "'%s'", text.bytes);
            free(stripped);
        } else {
            cr_assert(!html_has_tags(buffer_text(&text), text.length), "'%s'", buffer_text(&text));
        }
    }
    buffer_free(&text);
}

/* Where no reference can become markup, a text that was cleaned is clean. */
Test(html, what_is_clean_stays)
{
    Buffer text = {0};
    int compared = 0;
    for (uint64_t number = 0; number < 300000; number++) {
        make_text(number, &text);
        size_t left, again;
        if (memchr(buffer_text(&text), '&', text.length) ||
            memchr(buffer_text(&text), ';', text.length)) {
            continue;
        }
        char *stripped = strip(buffer_text(&text), text.length, &left);
        if (stripped) {
            char *twice = strip(stripped, left, &again);
            cr_assert(twice == NULL, "'%s' became '%s', then '%s'", text.bytes, stripped, twice);
            compared++;
        }
        free(stripped);
    }
    cr_assert(compared > 10000, "%d", compared);
    buffer_free(&text);
}

/* Each costs a second or so if anything is quadratic in it. */
Test(html, hostile_texts_take_linear_time, .timeout = 30)
{
    static const char *const units[] = {
        "<",
        "&",
        ">",
        ";",
        "<b",
        "<b ",
        "<a b='",
        "<a b=\"'",
        "<!--",
        "<!",
        "<script>",
        "<![CDATA[",
        "]]>",
        "&#",
        "&#1",
        "&lt;",
        "&lt;b ",
        "<<b>",
        "&lt;script&gt;",
        "&lt;!--",
        "<p<i>",
        "quot;",
        "#39;",
        "</",
        "</script",
        "<a b='\">",
        "<b><",
        "a=\"<a='",
        "<style>a",
        "&lt;a b=' ",
    };
    enum { BYTES = 4 << 20 };
    char *text = malloc(BYTES);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const size_t size = strlen(units[i]);
        for (size_t at = 0; at < BYTES; at++) {
            text[at] = units[i][at % size];
        }
        size_t left;
        free(strip(text, BYTES, &left));
        html_has_tags(text, BYTES);
    }
    free(text);
}
