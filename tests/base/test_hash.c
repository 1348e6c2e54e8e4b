#include "base/hash.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Test(hash, is_xxh3)
{
    static const struct {
        const char *text;
        uint64_t hash;
    } cases[] = {
        {"", UINT64_C(0x2D06800538D394C2)},
        {"a", UINT64_C(0xE6C632B61E964E1F)},
        {"abc", UINT64_C(0x78AF5F94892F3950)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert_eq(hash_bytes(cases[i].text, strlen(cases[i].text)), cases[i].hash, "'%s'",
                     cases[i].text);
    }
}

Test(hash, of_a_file_is_that_of_its_bytes)
{
    static const size_t sizes[] = {0, 1, 240, 241, 65535, 65536, 65537, 200000};
    char *directory = support_directory();
    unsigned char *bytes = malloc(200000);
    for (size_t i = 0; i < 200000; i++) {
        bytes[i] = (unsigned char)(i * 31 + i / 251);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/file", directory);
        support_write(directory, "file", bytes, sizes[i]);
        uint64_t hash = 0;
        int64_t size = -1;
        Error error;
        cr_assert_eq(hash_file(path, &hash, &size, &error), STATUS_OK);
        cr_assert_eq(size, (int64_t)sizes[i]);
        cr_assert_eq(hash, hash_bytes(bytes, sizes[i]), "%zu bytes", sizes[i]);
    }
    free(bytes);
    free(directory);
}

Test(hash, of_a_changed_byte_is_another)
{
    char text[100];
    memset(text, 'a', sizeof text);
    const uint64_t before = hash_bytes(text, sizeof text);
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] ^= 1;
        cr_assert(hash_bytes(text, sizeof text) != before, "byte %zu", i);
        text[i] ^= 1;
    }
    cr_assert(hash_bytes(text, sizeof text - 1) != before);
    cr_assert_eq(hash_bytes(text, sizeof text), before);
}

Test(hash, says_which_file_cannot_be_read)
{
    char *directory = support_directory();
    char missing[200];
    snprintf(missing, sizeof missing, "%s/missing", directory);
    const char *const paths[] = {missing, directory};
    for (size_t i = 0; i < 2; i++) {
        uint64_t hash;
        int64_t size;
        Error error = {0};
        cr_assert_eq(hash_file(paths[i], &hash, &size, &error), STATUS_INPUT, "%s", paths[i]);
        cr_assert(strstr(error.message, paths[i]) != NULL, "%s", error.message);
    }
    free(directory);
}

Test(hash, is_written_in_sixteen_lower_case_digits)
{
    static const struct {
        uint64_t hash;
        const char *text;
    } cases[] = {
        {0, "0000000000000000"},
        {UINT64_C(0xABC), "0000000000000abc"},
        {UINT64_C(0xFEDCBA9876543210), "fedcba9876543210"},
        {UINT64_MAX, "ffffffffffffffff"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HASH_TEXT_SIZE];
        hash_format(cases[i].hash, text);
        cr_assert_str_eq(text, cases[i].text);
    }
}
