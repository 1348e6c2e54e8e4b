/* All allocation of the project's own arrays.
 *
 * Ownership, everywhere in the project: what a function returns or fills belongs to the caller; a
 * pointer to const is borrowed for the call; nothing else changes hands. Release with free(),
 * which takes NULL. */
#ifndef THEMATA_BASE_MEMORY_H
#define THEMATA_BASE_MEMORY_H

#include "base/error.h"

#include <stddef.h>

/* Returns `count` zeroed elements of `size` bytes, at least one byte, or NULL with *error filled
 * when the product overflows or there is no memory. */
void *memory_new(size_t count, size_t size, Error *error);

/* The same for what the caller fills whole, which is not zeroed. A large array is in the machine's
 * large pages where it has them: to come by the usual ones takes longer than to fill them. */
void *memory_new_unset(size_t count, size_t size, Error *error);

/* As memory_new, beginning at a multiple of 64 bytes: a cache line, a vector register. */
void *memory_new_aligned(size_t count, size_t size, Error *error);

/* Makes room for at least `needed` elements of `size` bytes in the array *array of *capacity
 * elements, growing by half so that appending is O(1) amortised; new elements are not cleared.
 * On failure the array is as it was. */
Status memory_reserve(void *array, size_t *capacity, size_t needed, size_t size, Error *error);

/* Gives what was freed in small pieces back to the system, where the C library can: worth it once
 * many of them go for good. */
void memory_give_back(void);

/* Bytes of main memory that this machine has. */
double memory_physical(void);

/* Returns a copy of the `length` bytes at `bytes` with a NUL behind them, or NULL. */
char *memory_copy_text(const char *bytes, size_t length, Error *error);

#endif
