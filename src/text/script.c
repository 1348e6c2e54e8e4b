#include "text/script.h"

#include <stddef.h>
#include <utf8proc.h>

typedef struct Range {
    int32_t first, last;
    Script script;
} Range;

/* Ascending. NFKC leaves no presentation forms, no full-width and no half-width letters. */
static const Range ranges[] = {
    {'A', 'Z', SCRIPT_LATIN},         {'a', 'z', SCRIPT_LATIN},
    {0xAA, 0xAA, SCRIPT_LATIN},       {0xBA, 0xBA, SCRIPT_LATIN},
    {0xC0, 0x2AF, SCRIPT_LATIN},      {0x370, 0x3E1, SCRIPT_GREEK},
    {0x3F0, 0x3FF, SCRIPT_GREEK},     {0x620, 0x64A, SCRIPT_ARABIC},
    {0x66E, 0x66F, SCRIPT_ARABIC},    {0x671, 0x6D3, SCRIPT_ARABIC},
    {0x6D5, 0x6D5, SCRIPT_ARABIC},    {0x6EE, 0x6FF, SCRIPT_ARABIC},
    {0x750, 0x77F, SCRIPT_ARABIC},    {0x8A0, 0x8C9, SCRIPT_ARABIC},
    {0xE01, 0xE5B, SCRIPT_THAI},      {0xE81, 0xEDF, SCRIPT_LAO},
    {0x1000, 0x109F, SCRIPT_MYANMAR}, {0x1780, 0x17FF, SCRIPT_KHMER},
    {0x19E0, 0x19FF, SCRIPT_KHMER},   {0x1E00, 0x1EFF, SCRIPT_LATIN},
    {0x1F00, 0x1FFF, SCRIPT_GREEK},   {0x2C60, 0x2C7F, SCRIPT_LATIN},
    {0x2E80, 0x2FDF, SCRIPT_CJK},     {0x3005, 0x3007, SCRIPT_CJK},
    {0x3021, 0x3029, SCRIPT_CJK},     {0x3031, 0x3035, SCRIPT_CJK},
    {0x3038, 0x303C, SCRIPT_CJK},     {0x3041, 0x3096, SCRIPT_CJK},
    {0x309D, 0x309F, SCRIPT_CJK},     {0x30A1, 0x30FA, SCRIPT_CJK},
    {0x30FC, 0x30FF, SCRIPT_CJK},     {0x31F0, 0x31FF, SCRIPT_CJK},
    {0x3400, 0x4DBF, SCRIPT_CJK},     {0x4E00, 0x9FFF, SCRIPT_CJK},
    {0xA722, 0xA7FF, SCRIPT_LATIN},   {0xA9E0, 0xA9FE, SCRIPT_MYANMAR},
    {0xAA60, 0xAA7F, SCRIPT_MYANMAR}, {0xAB30, 0xAB6F, SCRIPT_LATIN},
    {0xF900, 0xFAFF, SCRIPT_CJK},     {0x1AFF0, 0x1B16F, SCRIPT_CJK},
    {0x20000, 0x323AF, SCRIPT_CJK},
};

Script script_of(int32_t code_point)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (code_point > ranges[middle].last) {
            low = middle + 1;
        } else if (code_point < ranges[middle].first) {
            high = middle;
        } else {
            return ranges[middle].script;
        }
    }
    return SCRIPT_OTHER;
}

/* Adds the letters of one word, `times` over, to those of their scripts. */
static void count_letters(const char *word, size_t length, double times,
                          double letters[SCRIPT_COUNT])
{
    for (size_t at = 0; at < length;) {
        if ((unsigned char)word[at] < 0x80) { /* most are */
            const char folded = (char)(word[at] | 0x20);
            letters[SCRIPT_LATIN] += folded >= 'a' && folded <= 'z' ? times : 0.0;
            at++;
            continue;
        }
        utf8proc_int32_t code_point;
        const utf8proc_ssize_t size = utf8proc_iterate(
            (const utf8proc_uint8_t *)word + at, (utf8proc_ssize_t)(length - at), &code_point);
        if (size <= 0) { /* words of a matrix are UTF-8 as well */
            return;
        }
        const utf8proc_category_t category = utf8proc_category(code_point);
        if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) {
            letters[script_of(code_point)] += times;
        }
        at += (size_t)size;
    }
}

UnspacedFacts script_unspaced(const Vocabulary *vocabulary, const double *term_frequency)
{
    static const char *const names[SCRIPT_COUNT] = {
        [SCRIPT_THAI] = "Thai",
        [SCRIPT_LAO] = "Lao",
        [SCRIPT_MYANMAR] = "Myanmar",
        [SCRIPT_KHMER] = "Khmer",
    };
    double letters[SCRIPT_COUNT] = {0.0}, all = 0.0, unspaced = 0.0, most = 0.0;
    UnspacedFacts facts = {0};
    for (WordId id = 0; id < vocabulary->count; id++) {
        count_letters(vocabulary_word(vocabulary, id), vocabulary_word_length(vocabulary, id),
                      term_frequency[id], letters);
    }
    for (int script = 0; script < SCRIPT_COUNT; script++) {
        all += letters[script];
        unspaced += names[script] ? letters[script] : 0.0;
        if (names[script] && letters[script] > most) {
            most = letters[script];
            facts.name = names[script];
        }
    }
    facts.share = all > 0.0 ? unspaced / all : 0.0;
    return facts;
}
