/* Sorting the words of one document. */
#ifndef THEMATA_TEXT_PAIR_SORT_H
#define THEMATA_TEXT_PAIR_SORT_H

#include <stddef.h>
#include <stdint.h>

/* A word's number in the upper half and anything, such as its count, in the lower one. */
static inline uint64_t pair_of(uint32_t word, uint32_t beside)
{
    return (uint64_t)word << 32 | beside;
}

static inline uint32_t pair_word(uint64_t pair)
{
    return (uint32_t)(pair >> 32);
}

static inline uint32_t pair_beside(uint64_t pair)
{
    return (uint32_t)pair;
}

/* One pass of a radix sort: by the eight bits above `shift`, without disturbing what is sorted by
 * lower ones. */
void pair_sort_digit(const uint64_t *from, uint64_t *to, size_t count, int shift);

/* Sorts `count` pairs by their words, all below `words`; no word may be there twice. `room` holds
 * as many. By insertion if they are few; brought near their places first if they are some; else by
 * radix: O(count) for each byte that `words` needs. */
void pair_sort(uint64_t *pairs, uint64_t *room, size_t count, uint32_t words);

#endif
