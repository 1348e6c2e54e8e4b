/* What a match of the token pattern is cut into further: the match is a word of most languages, but
 * some words are written together (l'école), and Chinese, Japanese, Thai have no blanks. A cut
 * depends on the match alone. */
#ifndef THEMATA_TEXT_PARTS_H
#define THEMATA_TEXT_PARTS_H

#include "base/error.h"
#include "text/word_breaks.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct PartRules {
    const char *elided; /* as in Language (text/language.h): each is a part, l'école → l, école */
    bool bigrams; /* Han and Kana characters that stand together are parts two by two: 東京都
                     → 東京, 京都; one that stands alone is a part. What stands between is one
                     too. The rule of Lucene's CJKAnalyzer, but for Hangul, which has blanks. */
    WordBreaker *breaker; /* borrowed: its words are parts of Thai, Lao, Khmer and Burmese; NULL:
                             these are words of other scripts */
    bool hyphened; /* beside a word with hyphens its parts: well-known → well-known, well, known
                    */
} PartRules;

/* A part of the match: bytes [begin, end). */
typedef struct Span {
    size_t begin, end;
} Span;

/* Start with an all-zero Parts. */
typedef struct Parts {
    Span *spans; /* owned */
    size_t count;
    size_t capacity;
} Parts;

/* Replaces what *parts holds by the parts of a match of `length` bytes of normalised UTF-8, in
 * order; the match itself if there is nothing to cut. No part is empty. O(length). */
Status parts_cut(const PartRules *rules, const char *match, size_t length, Parts *parts,
                 Error *error);

void parts_free(Parts *parts);

#endif
