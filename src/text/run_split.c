#include "text/run_split.h"

#include <assert.h>
#include <string.h>

#if defined(__x86_64__) && !defined(THEMATA_BASELINE_KERNELS)
#include <immintrin.h>
#define HAS_WIDE 1
#else
#define HAS_WIDE 0
#endif

enum { BLOCK = 64 };

void run_splitter_begin(RunSplitter *splitter, const bool in_run[256])
{
    assert(!in_run[0]);
    memset(splitter->low, 0, sizeof splitter->low);
    for (int byte = 0; byte < 256; byte++) {
        splitter->in_run[byte] = in_run[byte];
        assert(byte < 128 || in_run[byte]);
        if (byte < 128 && in_run[byte]) {
            splitter->low[byte & 15] |= (uint8_t)(1 << (byte >> 4));
        }
    }
    splitter->wide = HAS_WIDE && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}

/* Appends where the bits of `in_run` change; the place of bit 0 is `base`. */
__attribute__((always_inline)) static inline size_t
append_edges(uint64_t in_run, bool *inside, size_t base, uint32_t *edges, size_t count)
{
    uint64_t changes = in_run ^ (in_run << 1 | (uint64_t)*inside);
    const size_t end = count + (size_t)__builtin_popcountll(changes);
    *inside = in_run >> 63;
    while (changes) { /* four at a time: what is written too much is overwritten next */
        for (int i = 0; i < 4; i++) {
            edges[count++] = (uint32_t)base + (uint32_t)(changes ? __builtin_ctzll(changes) : 0);
            changes &= changes - 1;
        }
    }
    return end;
}

static uint64_t classify(const RunSplitter *splitter, const unsigned char *bytes)
{
    uint64_t in_run = 0;
    for (int i = 0; i < BLOCK; i++) {
        in_run |= (uint64_t)splitter->in_run[bytes[i]] << i;
    }
    return in_run;
}

/* Splits whole blocks, the first byte of which has the place `base`. */
static size_t split_blocks(const RunSplitter *splitter, const unsigned char *bytes, size_t blocks,
                           size_t base, bool *inside, uint32_t *edges)
{
    size_t count = 0;
    for (size_t b = 0; b < blocks; b++) {
        const uint64_t in_run = classify(splitter, bytes + b * BLOCK);
        count = append_edges(in_run, inside, base + b * BLOCK, edges, count);
    }
    return count;
}

#if HAS_WIDE
/* A byte below 128 is looked up by its halves: a row of bits by the lower one, of which the upper
 * one chooses. */
__attribute__((target("avx2"), always_inline)) static inline uint32_t
classify_wide(__m256i bytes, __m256i rows, __m256i choices)
{
    const __m256i half = _mm256_set1_epi8(15);
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
    const __m256i row = _mm256_shuffle_epi8(rows, _mm256_and_si256(bytes, half));
    const __m256i bit = _mm256_shuffle_epi8(choices, upper);
    const __m256i out = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), _mm256_setzero_si256());
    return ~(uint32_t)_mm256_movemask_epi8(out) | (uint32_t)_mm256_movemask_epi8(bytes);
}

__attribute__((target("avx2,bmi,popcnt"))) static size_t
split_blocks_wide(const RunSplitter *splitter, const unsigned char *bytes, size_t blocks,
                  size_t base, bool *inside, uint32_t *edges)
{
    const __m256i rows =
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)splitter->low));
    const __m256i choices = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, 0, 0, 0, 0, 0, 0, 0, 0));
    size_t count = 0;
    for (size_t b = 0; b < blocks; b++) {
        const __m256i *block = (const __m256i *)(bytes + b * BLOCK);
        const uint64_t lower = classify_wide(_mm256_loadu_si256(block), rows, choices);
        const uint64_t upper = classify_wide(_mm256_loadu_si256(block + 1), rows, choices);
        count = append_edges(upper << 32 | lower, inside, base + b * BLOCK, edges, count);
    }
    return count;
}
#endif

static size_t split(const RunSplitter *splitter, const void *bytes, size_t blocks, size_t base,
                    bool *inside, uint32_t *edges)
{
#if HAS_WIDE
    if (splitter->wide) {
        return split_blocks_wide(splitter, bytes, blocks, base, inside, edges);
    }
#endif
    return split_blocks(splitter, bytes, blocks, base, inside, edges);
}

size_t run_split(const RunSplitter *splitter, const char *text, size_t from, size_t length,
                 bool *inside, uint32_t edges[RUN_EDGES_MAX])
{
    assert(length <= RUN_SPLIT_BYTES && from + length <= UINT32_MAX);
    const size_t whole = length / BLOCK * BLOCK, rest = length % BLOCK;
    size_t count = split(splitter, text + from, whole / BLOCK, from, inside, edges);
    if (rest) { /* with zeros behind, which are in no run */
        unsigned char last[BLOCK] = {0};
        memcpy(last, text + from + whole, rest);
        count += split(splitter, last, 1, from + whole, inside, edges + count);
        *inside = splitter->in_run[last[rest - 1]];
        count -= *inside; /* if it may go on, the end that the zeros made is none */
    }
    return count;
}
