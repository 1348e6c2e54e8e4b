#include "text/run_split.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void begin(RunSplitter *splitter, const char *besides)
{
    bool in_run[256];
    for (int byte = 0; byte < 256; byte++) {
        in_run[byte] = byte >= 128 || (byte >= 'a' && byte <= 'z') ||
                       (byte >= '0' && byte <= '9') || (byte && strchr(besides, byte));
    }
    run_splitter_begin(splitter, in_run);
}

/* All edges of a text, by looking at one byte after the other. */
static size_t edges_plainly(const RunSplitter *splitter, const char *text, size_t length,
                            uint32_t *edges)
{
    size_t count = 0;
    bool before = false;
    for (size_t at = 0; at < length; at++) {
        const bool now = splitter->in_run[(unsigned char)text[at]];
        if (now != before) {
            edges[count++] = (uint32_t)at;
        }
        before = now;
    }
    return count;
}

/* All edges by run_split, `step` bytes at a time. */
static size_t edges_split(const RunSplitter *splitter, const char *text, size_t length, size_t step,
                          uint32_t *all)
{
    uint32_t edges[RUN_EDGES_MAX];
    size_t count = 0;
    bool inside = false;
    for (size_t at = 0; at < length; at += step) {
        const size_t part = length - at < step ? length - at : step;
        const size_t found = run_split(splitter, text, at, part, &inside, edges);
        cr_assert(found <= part + 1);
        cr_assert_eq(inside, splitter->in_run[(unsigned char)text[at + part - 1]]);
        memcpy(all + count, edges, found * sizeof *edges);
        count += found;
    }
    return count;
}

Test(run_split, finds_every_edge)
{
    enum { MOST = 2 * RUN_SPLIT_BYTES };
    static const size_t steps[] = {1, 7, 64, 65, 1000, RUN_SPLIT_BYTES};
    static uint32_t expected[MOST + 1], edges[MOST + RUN_EDGES_MAX];
    RunSplitter splitters[2];
    begin(&splitters[0], "'<=>_-");
    splitters[1] = splitters[0];
    splitters[1].wide = false;
    for (uint64_t round = 0; round < 400; round++) {
        const RandomStream stream = {.seed = 3, .stream = round};
        const size_t length = 1 + random_bits(stream, 0) % (round % 20 ? 300 : MOST);
        char *text = malloc(length); /* exactly, so that reading behind it is seen */
        cr_assert(text);
        for (size_t at = 0; at < length; at++) { /* bytes of all kinds, or long runs */
            const uint64_t bits = random_bits(stream, at + 1);
            text[at] = (char)(round % 3 == 0 ? bits : bits % 100 < round % 90 ? ' ' : 'a');
        }
        const size_t count = edges_plainly(&splitters[0], text, length, expected);
        for (size_t s = 0; s < 2 * (sizeof steps / sizeof *steps); s++) {
            const RunSplitter *splitter = &splitters[s % 2];
            const size_t found = edges_split(splitter, text, length, steps[s / 2], edges);
            cr_assert(found == count && memcmp(edges, expected, count * sizeof *edges) == 0,
                      "round %d, step %zu: %zu edges, expected %zu", (int)round, steps[s / 2],
                      found, count);
        }
        free(text);
    }
}
