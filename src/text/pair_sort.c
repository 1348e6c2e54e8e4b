#include "text/pair_sort.h"

#include <string.h>

enum {
    FEW = 32, /* up to here insertion is faster */
    DIGITS = 256,
};

static void sort_few(uint64_t *pairs, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const uint64_t pair = pairs[i];
        size_t at = i;
        for (; at > 0 && pairs[at - 1] > pair; at--) {
            pairs[at] = pairs[at - 1];
        }
        pairs[at] = pair;
    }
}

/* One stable pass by the eight bits above `shift`. */
static void sort_digit(const uint64_t *from, uint64_t *to, size_t count, int shift)
{
    size_t starts[DIGITS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        starts[(from[i] >> shift & (DIGITS - 1)) + 1]++;
    }
    for (size_t d = 1; d < DIGITS; d++) {
        starts[d] += starts[d - 1];
    }
    for (size_t i = 0; i < count; i++) {
        to[starts[from[i] >> shift & (DIGITS - 1)]++] = from[i];
    }
}

void pair_sort(uint64_t *pairs, uint64_t *room, size_t count)
{
    if (count <= FEW) {
        sort_few(pairs, count);
        return;
    }
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++) {
        all |= pairs[i];
    }
    uint64_t *from = pairs, *to = room;
    for (int shift = 32; shift < 64 && all >> shift; shift += 8) {
        sort_digit(from, to, count, shift);
        uint64_t *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != pairs) {
        memcpy(pairs, from, count * sizeof *pairs);
    }
}
