#include "base/memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void set_no_memory(Error *error, size_t count, size_t size)
{
    error_set(error, STATUS_FAILED, "out of memory: %zu elements of %zu bytes could not be had",
              count, size);
}

enum { HUGE_PAGE = 1 << 21 };

/* Asks for large pages where memory is large: fewer addresses to translate, fewer faults. Refused,
 * it costs nothing. */
static void ask_for_huge_pages(void *array, size_t bytes)
{
    const size_t before = (size_t)(-(uintptr_t)array % HUGE_PAGE);
    if (bytes >= before + HUGE_PAGE) {
        madvise((char *)array + before, (bytes - before) / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    }
}

void *memory_new(size_t count, size_t size, Error *error)
{
    void *array = calloc(count ? count : 1, size ? size : 1); /* calloc checks the product */
    if (!array) {
        set_no_memory(error, count, size);
        return NULL;
    }
    ask_for_huge_pages(array, count * size); /* before a large one is touched at all */
    return array;
}

/* As memory_new_aligned, but not zeroed. */
static void *get_aligned(size_t count, size_t size, size_t *all, Error *error)
{
    enum { ALIGNMENT = 64 };
    size_t bytes;
    void *array = NULL;
    const bool overflows = __builtin_mul_overflow(count ? count : 1, size ? size : 1, &bytes);
    const bool is_large = bytes >= HUGE_PAGE;
    if (overflows || posix_memalign(&array, is_large ? HUGE_PAGE : ALIGNMENT, bytes) != 0) {
        set_no_memory(error, count, size);
        return NULL;
    }
    if (is_large) {
        ask_for_huge_pages(array, bytes);
    }
    *all = bytes;
    return array;
}

void *memory_new_aligned(size_t count, size_t size, Error *error)
{
    size_t bytes;
    void *array = get_aligned(count, size, &bytes, error);
    return array ? memset(array, 0, bytes) : NULL;
}

void *memory_new_unset(size_t count, size_t size, Error *error)
{
    size_t bytes;
    return get_aligned(count, size, &bytes, error);
}

Status memory_reserve(void *array, size_t *capacity, size_t needed, size_t size, Error *error)
{
    if (needed <= *capacity) {
        return STATUS_OK;
    }
    size_t grown = *capacity + *capacity / 2 + 16;
    if (grown < needed) {
        grown = needed;
    }
    void *old, *moved;
    memcpy(&old, array, sizeof old); /* `array` is the address of a pointer of any type */
    moved = reallocarray(old, grown, size);
    if (!moved) {
        set_no_memory(error, grown, size);
        return error_status(error);
    }
    memcpy(array, &moved, sizeof moved);
    *capacity = grown;
    return STATUS_OK;
}

char *memory_copy_text(const char *bytes, size_t length, Error *error)
{
    char *copy = malloc(length + 1);
    if (!copy) {
        set_no_memory(error, length, 1);
        return NULL;
    }
    if (length) {
        memcpy(copy, bytes, length);
    }
    copy[length] = '\0';
    return copy;
}

void memory_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

double memory_physical(void)
{
    return (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
}
