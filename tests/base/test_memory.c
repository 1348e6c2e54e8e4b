#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The address sanitizer ends a process that asks for too much, unless told that NULL is an answer.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

Test(memory, is_zeroed)
{
    Error error;
    for (int round = 0; round < 10; round++) {
        unsigned char *bytes = memory_new(1000, 3, &error);
        cr_assert(bytes != NULL);
        for (int i = 0; i < 3000; i++) {
            cr_assert_eq(bytes[i], 0);
        }
        memset(bytes, 0xFF, 3000);
        free(bytes);
    }
}

Test(memory, of_no_elements_is_still_memory)
{
    static const size_t shapes[][2] = {{0, 8}, {8, 0}, {0, 0}, {0, SIZE_MAX}, {SIZE_MAX, 0}};
    /* The last two ask for nothing, however large the other factor: both are 1 at least. */
    for (size_t i = 0; i < 3; i++) {
        Error error;
        char *bytes = memory_new(shapes[i][0], shapes[i][1], &error);
        cr_assert(bytes != NULL);
        cr_assert_eq(bytes[0], 0);
        free(bytes);
    }
}

Test(memory, refuses_a_product_that_overflows)
{
    static const size_t shapes[][2] = {{SIZE_MAX, 2},
                                       {2, SIZE_MAX},
                                       {SIZE_MAX / 2 + 1, 2},
                                       {SIZE_MAX / 8 + 1, 8},
                                       {(size_t)1 << 32, (size_t)1 << 32},
                                       {SIZE_MAX, SIZE_MAX}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        Error error = {0};
        cr_assert(memory_new(shapes[i][0], shapes[i][1], &error) == NULL, "%zu × %zu", shapes[i][0],
                  shapes[i][1]);
        cr_assert_eq(error.status, STATUS_FAILED);
        cr_assert(strstr(error.message, "memory") != NULL, "%s", error.message);
    }
}

Test(memory, reserve_refuses_a_product_that_overflows_and_leaves_the_array_alone)
{
    Error error;
    size_t capacity = 0;
    int64_t *array = NULL;
    cr_assert_eq(memory_reserve(&array, &capacity, 4, sizeof *array, &error), STATUS_OK);
    for (int i = 0; i < 4; i++) {
        array[i] = i + 1;
    }
    const int64_t *old = array;
    const size_t old_capacity = capacity;
    static const size_t needs[] = {SIZE_MAX, SIZE_MAX / 8 + 1, SIZE_MAX / 2};
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        error = (Error){0};
        cr_assert_eq(memory_reserve(&array, &capacity, needs[i], sizeof *array, &error),
                     STATUS_FAILED);
        cr_assert_eq(error.status, STATUS_FAILED);
        cr_assert(array == old && capacity == old_capacity);
        cr_assert(array[0] == 1 && array[3] == 4);
    }
    free(array);
}

Test(memory, reserve_makes_the_room_that_is_needed_and_keeps_the_elements)
{
    Error error;
    size_t capacity = 0, moves = 0;
    uint32_t *array = NULL;
    for (uint32_t i = 0; i < 1000000; i++) {
        const size_t before = capacity;
        cr_assert_eq(memory_reserve(&array, &capacity, (size_t)i + 1, sizeof *array, &error),
                     STATUS_OK);
        cr_assert(capacity >= (size_t)i + 1);
        moves += capacity != before;
        array[i] = i * 7;
    }
    for (uint32_t i = 0; i < 1000000; i++) {
        cr_assert_eq(array[i], i * 7);
    }
    cr_assert(moves < 60, "%zu moves for a million elements are not O(1) each", moves);
    free(array);
}

Test(memory, reserve_does_nothing_where_there_is_room)
{
    Error error;
    size_t capacity = 0;
    char *array = NULL;
    cr_assert_eq(memory_reserve(&array, &capacity, 0, 1, &error), STATUS_OK);
    cr_assert(array == NULL && capacity == 0);
    cr_assert_eq(memory_reserve(&array, &capacity, 5000, 1, &error), STATUS_OK);
    const char *old = array;
    const size_t old_capacity = capacity;
    for (size_t needed = 0; needed <= old_capacity; needed++) {
        cr_assert_eq(memory_reserve(&array, &capacity, needed, 1, &error), STATUS_OK);
        cr_assert(array == old && capacity == old_capacity);
    }
    free(array);
}

Test(memory, copies_a_text_with_a_nul_behind_it)
{
    Error error;
    char *copy = memory_copy_text("ab\0cd", 4, &error);
    cr_assert(copy && memcmp(copy, "ab\0c", 5) == 0);
    free(copy);
    copy = memory_copy_text(NULL, 0, &error);
    cr_assert(copy != NULL);
    cr_assert_str_eq(copy, "");
    free(copy);
}

Test(memory, unset_is_checked_and_can_be_filled)
{
    Error error;
    static const size_t sizes[] = {0, 1, 1000, 5000001};
    for (size_t i = 0; i < 4; i++) {
        unsigned char *bytes = memory_new_unset(sizes[i], 1, &error);
        cr_assert(bytes != NULL && (uintptr_t)bytes % 64 == 0);
        memset(bytes, 0xFF, sizes[i]);
        free(bytes);
    }
    cr_assert(memory_new_unset(SIZE_MAX / 2, 3, &error) == NULL);
    cr_assert(error.status == STATUS_FAILED);
}
