#include "text/vocabulary.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static WordId add(Vocabulary *vocabulary, const char *word)
{
    WordId id = 12345;
    Error error;
    cr_assert_eq(vocabulary_add(vocabulary, word, strlen(word), &id, &error), STATUS_OK);
    return id;
}

static WordId find(const Vocabulary *vocabulary, const char *word)
{
    return vocabulary_find(vocabulary, word, strlen(word));
}

Test(vocabulary, has_no_words_at_first)
{
    Vocabulary vocabulary = {0};
    cr_assert_eq(find(&vocabulary, "word"), WORD_NONE);
    cr_assert_eq(find(&vocabulary, ""), WORD_NONE);
    cr_assert_eq(vocabulary.count, 0);
    vocabulary_free(&vocabulary);
}

Test(vocabulary, numbers_words_in_the_order_in_which_they_came)
{
    Vocabulary vocabulary = {0};
    cr_assert_eq(add(&vocabulary, "zebra"), 0);
    cr_assert_eq(add(&vocabulary, "apple"), 1);
    cr_assert_eq(add(&vocabulary, "zebra"), 0); /* known */
    cr_assert_eq(add(&vocabulary, "mango"), 2);
    cr_assert_eq(vocabulary.count, 3);
    cr_assert_eq(find(&vocabulary, "apple"), 1);
    cr_assert_eq(find(&vocabulary, "missing"), WORD_NONE);
    cr_assert_eq(vocabulary.count, 3, "finding adds nothing");
    cr_assert_str_eq(vocabulary_word(&vocabulary, 0), "zebra");
    cr_assert_str_eq(vocabulary_word(&vocabulary, 2), "mango");
    cr_assert_eq(vocabulary_word_length(&vocabulary, 1), 5);
    vocabulary_free(&vocabulary);
}

Test(vocabulary, tells_words_apart_by_their_bytes)
{
    static const char *const words[] = {"e",  "é", "e\u0301", "E",   "",      "a",  "aa",   "aaa",
                                        "ab", "b", "ba",      "don", "don't", "日", "日本", "a b"};
    enum { WORDS = sizeof words / sizeof *words };
    Vocabulary vocabulary = {0};
    for (WordId i = 0; i < WORDS; i++) {
        cr_assert_eq(add(&vocabulary, words[i]), i, "'%s'", words[i]);
    }
    for (WordId i = 0; i < WORDS; i++) {
        cr_assert_eq(find(&vocabulary, words[i]), i, "'%s'", words[i]);
        cr_assert_str_eq(vocabulary_word(&vocabulary, i), words[i]);
        cr_assert_eq(vocabulary_word_length(&vocabulary, i), strlen(words[i]));
    }
    vocabulary_free(&vocabulary);
}

Test(vocabulary, takes_the_given_bytes_only)
{
    Vocabulary vocabulary = {0};
    Error error;
    WordId id;
    cr_assert_eq(vocabulary_add(&vocabulary, "wordlist", 4, &id, &error), STATUS_OK);
    cr_assert_str_eq(vocabulary_word(&vocabulary, id), "word");
    cr_assert_eq(vocabulary_find(&vocabulary, "words", 4), id);
    cr_assert_eq(vocabulary_find(&vocabulary, "words", 5), WORD_NONE);
    cr_assert_eq(vocabulary_find(&vocabulary, "words", 3), WORD_NONE);
    vocabulary_free(&vocabulary);
}

Test(vocabulary, keeps_its_own_copy)
{
    Vocabulary vocabulary = {0};
    char word[] = "mutable";
    const WordId id = add(&vocabulary, word);
    word[0] = 'x';
    cr_assert_str_eq(vocabulary_word(&vocabulary, id), "mutable");
    cr_assert_eq(find(&vocabulary, "mutable"), id);
    vocabulary_free(&vocabulary);
}

