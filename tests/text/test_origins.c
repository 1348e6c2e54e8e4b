#include "text/origins.h"

#include "base/buffer.h"
#include "base/random.h"
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* All rules that a Normaliser has, by bits. */
enum { RULES = 8 };

static Normaliser rules_of(int bits)
{
    return (Normaliser){.dotless_i = bits & 1, .strip_accents = bits & 2, .hyphens = bits & 4};
}

/* ---- single pieces ---- */

typedef struct Expected {
    const char *text;
    const char *word; /* in the normalised text */
    const char *of;   /* in the text */
} Expected;

static void check(const Normaliser *rules, const Expected *expected)
{
    Origins origins = {0};
    Normaliser normaliser = *rules;
    Error error;
    const char *normalised;
    size_t length, from, to;
    cr_assert_eq(normalise_text(&normaliser, expected->text, strlen(expected->text), &normalised,
                                &length, &error),
                 STATUS_OK);
    cr_assert_eq(origins_find(rules, expected->text, strlen(expected->text), &origins, &error),
                 STATUS_OK);
    cr_expect_eq(origins.normalised, length);
    const char *word = memmem(normalised, length, expected->word, strlen(expected->word));
    cr_assert(word, "%s", expected->word);
    const size_t begin = (size_t)(word - normalised);
    origins_of(&origins, begin, begin + strlen(expected->word), &from, &to);
    cr_expect(to - from == strlen(expected->of) &&
                  memcmp(expected->text + from, expected->of, to - from) == 0,
              "%s in '%s': '%.*s'", expected->word, expected->text, (int)(to - from),
              expected->text + from);
    origins_free(&origins);
    normaliser_free(&normaliser);
}

Test(origins, of_words)
{
    static const Expected cases[] = {
        {"The Bank", "bank", "Bank"},
        {"die Straße dort", "strasse", "Straße"},
        {"an e\314\201cole, too", "école", "e\314\201cole"}, /* a mark of its own */
        {"the ofﬁce", "office", "ofﬁce"},
        {"ﬁsh", "ish", "ﬁsh"}, /* a ligature counts whole */
        {"add 1½ cup", "2 cup", "½ cup"},
        {"soft\302\255ware", "software", "soft\302\255ware"},
        {"\357\273\277First", "first", "First"}, /* a byte order mark */
        {"😀 café 😀", "café", "café"},
        {"ＷＩＤＥ", "id", "ＩＤ"},
        {"\341\204\222\341\205\241\341\206\253글", "한", "\341\204\222\341\205\241\341\206\253"},
        {"ﷺ x", "الله", "ﷺ"}, /* four words in one character */
        {"ｶﾞｽ", "ガ", "ｶﾞ"},  /* a mark that is a character of its own */
    };
    const Normaliser none = rules_of(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(&none, &cases[i]);
    }
}

Test(origins, of_words_by_rules)
{
    const Normaliser turkish = rules_of(1), stripped = rules_of(2);
    check(&turkish, &(Expected){"ISI İZMİR", "ısı", "ISI"});
    check(&turkish, &(Expected){"ISI I\314\207ZMI\314\207R", "izmir", "I\314\207ZMI\314\207R"});
    check(&stripped, &(Expected){"the café there", "cafe", "café"});
    check(&stripped, &(Expected){"كتـــاب", "كتاب", "كتـــاب"});
}

Test(origins, an_empty_text_has_none)
{
    Origins origins = {0};
    const Normaliser none = rules_of(0);
    Error error;
    cr_assert_eq(origins_find(&none, "", 0, &origins, &error), STATUS_OK);
    cr_expect(origins.count == 0 && origins.normalised == 0);
    origins_free(&origins);
}

/* ---- every piece stands for itself ---- */

/* The pieces, normalised one by one, are the text normalised. */
static void check_pieces(const Normaliser *rules, const char *text, size_t length)
{
    Origins origins = {0};
    Normaliser whole = *rules, part = *rules;
    Error error;
    const char *normalised, *piece;
    size_t normalised_length, piece_length;
    cr_assert_eq(normalise_text(&whole, text, length, &normalised, &normalised_length, &error),
                 STATUS_OK);
    cr_assert_eq(origins_find(rules, text, length, &origins, &error), STATUS_OK);
    cr_assert_eq(origins.normalised, normalised_length, "of '%s'", text);
    for (size_t p = 0; p < origins.count; p++) {
        const OriginPiece *at = &origins.pieces[p];
        const size_t end = p + 1 < origins.count ? origins.pieces[p + 1].from : length;
        cr_assert_eq(
            normalise_text(&part, text + at->from, end - at->from, &piece, &piece_length, &error),
            STATUS_OK);
        cr_assert(at->to + piece_length <= normalised_length &&
                      memcmp(normalised + at->to, piece, piece_length) == 0,
                  "piece %zu of '%s'", p, text);
    }
    normaliser_free(&whole);
    normaliser_free(&part);
    origins_free(&origins);
}

enum { CODE_POINTS = 0x110000 };

