#include "base/utf8.h"

#include <assert.h>
#include <string.h>

#if defined(__x86_64__) && !defined(THEMATA_BASELINE_KERNELS)
#include <immintrin.h>
#define HAS_WIDE 1
#else
#define HAS_WIDE 0
#endif

size_t utf8_decode(const char *bytes, size_t length, uint32_t *code_point)
{
    const unsigned char *s = (const unsigned char *)bytes;
    if (length == 0) {
        return 0;
    }
    size_t size = s[0] < 0x80   ? 1
                  : s[0] < 0xC2 ? 0
                  : s[0] < 0xE0 ? 2
                  : s[0] < 0xF0 ? 3
                  : s[0] < 0xF5 ? 4
                                : 0;
    if (size == 0 || size > length) {
        return 0;
    }
    uint32_t value = size == 1 ? s[0] : s[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (s[i] & 0x3F);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    if (code_point) {
        *code_point = value;
    }
    return size;
}

/* ---- how much of a text is valid ---- */

static size_t valid_length_from(const char *bytes, size_t length, size_t at)
{
    while (at < length) {
        uint64_t eight;
        if (length - at >= sizeof eight) { /* most text is ASCII: eight bytes at a time */
            memcpy(&eight, bytes + at, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                at += sizeof eight;
                continue;
            }
        }
        size_t size = utf8_decode(bytes + at, length - at, NULL);
        if (size == 0) {
            break;
        }
        at += size;
    }
    return at;
}

#if HAS_WIDE
/* What is wrong with a byte and the one before it, as sets of bits. Whatever two bytes cannot
 * follow one another is seen from three halves: both of the first byte and the upper one of the
 * second. Source: Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte",
 * Software: Practice and Experience 51 (2021). */
enum {
    TOO_SHORT = 1,   /* a lead byte, and no continuation behind it */
    TOO_LONG = 2,    /* ASCII, and a continuation behind it */
    OVERLONG_3 = 4,  /* E0 and less than A0 */
    TOO_LARGE = 8,   /* F4 and more than 8F */
    SURROGATE = 16,  /* ED and more than 9F */
    OVERLONG_2 = 32, /* C0, C1 */
    OVERLONG_4 = 64, /* F0 and less than 90; F5 and more */
    TWO_MORE = 128,  /* two continuations: right if a lead of three or four stands before */
    ANY = TOO_SHORT | TOO_LONG | TWO_MORE,
    VAST = ANY | TOO_LARGE | OVERLONG_4,
    LATER = TOO_LONG | OVERLONG_2 | TWO_MORE,
};

#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

__attribute__((target("avx2"), always_inline)) static inline __m256i upper_half(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
}

/* Not all zero where `block` and what stands before it make no UTF-8. */
__attribute__((target("avx2"))) static inline __m256i find_errors(__m256i block, __m256i before)
{
    const __m256i first_upper = TABLE(
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
        (char)TWO_MORE, (char)TWO_MORE, (char)TWO_MORE, (char)TWO_MORE, TOO_SHORT | OVERLONG_2,
        TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | OVERLONG_4);
    const __m256i first_lower =
        TABLE((char)(ANY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(ANY | OVERLONG_2),
              (char)ANY, (char)ANY, (char)(ANY | TOO_LARGE), (char)VAST, (char)VAST, (char)VAST,
              (char)VAST, (char)VAST, (char)VAST, (char)VAST, (char)VAST, (char)(VAST | SURROGATE),
              (char)VAST, (char)VAST);
    const __m256i second_upper =
        TABLE(TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
              TOO_SHORT, (char)(LATER | OVERLONG_3 | OVERLONG_4),
              (char)(LATER | OVERLONG_3 | TOO_LARGE), (char)(LATER | SURROGATE | TOO_LARGE),
              (char)(LATER | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
    const __m256i across = _mm256_permute2x128_si256(before, block, 0x21);
    const __m256i back_1 = _mm256_alignr_epi8(block, across, 15);
    const __m256i back_2 = _mm256_alignr_epi8(block, across, 14);
    const __m256i back_3 = _mm256_alignr_epi8(block, across, 13);
    const __m256i wrong = _mm256_and_si256(
        _mm256_and_si256(
            _mm256_shuffle_epi8(first_upper, upper_half(back_1)),
            _mm256_shuffle_epi8(first_lower, _mm256_and_si256(back_1, _mm256_set1_epi8(15)))),
        _mm256_shuffle_epi8(second_upper, upper_half(block)));
    /* A third or fourth byte must be the second of two continuations, and no other may be. */
    const __m256i is_third = _mm256_subs_epu8(back_2, _mm256_set1_epi8((char)(0xE0 - 0x80)));
    const __m256i is_fourth = _mm256_subs_epu8(back_3, _mm256_set1_epi8((char)(0xF0 - 0x80)));
    const __m256i must =
        _mm256_and_si256(_mm256_or_si256(is_third, is_fourth), _mm256_set1_epi8((char)TWO_MORE));
    return _mm256_xor_si256(must, wrong);
}

/* Goes on 32 bytes at a time to the end, or to a block that is wrong or of which a character from
 * before is; returns where that begins. */
__attribute__((target("avx2"))) static size_t skip_valid_blocks(const char *bytes, size_t length)
{
    enum { BLOCK = 32 };
    /* The last three bytes of a block, if they are more than this, lead further than it. */
    const __m256i most = _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                          -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                          -1, (char)0xEF, (char)0xDF, (char)0xBF);
    __m256i before = _mm256_setzero_si256(), pending = before;
    size_t at = 0;
    for (; at + BLOCK <= length; at += BLOCK) {
        const __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + at));
        const __m256i errors = _mm256_movemask_epi8(block) ? find_errors(block, before) : pending;
        if (!_mm256_testz_si256(errors, errors)) {
            break;
        }
        pending = _mm256_subs_epu8(block, most);
        before = block;
    }
    return at;
}

/* The character that goes on at `at`, if one does. */
static size_t back_to_character(const char *bytes, size_t at)
{
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        const unsigned char byte = (unsigned char)bytes[at - back];
        if ((byte & 0xC0) != 0x80) {
            return byte < 0x80 ? at : at - back;
        }
    }
    return at;
}
#endif

size_t utf8_valid_length(const char *bytes, size_t length)
{
    size_t at = 0;
#if HAS_WIDE
    if (__builtin_cpu_supports("avx2")) {
        at = back_to_character(bytes, skip_valid_blocks(bytes, length));
    }
#endif
    return valid_length_from(bytes, length, at);
}

size_t utf8_prefix(const char *bytes, size_t length, int64_t characters)
{
    size_t at = 0;
    for (int64_t i = 0; i < characters && at < length; i++) {
        const size_t size = utf8_decode(bytes + at, length - at, NULL);
        at += size > 0 ? size : 1;
    }
    return at;
}

bool utf8_is_valid(const char *text)
{
    const size_t length = strlen(text);
    return utf8_valid_length(text, length) == length;
}

size_t utf8_encode(uint32_t code_point, char bytes[4])
{
    assert(code_point <= 0x10FFFF && !(code_point >= 0xD800 && code_point <= 0xDFFF));
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    bytes[0] = (char)(lead[size] | code_point);
    return size;
}
