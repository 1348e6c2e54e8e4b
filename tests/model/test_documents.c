#include "corpus/metadata.h"
#include "model/documents.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static DocumentFacts add(DocumentList *list, const char *text)
{
    Error error;
    Document document = {0};
    cr_assert(buffer_append_text(&document.id, "id", &error) == STATUS_OK);
    cr_assert(buffer_append_text(&document.text, text, &error) == STATUS_OK);
    cr_assert(documents_add(list, &document, &error) == STATUS_OK);
    document_free(&document);
    return list->items[list->count - 1];
}

/* Adds a document with the values of so many columns, from number `first`. */
static void add_columns(DocumentList *list, int first, int count)
{
    Document document = {0};
    Error error;
    char name[16];
    for (int c = first; c < first + count; c++) {
        snprintf(name, sizeof name, "c%d", c);
        cr_assert_eq(metadata_add(&document.metadata, name, name, strlen(name), &error), STATUS_OK);
    }
    cr_assert_eq(documents_add(list, &document, &error), STATUS_OK);
    document_free(&document);
}

/* What a part cannot know is that its own first columns are beyond those of all. */
Test(documents, parts_with_other_columns_lose_no_value_of_the_first_ones)
{
    DocumentList all = {0}, parts[2] = {{.is_part = true}, {.is_part = true}};
    Error error;
    add_columns(&parts[0], 0, METADATA_COLUMNS);
    add_columns(&parts[1], 100, METADATA_COLUMNS);
    add_columns(&parts[1], 10, METADATA_COLUMNS);
    for (int p = 0; p < 2; p++) {
        cr_assert_eq(documents_join(&all, &parts[p], &error), STATUS_OK);
        documents_free(&parts[p]);
    }
    cr_assert_eq(all.columns.count, METADATA_COLUMNS);
    cr_assert_eq(all.beyond, METADATA_COLUMNS + 10);
    cr_assert_str_eq(documents_value(&all.items[1], 0), "");
    cr_assert_str_eq(documents_value(&all.items[2], 9), "");
    cr_assert_str_eq(documents_value(&all.items[2], 10), "c10");
    cr_assert_str_eq(documents_value(&all.items[2], METADATA_COLUMNS - 1), "c63");
    documents_free(&all);
}

Test(documents, excerpt_folds_white_space_and_ends_after_300_characters)
{
    DocumentList list = {0};
    cr_assert(strcmp(add(&list, "  one \r\n\n two\tthree  ").excerpt, "one two three") == 0);
    cr_assert(strcmp(add(&list, "").excerpt, "") == 0);
    char text[2000] = "";
    for (int i = 0; i < 400; i++) {
        strcat(text, "ä");
    }
    const char *excerpt = add(&list, text).excerpt;
    cr_assert(strlen(excerpt) == 600, "%zu bytes of two-byte letters", strlen(excerpt));
    documents_free(&list);
}

Test(documents, hash_tells_texts_apart)
{
    DocumentList list = {0};
    const uint64_t a = add(&list, "text").hash, b = add(&list, "text").hash,
                   c = add(&list, "texts").hash;
    cr_assert(a == b && a != c);
    documents_free(&list);
}

Test(mixture, summary_finds_the_largest_shares)
{
    static const float mixture[4] = {0.2F, 0.1F, 0.5F, 0.2F};
    MixtureSummary summary = mixture_summarise(mixture, 4);
    cr_assert(summary.modelled && summary.topic == 3 && summary.topic2 == 1, "ties: lower number");
    cr_assert(summary.share == 0.5F && summary.share2 == 0.2F);
    cr_assert(summary.topic3 == 4 && summary.share3 == 0.2F);
    const double expected = -(0.2 * log(0.2) * 2 + 0.1 * log(0.1) + 0.5 * log(0.5));
    cr_assert(fabs(summary.entropy - expected) < 1e-6);
}

Test(mixture, summary_has_the_third_in_any_order)
{
    static const float orders[6][3] = {{.5F, .3F, .2F}, {.5F, .2F, .3F}, {.3F, .5F, .2F},
                                       {.2F, .5F, .3F}, {.3F, .2F, .5F}, {.2F, .3F, .5F}};
    for (int i = 0; i < 6; i++) {
        const MixtureSummary summary = mixture_summarise(orders[i], 3);
        cr_assert(summary.share == .5F && summary.share2 == .3F && summary.share3 == .2F);
        cr_assert(orders[i][summary.topic2 - 1] == .3F && orders[i][summary.topic3 - 1] == .2F);
    }
}

Test(mixture, summary_of_one_topic_and_of_none)
{
    static const float one[3] = {0, 1, 0}, none[3] = {0, 0, 0};
    MixtureSummary summary = mixture_summarise(one, 3);
    cr_assert(summary.topic == 2 && summary.topic2 == 0 && summary.topic3 == 0 &&
              summary.entropy == 0.0);
    summary = mixture_summarise(none, 3);
    cr_assert(!summary.modelled && summary.topic == 0 && summary.share == 0.0F);
}

Test(documents, table_has_empty_fields_for_documents_that_are_not_modelled)
{
    DocumentList list = {0};
    Error error;
    add(&list, "a \"title\"\n\nand text");
    add(&list, "");
    static const float mixtures[4] = {0.25F, 0.75F, 0, 0};
    char *directory = support_directory(), path[4096];
    snprintf(path, sizeof path, "%s/documents.csv", directory);
    cr_assert(documents_write(path, &list, mixtures, 2, true, &error) == STATUS_OK);
    char *text = support_read(directory, "documents.csv", NULL);
    const char *expected_heading =
        "doc_id,title,date,n_tokens,n_terms,n_unknown,topic,share,topic2,"
        "share2,topic3,share3,entropy,modelled,hash,excerpt\n";
    cr_assert(strncmp(text, expected_heading, strlen(expected_heading)) == 0, "%s", text);
    cr_assert(strstr(text, "id,,,0,0,0,2,0.75,1,0.25,,,0.562335") != NULL, "%s", text);
    cr_assert(strstr(text, "\nid,,,0,0,0,,,,,,,,0,") != NULL, "%s", text);
    free(text);
    free(directory);
    documents_free(&list);
}
