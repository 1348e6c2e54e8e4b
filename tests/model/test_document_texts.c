#include "model/document_texts.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(document_texts, of_the_best_each_document_is_there_once)
{
    int64_t counts[2][2] = {{2, 1}, {1, 2}};
    int64_t by_share[] = {7, 3, 9, -1}, by_mass[] = {3, -1, 1, 7}; /* two topics, depth 2 */
    const BestDocuments best = {
        .k = 2, .depth = 2, .counts = {counts[0], counts[1]}, .documents = {by_share, by_mass}};
    DocumentTexts texts = {0};
    Error error;
    cr_assert_eq(document_texts_of_best(&best, &texts, &error), STATUS_OK);
    static const int64_t expected[] = {1, 3, 7, 9};
    cr_assert_eq(texts.count, 4);
    for (int i = 0; i < 4; i++) {
        cr_expect_eq(texts.items[i].document, expected[i]);
        cr_expect_null(texts.items[i].text);
    }
    document_texts_free(&texts);
}

Test(document_texts, of_a_selection)
{
    int64_t documents[] = {2, 5};
    const DocumentSelection selection = {.documents = documents, .count = 2};
    DocumentTexts texts = {0};
    Error error;
    cr_assert_eq(document_texts_of_selection(&selection, &texts, &error), STATUS_OK);
    cr_expect(texts.count == 2 && texts.items[0].document == 2 && texts.items[1].document == 5);
    document_texts_free(&texts);
}

static DocumentText take(const char *text, size_t length, int64_t most)
{
    DocumentText item = {0};
    Error error;
    cr_assert_eq(document_text_take(&item, text, length, most, &error), STATUS_OK);
    return item;
}

Test(document_texts, a_short_text_is_whole)
{
    DocumentText item = take("eins\0zwei ü", 12, 11);
    cr_expect_str_eq(item.text, "eins zwei ü");
    cr_expect(item.shown == 12 && item.marked == 12 && item.length == 12 && !item.cut);
    free(item.text);
}

Test(document_texts, a_long_one_is_cut_behind_a_blank)
{
    DocumentText item = take("eins zwei drei", 14, 12);
    cr_expect(item.shown == strlen("eins zwei ") && item.cut);
    cr_expect_str_eq(item.text, "eins zwei drei");
    free(item.text);
    item = take("漢字漢字漢字", 18, 4);
    cr_expect(item.shown == 12 && item.cut, "without blanks, behind a character");
    free(item.text);
    static char plain[3000];
    memset(plain, 'x', sizeof plain);
    plain[100] = ' ';
    item = take(plain, sizeof plain, 100 + TEXT_CUT_BACK + 1);
    cr_expect_eq(item.shown, 100 + TEXT_CUT_BACK + 1, "the blank is too far back");
    cr_expect_eq(item.length, item.shown + TEXT_BEHIND);
    free(item.text);
    item = take(plain, sizeof plain, 100 + TEXT_CUT_BACK);
    cr_expect_eq(item.shown, 101);
    cr_expect_eq(item.length, 100 + TEXT_CUT_BACK + TEXT_BEHIND);
    free(item.text);
}

Test(document_texts, excerpts_that_may_be_cut)
{
    char full[EXCERPT_CHARACTERS + 1] = "", nearly[EXCERPT_CHARACTERS] = "";
    memset(full, 'a', EXCERPT_CHARACTERS);
    memset(nearly, 'a', EXCERPT_CHARACTERS - 2);
    DocumentFacts facts[] = {{.excerpt = full}, {.excerpt = nearly}, {.excerpt = ""}};
    const Model model = {.documents = {.items = facts, .count = 3}};
    int64_t documents[] = {0, 1, 2};
    const DocumentSelection selection = {.documents = documents, .count = 3};
    DocumentTexts texts = {0};
    Error error;
    cr_assert_eq(document_texts_of_selection(&selection, &texts, &error), STATUS_OK);
    cr_assert_eq(document_texts_take_excerpts(&model, &texts, &error), STATUS_OK);
    const DocumentText *item = texts.items;
    cr_expect(item[0].cut && item[0].shown == EXCERPT_CHARACTERS &&
              item[0].marked == EXCERPT_CHARACTERS - 1);
    cr_expect(!item[1].cut && item[1].shown == EXCERPT_CHARACTERS - 2 &&
              item[1].marked == item[1].shown);
    cr_expect(!item[2].cut && item[2].shown == 0 && item[2].text[0] == '\0');
    document_texts_free(&texts);
}