Test(vocabulary, finds_every_one_of_many_words_while_it_grows)
{
    enum { WORDS = 200000 };
    Vocabulary vocabulary = {0};
    char word[32];
    for (WordId i = 0; i < WORDS; i++) {
        snprintf(word, sizeof word, "w%u", i * 7919u % 1000003u);
        cr_assert_eq(find(&vocabulary, word), WORD_NONE);
        cr_assert_eq(add(&vocabulary, word), i);
        cr_assert_eq(find(&vocabulary, word), i);
        cr_assert(3 * vocabulary.slot_count >= 4 * (size_t)vocabulary.count);
        cr_assert((vocabulary.slot_count & (vocabulary.slot_count - 1)) == 0);
    }
    cr_assert_eq(vocabulary.count, WORDS);
    for (WordId i = 0; i < WORDS; i++) {
        snprintf(word, sizeof word, "w%u", i * 7919u % 1000003u);
        cr_assert_eq(find(&vocabulary, word), i);
        cr_assert_eq(add(&vocabulary, word), i);
        cr_assert_str_eq(vocabulary_word(&vocabulary, i), word);
        cr_assert_eq(vocabulary_word_length(&vocabulary, i), strlen(word));
        snprintf(word, sizeof word, "x%u", i);
        cr_assert_eq(find(&vocabulary, word), WORD_NONE);
    }
    cr_assert_eq(vocabulary.count, WORDS);
    vocabulary_free(&vocabulary);
}

Test(vocabulary, holds_its_words_one_behind_the_other_with_a_nul_each)
{
    Vocabulary vocabulary = {0};
    add(&vocabulary, "one");
    add(&vocabulary, "");
    add(&vocabulary, "three");
    cr_assert_eq(vocabulary.bytes.length, 11);
    cr_assert(memcmp(vocabulary.bytes.bytes, "one\0\0three\0", 11) == 0);
    static const size_t starts[] = {0, 4, 5, 11};
    for (size_t i = 0; i < 4; i++) {
        cr_assert_eq(vocabulary.starts[i], starts[i]);
    }
    vocabulary_free(&vocabulary);
}

Test(vocabulary, is_usable_after_it_was_freed)
{
    Vocabulary vocabulary = {0};
    add(&vocabulary, "first");
    vocabulary_free(&vocabulary);
    cr_assert(vocabulary.count == 0 && vocabulary.slots == NULL && vocabulary.starts == NULL);
    cr_assert_eq(find(&vocabulary, "first"), WORD_NONE);
    cr_assert_eq(add(&vocabulary, "second"), 0);
    vocabulary_free(&vocabulary);
}

Test(vocabulary, finds_words_that_were_appended_and_indexed)
{
    Error error;
    Vocabulary vocabulary = {0};
    char word[32];
    WordId id;
    cr_assert(vocabulary_add(&vocabulary, "before", 6, &id, &error) == STATUS_OK && id == 0);
    for (int i = 1; i < 5000; i++) {
        const int length = snprintf(word, sizeof word, "word %d", i);
        cr_assert(vocabulary_append(&vocabulary, word, (size_t)length, &error) == STATUS_OK);
    }
    cr_assert(vocabulary_index(&vocabulary, &error) == STATUS_OK);
    cr_assert(vocabulary.count == 5000 && 3 * vocabulary.slot_count >= 4 * 5000);
    cr_assert(vocabulary_find(&vocabulary, "before", 6) == 0);
    for (int i = 1; i < 5000; i++) {
        const int length = snprintf(word, sizeof word, "word %d", i);
        cr_assert(vocabulary_find(&vocabulary, word, (size_t)length) == (WordId)i);
        cr_assert(strcmp(vocabulary_word(&vocabulary, (WordId)i), word) == 0);
    }
    cr_assert(vocabulary_find(&vocabulary, "word", 4) == WORD_NONE);
    cr_assert(vocabulary_add(&vocabulary, "word 7", 6, &id, &error) == STATUS_OK && id == 7);
    cr_assert(vocabulary_add(&vocabulary, "behind", 6, &id, &error) == STATUS_OK && id == 5000);
    vocabulary_free(&vocabulary);
}

Test(vocabulary, of_no_words_can_be_indexed)
{
    Error error;
    Vocabulary vocabulary = {0};
    cr_assert(vocabulary_index(&vocabulary, &error) == STATUS_OK);
    cr_assert(vocabulary_find(&vocabulary, "word", 4) == WORD_NONE);
    vocabulary_free(&vocabulary);
}
