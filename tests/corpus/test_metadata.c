#include "corpus/metadata.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void add(Metadata *metadata, const char *name, const char *value)
{
    Error error;
    cr_assert_eq(metadata_add(metadata, name, value, strlen(value), &error), STATUS_OK);
}

/* The pairs as `name=value;`. */
static void expect(const Metadata *metadata, const char *expected)
{
    char text[4096] = "";
    const char *name, *value;
    for (size_t at = 0; metadata_next(metadata, &at, &name, &value);) {
        strcat(strcat(strcat(strcat(text, name), "="), value), ";");
    }
    cr_assert_str_eq(text, expected);
}

Test(metadata, keeps_what_is_added_in_order)
{
    Metadata metadata = {0};
    expect(&metadata, "");
    add(&metadata, "year", " 1984\n");
    add(&metadata, "label", "");
    add(&metadata, "year", "1985");
    add(&metadata, " genre ", "war");
    expect(&metadata, "year=1984;label=;genre=war;");
    cr_assert_eq(metadata.count, 3);
    buffer_free(&metadata.pairs);
}

Test(metadata, makes_a_blank_of_a_nul)
{
    Metadata metadata = {0};
    Error error;
    cr_assert_eq(metadata_add(&metadata, "a", "b\0c\0", 4, &error), STATUS_OK);
    add(&metadata, "d", "e");
    expect(&metadata, "a=b c;d=e;");
    buffer_free(&metadata.pairs);
}

Test(metadata, cuts_at_a_character)
{
    Metadata metadata = {0};
    char name[METADATA_NAME_BYTES + 2], value[METADATA_VALUE_BYTES + 2];
    memset(name, 'n', sizeof name);
    memset(value, 'v', sizeof value);
    memcpy(name + METADATA_NAME_BYTES - 1, "é", 3);
    memcpy(value + METADATA_VALUE_BYTES - 1, "é", 3);
    add(&metadata, name, value);
    value[METADATA_VALUE_BYTES - 1] = 'v';
    value[METADATA_VALUE_BYTES] = '\0';
    add(&metadata, "whole", value);
    size_t at = 0;
    const char *got_name, *got_value;
    cr_assert(metadata_next(&metadata, &at, &got_name, &got_value));
    cr_assert_eq(strlen(got_name), METADATA_NAME_BYTES - 1);
    cr_assert_eq(strlen(got_value), METADATA_VALUE_BYTES - 1);
    cr_assert(metadata_next(&metadata, &at, &got_name, &got_value));
    cr_assert_eq(strlen(got_value), METADATA_VALUE_BYTES);
    cr_assert_eq(metadata.cut, 1);
    buffer_free(&metadata.pairs);
}

Test(metadata, counts_what_is_too_much)
{
    Metadata metadata = {0};
    for (int i = 0; i < METADATA_COLUMNS + 3; i++) {
        char name[8];
        snprintf(name, sizeof name, "c%d", i);
        add(&metadata, name, "x");
    }
    cr_assert_eq(metadata.count, METADATA_COLUMNS);
    cr_assert_eq(metadata.beyond, 3);
    buffer_free(&metadata.pairs);
}

Test(metadata, takes_the_folder_of_a_path)
{
    static const char *const cases[][2] = {
        {"a.txt", ""},
        {"a/b.txt", "folder=a;"},
        {"a/b/c.txt", "folder=a/b;"},
        {"/a", "folder=;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Metadata metadata = {0};
        Error error;
        cr_assert_eq(metadata_add_folder(&metadata, cases[i][0], &error), STATUS_OK);
        expect(&metadata, cases[i][1]);
        buffer_free(&metadata.pairs);
    }
}
