#include "report/page_block.h"

#include "report/page_numbers.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* So many numbers in an array. */
static Status write_numbers(const void *context, JsonWriter *json, Error *error)
{
    (void)error;
    json_open_array(json);
    for (int i = 0; i < *(const int *)context; i++) {
        json_whole(json, 10000 + i % 90000);
    }
    json_close_array(json);
    return STATUS_OK;
}

static char *write_block(const int *count)
{
    char *text = NULL;
    size_t size;
    Error error;
    FILE *page = open_memstream(&text, &size);
    cr_assert_eq(page_block_write(page, "some", write_numbers, count, &error), STATUS_OK);
    fclose(page);
    return text;
}

/* What the JSON must be. */
static char *expected_json(int count)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    JsonWriter json = {.file = file, .embedded = true};
    Error error;
    write_numbers(&count, &json, &error);
    fclose(file);
    return text;
}

/* The bytes of base64, `length` of them in `bytes`. */
static size_t decode(const char *text, unsigned char *bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t length = 0;
    unsigned bits = 0;
    int held = 0;
    for (; *text && *text != '=' && *text != '<'; text++) {
        const char *digit = strchr(digits, *text);
        cr_assert(digit != NULL, "'%c' is no digit", *text);
        bits = bits << 6 | (unsigned)(digit - digits);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes[length++] = (unsigned char)(bits >> held);
        }
    }
    return length;
}

Test(page_block, a_short_one_is_json)
{
    const int count = 16666; /* six bytes each, and a bracket: 99997 */
    char *text = write_block(&count), *json = expected_json(count);
    static const char begin[] = "<script type=\"application/json\" id=\"themata-some\">";
    cr_assert_eq(strlen(json), 99997);
    cr_assert_eq(strncmp(text, begin, strlen(begin)), 0);
    cr_expect_eq(strncmp(text + strlen(begin), json, strlen(json)), 0);
    cr_expect_str_eq(text + strlen(begin) + strlen(json), "</script>\n");
    free(text);
    free(json);
}

Test(page_block, a_long_one_is_packed)
{
    for (int count = 16667; count < 400000; count *= 5) {
        char *text = write_block(&count), *json = expected_json(count);
        static const char begin[] = "<script type=\"application/octet-stream\" "
                                    "data-encoding=\"deflate\" id=\"themata-some\">";
        cr_assert_eq(strncmp(text, begin, strlen(begin)), 0, "%.100s", text);
        unsigned char *packed = malloc(strlen(text));
        const size_t length = decode(text + strlen(begin), packed);
        uLongf size = strlen(json) + 1;
        char *unpacked = malloc(size);
        cr_assert_eq(uncompress((Bytef *)unpacked, &size, packed, length), Z_OK);
        cr_assert_eq(size, strlen(json));
        cr_expect_eq(memcmp(unpacked, json, size), 0);
        cr_expect_lt(length, size / 2);
        free(packed);
        free(unpacked);
        free(text);
        free(json);
    }
}

static Status fail(const void *context, JsonWriter *json, Error *error)
{
    (void)context;
    json_text(json, "half");
    return error_set(error, STATUS_FAILED, "it failed");
}

Test(page_block, tells_what_its_writer_says)
{
    char *text = NULL;
    size_t size;
    Error error;
    FILE *page = open_memstream(&text, &size);
    cr_expect_eq(page_block_write(page, "some", fail, NULL, &error), STATUS_FAILED);
    cr_expect_str_eq(error.message, "it failed");
    fclose(page);
    free(text);
}

static char *numbers_json(const uint16_t *numbers, int64_t count)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    JsonWriter json = {.file = file, .embedded = true};
    json_open_object(&json);
    page_numbers_u16(&json, "n", numbers, count);
    json_close_object(&json);
    fclose(file);
    return text;
}

Test(page_numbers, a_short_array_is_plain_and_a_long_one_packed)
{
    uint16_t numbers[65];
    for (int i = 0; i < 65; i++) {
        numbers[i] = (uint16_t)(i * 1000 + 5);
    }
    char *text = numbers_json(numbers, 3);
    cr_expect_str_eq(text, "{\"n\":[5,1005,2005]}");
    free(text);
    text = numbers_json(numbers, 65);
    unsigned char bytes[200];
    cr_assert_eq(strncmp(text, "{\"n\":{\"u16\":\"", 13), 0, "%s", text);
    char *end = strchr(text + 13, '"');
    cr_assert(end != NULL);
    *end = '\0';
    cr_assert_eq(decode(text + 13, bytes), 130);
    for (int i = 0; i < 65; i++) {
        cr_expect_eq(bytes[i] | bytes[65 + i] << 8, numbers[i]);
    }
    free(text);
}

Test(page_numbers, a_number_beyond_float32_is_the_largest_of_them)
{
    cr_expect_eq(page_float(1e300), FLT_MAX);
    cr_expect_eq(page_float(0.1), 0.1F);
}

Test(page_numbers, a_share_has_the_parts_of_the_number_that_is_shown)
{
    for (int j = 1; j <= 100; j++) {
        const float share = (float)(j / 100.0);
        cr_expect_eq(page_share(share), 600 * j, "%d hundredths", j);
        cr_expect_eq(page_share(nextafterf(share, 0.0F)), 600 * j - 1, "less than %d", j);
    }
    cr_expect_eq(page_share(0.0F), 0);
    cr_expect_eq(page_share(1.0F), PAGE_SHARE_ONE);
    cr_expect_eq(page_share(0.123456F), 7407);
}
