#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

Test(buffer, starts_empty_and_reads_as_an_empty_text)
{
    Buffer buffer = {0};
    cr_assert_str_eq(buffer_text(&buffer), "");
    buffer_clear(&buffer);
    cr_assert(buffer.bytes == NULL && buffer.length == 0);
    buffer_free(&buffer);
}

Test(buffer, appends_bytes_texts_and_single_bytes_and_ends_them_with_a_nul)
{
    Buffer buffer = {0};
    Error error;
    cr_assert_eq(buffer_append(&buffer, "a\0b", 3, &error), STATUS_OK);
    cr_assert_eq(buffer_append_text(&buffer, "cd", &error), STATUS_OK);
    cr_assert_eq(buffer_append_byte(&buffer, 'e', &error), STATUS_OK);
    cr_assert_eq(buffer.length, 6);
    cr_assert(memcmp(buffer.bytes, "a\0bcde", 7) == 0);
    cr_assert(buffer.capacity > buffer.length);
    buffer_free(&buffer);
}

Test(buffer, appending_nothing_makes_an_empty_text)
{
    Buffer buffer = {0};
    Error error;
    cr_assert_eq(buffer_append(&buffer, NULL, 0, &error), STATUS_OK);
    cr_assert_eq(buffer.length, 0);
    cr_assert_str_eq(buffer_text(&buffer), "");
    buffer_free(&buffer);
}

Test(buffer, keeps_its_contents_while_it_grows)
{
    Buffer buffer = {0};
    Error error;
    for (int i = 0; i < 100000; i++) {
        cr_assert_eq(buffer_append_byte(&buffer, (char)('a' + i % 26), &error), STATUS_OK);
        cr_assert_eq(buffer.bytes[buffer.length], '\0');
    }
    cr_assert_eq(buffer.length, 100000);
    for (int i = 0; i < 100000; i++) {
        cr_assert_eq(buffer.bytes[i], 'a' + i % 26, "byte %d", i);
    }
    buffer_free(&buffer);
}

Test(buffer, prints_texts_of_any_length_behind_what_it_holds)
{
    Buffer buffer = {0};
    Error error;
    char *longer = malloc(50001);
    memset(longer, 'x', 50000);
    longer[50000] = '\0';
    cr_assert_eq(buffer_append_text(&buffer, "n=", &error), STATUS_OK);
    cr_assert_eq(buffer_print(&buffer, &error, "%d;%s;", -7, longer), STATUS_OK);
    cr_assert_eq(buffer.length, 2 + 3 + 50000 + 1);
    cr_assert_eq(strlen(buffer.bytes), buffer.length);
    cr_assert(strncmp(buffer.bytes, "n=-7;xxx", 8) == 0);
    cr_assert_str_eq(buffer.bytes + buffer.length - 2, "x;");
    cr_assert_eq(buffer_print(&buffer, &error, "%s", ""), STATUS_OK);
    cr_assert_eq(buffer.length, 2 + 3 + 50000 + 1);
    free(longer);
    buffer_free(&buffer);
}

Test(buffer, clearing_empties_it_and_keeps_its_room)
{
    Buffer buffer = {0};
    Error error;
    cr_assert_eq(buffer_append_text(&buffer, "something", &error), STATUS_OK);
    const size_t capacity = buffer.capacity;
    const char *bytes = buffer.bytes;
    buffer_clear(&buffer);
    cr_assert_eq(buffer.length, 0);
    cr_assert_str_eq(buffer_text(&buffer), "");
    cr_assert(buffer.capacity == capacity && buffer.bytes == bytes);
    cr_assert_eq(buffer_append_text(&buffer, "other", &error), STATUS_OK);
    cr_assert_str_eq(buffer_text(&buffer), "other");
    buffer_free(&buffer);
}

Test(buffer, is_usable_after_it_was_freed)
{
    Buffer buffer = {0};
    Error error;
    cr_assert_eq(buffer_append_text(&buffer, "first", &error), STATUS_OK);
    buffer_free(&buffer);
    cr_assert(buffer.bytes == NULL && buffer.length == 0 && buffer.capacity == 0);
    cr_assert_eq(buffer_append_text(&buffer, "second", &error), STATUS_OK);
    cr_assert_str_eq(buffer_text(&buffer), "second");
    buffer_free(&buffer);
}

Test(buffer, reserves_room_for_the_bytes_and_the_nul)
{
    Buffer buffer = {0};
    Error error;
    cr_assert_eq(buffer_append_text(&buffer, "abc", &error), STATUS_OK);
    cr_assert_eq(buffer_reserve(&buffer, 1000, &error), STATUS_OK);
    cr_assert(buffer.capacity >= 3 + 1000 + 1);
    const char *bytes = buffer.bytes;
    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(buffer_append_byte(&buffer, 'z', &error), STATUS_OK);
    }
    cr_assert(buffer.bytes == bytes, "moved although the room had been made");
    buffer_free(&buffer);
}

Test(buffer, reserving_room_leaves_an_empty_text_empty)
{
    Buffer buffer = {0};
    Error error;
    /* Memory that was used before, so that what the buffer gets is not zero by chance. */
    char *dirty = malloc(1001);
    memset(dirty, 'x', 1001);
    *(char *volatile *)&dirty = dirty; /* or the compiler drops the memset */
    free(dirty);
    cr_assert_eq(buffer_reserve(&buffer, 1000, &error), STATUS_OK);
    cr_assert_eq(buffer.length, 0);
    cr_assert_eq(buffer_text(&buffer)[0], '\0', "nothing was appended, yet there is a text");
    buffer_free(&buffer);
}

Test(buffer, refuses_a_length_that_overflows_and_stays_as_it_was)
{
    Buffer buffer = {0};
    Error error;
    cr_assert_eq(buffer_append_text(&buffer, "abc", &error), STATUS_OK);
    static const size_t extras[] = {SIZE_MAX, SIZE_MAX - 2, SIZE_MAX - 3};
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
        cr_assert_eq(buffer_reserve(&buffer, extras[i], &error), STATUS_FAILED);
        cr_assert_eq(error.status, STATUS_FAILED);
        cr_assert(error.message[0] != '\0');
        cr_assert_str_eq(buffer_text(&buffer), "abc");
        cr_assert_eq(buffer.length, 3);
    }
    buffer_free(&buffer);
}
