#include "report/export_tables.h"

#include <criterion/criterion.h>
#include <string.h>

enum { DOCUMENTS = 7, TOPICS = 3 };

/* The first and the last document and one between have no share at all. */
static float mixtures[DOCUMENTS * TOPICS] = {
    0.0F, 0.0F, 0.0F, 0.2F, 0.0F, 0.8F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F,
    0.0F, 0.1F, 0.3F, 0.6F, 0.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F,
};

static const struct {
    const char *id;
    int topic;
    float share;
} expected[] = {
    {"b", 1, 0.2F}, {"b", 3, 0.8F}, {"c", 1, 1.0F}, {"e", 1, 0.1F},
    {"e", 2, 0.3F}, {"e", 3, 0.6F}, {"f", 2, 1.0F},
};
enum { ROWS = sizeof expected / sizeof *expected };

static void check_row(const Table *table, int64_t row)
{
    Value values[TABLE_COLUMNS_MAX];
    table_row(table, row, values);
    cr_assert_str_eq(values[0].text, expected[row].id);
    cr_assert_eq(values[1].whole, expected[row].topic);
    cr_assert_eq((float)values[2].number, expected[row].share);
}

Test(tables, shares_are_the_same_in_any_order)
{
    static char ids[DOCUMENTS][2] = {"a", "b", "c", "d", "e", "f", "g"};
    DocumentFacts facts[DOCUMENTS] = {0};
    for (int d = 0; d < DOCUMENTS; d++) {
        facts[d].id = ids[d];
    }
    const DocumentList documents = {.items = facts, .count = DOCUMENTS};
    Table table;
    Error error;
    cr_assert(shares_table(&documents, mixtures, TOPICS, &table, &error) == STATUS_OK);
    cr_assert_eq(table.row_count, ROWS);
    for (int64_t row = 0; row < ROWS; row++) {
        check_row(&table, row);
    }
    for (int64_t row = ROWS - 1; row >= 0; row--) {
        check_row(&table, row);
        check_row(&table, row);
    }
    for (int64_t i = 0; i < 50; i++) {
        check_row(&table, i * 5 % ROWS);
    }
    table_free(&table);
}

Test(tables, a_float32_is_the_number_that_is_written)
{
    const Value wide = {.number = 0.1}, narrow = {.number = (double)0.1F, .is_float32 = true};
    cr_assert_eq(value_number(&wide), 0.1);
    cr_assert_eq(value_number(&narrow), 0.1);
    cr_assert((double)0.1F != 0.1);
}
