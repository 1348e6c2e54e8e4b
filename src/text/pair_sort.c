#include "text/pair_sort.h"

#include <string.h>

enum {
    FEW = 24,   /* up to here insertion is faster than anything */
    SOME = 512, /* up to here one pass that brings them near their places, and insertion */
    BUCKET_BITS = 6,
    BUCKETS = 1 << BUCKET_BITS,
    DIGITS = 256,
};

/* From one array into another, or into itself. */
static void insert(const uint64_t *from, uint64_t *to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint64_t pair = from[i];
        size_t at = i;
        for (; at > 0 && to[at - 1] > pair; at--) {
            to[at] = to[at - 1];
        }
        to[at] = pair;
    }
}

/* By the upper bits of the number. */
static void sort_some(uint64_t *pairs, uint64_t *room, size_t count, uint32_t words)
{
    const int bits = words > 1 ? 32 - __builtin_clz(words - 1) : 0;
    const int shift = 32 + (bits > BUCKET_BITS ? bits - BUCKET_BITS : 0);
    uint16_t starts[BUCKETS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        starts[(pairs[i] >> shift) + 1]++;
    }
    for (size_t b = 1; b < BUCKETS; b++) {
        starts[b] = (uint16_t)(starts[b] + starts[b - 1]);
    }
    for (size_t i = 0; i < count; i++) {
        room[starts[pairs[i] >> shift]++] = pairs[i];
    }
    insert(room, pairs, count);
}

void pair_sort_digit(const uint64_t *from, uint64_t *to, size_t count, int shift)
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

static void sort_many(uint64_t *pairs, uint64_t *room, size_t count, uint32_t words)
{
    uint64_t *from = pairs, *to = room;
    for (int shift = 32; shift < 64 && (uint64_t)words >> (shift - 32); shift += 8) {
        pair_sort_digit(from, to, count, shift);
        uint64_t *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != pairs) {
        memcpy(pairs, from, count * sizeof *pairs);
    }
}

void pair_sort(uint64_t *pairs, uint64_t *room, size_t count, uint32_t words)
{
    if (count <= FEW) {
        insert(pairs, pairs, count);
    } else if (count <= SOME) {
        sort_some(pairs, room, count, words);
    } else {
        sort_many(pairs, room, count, words);
    }
}