/* Where canonical compositions have a code point: at the front, or behind. */
static void find_composing(bool *front, bool *behind)
{
    for (int32_t c = 0; c < CODE_POINTS; c++) {
        int32_t parts[4];
        const utf8proc_property_t *property = utf8proc_get_property(c);
        if (property->decomp_type != 0 || property->decomp_seqindex == UINT16_MAX) {
            continue;
        }
        int boundary = 0;
        const utf8proc_ssize_t count =
            utf8proc_decompose_char(c, parts, 4, UTF8PROC_DECOMPOSE, &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 4; i++) {
            front[parts[i]] |= i == 0;
            behind[parts[i]] |= i > 0;
        }
    }
}

/* No code point that begins a piece, normalised, begins with one that composes with what is before
 * it; nor with one of a combining class, which would change places. */
Test(origins, what_begins_a_piece_composes_with_nothing_before)
{
    static bool front[CODE_POINTS], behind[CODE_POINTS];
    find_composing(front, behind);
    cr_assert(front['e'] && behind[0x301] && behind[0x9BE] && !behind['e']);
    for (int32_t v = 0x1161; v <= 0x11C2; v++) { /* Hangul is composed by a rule, not by a table */
        behind[v] = true;
    }
    Normaliser normaliser = {0};
    int beginners = 0, others = 0;
    for (uint32_t c = 0x80; c < CODE_POINTS; c++) {
        char bytes[4];
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        if (!origins_begins_piece(c)) {
            others++;
            continue;
        }
        beginners++;
        const char *normalised;
        size_t length;
        int32_t decomposed[32];
        Error error;
        cr_assert_eq(
            normalise_text(&normaliser, bytes, utf8_encode(c, bytes), &normalised, &length, &error),
            STATUS_OK);
        cr_assert_gt(length, 0, "U+%04X", c);
        const utf8proc_ssize_t count =
            utf8proc_decompose((const utf8proc_uint8_t *)normalised, (utf8proc_ssize_t)length,
                               decomposed, 32, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
        cr_assert(count > 0 && count <= 32);
        cr_expect_eq(utf8proc_get_property(decomposed[0])->combining_class, 0, "U+%04X", c);
        cr_expect(!behind[decomposed[0]], "U+%04X", c);
    }
    cr_expect(beginners > 1000000 && others > 2000, "%d and %d", beginners, others);
    normaliser_free(&normaliser);
}

/* Every code point between two letters, and behind a mark. */
Test(origins, pieces_of_every_code_point)
{
    for (uint32_t c = 0; c < 0x32000; c++) {
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        char text[32] = "e", bytes[5] = "";
        bytes[utf8_encode(c, bytes)] = '\0';
        const size_t length = utf8_encode(c, bytes);
        size_t at = 1;
        memcpy(text + at, bytes, length);
        at += length;
        memcpy(text + at, "a\314\201", 3);
        at += 3;
        memcpy(text + at, bytes, length);
        at += length;
        memcpy(text + at, "\330\247", 2); /* ALEF */
        at += 2;
        memcpy(text + at, bytes, length);
        at += length;
        memcpy(text + at, "\331\223", 2); /* a mark that it composes with */
        at += 2;
        const Normaliser rules = rules_of((int)(c % RULES));
        check_pieces(&rules, text, at);
    }
}

/* Many characters that do something to their neighbours, in any order. */
Test(origins, pieces_of_random_texts)
{
    static const uint32_t some[] = {
        'a',    'I',    'i',     'e',     ' ',    '<',     '=',     0x300,   0x301,   0x307,
        0x323,  0x345,  0x338,   0xAD,    0x200B, 0x200D,  0x640,   0x627,   0x653,   0x64B,
        0x670,  0x3B1,  0x9C7,   0x9BE,   0x9D7,  0xB47,   0xB3E,   0x1100,  0x1161,  0x11A8,
        0xAC00, 0xAC01, 0xFF76,  0xFF9E,  0x30AB, 0x3099,  0xFB01,  0xFDFA,  0x130,   0x131,
        0x1F6,  0x2126, 0x149,   0x2BC,   0xFE0F, 0x1F600, 0x1F3FB, 0,       0x2010,  0x2011,
        0xDF,   0x1E9E, 0x3A3,   0x1025,  0x102E, 0xE0100, 0x11099, 0x110BA, 0x1D15E, 0x0F71,
        0x0F72, 0x0F73, 0x115B9, 0x115AF, 0xFEFF,
    };
    const RandomStream random = {.seed = 11, .stream = 0};
    uint64_t index = 0;
    for (int t = 0; t < 60000; t++) {
        char text[512];
        size_t length = 0;
        const uint64_t count = 1 + random_bits(random, index++) % (t % 50 == 0 ? 100 : 9);
        for (uint64_t i = 0; i < count; i++) {
            const uint32_t c = some[random_bits(random, index++) % (sizeof some / sizeof *some)];
            length += utf8_encode(c, text + length);
        }
        const Normaliser rules = rules_of(t % RULES);
        check_pieces(&rules, text, length);
    }
}

/* More marks than are put in order together. */
Test(origins, pieces_of_many_marks)
{
    char text[400] = "e";
    size_t length = 1;
    for (int i = 0; i < 150; i++) {
        length += utf8_encode(i % 2 ? 0x301 : 0x323, text + length);
    }
    for (int bits = 0; bits < RULES; bits++) {
        const Normaliser rules = rules_of(bits);
        check_pieces(&rules, text, length);
        check_pieces(&rules, text + 1, length - 1);
    }
}
