#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Table 3-7 of the Unicode standard, "Well-Formed UTF-8 Byte Sequences": the ranges of the first
 * and the second byte; the third and the fourth are 80..BF. */
static const struct {
    unsigned char first_from, first_to, second_from, second_to;
    size_t size;
} table_3_7[] = {
    {0x00, 0x7F, 0x00, 0xFF, 1}, /* the second byte is another sequence */
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

static bool is_tail(unsigned char byte)
{
    return byte >= 0x80 && byte <= 0xBF;
}

static size_t size_by_table(const unsigned char bytes[4])
{
    for (size_t i = 0; i < sizeof table_3_7 / sizeof *table_3_7; i++) {
        if (bytes[0] >= table_3_7[i].first_from && bytes[0] <= table_3_7[i].first_to &&
            bytes[1] >= table_3_7[i].second_from && bytes[1] <= table_3_7[i].second_to &&
            (table_3_7[i].size < 3 || is_tail(bytes[2])) &&
            (table_3_7[i].size < 4 || is_tail(bytes[3]))) {
            return table_3_7[i].size;
        }
    }
    return 0;
}

Test(utf8, decodes_exactly_the_sequences_of_table_3_7)
{
    static const unsigned char later[] = {0x00, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
    enum { LATER = sizeof later };
    for (unsigned pair = 0; pair < 65536; pair++) {
        for (unsigned rest = 0; rest < LATER * LATER; rest++) {
            const unsigned char bytes[4] = {(unsigned char)(pair >> 8), (unsigned char)pair,
                                            later[rest / LATER], later[rest % LATER]};
            const size_t expected = size_by_table(bytes);
            const size_t size = utf8_decode((const char *)bytes, 4, NULL);
            cr_assert(size == expected, "%02x %02x %02x %02x: %zu, expected %zu", bytes[0],
                      bytes[1], bytes[2], bytes[3], size, expected);
        }
    }
}

Test(utf8, reads_back_every_code_point)
{
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) {
            continue;
        }
        char bytes[4];
        const size_t expected = code_point < 0x80      ? 1
                                : code_point < 0x800   ? 2
                                : code_point < 0x10000 ? 3
                                                       : 4;
        const size_t size = utf8_encode(code_point, bytes);
        cr_assert(size == expected, "U+%04X: %zu bytes", code_point, size);
        uint32_t decoded = 0xFFFFFFFF;
        cr_assert(utf8_decode(bytes, size, &decoded) == size && decoded == code_point,
                  "U+%04X became U+%04X", code_point, decoded);
        cr_assert(utf8_valid_length(bytes, size) == size);
        for (size_t cut = 0; cut < size; cut++) {
            cr_assert(utf8_decode(bytes, cut, NULL) == 0, "U+%04X cut to %zu bytes", code_point,
                      cut);
        }
    }
}

Test(utf8, knows_the_values_at_the_edges)
{
    static const struct {
        const char *bytes;
        size_t size;
        uint32_t code_point;
    } cases[] = {
        {"\x00", 1, 0x0},
        {"\x7F", 1, 0x7F},
        {"\xC2\x80", 2, 0x80},
        {"\xDF\xBF", 2, 0x7FF},
        {"\xE0\xA0\x80", 3, 0x800},
        {"\xED\x9F\xBF", 3, 0xD7FF},
        {"\xEE\x80\x80", 3, 0xE000},
        {"\xEF\xBF\xBF", 3, 0xFFFF},
        {"\xF0\x90\x80\x80", 4, 0x10000},
        {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t code_point = 0xFFFFFFFF;
        cr_assert_eq(utf8_decode(cases[i].bytes, cases[i].size, &code_point), cases[i].size);
        cr_assert_eq(code_point, cases[i].code_point, "case %zu: U+%04X", i, code_point);
        char encoded[4];
        cr_assert_eq(utf8_encode(cases[i].code_point, encoded), cases[i].size);
        cr_assert(memcmp(encoded, cases[i].bytes, cases[i].size) == 0, "case %zu", i);
    }
}

Test(utf8, refuses_what_is_not_well_formed_and_leaves_the_value_alone)
{
    static const char *const cases[] = {
        "\x80",             /* a tail without a head */
        "\xBF",             /* the same */
        "\xC0\x80",         /* overlong NUL */
        "\xC1\xBF",         /* overlong U+007F */
        "\xE0\x80\x80",     /* overlong, three bytes */
        "\xE0\x9F\xBF",     /* overlong U+07FF */
        "\xF0\x80\x80\x80", /* overlong, four bytes */
        "\xF0\x8F\xBF\xBF", /* overlong U+FFFF */
        "\xED\xA0\x80",     /* U+D800 */
        "\xED\xBF\xBF",     /* U+DFFF */
        "\xF4\x90\x80\x80", /* U+110000 */
        "\xF5\x80\x80\x80", /* beyond */
        "\xF8\x88\x80\x80", /* five bytes, an old form */
        "\xFE\x80\x80\x80",
        "\xFF\x80\x80\x80",
        "\xC3",         /* truncated */
        "\xE2\x82",     /* truncated € */
        "\xF0\x9F\x98", /* truncated emoji */
        "\xE2\x28\xA1", /* a letter within */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t code_point = 0x2A;
        cr_assert_eq(utf8_decode(cases[i], strlen(cases[i]), &code_point), 0, "case %zu", i);
        cr_assert_eq(code_point, 0x2A, "case %zu", i);
        cr_assert_eq(utf8_valid_length(cases[i], strlen(cases[i])), 0, "case %zu", i);
    }
}

Test(utf8, has_no_sequence_in_no_bytes)
{
    cr_assert_eq(utf8_decode("a", 0, NULL), 0);
    cr_assert_eq(utf8_valid_length("a", 0), 0);
}

/* Bytes in memory of their very length, so that a sanitizer sees a read behind them. */
static size_t valid_length_of_copy(const char *bytes, size_t length)
{
    char *copy = malloc(length ? length : 1);
    memcpy(copy, bytes, length);
    const size_t valid = utf8_valid_length(copy, length);
    free(copy);
    return valid;
}

Test(utf8, valid_length_is_the_place_of_the_first_bad_byte_wherever_it_stands)
{
    static const char *const bad[] = {"\x80", "\xC0\x80", "\xED\xA0\x80", "\xFF"};
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        for (size_t before = 0; before < 40; before++) {
            for (size_t after = 0; after < 20; after++) {
                char text[80];
                memset(text, 'a', sizeof text);
                memcpy(text + before, bad[b], strlen(bad[b]));
                const size_t length = before + strlen(bad[b]) + after;
                cr_assert_eq(valid_length_of_copy(text, length), before, "bad %zu at %zu of %zu", b,
                             before, length);
            }
        }
    }
}

