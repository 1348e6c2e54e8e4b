#include "base/base64.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The base64 of `text`, handed on in portions of `portion` bytes. */
static char *encode(const char *text, size_t length, size_t portion)
{
    char *encoded = NULL;
    size_t size;
    Base64 base64 = {.file = open_memstream(&encoded, &size)};
    for (size_t at = 0; at < length; at += portion) {
        base64_write(&base64, text + at, length - at < portion ? length - at : portion);
    }
    base64_end(&base64);
    fclose(base64.file);
    return encoded;
}

Test(base64, writes_the_examples_of_rfc_4648)
{
    static const char *const pairs[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *encoded = encode(pairs[i][0], strlen(pairs[i][0]), 100);
        cr_expect_str_eq(encoded, pairs[i][1]);
        free(encoded);
    }
}

Test(base64, writes_every_byte)
{
    char *encoded = encode("\x00\x10\x83\x10\x51\x87\x20\x92\x8b\xfb\xef\xbe\xff\xff\xff", 15, 100);
    cr_expect_str_eq(encoded, "ABCDEFGHIJKL++++////");
    free(encoded);
}

Test(base64, does_not_depend_on_portions)
{
    char bytes[5000];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * i % 251);
    }
    char *whole = encode(bytes, sizeof bytes, sizeof bytes);
    cr_assert_eq(strlen(whole), 6668);
    for (size_t portion = 1; portion < 2000; portion = portion * 2 + 1) {
        char *parts = encode(bytes, sizeof bytes, portion);
        cr_expect_str_eq(parts, whole, "portions of %zu", portion);
        free(parts);
    }
    free(whole);
}

Test(base64, begins_anew_behind_an_end)
{
    char *encoded = NULL;
    size_t size;
    Base64 base64 = {.file = open_memstream(&encoded, &size)};
    base64_write(&base64, "f", 1);
    base64_end(&base64);
    base64_write(&base64, "foo", 3);
    base64_end(&base64);
    fclose(base64.file);
    cr_expect_str_eq(encoded, "Zg==Zm9v");
    free(encoded);
}
