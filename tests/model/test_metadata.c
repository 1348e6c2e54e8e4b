#include "model/metadata.h"

#include "base/random.h"
#include "corpus/metadata.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adds a document with an id, a date, and values: names and values in turn, then NULL. */
static void add(DocumentList *list, const char *id, const char *date, const char *const *values)
{
    Error error;
    Document document = {0};
    cr_assert_eq(buffer_append_text(&document.id, id, &error), STATUS_OK);
    cr_assert_eq(buffer_append_text(&document.date, date, &error), STATUS_OK);
    for (; values && *values; values += 2) {
        cr_assert_eq(
            metadata_add(&document.metadata, values[0], values[1], strlen(values[1]), &error),
            STATUS_OK);
    }
    cr_assert_eq(documents_add(list, &document, &error), STATUS_OK);
    document_free(&document);
}

#define VALUES(...)                                                                                \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* A table of one column of ids and one of labels, l1, l2 … */
static void add_rows(DocumentList *rows, const char *const *ids)
{
    for (int r = 1; *ids; ids++, r++) {
        char number[16], label[16];
        snprintf(number, sizeof number, "%d", r);
        snprintf(label, sizeof label, "l%d", r);
        add(rows, number, "", VALUES("file", *ids, "label", label));
    }
}

/* Joins documents of these ids with such rows; expects the labels one behind the other. */
static JoinTally expect_join(const char *const *ids, const char *const *row_ids,
                             const char *expected)
{
    DocumentList documents = {0}, rows = {0};
    JoinTally tally;
    MetadataNotes notes = {0};
    Error error;
    char labels[256] = "";
    for (; *ids; ids++) {
        add(&documents, *ids, "", NULL);
    }
    add_rows(&rows, row_ids);
    cr_assert_eq(metadata_join(&documents, &(MetadataTable){&rows, "t", NULL, "--metadata-id"},
                               &tally, &notes, &error),
                 STATUS_OK, "%s", error.message);
    for (int64_t d = 0; d < documents.count; d++) {
        strcat(strcat(labels, d ? " " : ""), documents_value(&documents.items[d], 0));
    }
    cr_assert_str_eq(labels, expected, "'%s' instead of '%s'", labels, expected);
    cr_assert_eq(tally.matched + tally.alone, documents.count);
    cr_assert_eq((int64_t)notes.count, tally.alone + tally.left + tally.repeated);
    cr_assert_eq(documents.columns.count, 1);
    cr_assert_str_eq(documents.columns.items[0], "label");
    metadata_notes_free(&notes);
    documents_free(&documents);
    documents_free(&rows);
    return tally;
}

Test(join, compares_ids_by_one_rule)
{
    static const struct {
        const char *ids[4], *rows[4], *labels;
        JoinRule rule;
    } cases[] = {
        {{"a/1.txt", "b/1.txt"}, {"b/1.txt", "a/1.txt"}, "l2 l1", JOIN_EXACT},
        {{"a/1.txt", "b/1.txt"}, {"./b/1.txt", "/a/1.txt"}, "l2 l1", JOIN_PATH},
        {{"a/1.txt", "b/1.txt"}, {"docs/b/1.txt", "docs/a/1.txt"}, "l2 l1", JOIN_ROW_BELOW},
        {{"docs/a/1.txt", "docs/b/1.txt"}, {"b/1.txt", "a/1.txt"}, "l2 l1", JOIN_OWN_BELOW},
        {{"x/a/1.txt", "y/b/2.txt"}, {"p/q/r/2.txt", "1.txt"}, "l2 l1", JOIN_NAME},
        {{"1.txt", "2.txt"}, {"2", "1"}, "l2 l1", JOIN_WITHOUT_ENDING},
        {{"1.txt.gz", "2"}, {"2.txt", "1.txt"}, "l2 l1", JOIN_WITHOUT_ENDING},
        {{"x/a/1.txt", "y/b/2.txt"}, {"2.htm", "1.htm"}, "l2 l1", JOIN_WITHOUT_ENDING + JOIN_NAME},
        /* More are found by the first rule than by another; names that are alike are none. */
        {{"a/1.txt", "b/2.txt", "3.txt"}, {"a/1.txt", "2.txt", "b/2.txt"}, "l1 l3 ", JOIN_EXACT},
        {{"a/1.txt", "b/1.txt", "c/2.txt"}, {"z/1.txt", "z/2.txt"}, "  l2", JOIN_NAME},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const JoinTally tally = expect_join(cases[i].ids, cases[i].rows, cases[i].labels);
        cr_assert_eq(tally.rule, cases[i].rule, "case %zu: rule %d", i, (int)tally.rule);
    }
}

