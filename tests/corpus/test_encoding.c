#include "corpus/encoding.h"

#include "base/random.h"
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char *const REPLACEMENT = "\xEF\xBF\xBD"; /* U+FFFD */

static void expect_text(const char *bytes, size_t length, const char *expected,
                        size_t expected_length, int64_t expected_repaired)
{
    Buffer text = {0};
    Error error;
    int64_t repaired = -1;
    cr_assert_eq(encoding_to_utf8(bytes, length, &text, &repaired, &error), STATUS_OK);
    cr_assert(text.length == expected_length &&
                  memcmp(buffer_text(&text), expected, expected_length) == 0,
              "'%s' instead of '%s'", buffer_text(&text), expected);
    cr_assert_eq(repaired, expected_repaired, "'%s': %d repaired", expected, (int)repaired);
    buffer_free(&text);
}

Test(encoding, leaves_utf8_alone)
{
    static const char *const texts[] = {"",       "plain", "naïve — 日本語 हिन्दी 😀", "\n\n",
                                        "a\r\nb", "€",     "\xEF\xBF\xBD was here"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect_text(texts[i], strlen(texts[i]), texts[i], strlen(texts[i]), 0);
    }
    expect_text("a\0b", 3, "a\0b", 3, 0);
}

Test(encoding, drops_the_byte_order_mark_at_the_beginning_only)
{
    expect_text("\xEF\xBB\xBFtext", 7, "text", 4, 0);
    expect_text("\xEF\xBB\xBF", 3, "", 0, 0);
    expect_text("a\xEF\xBB\xBF", 4, "a\xEF\xBB\xBF", 4, 0);
    expect_text("\xEF\xBB\xBF\xEF\xBB\xBF", 6, "\xEF\xBB\xBF", 3, 0);
    expect_text("\xEF\xBB", 2, "ï»", 4, 2); /* half a mark is none */
}

Test(encoding, reads_each_bad_byte_as_windows_1252)
{
    static const struct {
        const char *bytes, *text;
        int64_t repaired;
    } cases[] = {
        {"caf\xE9", "café", 1},
        {"na\xEFve \x97 \x93quoted\x94 \x80", "naïve — “quoted” €", 5},
        {"\xFF", "ÿ", 1},
        {"\xA0", "\xC2\xA0", 1},
        {"gr\xFC\xDF", "grüß", 2},
        {"\xC3\xA9 and \xE9", "é and é", 1}, /* only the bad bytes, not the whole text */
        {"\xE9\xC3\xA9", "éé", 1},
        {"\xE2\x82", "â‚", 2},                      /* € cut short at the end */
        {"\xE2\x82.", "â‚.", 2},                    /* and before an ASCII character */
        {"\xF0\x9F\x98", "ðŸ˜", 3},                 /* an emoji cut short */
        {"\xC3", "Ã", 1},                           /* a head alone */
        {"\xC0\xAF", "À¯", 2},                      /* overlong */
        {"\xED\xA0\x80", "í\xC2\xA0€", 3},          /* a surrogate */
        {"\xF4\x90\x80\x80", "ô\xEF\xBF\xBD€€", 4}, /* beyond U+10FFFF; 0x90 has no meaning */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_text(cases[i].bytes, strlen(cases[i].bytes), cases[i].text, strlen(cases[i].text),
                    cases[i].repaired);
    }
}

Test(encoding, knows_every_byte_of_windows_1252)
{
    static const char *const marks[32] = {
        "€",  NULL, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", NULL, "Ž", NULL,
        NULL, "‘",  "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", NULL, "ž", "Ÿ"};
    int without_meaning = 0;
    for (int byte = 0x80; byte <= 0xFF; byte++) {
        const char bytes[1] = {(char)byte};
        char expected[5] = "";
        if (byte >= 0xA0) { /* equals Latin-1 */
            utf8_encode((uint32_t)byte, expected);
        } else if (marks[byte - 0x80]) {
            strcpy(expected, marks[byte - 0x80]);
        } else {
            strcpy(expected, REPLACEMENT);
            without_meaning++;
        }
        expect_text(bytes, 1, expected, strlen(expected), 1);
    }
    cr_assert_eq(without_meaning, 5);
}

Test(encoding, appends_to_what_the_buffer_holds)
{
    Buffer text = {0};
    Error error;
    int64_t repaired = 77;
    cr_assert_eq(buffer_append_text(&text, "before ", &error), STATUS_OK);
    cr_assert_eq(encoding_to_utf8("\xEF\xBB\xBF\xE9", 4, &text, &repaired, &error), STATUS_OK);
    cr_assert_str_eq(buffer_text(&text), "before é");
    cr_assert_eq(repaired, 1);
    buffer_free(&text);
}

Test(encoding, makes_valid_utf8_of_any_bytes)
{
    const RandomStream stream = {.seed = 3, .stream = 0};
    for (uint64_t round = 0; round < 2000; round++) {
        const size_t length = random_bits(stream, round) % 64;
        char *bytes = malloc(length + 1); /* on the heap for the sanitizer */
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (char)random_bits((RandomStream){.seed = 4, .stream = round}, i);
        }
        Buffer text = {0};
        Error error;
        int64_t repaired;
        cr_assert_eq(encoding_to_utf8(bytes, length, &text, &repaired, &error), STATUS_OK);
        cr_assert_eq(utf8_valid_length(buffer_text(&text), text.length), text.length);
        cr_assert(repaired >= 0 && (size_t)repaired <= length);
        cr_assert((repaired == 0) == (utf8_valid_length(bytes, length) == length));
        buffer_free(&text);
        free(bytes);
    }
}