Test(utf8, valid_length_takes_good_text_whole_and_drops_a_truncated_end)
{
    static const char text[] = "naïve — 日本語 हिन्दी 😀 plain ASCII, long enough; Ω";
    const size_t whole = strlen(text);
    cr_assert_eq(valid_length_of_copy(text, whole), whole);
    for (size_t length = 0; length < whole; length++) {
        size_t begin = length; /* of the character that the cut goes through */
        while (begin > 0 && is_tail((unsigned char)text[begin])) {
            begin--;
        }
        const size_t expected = is_tail((unsigned char)text[length]) ? begin : length;
        cr_assert_eq(valid_length_of_copy(text, length), expected, "cut to %zu bytes", length);
    }
    cr_assert_eq(utf8_valid_length("a\0b", 3), 3);
}

/* Character by character, with nothing looked at in blocks. */
static size_t valid_length_plainly(const char *bytes, size_t length)
{
    size_t at = 0, size;
    while ((size = utf8_decode(bytes + at, length - at, NULL)) > 0) {
        at += size;
    }
    return at;
}

/* Every two bytes, with what may follow, at many places of a text of characters of every size. */
Test(utf8, finds_where_a_long_text_ceases_to_be_valid)
{
    static const char later[] = {0x00, 0x41, (char)0x80, (char)0xBF, (char)0xC3, (char)0xF0};
    static const char *const around[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9D\x84\x9E"};
    enum { LATER = sizeof later, LENGTH = 100 };
    unsigned place = 0;
    for (size_t a = 0; a < sizeof around / sizeof *around; a++) {
        const size_t size = strlen(around[a]);
        for (unsigned pair = 0; pair < 65536; pair++) {
            for (unsigned rest = 0; rest < LATER * LATER; rest += 1 + pair % 3) {
                char *text = malloc(LENGTH); /* exactly, so that reading behind it is seen */
                cr_assert(text);
                for (size_t at = 0; at < LENGTH; at++) {
                    text[at] = at / size * size + size <= LENGTH ? around[a][at % size] : 'x';
                }
                const size_t at = place++ % (LENGTH / size - 4) * size;
                const char bytes[4] = {(char)(pair >> 8), (char)pair, later[rest / LATER],
                                       later[rest % LATER]};
                memcpy(text + at, bytes, sizeof bytes);
                const size_t expected = valid_length_plainly(text, LENGTH);
                const size_t length = utf8_valid_length(text, LENGTH);
                cr_assert(length == expected, "%04x, %u at %zu: %zu, expected %zu", pair, rest, at,
                          length, expected);
                free(text);
            }
        }
    }
}

Test(utf8, finds_where_a_text_is_cut)
{
    static const char text[] = "0123456789012345678901234567\xE2\x82\xAC" /* within 32 bytes */
                               "0123456789012345678901234567\xC3\xA9"
                               "\xF0\x9D\x84\x9E 0123456789012345678901234567890123456789";
    for (size_t length = 0; length < sizeof text; length++) {
        char *exact = malloc(length ? length : 1);
        cr_assert(exact);
        memcpy(exact, text, length);
        cr_assert_eq(utf8_valid_length(exact, length), valid_length_plainly(exact, length));
        free(exact);
    }
}

Test(utf8, counts_the_bytes_of_characters)
{
    static const char text[] = "a\xC3\xA9\xE2\x82\xAC\xFF\xF0\x9D\x84\x9E";
    static const size_t ends[] = {0, 1, 3, 6, 7, 11, 11};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        cr_expect_eq(utf8_prefix(text, sizeof text - 1, (int64_t)i), ends[i], "%zu", i);
    }
    cr_expect_eq(utf8_prefix(text, 5, 3), 4, "a character that is cut counts by its bytes");
    cr_expect_eq(utf8_prefix(text, 11, INT64_MAX), 11);
}