Test(join, counts_what_does_not_match)
{
    const JoinTally tally =
        expect_join(VALUES("a", "b", "c"), VALUES("b", "x", "b", "", "y"), " l1 ");
    cr_assert_eq(tally.matched, 1);
    cr_assert_eq(tally.alone, 2);
    cr_assert_eq(tally.left, 3);
    cr_assert_eq(tally.repeated, 1);
}

Test(join, finds_the_column_by_what_is_in_it)
{
    DocumentList documents = {0}, rows = {0};
    JoinTally tally;
    MetadataNotes notes = {0};
    Error error;
    add(&documents, "a", "", VALUES("x", "own"));
    add(&documents, "b", "", NULL);
    add(&rows, "1", "", VALUES("x", "1", "which", "b"));
    add(&rows, "2", "", VALUES("x", "a", "which", "a"));
    cr_assert_eq(metadata_join(&documents, &(MetadataTable){&rows, "t", NULL, "--metadata-id"},
                               &tally, &notes, &error),
                 STATUS_OK);
    cr_assert_eq(tally.column, 1);
    cr_assert_str_eq(documents_value(&documents.items[0], 0), "own");
    cr_assert_str_eq(documents_value(&documents.items[0], 1), "a");
    cr_assert_str_eq(documents_value(&documents.items[1], 1), "1");
    cr_assert_str_eq(documents.columns.items[1], "x_2"); /* a column x was there */
    cr_assert_eq(metadata_join(&documents, &(MetadataTable){&rows, "t", "wich", "--metadata-id"},
                               &tally, &notes, &error),
                 STATUS_INPUT);
    cr_assert(strstr(error.hint, "which") != NULL, "%s", error.hint);
    metadata_notes_free(&notes);
    documents_free(&documents);
    documents_free(&rows);
}

Test(join, has_no_more_columns_than_there_may_be)
{
    DocumentList documents = {0}, rows = {0};
    JoinTally tally;
    MetadataNotes notes = {0};
    Error error;
    char names[2 * METADATA_COLUMNS][16];
    const char *values[2 * METADATA_COLUMNS + 1] = {NULL};
    for (int own = 1; own >= 0; own--) {
        for (int c = 0; c < 40; c++) {
            snprintf(names[c], sizeof *names, "%s%d", own ? "own" : c ? "row" : "id", c);
            values[2 * c] = names[c];
            values[2 * c + 1] = "a";
        }
        values[80] = NULL;
        add(own ? &documents : &rows, "a", "", values);
    }
    cr_assert_eq(metadata_join(&documents, &(MetadataTable){&rows, "t", "id0", "--metadata-id"},
                               &tally, &notes, &error),
                 STATUS_OK);
    cr_assert_eq(documents.columns.count, METADATA_COLUMNS);
    cr_assert_eq(documents.beyond, 39 - 24);
    cr_assert_str_eq(documents_value(&documents.items[0], METADATA_COLUMNS - 1), "a");
    metadata_notes_free(&notes);
    documents_free(&documents);
    documents_free(&rows);
}

/* The naive way: every row is compared with every document. */
Test(join, agrees_with_comparing_all)
{
    for (uint64_t round = 0; round < 200; round++) {
        const RandomStream random = {.seed = 5, .stream = round};
        char ids[40][16], row_ids[40][16];
        const char *documents[41] = {NULL}, *rows[41] = {NULL};
        int count = 0, matched = 0;
        for (int i = 0; i < 40; i++) { /* the documents' ids differ */
            snprintf(ids[count], sizeof *ids, "%d", i);
            if (random_bits(random, (uint64_t)i) % 2 || count == 0) {
                documents[count] = ids[count];
                count++;
            }
            snprintf(row_ids[i], sizeof *row_ids, "%d",
                     (int)(random_bits(random, 100 + (uint64_t)i) % 40));
            rows[i] = row_ids[i];
        }
        rows[0] = documents[0];
        char expected[256] = "";
        for (int d = 0; d < count; d++) {
            int r = 0;
            while (r < 40 && strcmp(rows[r], documents[d]) != 0) {
                r++;
            }
            matched += r < 40;
            snprintf(expected + strlen(expected), 16, r < 40 ? "%sl%d" : "%s", d ? " " : "", r + 1);
        }
        cr_assert_eq(expect_join(documents, rows, expected).matched, matched);
    }
}

