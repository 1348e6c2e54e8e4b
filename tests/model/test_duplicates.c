#include "model/duplicates.h"

#include <criterion/criterion.h>
#include <string.h>

/* Documents by id and excerpt. */
static void make(DocumentList *documents, const char *const (*rows)[2], const uint64_t *hashes,
                 int64_t count)
{
    Error error;
    for (int64_t d = 0; d < count; d++) {
        cr_assert(!documents_add_id(documents, rows[d][0], &error));
        documents->items[d].hash = hashes[d];
        cr_assert(
            !documents_show_text(&documents->items[d], rows[d][1], strlen(rows[d][1]), &error));
    }
}

Test(duplicates, are_found_and_dropped)
{
    static const char *const rows[][2] = {{"a", "x"}, {"b", "y"}, {"c", "x"}, {"d", ""},
                                          {"e", ""},  {"f", "x"}, {"g", "y"}, {"h", "z"}};
    /* h has b's hash and another text; d and e hold nothing */
    static const uint64_t hashes[] = {9, 7, 9, 5, 5, 9, 7, 7};
    DocumentList documents = {0};
    Duplicates duplicates = {0};
    Error error;
    make(&documents, rows, hashes, 8);
    cr_assert(!duplicates_find(&documents, &duplicates, &error));
    static const char *const expected[][2] = {{"c", "a"}, {"f", "a"}, {"g", "b"}};
    cr_assert(duplicates.count == 3);
    for (int64_t i = 0; i < 3; i++) {
        cr_assert_str_eq(duplicates.items[i].id, expected[i][0]);
        cr_assert_str_eq(duplicates.items[i].of_id, expected[i][1]);
    }
    duplicates_drop(&duplicates, &documents);
    static const char *const left[] = {"a", "b", "d", "e", "h"};
    cr_assert(documents.count == 5);
    for (int64_t d = 0; d < 5; d++) {
        cr_assert_str_eq(documents.items[d].id, left[d]);
    }
    cr_assert_str_eq(duplicates.items[2].id, "g"); /* outlives the document */
    duplicates_free(&duplicates);
    documents_free(&documents);
}

Test(duplicates, there_may_be_none)
{
    DocumentList documents = {0};
    Duplicates duplicates = {0};
    Error error;
    cr_assert(!duplicates_find(&documents, &duplicates, &error) && duplicates.count == 0);
    duplicates_free(&duplicates);
}
