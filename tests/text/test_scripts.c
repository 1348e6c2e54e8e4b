#include "text/scripts.h"

#include <criterion/criterion.h>
#include <string.h>

static double letters_of(const char *script, const double *letters)
{
    for (int i = 0; script_names[i]; i++) {
        if (strcmp(script_names[i], script) == 0) {
            return letters[i];
        }
    }
    cr_assert(false, "%s", script);
    return 0.0;
}

Test(scripts, letters_count_as_often_as_their_words)
{
    static const struct {
        const char *word;
        double frequency;
    } words[] = {{"été", 2.0},  {"λόγος", 1.0},    {"ж9", 3.0}, {"हिन्दी", 1.0},
                 {"世界", 4.0}, {"ひらカタ", 1.0}, {"ᚠ", 5.0},  {"42", 9.0}};
    Vocabulary vocabulary = {0};
    double frequencies[8], letters[SCRIPTS_MAX];
    Error error;
    for (size_t i = 0; i < 8; i++) {
        WordId id;
        cr_assert(!vocabulary_add(&vocabulary, words[i].word, strlen(words[i].word), &id, &error));
        frequencies[id] = words[i].frequency;
    }
    cr_assert(!scripts_count(&vocabulary, frequencies, letters, &error));
    cr_assert(letters_of("Latin", letters) == 6.0);
    cr_assert(letters_of("Greek", letters) == 5.0);
    cr_assert(letters_of("Cyrillic", letters) == 3.0);
    cr_assert(letters_of("Devanagari", letters) == 3.0); /* the vowel signs are marks */
    cr_assert(letters_of("Han", letters) == 8.0);
    cr_assert(letters_of("Hiragana", letters) == 2.0 && letters_of("Katakana", letters) == 2.0);
    cr_assert(letters_of("other", letters) == 5.0);
    cr_assert(letters_of("Thai", letters) == 0.0);
    vocabulary_free(&vocabulary);
}