/* ---- columns of documents ---- */

Test(metadata, of_documents_is_kept_by_column)
{
    DocumentList list = {0};
    add(&list, "1", "", VALUES("b", "1", "a", ""));
    add(&list, "2", "", VALUES("c", "2", "b", "3"));
    add(&list, "3", "", NULL);
    add(&list, "4", "", VALUES("topic", "t", "meta_topic", "u"));
    static const char *const names[] = {"b", "a", "c", "meta_topic"};
    static const char *const expected[4][4] = {
        {"1", "", "", ""}, {"3", "", "2", ""}, {"", "", "", ""}, {"", "", "", "t"}};
    cr_assert_eq(list.columns.count, 4);
    for (size_t c = 0; c < 4; c++) {
        cr_assert_str_eq(list.columns.items[c], names[c]);
        for (int d = 0; d < 4; d++) {
            cr_assert_str_eq(documents_value(&list.items[d], c), expected[d][c]);
        }
    }
    documents_free(&list);
}

Test(metadata, comes_back_from_a_file)
{
    char *directory = support_directory();
    DocumentList list = {0}, again = {0};
    Error error;
    add(&list, "1", "1984", VALUES("a,\"b\"", "x\ny", "empty", "", "last", ","));
    add(&list, "2", "", VALUES("last", ""));
    const float mixtures[2] = {1.0F, 0.0F};
    Buffer path = {0};
    cr_assert_eq(buffer_print(&path, &error, "%s/documents.csv", directory), STATUS_OK);
    cr_assert_eq(documents_write(path.bytes, &list, mixtures, 1, false, &error), STATUS_OK);
    cr_assert_eq(documents_read(path.bytes, &again, &error), STATUS_OK, "%s", error.message);
    cr_assert_eq(again.columns.count, 3);
    for (size_t c = 0; c < 3; c++) {
        cr_assert_str_eq(again.columns.items[c], list.columns.items[c]);
        for (int d = 0; d < 2; d++) {
            cr_assert_str_eq(documents_value(&again.items[d], c),
                             documents_value(&list.items[d], c));
        }
    }
    buffer_free(&path);
    documents_free(&list);
    documents_free(&again);
    free(directory);
}

/* ---- dates ---- */

static DateTally settle(DateOrder order, const char *const *dates, const char *expected)
{
    DocumentList list = {0};
    DateTally tally;
    MetadataNotes notes = {0};
    Error error;
    char all[256] = "";
    for (; *dates; dates++) {
        add(&list, "x", *dates, NULL);
    }
    cr_assert_eq(metadata_settle_dates(&list, order, &tally, &notes, &error), STATUS_OK);
    for (int64_t d = 0; d < list.count; d++) {
        strcat(strcat(all, list.items[d].date), ";");
    }
    cr_assert_str_eq(all, expected, "'%s' instead of '%s'", all, expected);
    cr_assert_eq((int64_t)notes.count, tally.unread);
    metadata_notes_free(&notes);
    documents_free(&list);
    return tally;
}

Test(dates, take_their_order_from_all)
{
    DateTally tally = settle(DATE_AUTO, VALUES("1/2/2001", "13/2/2001", "3.4.2001", "", "?"),
                             "2001-02-01;2001-02-13;2001-04-03;;;");
    cr_assert(tally.read == 3 && tally.unread == 1 && tally.day_first == 1 && tally.either == 0);
    tally = settle(DATE_AUTO, VALUES("1/2/2001", "2/13/2001", "3.4.2001"),
                   "2001-01-02;2001-02-13;2001-03-04;");
    cr_assert(tally.read == 3 && tally.month_first == 1);
    tally = settle(DATE_AUTO, VALUES("1/2/2001", "3.4.2001", "2001"), ";2001-04-03;2001;");
    cr_assert(tally.read == 2 && tally.unread == 1 && tally.either == 1);
    tally =
        settle(DATE_AUTO, VALUES("1/2/2001", "13/2/2001", "2/13/2001"), ";2001-02-13;2001-02-13;");
    cr_assert(tally.either == 1 && tally.day_first == 1 && tally.month_first == 1);
    tally = settle(DATE_MDY, VALUES("1/2/2001", "13/2/2001"), "2001-01-02;;");
    cr_assert(tally.read == 1 && tally.unread == 1 && tally.either == 0);
}
