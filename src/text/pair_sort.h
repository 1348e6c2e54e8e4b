/* Sorting the words of one document. */
#ifndef THEMATA_TEXT_PAIR_SORT_H
#define THEMATA_TEXT_PAIR_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts `count` pairs, a word's number below `words` in the upper and anything in the lower 32
 * bits, by the word; no word may be there twice. `room` holds as many. By insertion if they are
 * few; brought near their places first if they are some; else by radix: O(count) for each byte that
 * `words` needs. */
void pair_sort(uint64_t *pairs, uint64_t *room, size_t count, uint32_t words);

#endif