/* ---- refusals ---- */

static void expect_refusal(const char *bytes, size_t length, const char *word)
{
    const char *reason = encoding_refusal(bytes, length);
    if (word) {
        cr_assert(reason && strstr(reason, word), "'%s' instead of '%s'", reason ? reason : "taken",
                  word);
    } else {
        cr_assert(reason == NULL, "%s", reason);
    }
}

Test(encoding, takes_text)
{
    expect_refusal("", 0, NULL);
    expect_refusal(NULL, 0, NULL);
    expect_refusal("plain", 5, NULL);
    expect_refusal("\xEF\xBB\xBFtext", 7, NULL);
    expect_refusal("caf\xE9", 4, NULL);
    expect_refusal("\t\n\f\r\x1B", 5, NULL); /* the controls that text uses */
    expect_refusal("\xFE", 1, NULL);
    expect_refusal("\xFF", 1, NULL);
    expect_refusal("a\xFF\xFE", 3, NULL);
}

Test(encoding, recognises_utf16_and_utf32)
{
    static const struct {
        const char *bytes;
        size_t length;
        Encoding encoding;
    } cases[] = {
        {"", 0, ENCODING_UTF8},
        {"plain", 5, ENCODING_UTF8},
        {"\xEF\xBB\xBFtext", 7, ENCODING_UTF8},
        {"\xFF\xFEx\0", 4, ENCODING_UTF16_LITTLE},
        {"\xFE\xFF\0x", 4, ENCODING_UTF16_BIG},
        {"\xFF\xFE", 2, ENCODING_UTF16_LITTLE},
        {"\xFF\xFE\0\0a\0\0\0", 8, ENCODING_UTF32_LITTLE},
        {"\0\0\xFE\xFF\0\0\0a", 8, ENCODING_UTF32_BIG},
        {"a\0b\0c\0d\0", 8, ENCODING_UTF16_LITTLE},
        {"\0a\0b\0c\0d", 8, ENCODING_UTF16_BIG},
        {"a\0b\0c\0", 6, ENCODING_UTF8},
        {"a\0b\0c\0d\0e", 9, ENCODING_UTF8},
        {"a\0b\0c\0d\0\x41\x04\x41\x04", 12, ENCODING_UTF16_LITTLE},
        /* four of eleven units, and of fourteen */
        {" \0 \0 \0 \0\x42\x04\x42\x04\x42\x04\x42\x04\x42\x04\x42\x04\x42\x04", 22,
         ENCODING_UTF16_LITTLE},
        {" \0 \0 \0 \0\x42\x04\x42\x04\x42\x04\x42\x04\x42\x04\x42\x04\x42\x04\x42\x04"
         "\x42\x04\x42\x04",
         28, ENCODING_UTF8},
        {"a\0\0\0b\0\0\0", 8, ENCODING_UTF8}, /* UTF-32 without a mark */
        {"\0\0\0\0", 4, ENCODING_UTF8},
        {"flour\0salt\0", 11, ENCODING_UTF8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert_eq(encoding_recognise(cases[i].bytes, cases[i].length), cases[i].encoding,
                     "case %zu", i);
    }
}

Test(encoding, refuses_a_nul_among_the_first_8192_bytes)
{
    char *bytes = malloc(20000);
    static const struct {
        size_t at;
        bool refused;
    } cases[] = {{0, true}, {1, true}, {8190, true}, {8191, true}, {8192, false}, {19999, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(bytes, 'a', 20000);
        bytes[cases[i].at] = '\0';
        expect_refusal(bytes, 20000, cases[i].refused ? "NUL" : NULL);
    }
    free(bytes);
}

Test(encoding, refuses_more_than_a_tenth_of_control_characters)
{
    static const struct {
        size_t length, controls;
        bool refused;
    } cases[] = {
        {10, 1, false}, {9, 1, true},   {11, 1, false},       {19, 1, false},
        {19, 2, true},  {20, 2, false}, {100, 10, false},     {100, 11, true},
        {1, 1, true},   {99, 10, true}, {20000, 2000, false}, {20000, 2001, true},
    };
    static const char controls[] = {0x01, 0x08, 0x0B, 0x0E, 0x1A, 0x1C, 0x1F, 0x7F};
    char *bytes = malloc(20000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(bytes, 'a', cases[i].length);
        for (size_t c = 0; c < cases[i].controls; c++) { /* at the end: the whole text counts */
            bytes[cases[i].length - 1 - c] = controls[c % sizeof controls];
        }
        expect_refusal(bytes, cases[i].length, cases[i].refused ? "control" : NULL);
    }
    free(bytes);
}

Test(encoding, counts_a_late_nul_as_a_control_character)
{
    char *bytes = malloc(10000);
    memset(bytes, 'a', 10000);
    memset(bytes + 9000, 0, 1000);
    expect_refusal(bytes, 10000, NULL);
    bytes[8999] = 0;
    expect_refusal(bytes, 10000, "control");
    free(bytes);
}

Test(encoding, does_not_take_letters_for_control_characters)
{
    /* The bytes 0x80 to 0x9F are controls in Latin-1 and half of every Cyrillic text in UTF-8. */
    static const char cyrillic[] = "Прекрасное далёко, не будь ко мне жестоко";
    expect_refusal(cyrillic, sizeof cyrillic - 1, NULL);
}
